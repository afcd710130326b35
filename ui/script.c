/* SPDX-License-Identifier: ISC */
/*
 * A face without a terminal: keys come from a file, frames go to standard
 * output.  A key is given only when all is drawn and no job runs, so a script
 * never waits for time.  Its end is like SIGTERM.  One thing a line:
 *
 *   KEY KEY ...       press keys by name: "j j Enter Ctrl-S"
 *   type TEXT         press the rest of the line, one character after another
 *   paste TEXT        the same as one paste; \n, \t and \\ stand for themselves
 *   size COLSxROWS    the screen's size from now on; 80x24 before
 *   colours N         that the screen has: 0 (as it begins), 8, 16, 256 ...
 *   click ROW COL     left click, counted from 0; also "double"
 *   snapshot [NAME]   print the frame: a header "== NAME COLSxROWS cursor R C"
 *                     (no cursor when it is hidden), each row between "|"
 *   styles [NAME]     the same, and under a row its styles: ": title 1-9, ..."
 *   expect TEXT       a row must hold TEXT, else the frame is shown and the
 *                     exit status is 1; "refuse TEXT": none may
 *   # COMMENT         nothing, like an empty line
 *
 * What is copied is printed: "== copied N bytes", and each line after a "|".
 */
#include "face.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "canvas.h"
#include "file.h"
#include "mem.h"
#include "text.h"

enum step_kind {
	STEP_EVENT,
	STEP_SIZE,
	STEP_SNAPSHOT,
	STEP_STYLES,
	STEP_EXPECT,
	STEP_REFUSE,
};

struct step {
	enum step_kind kind;
	unsigned line;
	struct event event; /* STEP_SIZE: row and col are the size */
	char *text;
};

struct script {
	struct face face; /* first: the face is the script */
	char *path;
	struct step *steps;
	size_t n, cap, next;
	int rows, cols;
	const struct canvas *shown;
	int status;
};

static struct step *
step_add(struct script *s, enum step_kind kind, unsigned line)
{
	s->steps = xgrow(s->steps, s->n, &s->cap, sizeof(*s->steps));
	s->steps[s->n] = (struct step){.kind = kind, .line = line};
	return &s->steps[s->n++];
}

static void
key_add(struct script *s, unsigned line, int key)
{
	step_add(s, STEP_EVENT, line)->event.key = key;
}

static int
read_type(struct script *s, unsigned line, const char *arg, struct err *err)
{
	size_t len = strlen(arg), size;

	for (size_t at = 0; at < len; at += size) {
		int key = (int)text_decode(arg + at, len - at, &size);

		if (!key_is_text(key))
			return err_at(err, line, 0, "no text to type");
		key_add(s, line, key);
	}
	return 0;
}

static int
read_paste(struct script *s, unsigned line, const char *arg, struct err *err)
{
	size_t len = strlen(arg), size;

	(void)err;
	key_add(s, line, KEY_PASTE);
	for (size_t at = 0; at < len; at += size) {
		int key = (int)text_decode(arg + at, len - at, &size);

		if (key == '\\' && at + 1 < len) {
			key = arg[at + 1];
			size = 2;
			key = key == 'n'   ? KEY_ENTER
			      : key == 't' ? KEY_TAB
					   : key;
		}
		key_add(s, line, key);
	}
	key_add(s, line, KEY_PASTE_END);
	return 0;
}

/* Two numbers with sep between, each in 0..1000. */
static bool
read_two(const char *s, char sep, int *a, int *b)
{
	char *end;
	long x = strtol(s, &end, 10), y;

	if (end == s || *end != sep || x < 0 || x > 1000)
		return false;
	s = end + 1;
	y = strtol(s, &end, 10);
	if (end == s || *end != '\0' || y < 0 || y > 1000)
		return false;
	*a = (int)x;
	*b = (int)y;
	return true;
}

static int
read_size(struct script *s, unsigned line, const char *arg, struct err *err)
{
	struct step *step;
	int cols, rows;

	if (!read_two(arg, 'x', &cols, &rows) || cols < 1 || rows < 1)
		return err_at(err, line, 0, "'%s' is no size, as 80x24", arg);
	/* Before all else it is the size to start with. */
	if (s->n == 0) {
		s->rows = rows;
		s->cols = cols;
		return 0;
	}
	step = step_add(s, STEP_SIZE, line);
	step->event = (struct event){KEY_RESIZE, rows, cols};
	return 0;
}

