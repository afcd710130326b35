/* SPDX-License-Identifier: ISC */
/* One line of text being edited, or several, by grapheme cluster. */
#include "input.h"

#include <string.h>

#include "mem.h"
#include "text.h"
#include "theme.h"

/* More than a person types; a paste ends here. */
#define INPUT_MAX 65536

void
input_set(struct input *in, const char *s)
{
	buf_clear(&in->text);
	while (in->lines && strchr(s, '\n')) {
		size_t len = strcspn(s, "\n");

		/* A CR before the LF is part of the end. */
		text_clean(&in->text, s, len - (len > 0 && s[len - 1] == '\r'));
		buf_putc(&in->text, '\n');
		s += len + 1;
	}
	text_clean(&in->text, s, strlen(s));
	in->cursor = in->text.len;
	in->left = 0;
}

void
input_dispose(struct input *in)
{
	if (in->secret)
		buf_wipe(&in->text);
	else
		buf_dispose(&in->text);
	*in = (struct input){0};
}

static const char *
text_of(const struct input *in)
{
	return buf_text(&in->text);
}

/* Bytes of the cluster before and after the cursor. */
static size_t
before(const struct input *in)
{
	return text_prev(text_of(in), in->cursor);
}

static size_t
after(const struct input *in)
{
	return text_next(text_of(in) + in->cursor, in->text.len - in->cursor);
}

static void
cut(struct input *in, size_t from, size_t to)
{
	buf_splice(&in->text, from, to - from, NULL, 0);
	in->cursor = from;
}

static bool
space_at(const struct input *in, size_t at)
{
	size_t size;
	uint32_t cp = text_decode(text_of(in) + at, in->text.len - at, &size);

	return text_is_space(cp) || cp == '\n';
}

/* Blanks, Chinese and Japanese characters, their punctuation, all else: where
 * the kind changes a word ends. */
static int
kind_at(const struct input *in, size_t at)
{
	size_t size;
	uint32_t cp = text_decode(text_of(in) + at, in->text.len - at, &size);

	if (space_at(in, at))
		return 0;
	return !text_is_cjk(cp) ? 1 : text_is_letter(cp) ? 2 : 3;
}

/* Where the word before the cursor begins, or the one after it ends. */
static size_t
word_left(struct input *in)
{
	struct input at = *in;
	int kind;

	while (at.cursor > 0 && space_at(&at, at.cursor - before(&at)))
		at.cursor -= before(&at);
	if (at.cursor == 0)
		return 0;
	kind = kind_at(&at, at.cursor - before(&at));
	while (at.cursor > 0 && kind_at(&at, at.cursor - before(&at)) == kind)
		at.cursor -= before(&at);
	return at.cursor;
}

static size_t
word_right(struct input *in)
{
	struct input at = *in;
	int kind;

	while (at.cursor < at.text.len && space_at(&at, at.cursor))
		at.cursor += after(&at);
	if (at.cursor == at.text.len)
		return at.cursor;
	kind = kind_at(&at, at.cursor);
	while (at.cursor < at.text.len && kind_at(&at, at.cursor) == kind)
		at.cursor += after(&at);
	return at.cursor;
}

/* The ends of the text, or of the line that the cursor is in. */
static size_t
first(const struct input *in)
{
	size_t at = in->cursor;

	while (in->lines && at > 0 && text_of(in)[at - 1] != '\n')
		at--;
	return in->lines ? at : 0;
}

static size_t
last(const struct input *in)
{
	if (!in->lines)
		return in->text.len;
	return in->cursor + strcspn(text_of(in) + in->cursor, "\n");
}

/* A mark may have joined what stands before and behind it: from the start of
 * the line on, clusters are counted anew. */
static void
settle_cursor(struct input *in)
{
	size_t at = first(in);

	while (at < in->cursor)
		at += text_next(text_of(in) + at, in->text.len - at);
	in->cursor = at;
}

void
input_insert(struct input *in, const char *s, size_t len)
{
	in->full = in->text.len + len > INPUT_MAX;
	if (in->full)
		return;
	buf_splice(&in->text, in->cursor, 0, s, len);
	in->cursor += len;
	/* Of what is pasted once, at its end: it may be long. */
	if (!in->pasting)
		settle_cursor(in);
}

static void
insert(struct input *in, int key)
{
	struct buf b = {0};

	text_encode(&b, (uint32_t)key);
	input_insert(in, b.data, b.len);
	buf_dispose(&b);
}

