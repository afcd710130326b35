/* SPDX-License-Identifier: ISC */
/*
 * The shapes of dates that Hugo reads: the layouts of spf13/cast, read by the
 * rules of Go's time.Parse.  One walk along a layout reads a date, and the
 * same walk along an example writes another date like it.
 */
#include "date.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "buf.h"
#include "calendar.h"
#include "date_priv.h"
#include "mem.h"
#include "text.h"
#include "zone.h"

#define UNIX_ZERO  INT64_C(-62167219200) /* 0000-01-01T00:00:00 */
#define UNIX_FIRST INT64_C(-62135596800) /* 0001-01-01T00:00:00 */
#define UNIX_LAST  INT64_C(253402300799) /* 9999-12-31T23:59:59 */

/*
 * Y year, y its last two digits, m month, d day, D day without zero, H hour, M
 * minute, S second and its fraction, b Jan, a Mon, A Monday, z +0100, c +01:00,
 * Z and C the same or "Z", n name of a zone; else the character itself, where
 * a blank is any number of them.
 */
static const char *const layouts[] = {
    "Y-m-d",
    "Y-m-dTH:M:SC",
    "Y-m-dTH:M:S",
    "a, d b Y H:M:S z", /* RFC 1123 */
    "a, d b Y H:M:S n", /* the same with a name */
    "d b y H:M z",      /* RFC 822 */
    "d b y H:M n",      /* the same with a name */
    "A, d-b-y H:M:S n", /* RFC 850 */
    "Y-m-d H:M:S z n",  /* Go's Time.String */
    "Y-m-dTH:M:Sz",
    "Y-m-d H:M:SZ",
    "Y-m-d H:M:S",
    "a b D H:M:S Y",   /* ANSI C */
    "a b D H:M:S n Y", /* Unix */
    "a b d H:M:S z Y", /* Ruby */
    "Y-m-d H:M:SC",
    "d b Y",
    "Y-m-d H:M:S c",
    "Y-m-d H:M:S z",
};

static bool
digit(const struct cursor *c)
{
	return c->p < c->end && *c->p >= '0' && *c->p <= '9';
}

bool
cursor_number(struct cursor *c, int min, int max, int *value)
{
	int n = 0;

	for (*value = 0; n < max && digit(c); n++)
		*value = *value * 10 + (*c->p++ - '0');
	return n >= min;
}

void
cursor_fraction(struct cursor *c, long *nanosecond)
{
	struct cursor at = *c;
	long unit = 100000000;

	if (at.p == at.end || (*at.p != '.' && *at.p != ','))
		return;
	at.p++;
	if (!digit(&at))
		return;
	for (*nanosecond = 0; digit(&at); at.p++, unit /= 10)
		*nanosecond += unit * (*at.p - '0');
	*c = at;
}

bool
cursor_offset(struct cursor *c, bool colon, int *offset)
{
	int hours, minutes;
	char sign;

	if (c->p == c->end || (*c->p != '+' && *c->p != '-'))
		return false;
	sign = *c->p++;
	if (!cursor_number(c, 2, 2, &hours) || hours > 24)
		return false;
	if (colon && (c->p == c->end || *c->p++ != ':'))
		return false;
	if (!cursor_number(c, 2, 2, &minutes) || minutes > 60)
		return false;
	*offset = (hours * 60 + minutes) * 60;
	if (sign == '-')
		*offset = -*offset;
	return true;
}

/* One of the names that name() gives for first ... first + n - 1. */
static int
name_among(
    struct cursor *c, const char *(*name)(int), int first, int n, bool whole)
{
	for (int i = 0; i < n; i++) {
		size_t len = whole ? strlen(name(first + i)) : 3;

		if ((size_t)(c->end - c->p) < len ||
		    text_casecmp(c->p, len, name(first + i), len) != 0)
			continue;
		c->p += len;
		return i;
	}
	return -1;
}

int
cursor_month(struct cursor *c, bool whole)
{
	return name_among(c, calendar_month_name, 1, 12, whole);
}

int
cursor_weekday(struct cursor *c, bool whole)
{
	return name_among(c, calendar_weekday_name, 0, 7, whole);
}

/* Like +3 and -11 behind or in place of a zone's name. */
static bool
hours_of_zone(struct cursor *c)
{
	struct cursor at = *c;
	int hours;

	if (at.p == at.end || (*at.p != '+' && *at.p != '-'))
		return false;
	at.p++;
	if (!cursor_number(&at, 1, 9, &hours) || hours > 23 || digit(&at))
		return false;
	*c = at;
	return true;
}

