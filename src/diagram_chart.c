/* SPDX-License-Identifier: ISC */
/* Pies and Gantt charts, as bars. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calendar.h"
#include "date.h"
#include "diagram_priv.h"
#include "mem.h"
#include "text.h"

#define MAX_BARS 200
#define NAMES    30 /* columns of a bar's name, at most */
#define LEAST    10 /* columns of the longest bar, at least */

struct bar {
	struct diagram_text name;
	char *id;
	bool section;    /* a heading */
	bool mile;       /* a milestone */
	double from, to; /* share of the whole; days */
};

struct chart {
	struct bar *bars;
	size_t n, cap;
	struct diagram_text title;
	bool values; /* of a pie are shown, too */
};

static void
dispose(struct chart *c)
{
	for (size_t i = 0; i < c->n; i++) {
		diagram_text_dispose(&c->bars[i].name);
		free(c->bars[i].id);
	}
	free(c->bars);
	diagram_text_dispose(&c->title);
}

static struct bar *
add_bar(struct chart *c, const char *name, size_t len)
{
	struct bar *b;

	c->bars = xgrow(c->bars, c->n, &c->cap, sizeof(*b));
	b = &c->bars[c->n++];
	*b = (struct bar){0};
	diagram_text(&b->name, name, len, 1000);
	return b;
}

static void
skip_blanks(const char **s, size_t *len)
{
	while (*len > 0 && strchr(" \t", **s)) {
		++*s;
		--*len;
	}
	while (*len > 0 && strchr(" \t\r", (*s)[*len - 1]))
		--*len;
}

static bool
after(const char **s, size_t *len, const char *word)
{
	if (!diagram_is(*s, *len, word))
		return false;
	*s += strlen(word);
	*len -= strlen(word);
	skip_blanks(s, len);
	return true;
}

static int
names(const struct chart *c)
{
	int cols = 0;

	for (size_t i = 0; i < c->n; i++)
		if (!c->bars[i].section && c->bars[i].name.cols > cols)
			cols = c->bars[i].name.cols;
	return cols < NAMES ? cols : NAMES;
}

static void
put_name(struct buf *b, const struct bar *bar, int cols)
{
	const char *s = bar->name.line[0];
	char *fit = text_fit(s, strlen(s), cols);

	buf_printf(b, "%s%*s", fit, cols - text_width(fit, strlen(fit)), "");
	free(fit);
}

static void
repeat(struct buf *b, const char *s, int n)
{
	while (n-- > 0)
		buf_puts(b, s);
}

static void
put_title(struct buf *b, const struct chart *c)
{
	for (size_t i = 0; i < c->title.n; i++)
		buf_printf(b, "%s\n", c->title.line[i]);
}

/* "title x", "showData", or a line of the chart. */
static bool
common(struct chart *c, const char *s, size_t len)
{
	static const char *const words[] = {"accTitle", "accDescr",
	    "dateFormat", "axisFormat", "tickInterval", "excludes", "includes",
	    "todayMarker", "weekday", "weekend", "inclusiveEndDates", "topAxis",
	    "click"};

	if (after(&s, &len, "title")) {
		diagram_text_dispose(&c->title);
		diagram_text(&c->title, s, len, 1000);
		return true;
	}
	for (size_t i = 0; i < NITEMS(words); i++)
		if (diagram_is(s, len, words[i]))
			return true;
	return false;
}

/* "words" : 12.5 */
static bool
slice(struct chart *c, const char *s, size_t len)
{
	const char *end =
	    len > 1 && *s == '"' ? memchr(s + 1, '"', len - 1) : NULL;
	char *number, *rest;
	struct bar *b;

	if (!end || c->n == MAX_BARS)
		return false;
	b = add_bar(c, s, (size_t)(end + 1 - s));
	len -= (size_t)(end + 1 - s);
	s = end + 1;
	skip_blanks(&s, &len);
	if (len < 2 || *s != ':')
		return false;
	number = xstrndup(s + 1, len - 1);
	b->to = strtod(number, &rest);
	end = rest > number && *rest == '\0' ? s : NULL;
	free(number);
	return end && b->to >= 0 && b->to < 1e15;
}

