/* SPDX-License-Identifier: ISC */
/*
 * The terminal: with term_colour.c the only file that knows curses.  Cells go
 * out, keys come in.
 */
#include "term_priv.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include "buf.h"
#include "clip.h"
#include "mem.h"
#include "text.h"
#include "tty.h"

/* Codes for bracketed paste, above all that curses gives out itself. */
#define CODE_PASTE     (KEY_MAX + 1000)
#define CODE_PASTE_END (KEY_MAX + 1001)
/* The start of the answer to ASK_BACKGROUND (xterm's OSC 11). */
#define CODE_COLOUR (KEY_MAX + 1002)
/* Arrows with Alt or Ctrl, which curses has no names for. */
#define CODE_WORD_LEFT  (KEY_MAX + 1003)
#define CODE_WORD_RIGHT (KEY_MAX + 1004)
#define CODE_ALT_UP     (KEY_MAX + 1005)
#define CODE_ALT_DOWN   (KEY_MAX + 1006)
#define CODE_ALT_LEFT   (KEY_MAX + 1007)
#define CODE_ALT_RIGHT  (KEY_MAX + 1008)

#define ASK_BACKGROUND "\033]11;?\033\\"

#define PASTE_ON  "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define MOUSE_OFF "\033[?1006l\033[?1000l"

#define DOUBLE_MS 400
/* Curses makes clicks of presses and releases that come in one go. */
#define BUTTON1 (BUTTON1_PRESSED | BUTTON1_CLICKED | BUTTON1_DOUBLE_CLICKED)

/* Add a capability's bytes, without the delays ("$<5>") for old terminals. */
static void
add_capability(struct buf *b, const char *name)
{
	const char *s = tigetstr(name);

	for (; s && s != (char *)-1 && *s; s++) {
		if (s[0] == '$' && s[1] == '<') {
			s += strcspn(s, ">");
			if (!*s)
				return;
			continue;
		}
		buf_putc(b, *s);
	}
}

/* Has the terminal this capability? */
static bool
can(const char *name)
{
	const char *s = tigetstr(name);

	return s && s != (char *)-1;
}

/* What gives the terminal back when there is no time for curses. */
static void
arm(const struct terminal *t)
{
	static const char *const names[] = {
	    "sgr0", "op", "cnorm", "rmkx", "rmcup"};
	struct buf b = {0};

	if (t->ansi)
		buf_puts(&b, PASTE_OFF MOUSE_OFF);
	for (size_t i = 0; i < NITEMS(names); i++)
		add_capability(&b, names[i]);
	/* Without a screen of our own to leave, below what is drawn. */
	if (!can("rmcup"))
		buf_puts(&b, "\r\n");
	tty_arm(buf_text(&b));
	buf_dispose(&b);
}

static void
write_now(const char *s)
{
	fputs(s, stdout);
	fflush(stdout);
}

static void
term_suspend(struct face *f)
{
	struct terminal *t = (struct terminal *)f;

	if (t->ansi)
		write_now(PASTE_OFF);
	def_prog_mode();
	endwin();
}

static void
term_resume(struct face *f)
{
	struct terminal *t = (struct terminal *)f;

	reset_prog_mode();
	clearok(curscr, TRUE);
	if (t->ansi)
		write_now(PASTE_ON);
	t->resized = true;
}

/* Ctrl-Z: stop as a job of the shell that we are, and go on later. */
static void
stop_here(struct terminal *t)
{
	t->stop = false;
	term_suspend(&t->face);
	tty_stop();
	term_resume(&t->face);
	t->resumed = true;
}

static void
take_signals(struct terminal *t)
{
	int sig;

	while ((sig = tty_signal()) != 0)
		switch (sig) {
		case SIGTSTP:
			t->stop = true;
			break;
		case SIGCONT:
			clearok(curscr, TRUE);
			t->resumed = true;
			break;
		case SIGWINCH:
			t->resized = true;
			break;
		default:
			t->quit = sig;
		}
}