/* What Go takes for the abbreviation of a zone; Hugo gives it no meaning. */
static bool
zone_name(struct cursor *c)
{
	size_t left = (size_t)(c->end - c->p), n = 0;

	if (hours_of_zone(c))
		return true;
	if (left >= 4 &&
	    (memcmp(c->p, "ChST", 4) == 0 || memcmp(c->p, "MeST", 4) == 0)) {
		c->p += 4;
		return true;
	}
	if (left >= 3 && memcmp(c->p, "GMT", 3) == 0) {
		c->p += 3;
		hours_of_zone(c);
		return true;
	}
	while (n < left && n < 6 && c->p[n] >= 'A' && c->p[n] <= 'Z')
		n++;
	if (n < 3 || n > 5 || (n == 5 && c->p[4] != 'T') ||
	    (n == 4 && c->p[3] != 'T' && memcmp(c->p, "WITA", 4) != 0))
		return false;
	c->p += n;
	return true;
}

/* A character of the layout that stands for itself. */
static bool
literal(struct cursor *c, char ch)
{
	if (c->p == c->end || *c->p != ch)
		return false;
	do
		c->p++;
	while (ch == ' ' && c->p < c->end && *c->p == ' ');
	return true;
}

static bool
read_offset(struct cursor *c, char code, struct date *d)
{
	d->has_offset = true;
	if ((code == 'Z' || code == 'C') && c->p < c->end && *c->p == 'Z') {
		d->offset = 0;
		c->p++;
		return true;
	}
	return cursor_offset(c, code == 'C' || code == 'c', &d->offset);
}

static bool
read_element(struct cursor *c, char code, struct date *d)
{
	switch (code) {
	case 'Y':
		return cursor_number(c, 4, 4, &d->year);
	case 'y':
		if (!cursor_number(c, 2, 2, &d->year))
			return false;
		d->year += d->year >= 69 ? 1900 : 2000;
		return true;
	case 'm':
		return cursor_number(c, 2, 2, &d->month);
	case 'b':
		d->month = cursor_month(c, false) + 1;
		return d->month > 0;
	case 'd':
		return cursor_number(c, 2, 2, &d->day);
	case 'D':
		return cursor_number(c, 1, 2, &d->day);
	case 'H':
		d->has_time = true;
		return cursor_number(c, 1, 2, &d->hour);
	case 'M':
		return cursor_number(c, 2, 2, &d->minute);
	case 'S':
		if (!cursor_number(c, 2, 2, &d->second))
			return false;
		cursor_fraction(c, &d->nanosecond);
		return true;
	case 'a':
		return cursor_weekday(c, false) >= 0;
	case 'A':
		return cursor_weekday(c, true) >= 0;
	case 'z':
	case 'c':
	case 'Z':
	case 'C':
		return read_offset(c, code, d);
	case 'n':
		return zone_name(c);
	default:
		return literal(c, code);
	}
}

bool
date_is_real(const struct date *d)
{
	return d->year >= 1 && d->year <= 9999 && d->month >= 1 &&
	       d->month <= 12 && d->day >= 1 &&
	       d->day <= calendar_days_in(d->year, d->month) && d->hour >= 0 &&
	       d->hour <= 23 && d->minute >= 0 && d->minute <= 59 &&
	       d->second >= 0 && d->second <= 59 && d->nanosecond >= 0 &&
	       d->nanosecond <= 999999999;
}

static bool
matches(const char *layout, const char *s, size_t len, struct date *d)
{
	struct cursor c = {s, s + len};

	*d = (struct date){0};
	for (; *layout != '\0'; layout++)
		if (!read_element(&c, *layout, d))
			return false;
	return c.p == c.end && date_is_real(d);
}

/* The layout that s has, or NULL. */
static const char *
layout_of(const char *s, size_t len, struct date *d)
{
	for (size_t i = 0; i < NITEMS(layouts); i++)
		if (matches(layouts[i], s, len, d))
			return layouts[i];
	return NULL;
}

/* A whole number, as YAML has them: no zeros before it. */
static bool
read_unix(const char *s, size_t len, struct date *d)
{
	struct cursor c = {s, s + len};
	int64_t t = 0;

	if (len > 0 && (*s == '+' || *s == '-'))
		c.p++;
	if (!digit(&c) || c.end - c.p > 12 || (*c.p == '0' && c.p + 1 < c.end))
		return false;
	for (; digit(&c); c.p++)
		t = t * 10 + (*c.p - '0');
	if (*s == '-')
		t = -t;
	if (c.p != c.end || t < UNIX_FIRST || t > UNIX_LAST)
		return false;
	date_from_unix(t, 0, d);
	return true;
}