static char *
draw_pie(const struct chart *c, int cols, bool ascii, struct err *err)
{
	struct buf b = {0};
	int name = names(c), room;
	double sum = 0, most = 0;

	for (size_t i = 0; i < c->n; i++) {
		sum += c->bars[i].to;
		most = c->bars[i].to > most ? c->bars[i].to : most;
	}
	room = cols - name - 10 - (c->values ? 14 : 0);
	if (sum <= 0 || room < LEAST) {
		if (sum <= 0)
			err_set(err, "it is empty");
		else
			err_set(
			    err, "it needs %d columns", cols + LEAST - room);
		return NULL;
	}
	room = room > 40 ? 40 : room;
	put_title(&b, c);
	for (size_t i = 0; i < c->n; i++) {
		double v = c->bars[i].to;
		int n = (int)(v / most * room + 0.5);

		put_name(&b, &c->bars[i], name);
		buf_puts(&b, "  ");
		repeat(&b, ascii ? "#" : "█", n);
		buf_printf(&b, "%s%.1f %%", n ? " " : "", v / sum * 100);
		if (c->values)
			buf_printf(&b, "  %g", v);
		buf_putc(&b, '\n');
	}
	return buf_steal(&b);
}

char *
diagram_pie(struct statements *st, const char *head, size_t len, int cols,
    bool ascii, struct err *err)
{
	struct chart c = {0};
	char *drawn = NULL;
	const char *s = head;
	size_t n = len;

	skip_blanks(&s, &n);
	c.values = after(&s, &n, "showData");
	if (n > 0)
		common(&c, s, n);
	while (diagram_next(st, &s, &n)) {
		if (after(&s, &n, "showData"))
			c.values = true;
		if (n == 0 || common(&c, s, n) || slice(&c, s, n))
			continue;
		err_set(err, "\"%.*s\" is not understood",
		    (int)text_cut(s, n, 30, NULL), s);
		goto out;
	}
	drawn = draw_pie(&c, cols, ascii, err);
out:
	dispose(&c);
	return drawn;
}

/* A task's parts behind its name, between commas. */
struct parts {
	const char *s[8];
	size_t len[8], n;
};

static void
split(struct parts *p, const char *s, size_t len)
{
	p->n = 0;
	while (p->n < NITEMS(p->s)) {
		const char *comma = memchr(s, ',', len);
		size_t n = comma ? (size_t)(comma - s) : len;

		p->s[p->n] = s;
		p->len[p->n] = n;
		skip_blanks(&p->s[p->n], &p->len[p->n]);
		p->n++;
		if (!comma)
			break;
		s = comma + 1;
		len -= n + 1;
	}
}

/* "3d", "2w", "12h", in days. */
static bool
duration(const char *s, size_t len, double *days)
{
	static const struct {
		const char *unit;
		double days;
	} units[] = {{"d", 1}, {"w", 7}, {"h", 1 / 24.0}, {"m", 1 / 1440.0},
	    {"min", 1 / 1440.0}, {"s", 1 / 86400.0}, {"M", 30}, {"y", 365}};
	char *text = xstrndup(s, len < 30 ? len : 30), *rest;
	double v = strtod(text, &rest);
	bool ok = false;

	for (size_t i = 0; rest > text && i < NITEMS(units); i++)
		if (strcmp(rest, units[i].unit) == 0) {
			*days = v * units[i].days;
			ok = *days >= 0 && *days < 1e6;
		}
	free(text);
	return ok;
}

static bool
day(const char *s, size_t len, double *days)
{
	struct date d;

	if (!date_parse(s, len, &d))
		return false;
	*days = (double)date_unix(&d, NULL) / CALENDAR_DAY;
	return true;
}

/* The latest end of the tasks of "after a b". */
static bool
after_tasks(const struct chart *c, const char *s, size_t len, double *days)
{
	bool found = false;

	while (len > 0) {
		size_t n = 0;

		skip_blanks(&s, &len);
		while (n < len && !strchr(" \t", s[n]))
			n++;
		for (size_t i = 0; i + 1 < c->n; i++) {
			const struct bar *b = &c->bars[i];

			if (!b->id || strlen(b->id) != n ||
			    memcmp(b->id, s, n) != 0)
				continue;
			if (!found || b->to > *days)
				*days = b->to;
			found = true;
		}
		s += n;
		len -= n;
	}
	return found;
}