static void
take_size(struct terminal *t)
{
	int rows, cols;

	t->resized = false;
	if (tty_size(&rows, &cols))
		resizeterm(rows, cols);
}

static void
term_size(struct face *f, int *rows, int *cols)
{
	(void)f;
	getmaxyx(stdscr, *rows, *cols);
}

static void
term_wait(struct face *f, const int fds[FACE_FDS], int ms)
{
	struct terminal *t = (struct terminal *)f;
	struct pollfd p[2 + FACE_FDS] = {
	    {.fd = STDIN_FILENO, .events = POLLIN},
	    {.fd = tty_fd(), .events = POLLIN},
	};

	for (int i = 0; i < FACE_FDS; i++)
		p[2 + i] = (struct pollfd){.fd = fds[i], .events = POLLIN};
	if (poll(p, NITEMS(p), ms) > 0 &&
	    p[0].revents & (POLLHUP | POLLERR | POLLNVAL))
		t->quit = SIGHUP;
}

static int64_t
now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static bool
mouse_event(struct terminal *t, struct event *e)
{
	MEVENT m;
	int64_t now;

	if (getmouse(&m) != OK)
		return false;
	*e = (struct event){0, m.y, m.x};
	if (m.bstate & BUTTON4_PRESSED) {
		e->key = KEY_WHEEL_UP;
	} else if (m.bstate & BUTTON5_PRESSED) {
		e->key = KEY_WHEEL_DOWN;
	} else if (m.bstate & BUTTON1) {
		now = now_ms();
		e->key = OUR_MOUSE;
		if (m.bstate & BUTTON1_DOUBLE_CLICKED ||
		    (t->click.key && t->click.row == e->row &&
			t->click.col == e->col &&
			now - t->click_ms < DOUBLE_MS))
			e->key = KEY_DOUBLE;
		/* A third click is the first of another two. */
		t->click = *e;
		t->click.key = e->key == OUR_MOUSE;
		t->click_ms = now;
	}
	return e->key != 0;
}

static int
special_key(int code)
{
	static const struct {
		int code, key;
	} rows[] = {
	    {KEY_UP, OUR_UP},
	    {KEY_DOWN, OUR_DOWN},
	    {KEY_LEFT, OUR_LEFT},
	    {KEY_RIGHT, OUR_RIGHT},
	    {KEY_HOME, OUR_HOME},
	    {KEY_END, OUR_END},
	    {KEY_PPAGE, KEY_PGUP},
	    {KEY_NPAGE, KEY_PGDN},
	    {KEY_DC, KEY_DELETE},
	    {KEY_IC, KEY_INSERT},
	    {KEY_BTAB, KEY_BACKTAB},
	    {KEY_ENTER, OUR_ENTER},
	    {KEY_BACKSPACE, OUR_BACKSPACE},
	    {CODE_PASTE, KEY_PASTE},
	    {CODE_PASTE_END, KEY_PASTE_END},
	    {CODE_WORD_LEFT, KEY_WORD_LEFT},
	    {CODE_WORD_RIGHT, KEY_WORD_RIGHT},
	    {CODE_ALT_UP, KEY_ALT | OUR_UP},
	    {CODE_ALT_DOWN, KEY_ALT | OUR_DOWN},
	    {CODE_ALT_LEFT, KEY_ALT | OUR_LEFT},
	    {CODE_ALT_RIGHT, KEY_ALT | OUR_RIGHT},
	};

	for (size_t i = 0; i < NITEMS(rows); i++)
		if (rows[i].code == code)
			return rows[i].key;
	if (code >= KEY_F(1) && code <= KEY_F(12))
		return KEY_F1 + code - KEY_F(1);
	return 0;
}

/*
 * Add a byte to the character that is coming in; the code point once it is
 * whole, else 0.  What is no UTF-8 is dropped.
 */
static int
take_byte(struct terminal *t, int byte)
{
	size_t want, size;
	int key = 0;

	if ((byte & 0xc0) != 0x80)
		t->npartial = 0;
	t->partial[t->npartial++] = (char)byte;
	byte = (unsigned char)t->partial[0];
	want = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
	if (t->npartial < want)
		return 0;
	if (text_valid(t->partial, want) == want)
		key = (int)text_decode(t->partial, want, &size);
	t->npartial = 0;
	return key;
}