/* Of the whole script: a terminal does not change there either. */
static int
read_colours(struct script *s, unsigned line, const char *arg, struct err *err)
{
	char *end;
	long n = strtol(arg, &end, 10);

	if (end == arg || *end || n < 0 || n > 1 << 24)
		return err_at(
		    err, line, 0, "'%s' is no number of colours", arg);
	s->face.colours = (int)n;
	return 0;
}

static int
read_mouse(
    struct script *s, unsigned line, int key, const char *arg, struct err *err)
{
	struct event e = {.key = key};

	if (!read_two(arg, ' ', &e.row, &e.col))
		return err_at(err, line, 0, "'%s' is no row and column", arg);
	step_add(s, STEP_EVENT, line)->event = e;
	return 0;
}

static int
read_click(struct script *s, unsigned line, const char *arg, struct err *err)
{
	return read_mouse(s, line, KEY_MOUSE, arg, err);
}

static int
read_double(struct script *s, unsigned line, const char *arg, struct err *err)
{
	return read_mouse(s, line, KEY_DOUBLE, arg, err);
}

static int
read_snapshot(struct script *s, unsigned line, const char *arg, struct err *err)
{
	(void)err;
	step_add(s, STEP_SNAPSHOT, line)->text = xstrdup(arg);
	return 0;
}

static int
read_styles(struct script *s, unsigned line, const char *arg, struct err *err)
{
	(void)err;
	step_add(s, STEP_STYLES, line)->text = xstrdup(arg);
	return 0;
}

static int
read_expect(struct script *s, unsigned line, const char *arg, struct err *err)
{
	if (*arg == '\0')
		return err_at(err, line, 0, "nothing to expect");
	step_add(s, STEP_EXPECT, line)->text = xstrdup(arg);
	return 0;
}

static int
read_refuse(struct script *s, unsigned line, const char *arg, struct err *err)
{
	if (*arg == '\0')
		return err_at(err, line, 0, "nothing to refuse");
	step_add(s, STEP_REFUSE, line)->text = xstrdup(arg);
	return 0;
}

static const struct {
	const char *word;
	int (*read)(struct script *, unsigned line, const char *, struct err *);
} words[] = {
    {"type", read_type},
    {"paste", read_paste},
    {"size", read_size},
    {"colours", read_colours},
    {"click", read_click},
    {"double", read_double},
    {"snapshot", read_snapshot},
    {"styles", read_styles},
    {"expect", read_expect},
    {"refuse", read_refuse},
};

static int
read_keys(struct script *s, unsigned line, char *text, struct err *err)
{
	char *rest = NULL;

	for (char *name = strtok_r(text, " ", &rest); name;
	     name = strtok_r(NULL, " ", &rest)) {
		int key = key_parse(name);

		if (!key)
			return err_at(err, line, 0, "'%s' is no key", name);
		key_add(s, line, key);
	}
	return 0;
}

static int
read_line(struct script *s, unsigned line, char *text, struct err *err)
{
	size_t word = strcspn(text, " ");

	if (text[0] == '#')
		return 0;
	for (size_t i = 0; i < NITEMS(words); i++)
		if (strlen(words[i].word) == word &&
		    strncmp(text, words[i].word, word) == 0)
			return words[i].read(
			    s, line, text + word + (text[word] == ' '), err);
	return read_keys(s, line, text, err);
}

static int
read_script(struct script *s, struct err *err)
{
	struct buf text = {0};
	unsigned line = 1;
	int result = file_read(s->path, &text, NULL, err);
	char *at = text.data;

	while (result == 0 && at && *at) {
		char *end = at + strcspn(at, "\n");
		char *next = *end ? end + 1 : end;

		*end = '\0';
		result = read_line(s, line++, at, err);
		at = next;
	}
	buf_dispose(&text);
	return result;
}

/* Under a row: its runs of one style, plain text left out. */
static void
print_styles(const struct canvas *c, int row)
{
	static const char *const attrs[] = {
	    "bold", "italic", "strike", "underline", "reverse", "dim"};
	const char *before = ":";

	for (int col = 0, end; col < canvas_cols(c); col = end) {
		int style = canvas_cell(c, row, col).style;

		for (end = col + 1; end < canvas_cols(c); end++)
			if (canvas_cell(c, row, end).style != style)
				break;
		if (style == STYLE_TEXT)
			continue;
		printf("%s %s", before, theme_style_name(style));
		for (size_t i = 0; i < NITEMS(attrs); i++)
			if (style & 1 << (8 + i))
				printf("+%s", attrs[i]);
		printf(" %d-%d", col, end - 1);
		before = ",";
	}
	if (*before == ',')
		putchar('\n');
}

