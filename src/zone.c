/* SPDX-License-Identifier: ISC */
/*
 * Reads TZif files (RFC 8536): the transitions, and for the time after the
 * last one the rule at the end of the file, which is a POSIX TZ string.  A
 * damaged file is no zone.
 */
#include "zone.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "calendar.h"
#include "file.h"
#include "mem.h"

#define FILE_MAX   (1 << 20)
#define HEADER     44
#define OFFSET_MAX (26 * 3600) /* as RFC 8536 wants it */
#define RULE_HOURS 167

/* When in a year the clock changes. */
struct change {
	char kind; /* M: month, week, weekday; J: day 1-365, 0: day 0-365 */
	int month, week, day;
	int time; /* seconds after midnight, may be negative */
};

struct rule {
	bool known;
	bool summer; /* it changes in the year */
	int standard, daylight;
	struct change start, end; /* of daylight time */
};

struct zone {
	size_t n; /* transitions, ascending */
	int64_t *when;
	int *offset; /* from when[i] on */
	int before;  /* the offset before the first */
	struct rule rule;
};

/* The readers of a POSIX TZ string; *p stops at the '\0' behind it. */
static bool
rule_number(const char **p, int max, int *value)
{
	const char *from = *p;

	for (*value = 0; **p >= '0' && **p <= '9'; (*p)++) {
		*value = *value * 10 + (**p - '0');
		if (*value > max)
			return false;
	}
	return *p > from;
}

static bool
rule_take(const char **p, char c)
{
	if (**p != c)
		return false;
	(*p)++;
	return true;
}

static bool
rule_name(const char **p)
{
	const char *from = *p;

	if (rule_take(p, '<')) {
		while (**p != '\0' && **p != '>')
			(*p)++;
		return rule_take(p, '>');
	}
	while ((**p | 0x20) >= 'a' && (**p | 0x20) <= 'z')
		(*p)++;
	return *p - from >= 3;
}

/* [+-]hh[:mm[:ss]] in seconds. */
static bool
rule_time(const char **p, int max_hours, int *seconds)
{
	bool negative = **p == '-';
	int h, m = 0, s = 0;

	if (**p == '-' || **p == '+')
		(*p)++;
	if (!rule_number(p, max_hours, &h))
		return false;
	if (rule_take(p, ':')) {
		if (!rule_number(p, 59, &m))
			return false;
		if (rule_take(p, ':') && !rule_number(p, 59, &s))
			return false;
	}
	*seconds = (h * 60 + m) * 60 + s;
	if (negative)
		*seconds = -*seconds;
	return true;
}

static bool
rule_change(const char **p, struct change *c)
{
	if (!rule_take(p, ','))
		return false;
	if (rule_take(p, 'M')) {
		c->kind = 'M';
		if (!rule_number(p, 12, &c->month) || !rule_take(p, '.') ||
		    !rule_number(p, 5, &c->week) || !rule_take(p, '.') ||
		    !rule_number(p, 6, &c->day) || c->month < 1 || c->week < 1)
			return false;
	} else {
		c->kind = rule_take(p, 'J') ? 'J' : '0';
		if (!rule_number(p, 365, &c->day) ||
		    (c->kind == 'J' && c->day < 1))
			return false;
	}
	c->time = 2 * 3600;
	return !rule_take(p, '/') || rule_time(p, RULE_HOURS, &c->time);
}

static bool
rule_read(const char *p, struct rule *r)
{
	if (!rule_name(&p) || !rule_time(&p, 24, &r->standard))
		return false;
	r->standard = -r->standard;
	r->summer = *p != '\0';
	if (!r->summer)
		return true;
	if (!rule_name(&p))
		return false;
	r->daylight = r->standard + 3600;
	if (*p != ',') {
		if (!rule_time(&p, 24, &r->daylight))
			return false;
		r->daylight = -r->daylight;
	}
	return rule_change(&p, &r->start) && rule_change(&p, &r->end) &&
	       *p == '\0';
}

/* When it is in the year, as if the clock that is left were UTC. */
static int64_t
change_in(const struct change *c, int year)
{
	int64_t start, days = c->day;

	if (c->kind == 'M') {
		start = calendar_days(year, c->month, 1);
		days -= calendar_weekday(year, c->month, 1);
		days = (days + 7) % 7 + (c->week - 1) * 7;
		if (days >= calendar_days_in(year, c->month))
			days -= 7;
	} else {
		start = calendar_days(year, 1, 1);
		if (c->kind == 'J' &&
		    (c->day < 60 || calendar_days_in(year, 2) == 28))
			days--;
	}
	return (start + days) * CALENDAR_DAY + c->time;
}

/* The year of a time at an offset, within those that dates have. */
static int
year_of(int64_t t, int offset)
{
	const int64_t first = calendar_days(1, 1, 1) * CALENDAR_DAY;
	const int64_t last = calendar_days(10000, 1, 1) * CALENDAR_DAY - 1;
	int year, month, day;

	if (t < first - offset || t > last - offset)
		t = (t < 0 ? first : last) - offset;
	t += offset;
	/* Down to whole days, before 1970 too. */
	calendar_date((t - first) / CALENDAR_DAY + first / CALENDAR_DAY, &year,
	    &month, &day);
	return year;
}

static int
rule_offset(const struct rule *r, int64_t t)
{
	int64_t start, end;
	int year;

	if (!r->summer)
		return r->standard;
	year = year_of(t, r->standard);
	start = change_in(&r->start, year) - r->standard;
	end = change_in(&r->end, year) - r->daylight;
	if (start < end)
		return t >= start && t < end ? r->daylight : r->standard;
	return t >= end && t < start ? r->standard : r->daylight;
}