/* "rgb:ffff/ffff/ffff": is it light?  Digits after the first do not count. */
static bool
is_light(const char *answer)
{
	int weight[] = {3, 6, 1}, sum = 0;
	const char *s = strchr(answer, ':');

	for (int i = 0; i < 3; i++) {
		if (!s || !s[1])
			return false;
		char digit[2] = {s[1], '\0'};

		sum += weight[i] * (int)strtol(digit, NULL, 16);
		s = strchr(s + 1, '/');
	}
	return sum > 75;
}

/* One more byte of the terminal's answer; true: it is whole, and we have to
 * draw again in another theme. */
static bool
take_answer(struct terminal *t, int byte)
{
	if (byte >= ' ' && byte < 0x7f && byte != '\\' &&
	    t->nanswer + 1 < sizeof(t->answer)) {
		t->answer[t->nanswer++] = (char)byte;
		return false;
	}
	if (byte == KEY_ESC)
		return false; /* its end is ESC and a backslash, or a BEL */
	t->answering = false;
	t->answer[t->nanswer] = '\0';
	if (!is_light(t->answer) || t->theme != THEME_DARK)
		return false;
	t->theme = THEME_LIGHT;
	memset(t->pairs, 0, sizeof(t->pairs));
	clearok(curscr, TRUE);
	return true;
}

/* One thing that curses has read; false: there is nothing (more). */
static bool
read_key(struct terminal *t, struct event *e)
{
	int c;

	while ((c = getch()) != ERR) {
		*e = (struct event){0};
		if (c == CODE_COLOUR) {
			t->answering = true;
			t->nanswer = 0;
		} else if (t->answering) {
			if (take_answer(t, c))
				e->key = OUR_RESIZE;
		} else if (c == KEY_MOUSE) {
			if (mouse_event(t, e))
				return true;
		} else if (c > 0xff) {
			e->key = special_key(c);
		} else {
			e->key = take_byte(t, c);
		}
		if (e->key)
			return true;
	}
	return false;
}

/* What needs no key: signals. */
static bool
signal_event(struct terminal *t, struct event *e)
{
	*e = (struct event){0};
	take_signals(t);
	if (t->stop)
		stop_here(t);
	if (t->quit) {
		e->key = KEY_QUIT;
	} else if (t->resized) {
		take_size(t);
		e->key = OUR_RESIZE;
	} else if (t->resumed) {
		t->resumed = false;
		e->key = KEY_RESUMED;
	}
	return e->key != 0;
}

static bool
term_key(struct face *f, bool settled, struct event *e)
{
	struct terminal *t = (struct terminal *)f;
	struct event next;

	(void)settled;
	if (signal_event(t, e))
		return true;
	if (!read_key(t, e))
		return false;
	/* Esc with something right behind it is Alt. */
	if (e->key == KEY_ESC && read_key(t, &next) && next.key != KEY_ESC)
		e->key = next.key | KEY_ALT;
	if (e->key == KEY_CTRL('z')) {
		stop_here(t);
		return signal_event(t, e);
	}
	return true;
}

/*
 * The cell's cluster as curses can show it: one spacing character and its
 * marks, so that no terminal takes more columns for it than we count.
 */
static int
cell_chars(const struct cell *cell, wchar_t out[CCHARW_MAX + 1])
{
	size_t len = strlen(cell->text), size;
	size_t n = 0;
	int width = 0;

	for (size_t at = 0; at < len && n < CCHARW_MAX; at += size) {
		uint32_t cp = text_decode(cell->text + at, len - at, &size);
		int w = wcwidth((wchar_t)cp);

		if (n == 0) {
			if (w < 1 || w > cell->width) {
				cp = cell->width == 2 ? 0xff1f : '?';
				w = cell->width;
			}
			width = w;
		} else if (w != 0 || cp == 0x200d ||
			   (cp >= 0xfe00 && cp <= 0xfe0f)) {
			break;
		}
		out[n++] = (wchar_t)cp;
	}
	out[n] = L'\0';
	return width;
}