/* Ends of lines between words are one blank, before and after them none. */
static bool
paste_key(struct input *in, int key)
{
	if (key == KEY_PASTE_END) {
		in->pasting = in->gap = false;
		settle_cursor(in);
	} else if (in->lines && (key == KEY_ENTER || key == '\n')) {
		insert(in, '\n');
	} else if (key == KEY_ENTER || key == KEY_TAB || key == '\n') {
		in->gap = in->cursor > 0;
	} else if (key_is_text(key)) {
		if (in->gap && !space_at(in, in->cursor - before(in)))
			insert(in, ' ');
		in->gap = false;
		insert(in, key);
	}
	return true;
}

/* The cursor's keys. */
static bool
move_key(struct input *in, int key)
{
	switch (key) {
	case KEY_LEFT:
	case KEY_CTRL('b'):
		in->cursor -= before(in);
		return true;
	case KEY_RIGHT:
	case KEY_CTRL('f'):
		in->cursor += after(in);
		return true;
	case KEY_HOME:
	case KEY_CTRL('a'):
		in->cursor = first(in);
		return true;
	case KEY_END:
	case KEY_CTRL('e'):
		in->cursor = last(in);
		return true;
	case KEY_ALT | 'b':
	case KEY_WORD_LEFT:
	case KEY_ALT | KEY_LEFT:
		in->cursor = word_left(in);
		return true;
	case KEY_ALT | 'f':
	case KEY_WORD_RIGHT:
	case KEY_ALT | KEY_RIGHT:
		in->cursor = word_right(in);
		return true;
	}
	return false;
}

/* The keys that take text away. */
static bool
cut_key(struct input *in, int key)
{
	switch (key) {
	case KEY_BACKSPACE:
	case KEY_CTRL('h'):
		cut(in, in->cursor - before(in), in->cursor);
		return true;
	case KEY_DELETE:
	case KEY_CTRL('d'):
		cut(in, in->cursor, in->cursor + after(in));
		return true;
	case KEY_CTRL('u'):
		cut(in, first(in), last(in));
		return true;
	case KEY_CTRL('k'):
		/* At the end of a line the end goes. */
		cut(in, in->cursor,
		    in->lines && in->cursor == last(in) ? in->cursor + after(in)
							: last(in));
		return true;
	case KEY_CTRL('w'):
	case KEY_ALT | KEY_BACKSPACE:
		cut(in, word_left(in), in->cursor);
		return true;
	case KEY_ALT | 'd':
		cut(in, in->cursor, word_right(in));
		return true;
	}
	return false;
}

bool
input_key(struct input *in, const struct event *e)
{
	if (in->pasting)
		return paste_key(in, e->key);
	if (e->key == KEY_PASTE) {
		in->pasting = true;
		return true;
	}
	if (key_is_text(e->key) || (in->lines && e->key == KEY_ENTER)) {
		insert(in, e->key == KEY_ENTER ? '\n' : e->key);
		return true;
	}
	return move_key(in, e->key) || cut_key(in, e->key);
}

/* As many signs as there are clusters in what is typed. */
static void
draw_secret(struct input *in, struct canvas *c, int row, int col, int cols)
{
	const char *s = text_of(in), *sign = canvas_is_ascii(c) ? "*" : "•";
	size_t len = in->text.len;
	int n = 0;

	for (size_t used; len; s += used, len -= used, n++)
		used = text_next(s, len);
	canvas_fill(c, (struct area){row, col, 1, cols}, STYLE_INPUT);
	n = n < cols ? n : cols - 1;
	for (int i = 0; i < n; i++)
		canvas_puts(c, row, col + i, 1, STYLE_INPUT, sign);
	canvas_cursor(c, row, col + n);
}

void
input_draw(struct input *in, struct canvas *c, int row, int col, int cols)
{
	const char *s = text_of(in);
	int at = text_width(s, in->cursor);
	int width = text_width(s, in->text.len);
	struct area area = {row, col, 1, cols};
	size_t skip;
	int used = 0;

	if (cols < 1)
		return;
	if (in->secret) {
		draw_secret(in, c, row, col, cols);
		return;
	}
	/* No more is scrolled off than there is no room for. */
	if (in->left > 0 && width + 1 - in->left < cols)
		in->left = width + 1 > cols ? width + 1 - cols : 0;
	if (at < in->left)
		in->left = at;
	if (at - in->left > cols - 1)
		in->left = at - cols + 1;
	skip = text_cut(s, in->text.len, in->left, &used);
	/* A wide character over the left edge is left out whole. */
	if (used < in->left) {
		skip += text_next(s + skip, in->text.len - skip);
		used = text_width(s, skip);
	}
	canvas_fill(c, area, STYLE_INPUT);
	canvas_text(c, row, col + used - in->left, cols - (used - in->left),
	    STYLE_INPUT, s + skip, in->text.len - skip);
	canvas_cursor(c, row, col + at - in->left);
}