int
zone_offset(const struct zone *z, int64_t t)
{
	size_t low = 0, high;

	if (z == NULL)
		return 0;
	if (z->rule.known && (z->n == 0 || t >= z->when[z->n - 1]))
		return rule_offset(&z->rule, t);
	for (high = z->n; low < high;) {
		size_t mid = low + (high - low) / 2;

		if (z->when[mid] <= t)
			low = mid + 1;
		else
			high = mid;
	}
	return low == 0 ? z->before : z->offset[low - 1];
}

/* One of the two data blocks of a file. */
struct block {
	const unsigned char *data;
	size_t isut, isstd, leap, time, type, chars;
	size_t time_size; /* 4, or 8 in the second block */
	size_t len;
};

static int64_t
big_endian(const unsigned char *p, size_t size)
{
	uint64_t v = p[0] & 0x80 ? UINT64_MAX : 0;

	for (size_t i = 0; i < size; i++)
		v = v << 8 | p[i];
	return (int64_t)v;
}

/* The block whose header is at p; false when it does not fit in len. */
static bool
block_read(
    const unsigned char *p, size_t len, size_t time_size, struct block *b)
{
	size_t counts[6];

	if (len < HEADER || memcmp(p, "TZif", 4) != 0)
		return false;
	for (size_t i = 0; i < NITEMS(counts); i++) {
		int64_t n = big_endian(p + 20 + 4 * i, 4);

		if (n < 0 || n > FILE_MAX)
			return false;
		counts[i] = (size_t)n;
	}
	*b = (struct block){p + HEADER, counts[0], counts[1], counts[2],
	    counts[3], counts[4], counts[5], time_size, 0};
	b->len = b->time * (time_size + 1) + b->type * 6 + b->chars +
		 b->leap * (time_size + 4) + b->isstd + b->isut;
	return b->len <= len - HEADER;
}

static bool
zone_fill(struct zone *z, const struct block *b)
{
	const unsigned char *kinds = b->data + b->time * b->time_size;
	const unsigned char *types = kinds + b->time;

	if (b->type == 0)
		return false;
	for (size_t i = 0; i < b->type; i++) {
		int64_t offset = big_endian(types + 6 * i, 4);

		if (offset < -OFFSET_MAX || offset > OFFSET_MAX)
			return false;
	}
	z->before = (int)big_endian(types, 4);
	z->n = b->time;
	z->when = xcalloc(z->n + 1, sizeof(*z->when));
	z->offset = xcalloc(z->n + 1, sizeof(*z->offset));
	for (size_t i = 0; i < z->n; i++) {
		if (kinds[i] >= b->type)
			return false;
		z->when[i] =
		    big_endian(b->data + i * b->time_size, b->time_size);
		z->offset[i] = (int)big_endian(types + 6 * kinds[i], 4);
		if (i > 0 && z->when[i] <= z->when[i - 1])
			return false;
	}
	return true;
}

/* The rule between two newlines at the end; none is no error. */
static void
zone_footer(struct zone *z, const char *p, size_t len)
{
	const char *end = len > 0 ? memchr(p + 1, '\n', len - 1) : NULL;
	char *rule;

	if (end == NULL || *p != '\n')
		return;
	rule = xstrndup(p + 1, (size_t)(end - p - 1));
	z->rule.known = rule_read(rule, &z->rule);
	free(rule);
}

static struct zone *
zone_parse(const char *s, size_t len)
{
	const unsigned char *p = (const unsigned char *)s;
	struct zone *z;
	struct block b;
	size_t at = 0;

	if (!block_read(p, len, 4, &b))
		return NULL;
	if (p[4] >= '2') {
		at = HEADER + b.len;
		if (!block_read(p + at, len - at, 8, &b))
			return NULL;
	}
	z = xcalloc(1, sizeof(*z));
	if (!zone_fill(z, &b)) {
		zone_free(z);
		return NULL;
	}
	at += HEADER + b.len;
	if (b.time_size == 8)
		zone_footer(z, s + at, len - at);
	return z;
}

/* Whether the name stays below the directory of zones. */
static bool
name_is_safe(const char *name)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789_+-/";

	return *name != '/' && strspn(name, allowed) == strlen(name);
}

static struct zone *
zone_read(const char *dir, const char *name)
{
	char *path = path_join(dir, name);
	struct buf b = {0};
	struct zone *z = NULL;
	struct err err;

	if (file_read_head(path, FILE_MAX, &b, NULL, &err) == 0)
		z = zone_parse(buf_text(&b), b.len);
	buf_dispose(&b);
	free(path);
	return z;
}

/* As Go's "Local" and localtime(3): TZ, else the system's file. */
static struct zone *
zone_local(void)
{
	const char *name = getenv("TZ");

	if (!name)
		return zone_read("/etc", "localtime");
	name += *name == ':';
	return strcmp(name, "Local") == 0 ? NULL : zone_load(name);
}

struct zone *
zone_load(const char *name)
{
	const char *dirs[] = {getenv("TZDIR"), "/usr/share/zoneinfo",
	    "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"};
	struct zone *z = NULL;

	if (*name == '\0' || strcmp(name, "UTC") == 0)
		return xcalloc(1, sizeof(*z));
	if (strcmp(name, "Local") == 0)
		return zone_local();
	if (!name_is_safe(name))
		return NULL;
	for (size_t i = 0; i < NITEMS(dirs) && z == NULL; i++)
		if (dirs[i] != NULL)
			z = zone_read(dirs[i], name);
	return z;
}

void
zone_free(struct zone *z)
{
	if (z == NULL)
		return;
	free(z->when);
	free(z->offset);
	free(z);
}