bool
date_parse(const char *s, size_t len, struct date *d)
{
	struct date got;

	if (layout_of(s, len, &got) == NULL && !read_unix(s, len, &got))
		return false;
	*d = got;
	return true;
}

int64_t
date_unix(const struct date *d, const struct zone *z)
{
	int64_t local =
	    calendar_days(d->year, d->month, d->day) * CALENDAR_DAY +
	    (d->hour * 60 + d->minute) * 60 + d->second;

	if (d->has_offset)
		return local - d->offset;
	/* As Go does where a change of the clock makes two or no answers. */
	return local - zone_offset(z, local - zone_offset(z, local));
}

void
date_from_unix(int64_t t, int offset, struct date *d)
{
	int64_t days;
	int second;

	if (t < UNIX_FIRST - offset)
		t = UNIX_FIRST - offset;
	if (t > UNIX_LAST - offset)
		t = UNIX_LAST - offset;
	/* Counted from the year 0, so that nothing is below zero. */
	t += offset - UNIX_ZERO;
	days = t / CALENDAR_DAY + UNIX_ZERO / CALENDAR_DAY;
	second = (int)(t % CALENDAR_DAY);
	*d = (struct date){
	    .hour = second / 3600,
	    .minute = second / 60 % 60,
	    .second = second % 60,
	    .offset = offset,
	    .has_time = true,
	    .has_offset = true,
	};
	calendar_date(days, &d->year, &d->month, &d->day);
}

/* Two digits, and what stands behind them; behind that. */
static char *
put_two(char *to, int n, char after)
{
	to[0] = (char)('0' + n / 10 % 10);
	to[1] = (char)('0' + n % 10);
	to[2] = after;
	return to + 3;
}

/* By hand: a list of many posts has three of them each. */
char *
date_rfc3339(const struct date *d)
{
	int minutes = abs(d->offset) / 60;
	char text[32], *to = text;

	to = put_two(to, d->year / 100, 0) - 1;
	to = put_two(to, d->year, '-');
	to = put_two(to, d->month, '-');
	to = put_two(to, d->day, 'T');
	to = put_two(to, d->hour, ':');
	to = put_two(to, d->minute, ':');
	to = put_two(to, d->second, 'Z');
	if (d->has_offset && d->offset != 0) {
		to[-1] = d->offset < 0 ? '-' : '+';
		to = put_two(to, minutes / 60, ':');
		to = put_two(to, minutes % 60, 0) - 1;
	}
	return xstrndup(text, (size_t)(to - text));
}

/* A name in the case of the example. */
static void
write_name(struct buf *b, const char *name, size_t len, const char *example)
{
	bool upper = example[1] >= 'A' && example[1] <= 'Z';
	bool lower = example[0] >= 'a' && example[0] <= 'z';
	char *mapped = upper   ? text_upper(name, len)
		       : lower ? text_lower(name, len)
			       : xstrndup(name, len);

	buf_puts(b, mapped);
	free(mapped);
}

/* A day without zero: padded with a blank when the example may be so. */
static void
write_day(struct buf *b, int day, const char *example, size_t len)
{
	bool padded = len == 1 && b->len > 1 && b->data[b->len - 2] == ' ';

	if (len == 2 && (day >= 10 || *example == '0'))
		buf_printf(b, "%02d", day);
	else if (len == 2)
		buf_printf(b, " %d", day);
	else if (padded && day >= 10) {
		buf_splice(b, b->len - 1, 1, NULL, 0);
		buf_printf(b, "%d", day);
	} else
		buf_printf(b, "%d", day);
}

/* The second, and as many digits behind it as the example has. */
static void
write_second(
    struct buf *b, const struct date *d, const char *example, size_t len)
{
	char digits[16];

	buf_printf(b, "%02d", d->second);
	if (len <= 3)
		return;
	buf_putc(b, example[2]);
	snprintf(digits, sizeof(digits), "%09ld", d->nanosecond);
	for (size_t i = 0; i < len - 3; i++)
		buf_putc(b, i < 9 ? digits[i] : '0');
}