static void
show_cell(struct terminal *t, int row, int col, const struct cell *cell)
{
	wchar_t chars[CCHARW_MAX + 1];
	int width = cell_chars(cell, chars);
	attr_t a;
	int pair = term_pair(t, cell, &a);
	cchar_t cc;

	setcchar(&cc, chars, a, 0, &pair);
	mvadd_wch(row, col, &cc);
	for (; width < cell->width; width++) {
		setcchar(&cc, L" ", a, 0, &pair);
		mvadd_wch(row, col + width, &cc);
	}
}

static void
term_show(struct face *f, const struct canvas *c)
{
	struct terminal *t = (struct terminal *)f;
	int row, col, rows, cols;

	getmaxyx(stdscr, rows, cols);
	term_colour_frame(t, rows * cols);
	for (row = 0; row < rows && row < canvas_rows(c); row++)
		for (col = 0; col < cols && col < canvas_cols(c); col++) {
			struct cell cell = canvas_cell(c, row, col);

			if (cell.width > 0)
				show_cell(t, row, col, &cell);
		}
	if (canvas_get_cursor(c, &row, &col)) {
		move(row, col);
		curs_set(1);
	} else {
		/* Where it disturbs least, if it cannot be hidden. */
		move(rows - 1, cols - 1);
		curs_set(0);
	}
	refresh();
}

static int
term_stop(struct face *f)
{
	struct terminal *t = (struct terminal *)f;
	int status = t->quit ? 128 + t->quit : 0;

	if (t->ansi)
		write_now(PASTE_OFF);
	endwin();
	tty_close();
	delscreen(t->screen);
	term_colour_dispose(t);
	free(t);
	return status;
}

static enum theme
theme_from_environment(void)
{
	const char *no_color = getenv("NO_COLOR");
	const char *fgbg = getenv("COLORFGBG");
	const char *bg = fgbg ? strrchr(fgbg, ';') : NULL;
	int n;

	if (no_color && *no_color)
		return THEME_PLAIN;
	if (!bg || bg[1] < '0' || bg[1] > '9')
		return THEME_DARK;
	n = atoi(bg + 1);
	return n == 7 || n > 8 ? THEME_LIGHT : THEME_DARK;
}

/*
 * What terminfo knows of a terminal: NULL when it will do, else why not.
 * direct: it must have direct colours.
 */
static const char *
misfit(const char *name, bool direct)
{
	const char *why = NULL;
	int status;

	if (!*name || setupterm(name, STDOUT_FILENO, &status) == ERR)
		return "no terminfo entry describes";
	if (!can("cup"))
		why = "cannot move its cursor";
	else if (direct && tigetflag("RGB") <= 0)
		why = "has no direct colours";
	del_curterm(cur_term);
	return why;
}

/*
 * The terminal's entry with direct colours, when the terminal says that it has
 * them and there is such an entry beside TERM's: "xterm-256color" has
 * "xterm-direct".  NULL: TERM as it is.  Caller frees.
 */
static char *
direct_name(const char *name)
{
	const char *colour_term = getenv("COLORTERM");
	const char *dash = strstr(name, "-256color");
	char *direct;

	if (!dash || !colour_term ||
	    (strcmp(colour_term, "truecolor") != 0 &&
		strcmp(colour_term, "24bit") != 0))
		return NULL;
	direct = xasprintf("%.*s-direct", (int)(dash - name), name);
	if (!misfit(direct, true))
		return direct;
	free(direct);
	return NULL;
}

static SCREEN *
screen_open(bool colour, struct err *err)
{
	const char *name = getenv("TERM");
	const char *why = misfit(name ? name : "", false);
	SCREEN *screen = NULL;
	char *direct;

	if (!why) {
		direct = colour ? direct_name(name) : NULL;
		screen = newterm(direct ? direct : name, stdout, stdin);
		free(direct);
		why = "curses cannot use";
	}
	if (!screen)
		err_code(err, ERR_USAGE,
		    "TERM is '%s', which %s; "
		    "set TERM, or use the commands of `galley help`",
		    name ? name : "", why);
	return screen;
}