static void
print_frame(const struct canvas *c, const char *name, bool styles)
{
	int row, col;

	printf("== %s%s%dx%d", name, *name ? " " : "", canvas_cols(c),
	    canvas_rows(c));
	if (canvas_get_cursor(c, &row, &col))
		printf(" cursor %d %d", row, col);
	putchar('\n');
	for (row = 0; row < canvas_rows(c); row++) {
		putchar('|');
		for (col = 0; col < canvas_cols(c); col++)
			fputs(canvas_cell(c, row, col).text, stdout);
		puts("|");
		if (styles)
			print_styles(c, row);
	}
	fflush(stdout);
}

static bool
frame_has(const struct canvas *c, const char *text)
{
	bool found = false;

	for (int row = 0; !found && row < canvas_rows(c); row++) {
		char *s = canvas_row(c, row);

		found = strstr(s, text) != NULL;
		free(s);
	}
	return found;
}

/* False: it failed, and the script ends. */
static bool
check(struct script *s, const struct step *step)
{
	bool found = frame_has(s->shown, step->text);

	if (found == (step->kind == STEP_EXPECT))
		return true;
	print_frame(s->shown, "failed", false);
	fprintf(stderr, "galley: %s:%u: %s '%s'\n", s->path, step->line,
	    found ? "the screen has" : "the screen does not have", step->text);
	s->status = 1;
	s->next = s->n;
	return false;
}

/* Do what is to do; true: e is what the app gets. */
static bool
step_run(struct script *s, const struct step *step, struct event *e)
{
	switch (step->kind) {
	case STEP_SIZE:
		s->rows = step->event.row;
		s->cols = step->event.col;
		*e = (struct event){.key = KEY_RESIZE};
		return true;
	case STEP_EVENT:
		*e = step->event;
		return true;
	case STEP_SNAPSHOT:
	case STEP_STYLES:
		print_frame(s->shown, step->text, step->kind == STEP_STYLES);
		return false;
	case STEP_EXPECT:
	case STEP_REFUSE:
		check(s, step);
		return false;
	}
	return false;
}

static bool
script_key(struct face *f, bool settled, struct event *e)
{
	struct script *s = (struct script *)f;

	if (!settled || !s->shown)
		return false;
	while (s->next < s->n)
		if (step_run(s, &s->steps[s->next++], e))
			return true;
	*e = (struct event){.key = KEY_QUIT};
	return true;
}

static void
script_size(struct face *f, int *rows, int *cols)
{
	struct script *s = (struct script *)f;

	*rows = s->rows;
	*cols = s->cols;
}

static void
script_wait(struct face *f, const int fds[FACE_FDS], int ms)
{
	struct pollfd p[FACE_FDS];

	(void)f;
	for (int i = 0; i < FACE_FDS; i++)
		p[i] = (struct pollfd){.fd = fds[i], .events = POLLIN};
	/* Without a limit: no job runs, and the next key is there already. */
	if (ms >= 0)
		poll(p, FACE_FDS, ms);
}

static void
script_show(struct face *f, const struct canvas *c)
{
	((struct script *)f)->shown = c;
}

static bool
script_copy(struct face *f, const char *text, size_t len)
{
	const char *end = text + len;

	(void)f;
	printf("== copied %zu bytes\n", len);
	while (text < end) {
		const char *nl = memchr(text, '\n', (size_t)(end - text));
		int n = (int)((nl ? nl : end) - text);

		printf("|%.*s\n", n, text);
		text += n + (nl != NULL);
	}
	fflush(stdout);
	return true;
}

static void
script_suspend(struct face *f)
{
	(void)f;
	fflush(stdout);
}

static void
script_resume(struct face *f)
{
	(void)f;
}

static int
script_stop(struct face *f)
{
	struct script *s = (struct script *)f;
	int status = s->status;

	for (size_t i = 0; i < s->n; i++)
		free(s->steps[i].text);
	free(s->steps);
	free(s->path);
	free(s);
	fflush(stdout);
	return status;
}

struct face *
script_face(const char *path, struct err *err)
{
	struct script *s = xcalloc(1, sizeof(*s));

	s->face = (struct face){false, 0, script_size, script_wait, script_key,
	    script_show, script_copy, script_suspend, script_resume,
	    script_stop};
	s->path = xstrdup(path);
	s->rows = 24;
	s->cols = 80;
	if (read_script(s, err) == -1) {
		if (err->line > 0)
			err->code = ERR_USAGE;
		script_stop(&s->face);
		return NULL;
	}
	return &s->face;
}