static const char *
weekday_name(const struct date *d)
{
	return calendar_weekday_name(
	    calendar_weekday(d->year, d->month, d->day));
}

/* One element as the len bytes of the example have it. */
static void
write_element(struct buf *b, char code, const struct date *d,
    const char *example, size_t len)
{
	switch (code) {
	case 'Y':
		buf_printf(b, "%04d", d->year);
		break;
	case 'y':
		buf_printf(b, "%02d", d->year % 100);
		break;
	case 'm':
		buf_printf(b, "%02d", d->month);
		break;
	case 'b':
		write_name(b, calendar_month_name(d->month), 3, example);
		break;
	case 'd':
		buf_printf(b, "%02d", d->day);
		break;
	case 'D':
		write_day(b, d->day, example, len);
		break;
	case 'H':
		buf_printf(b, len == 1 ? "%d" : "%02d", d->hour);
		break;
	case 'M':
		buf_printf(b, "%02d", d->minute);
		break;
	case 'S':
		write_second(b, d, example, len);
		break;
	case 'a':
		write_name(b, weekday_name(d), 3, example);
		break;
	case 'A':
		write_name(
		    b, weekday_name(d), strlen(weekday_name(d)), example);
		break;
	default: /* offsets stay, and so do names of zones */
		buf_add(b, example, len);
		break;
	}
}

static char *
write_like(
    const char *layout, const struct date *d, const char *example, size_t len)
{
	struct cursor c = {example, example + len};
	struct date ignored = {0};
	struct buf b = {0};

	for (; *layout != '\0'; layout++) {
		const char *from = c.p;

		read_element(&c, *layout, &ignored);
		write_element(&b, *layout, d, from, (size_t)(c.p - from));
	}
	return buf_steal(&b);
}

char *
date_like(const struct date *d, const char *example, size_t len)
{
	struct date old, moved = *d;
	const char *layout = layout_of(example, len, &old);

	assert(date_is_real(d));
	if (layout == NULL && read_unix(example, len, &old))
		return xasprintf(*example == '+' ? "%+lld" : "%lld",
		    (long long)date_unix(d, NULL));
	if (layout == NULL)
		return date_rfc3339(d);
	if (strchr(layout, 'y') != NULL && (d->year < 1969 || d->year > 2068))
		return date_rfc3339(d);
	if (d->has_offset && old.has_offset && d->offset != old.offset) {
		date_from_unix(date_unix(d, NULL), old.offset, &moved);
		moved.nanosecond = d->nanosecond;
	}
	return write_like(layout, &moved, example, len);
}

char *
date_distance(int64_t t, int64_t now)
{
	static const struct {
		uint64_t seconds;
		const char *name;
	} units[] = {{31556952, "y"}, {2629746, "mo"}, {CALENDAR_DAY, "d"},
	    {3600, "h"}, {60, "min"}};
	uint64_t apart =
	    t > now ? (uint64_t)t - (uint64_t)now : (uint64_t)now - (uint64_t)t;

	for (size_t i = 0; i < NITEMS(units); i++) {
		unsigned long long n = apart / units[i].seconds;

		if (n > 0)
			return xasprintf(t > now ? "in %llu %s" : "%llu %s ago",
			    n, units[i].name);
	}
	return xstrdup("now");
}

/* How far the local clock is from UTC, without the fields C has not. */
static int
local_offset(time_t t)
{
	struct tm tm;

	if (localtime_r(&t, &tm) == NULL)
		return 0;
	return (
	    int)(calendar_days(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday) *
		     CALENDAR_DAY +
		 (tm.tm_hour * 60 + tm.tm_min) * 60 + tm.tm_sec - (int64_t)t);
}

void
date_now(struct date *d)
{
	const char *fixed = getenv("GALLEY_NOW");
	struct timespec now;

	if (fixed != NULL && date_parse(fixed, strlen(fixed), d)) {
		d->has_time = d->has_offset = true;
		return;
	}
	clock_gettime(CLOCK_REALTIME, &now);
	date_from_unix(now.tv_sec, local_offset(now.tv_sec), d);
}

int
date_local_offset(int64_t t)
{
	struct date now;
	const char *fixed = getenv("GALLEY_NOW");

	if (fixed == NULL || !date_parse(fixed, strlen(fixed), &now))
		return local_offset((time_t)t);
	return now.has_offset ? now.offset : 0;
}

int64_t
date_now_unix(void)
{
	struct date now;

	date_now(&now);
	return date_unix(&now, NULL);
}
