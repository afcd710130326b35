/* SPDX-License-Identifier: ISC */
/*
 * Dates as a person types them: a date, a time and an offset, each in many
 * forms and each of them left out at will.
 */
#include "date.h"

#include <string.h>

#include "date_priv.h"
#include "mem.h"
#include "text.h"

/* What was read so far. */
struct typed {
	struct cursor c;
	struct date d;
	bool date, time, offset;
	const struct date *base;
};

static size_t
left(const struct typed *t)
{
	return (size_t)(t->c.end - t->c.p);
}

static bool
at(const struct typed *t, const char *any)
{
	return left(t) > 0 && *t->c.p != '\0' && strchr(any, *t->c.p) != NULL;
}

static bool
take(struct typed *t, const char *any)
{
	if (!at(t, any))
		return false;
	t->c.p++;
	return true;
}

static size_t
digits(const struct typed *t)
{
	size_t n = 0;

	while (n < left(t) && t->c.p[n] >= '0' && t->c.p[n] <= '9')
		n++;
	return n;
}

static void
skip_blanks(struct typed *t)
{
	while (take(t, " \t,"))
		continue;
}

static bool
take_word(struct typed *t, const char *word)
{
	size_t len = strlen(word);

	if (left(t) < len || text_casecmp(t->c.p, len, word, len) != 0)
		return false;
	if (left(t) > len && text_is_letter((unsigned char)t->c.p[len]))
		return false;
	t->c.p += len;
	return true;
}

/* hh:mm[:ss[.fraction]] */
static bool
read_time(struct typed *t)
{
	struct date *d = &t->d;

	if (t->time || !cursor_number(&t->c, 1, 2, &d->hour) || !take(t, ":") ||
	    !cursor_number(&t->c, 2, 2, &d->minute))
		return false;
	t->time = true;
	if (take(t, ":")) {
		if (!cursor_number(&t->c, 2, 2, &d->second))
			return false;
		cursor_fraction(&t->c, &d->nanosecond);
	}
	return true;
}

/* yyyy-m-d with "-", "/" or "." */
static bool
read_numeric_date(struct typed *t)
{
	struct date *d = &t->d;
	char between[2] = {0};

	if (!cursor_number(&t->c, 4, 4, &d->year) || !at(t, "-/."))
		return false;
	between[0] = *t->c.p;
	return take(t, between) && cursor_number(&t->c, 1, 2, &d->month) &&
	       take(t, between) && cursor_number(&t->c, 1, 2, &d->day);
}

static bool
read_month(struct typed *t)
{
	int month = cursor_month(&t->c, true);

	if (month < 0)
		month = cursor_month(&t->c, false);
	if (month < 0 ||
	    (left(t) > 0 && text_is_letter((unsigned char)*t->c.p)))
		return false;
	t->d.month = month + 1;
	take(t, ".");
	return true;
}

/* A year of four digits may follow; it is no time. */
static bool
read_year(struct typed *t)
{
	t->d.year = t->base->year;
	skip_blanks(t);
	return digits(t) != 4 || cursor_number(&t->c, 4, 4, &t->d.year);
}

static bool
read_date(struct typed *t)
{
	struct date *d = &t->d;
	size_t n = digits(t);

	if (t->date)
		return false;
	t->date = true;
	if (n == 8)
		return cursor_number(&t->c, 4, 4, &d->year) &&
		       cursor_number(&t->c, 2, 2, &d->month) &&
		       cursor_number(&t->c, 2, 2, &d->day);
	if (n == 4)
		return read_numeric_date(t);
	if (n > 0) {
		if (!cursor_number(&t->c, 1, 2, &d->day))
			return false;
		skip_blanks(t);
		return read_month(t) && read_year(t);
	}
	if (!read_month(t))
		return false;
	skip_blanks(t);
	return cursor_number(&t->c, 1, 2, &d->day) && read_year(t);
}

/* now, and the days around it, on the clock of the base. */
static bool
read_word(struct typed *t)
{
	static const struct {
		const char *word;
		int days;
	} words[] = {
	    {"now", 0}, {"today", 0}, {"tomorrow", 1}, {"yesterday", -1}};
	struct date now, day;
	int offset;

	for (size_t i = 0; i < NITEMS(words); i++) {
		if (!take_word(t, words[i].word))
			continue;
		date_now(&now);
		offset = t->base->has_offset ? t->base->offset : now.offset;
		date_from_unix(
		    date_unix(&now, NULL) + INT64_C(86400) * words[i].days,
		    offset, &day);
		if (t->date)
			return false;
		t->date = true;
		t->d.year = day.year;
		t->d.month = day.month;
		t->d.day = day.day;
		if (i > 0)
			return true;
		t->time = t->offset = true;
		t->d = day;
		return true;
	}
	return false;
}

static bool
read_offset(struct typed *t)
{
	struct cursor c = t->c;
	int hours;
	bool west = at(t, "-");

	if (t->offset)
		return false;
	t->offset = true;
	if (take_word(t, "Z") || take_word(t, "UTC"))
		return true;
	if (cursor_offset(&t->c, true, &t->d.offset))
		return true;
	t->c = c;
	if (cursor_offset(&t->c, false, &t->d.offset))
		return true;
	t->c = c;
	if (!take(t, "+-") || !cursor_number(&t->c, 1, 2, &hours) || hours > 24)
		return false;
	t->d.offset = (west ? -1 : 1) * hours * 3600;
	return true;
}

static bool
read_part(struct typed *t)
{
	size_t n = digits(t);

	if (n == 0 && at(t, "+-ZzUu"))
		return read_offset(t);
	if (n > 0 && n <= 2 && left(t) > n && t->c.p[n] == ':')
		return read_time(t);
	if (n == 0 && t->date && take(t, "Tt"))
		return digits(t) > 0 && read_time(t);
	return read_word(t) || read_date(t);
}

/* What was left out comes from the base. */
static void
fill(struct typed *t)
{
	struct date *d = &t->d;
	const struct date *base = t->base;

	if (!t->date) {
		d->year = base->year;
		d->month = base->month;
		d->day = base->day;
	}
	if (!t->time) {
		d->hour = base->hour;
		d->minute = base->minute;
		d->second = base->second;
		d->nanosecond = base->nanosecond;
	}
	if (!t->offset)
		d->offset = base->offset;
	d->has_time = t->time || base->has_time;
	d->has_offset = t->offset || base->has_offset;
}

bool
date_parse_typed(
    const char *s, size_t len, const struct date *base, struct date *d)
{
	struct typed t = {.c = {s, s + len}, .base = base};
	size_t n;

	skip_blanks(&t);
	while (t.c.end > t.c.p && strchr(" \t", t.c.end[-1]) != NULL)
		t.c.end--;
	n = left(&t);
	if (n == 0)
		return false;
	/* A short number is no Unix time: 20261125 is a day, 5 a mistake. */
	if (digits(&t) != n || n > 8) {
		t.date = date_parse(t.c.p, n, &t.d);
		t.time = t.d.has_time;
		t.offset = t.d.has_offset;
	}
	if (!t.date)
		for (; left(&t) > 0; skip_blanks(&t))
			if (!read_part(&t))
				return false;
	fill(&t);
	if (!date_is_real(&t.d))
		return false;
	*d = t.d;
	return true;
}
