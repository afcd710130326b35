/* SPDX-License-Identifier: ISC */
/*
 * A date or a time being edited: by its parts with + and -, or as text in any
 * way that people write dates.  Below it stands what it means.
 */
#include <stdlib.h>
#include <string.h>

#include "calendar.h"
#include "date.h"
#include "editor_priv.h"
#include "text.h"
#include "theme.h"

enum part_unit { PART_YEAR, PART_MONTH, PART_DAY, PART_HOUR, PART_MINUTE };

struct part {
	size_t from, len;
	enum part_unit unit;
};

#define PARTS 5

/* The parts of "2026-11-25T14:20:00Z" or "14:20"; of other shapes, none. */
static size_t
find_parts(const struct editor *e, struct part parts[PARTS])
{
	const char *s = buf_text(&e->input.text);
	size_t unit = e->field.type == FIELD_TIME ? PART_HOUR : PART_YEAR;
	size_t n = 0, at = 0, len;

	if (unit == PART_YEAR && strspn(s, "0123456789") != 4)
		return 0;
	for (; unit <= PART_MINUTE; unit++) {
		len = strspn(s + at, "0123456789");
		if (len == 0)
			break;
		parts[n++] = (struct part){at, len, (enum part_unit)unit};
		at += len;
		/* One sign, or blanks, stands between two parts. */
		at += s[at] && s[at] != '+' && s[at] != 'Z';
	}
	return n;
}

static struct value *
typed_value(const struct editor *e)
{
	struct err ignored;

	return field_parse(
	    &e->field, buf_text(&e->input.text), e->old, &ignored);
}

static void
set_value(struct editor *e, const struct value *v)
{
	char *text = field_print(&e->field, v);

	input_set(&e->input, text);
	free(text);
}

/* Years and months: the day stays, or becomes the month's last. */
static bool
step_month(struct editor *e, int by)
{
	const char *s = buf_text(&e->input.text);
	struct date d;
	int months, last;
	char *text;

	if (!date_parse(s, strlen(s), &d))
		return false;
	months = d.year * 12 + d.month - 1 + by;
	if (months < 12 || months >= 10000 * 12)
		return true;
	d.year = months / 12;
	d.month = months % 12 + 1;
	last = calendar_days_in(d.year, d.month);
	if (d.day > last)
		d.day = last;
	text = date_like(&d, s, strlen(s));
	input_set(&e->input, text);
	free(text);
	return true;
}

static void
step(struct editor *e, int by)
{
	static const enum field_unit units[] = {[PART_DAY] = UNIT_DAY,
	    [PART_HOUR] = UNIT_HOUR,
	    [PART_MINUTE] = UNIT_MINUTE};
	struct part parts[PARTS];
	size_t n = find_parts(e, parts);
	enum part_unit unit =
	    n > 0 ? parts[e->part < n ? e->part : n - 1].unit : PART_DAY;
	struct value *v, *to;

	if (unit < PART_DAY && step_month(e, unit == PART_YEAR ? by * 12 : by))
		return;
	v = typed_value(e);
	to = field_step(
	    &e->field, v, by, unit < PART_DAY ? UNIT_DAY : units[unit]);
	if (to)
		set_value(e, to);
	value_free(to);
	value_free(v);
}

void
date_editor_open(struct editor *e)
{
	struct part parts[PARTS];
	size_t n = find_parts(e, parts);

	e->parts = true;
	/* On the day; of a time, on the hour. */
	e->part = n > 2 ? 2 : 0;
}

static bool
part_key(struct editor *e, const struct event *ev)
{
	struct part parts[PARTS];
	size_t n = find_parts(e, parts);
	struct value *now;

	switch (ev->key) {
	case '+':
	case '=':
	case KEY_UP:
		step(e, 1);
		return true;
	case '-':
	case KEY_DOWN:
		step(e, -1);
		return true;
	case KEY_LEFT:
		e->part -= e->part > 0;
		return true;
	case KEY_RIGHT:
		e->part += e->part + 1 < n;
		return true;
	case 'n':
		now = field_now(&e->field, e->old);
		if (now)
			set_value(e, now);
		value_free(now);
		return true;
	}
	return false;
}

bool
date_editor_key(struct editor *e, const struct event *ev)
{
	if (e->parts && part_key(e, ev))
		return true;
	if (!e->parts && !e->input.pasting &&
	    (ev->key == KEY_UP || ev->key == KEY_DOWN)) {
		step(e, ev->key == KEY_UP ? 1 : -1);
		return true;
	}
	/* What is typed takes the place of it all; other keys edit it. */
	if (e->parts && (key_is_text(ev->key) || ev->key == KEY_PASTE))
		input_set(&e->input, "");
	if (!input_key(&e->input, ev))
		return false;
	e->parts = false;
	return true;
}

static int
draw_facts(
    struct editor *e, struct canvas *c, struct area a, const char *reason)
{
	struct value *v;
	char *facts;

	if (a.rows < 1)
		return 0;
	if (reason) {
		canvas_fit(c, a.row, a.col, a.cols, STYLE_ERROR, reason, false);
		return 1;
	}
	v = typed_value(e);
	facts = v ? field_facts(&e->field, v, e->zone, e->now) : NULL;
	if (facts)
		canvas_fit(c, a.row, a.col, a.cols, STYLE_DIM, facts, false);
	else if (e->input.text.len == 0)
		canvas_fit(c, a.row, a.col, a.cols, STYLE_DIM,
		    e->field.type == FIELD_TIME
			? "n is now; or type 14:20"
			: "n is now; or type 2026-11-25, tomorrow, 5 Nov",
		    false);
	value_free(v);
	free(facts);
	return 1;
}

int
date_editor_draw(
    struct editor *e, struct canvas *c, struct area a, const char *reason)
{
	struct area below = {a.row + 1, a.col, a.rows - 1, a.cols};
	struct part parts[PARTS];
	size_t n = find_parts(e, parts), at;

	input_draw(&e->input, c, a.row, a.col, a.cols);
	if (e->parts && n > 0) {
		at = e->part < n ? e->part : n - 1;
		/* All of it is ASCII up to its minute. */
		if ((int)(parts[at].from + parts[at].len) <= a.cols) {
			canvas_restyle(c, a.row, a.col + (int)parts[at].from,
			    (int)parts[at].len, STYLE_CURSOR);
			canvas_cursor(c, a.row, a.col + (int)parts[at].from);
		}
	}
	return 1 + draw_facts(e, c, below, reason);
}