/* Sequences that terminals send whatever their entry says. */
static void
keys_define(void)
{
	static const struct {
		const char *sequence;
		int code;
	} rows[] = {
	    {"\033[A", KEY_UP},
	    {"\033[B", KEY_DOWN},
	    {"\033[C", KEY_RIGHT},
	    {"\033[D", KEY_LEFT},
	    {"\033[H", KEY_HOME},
	    {"\033[F", KEY_END},
	    {"\033[1~", KEY_HOME},
	    {"\033[4~", KEY_END},
	    {"\033[3~", KEY_DC},
	    {"\033[5~", KEY_PPAGE},
	    {"\033[6~", KEY_NPAGE},
	    {"\033[Z", KEY_BTAB},
	};

	for (size_t i = 0; i < NITEMS(rows); i++)
		if (key_defined(rows[i].sequence) == 0)
			define_key(rows[i].sequence, rows[i].code);
	define_key("\033[1;5D", CODE_WORD_LEFT);
	define_key("\033[1;5C", CODE_WORD_RIGHT);
	define_key("\033[1;3A", CODE_ALT_UP);
	define_key("\033[1;3B", CODE_ALT_DOWN);
	define_key("\033[1;3D", CODE_ALT_LEFT);
	define_key("\033[1;3C", CODE_ALT_RIGHT);
	define_key("\033[200~", CODE_PASTE);
	define_key("\033[201~", CODE_PASTE_END);
	define_key("\033]11;", CODE_COLOUR);
}

static void
modes_set(struct terminal *t, const struct face_options *opt)
{
	const char *cup = tigetstr("cup");

	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	meta(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	set_escdelay(25);
	keys_define();
	t->ansi = strncmp(cup, "\033[", 2) == 0;
	if (opt->mouse) {
		mouseinterval(0);
		mousemask(BUTTON1 | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
	}
	if (t->ansi)
		write_now(PASTE_ON);
}

/* Whether the terminal may be asked for its background: consoles of the kernel
 * and old hardware print what they do not know. */
static bool
may_ask(void)
{
	static const char *const mute[] = {
	    "linux", "vt", "dumb", "cons", "sun"};
	const char *name = getenv("TERM");

	for (size_t i = 0; i < NITEMS(mute); i++)
		if (!name || strncmp(name, mute[i], strlen(mute[i])) == 0)
			return false;
	return true;
}

static bool
term_copy(struct face *f, const char *text, size_t len)
{
	struct terminal *t = (struct terminal *)f;
	char *sequence;

	if (!t->ansi || !may_ask())
		return false;
	sequence = clip_sequence(text, len, getenv("TMUX") != NULL);
	write_now(sequence);
	free(sequence);
	return true;
}

struct face *
term_face(const struct face_options *opt, struct err *err)
{
	enum theme theme =
	    opt->theme_auto ? theme_from_environment() : opt->theme;
	struct terminal *t;
	SCREEN *screen;

	if (tty_open(err) == -1)
		return NULL;
	if (!(screen = screen_open(theme != THEME_PLAIN, err))) {
		tty_close();
		return NULL;
	}
	t = xcalloc(1, sizeof(*t));
	t->face = (struct face){true, 0, term_size, term_wait, term_key,
	    term_show, term_copy, term_suspend, term_resume, term_stop};
	t->screen = screen;
	t->depth = theme == THEME_PLAIN ? DEPTH_NONE : term_depth();
	t->theme = t->depth == DEPTH_NONE ? THEME_PLAIN : theme;
	if (opt->styles)
		t->styles = *opt->styles;
	t->face.colours = term_colours(t->depth);
	modes_set(t, opt);
	if (opt->theme_auto && t->theme == THEME_DARK && t->ansi &&
	    !getenv("COLORFGBG") && may_ask())
		write_now(ASK_BACKGROUND);
	arm(t);
	return &t->face;
}