/* "name :done, id, 2014-01-06, 3d" */
static bool
task(struct chart *c, const char *s, size_t len)
{
	const char *colon = memchr(s, ':', len);
	struct parts p;
	struct bar *b;
	size_t i = 0, rest;
	bool start = false;

	if (!colon || c->n == MAX_BARS)
		return false;
	b = add_bar(c, s, (size_t)(colon - s));
	split(&p, colon + 1, len - (size_t)(colon + 1 - s));
	for (; i < p.n; i++) {
		if (diagram_is(p.s[i], p.len[i], "milestone"))
			b->mile = true;
		else if (!diagram_is(p.s[i], p.len[i], "done") &&
			 !diagram_is(p.s[i], p.len[i], "active") &&
			 !diagram_is(p.s[i], p.len[i], "crit") &&
			 !diagram_is(p.s[i], p.len[i], "vert"))
			break;
	}
	rest = p.n - i;
	if (rest == 3) {
		b->id = xstrndup(p.s[i], p.len[i]);
		i++;
		rest--;
	}
	/* Without a start, behind the task before. */
	for (size_t j = c->n - 1; j > 0 && !start; j--)
		if (!c->bars[j - 1].section) {
			b->from = c->bars[j - 1].to;
			start = true;
		}
	if (rest == 2) {
		if (diagram_is(p.s[i], p.len[i], "after"))
			start =
			    after_tasks(c, p.s[i] + 5, p.len[i] - 5, &b->from);
		else if (day(p.s[i], p.len[i], &b->from))
			start = true;
		else
			b->id = b->id ? b->id : xstrndup(p.s[i], p.len[i]);
		i++;
		rest--;
	}
	if (rest != 1 || !start)
		return false;
	if (duration(p.s[i], p.len[i], &b->to))
		b->to += b->from;
	else if (!day(p.s[i], p.len[i], &b->to))
		return false;
	return b->to >= b->from;
}

static void
put_day(struct buf *b, double days)
{
	int y, m, d;

	calendar_date((int64_t)days, &y, &m, &d);
	buf_printf(b, "%04d-%02d-%02d", y, m, d);
}

static char *
draw_gantt(const struct chart *c, int cols, bool ascii, struct err *err)
{
	struct buf b = {0};
	int name = names(c), room = cols - name - 2;
	double from = 0, to = 0;
	bool any = false;

	for (size_t i = 0; i < c->n; i++) {
		const struct bar *bar = &c->bars[i];

		if (bar->section)
			continue;
		from = !any || bar->from < from ? bar->from : from;
		to = !any || bar->to > to ? bar->to : to;
		any = true;
	}
	if (!any || from < 0 || to > 3e6) {
		err_set(err, any ? "its dates are not drawn" : "it is empty");
		return NULL;
	}
	if (room < 2 * LEAST + 4) {
		err_set(err, "it needs %d columns", name + 2 * LEAST + 6);
		return NULL;
	}
	room = room > 60 ? 60 : room;
	to = to > from ? to : from + 1;
	put_title(&b, c);
	buf_printf(&b, "%*s", name + 2, "");
	put_day(&b, from);
	buf_printf(&b, "%*s", room - 20, "");
	put_day(&b, to);
	buf_putc(&b, '\n');
	for (size_t i = 0; i < c->n; i++) {
		const struct bar *bar = &c->bars[i];
		int at = (int)((bar->from - from) / (to - from) * room);
		int end = (int)((bar->to - from) / (to - from) * room + 0.5);

		if (bar->section) {
			buf_printf(&b, "%s\n", bar->name.line[0]);
			continue;
		}
		put_name(&b, bar, name);
		at = at < room ? at : room - 1;
		buf_printf(&b, "  %*s", at, "");
		if (bar->mile)
			buf_puts(&b, ascii ? "*" : "◆");
		else
			repeat(&b, ascii ? "#" : "█", end > at ? end - at : 1);
		buf_putc(&b, '\n');
	}
	return buf_steal(&b);
}

char *
diagram_gantt(struct statements *st, const char *head, size_t len, int cols,
    bool ascii, struct err *err)
{
	struct chart c = {0};
	char *drawn = NULL;
	const char *s = head;
	size_t n;

	(void)len;
	while (diagram_next(st, &s, &n)) {
		if (diagram_is(s, n, "section")) {
			after(&s, &n, "section");
			add_bar(&c, s, n)->section = true;
			continue;
		}
		if (common(&c, s, n) || task(&c, s, n))
			continue;
		err_set(err, "\"%.*s\" is not understood",
		    (int)text_cut(s, n, 30, NULL), s);
		goto out;
	}
	drawn = draw_gantt(&c, cols, ascii, err);
out:
	dispose(&c);
	return drawn;
}
