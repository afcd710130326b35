/* SPDX-License-Identifier: ISC */
/* Fields that are dates and times of a day: read, stepped, explained. */
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "date.h"
#include "field_priv.h"
#include "mem.h"
#include "zone.h"

#define DAY 86400

static bool
two_digits(const char **s, const char *end, int *n, bool one_will_do)
{
	size_t digits = 0;

	for (*n = 0; *s < end && **s >= '0' && **s <= '9' && digits < 2;
	     digits++, ++*s)
		*n = *n * 10 + (**s - '0');
	return digits == 2 || (digits == 1 && one_will_do);
}

bool
field_read_time(const char *s, size_t len, int *seconds, bool *precise)
{
	const char *end = s + len;
	int hour, minute, second = 0;

	if (!two_digits(&s, end, &hour, true) || s == end || *s++ != ':' ||
	    !two_digits(&s, end, &minute, false))
		return false;
	*precise = s < end;
	if (*precise && (*s++ != ':' || !two_digits(&s, end, &second, false)))
		return false;
	/* A fraction of TOML's local time is read over. */
	if (s < end && *s == '.')
		for (s++; s < end && *s >= '0' && *s <= '9';)
			s++;
	*seconds = hour * 3600 + minute * 60 + second;
	return s == end && hour < 24 && minute < 60 && second < 60;
}

/* The old value as a date, if it is one. */
static bool
old_date(const struct value *old, struct date *d)
{
	return old && value_text(old) && date_parse(old->text, old->len, d);
}

/*
 * In the shape of the old date, unless that would lose what was typed: a time
 * where there was none, or the meaning of an offset.
 */
static char *
shaped(const struct date *d, const struct value *old, const struct date *base,
    bool time_typed)
{
	static const char no_offset[] = "2006-01-02T15:04:05";

	if (!base)
		return date_rfc3339(d);
	if (!base->has_time && time_typed && !d->has_offset)
		return date_like(d, no_offset, sizeof(no_offset) - 1);
	if ((time_typed || base->has_time) && d->has_offset &&
	    !base->has_offset)
		return date_rfc3339(d);
	return date_like(d, old->text, old->len);
}

/* As a date where the old one was, else in the type of a new one. */
static struct value *
make(const struct field *f, const struct date *d, const struct value *old,
    const struct date *base, bool time_typed)
{
	static const char day[] = "2006-01-02";
	struct value *v;
	char *s;

	if (!base && f->type == FIELD_DATE && !time_typed)
		s = date_like(d, day, sizeof(day) - 1);
	else
		s = shaped(d, old, base, time_typed);
	v = old && old->type == VALUE_STRING && base ? value_string(s)
						     : value_date(s);
	free(s);
	return v;
}

struct value *
field_parse_date(const struct field *f, const char *text,
    const struct value *old, struct err *err)
{
	struct date base, d;
	size_t len;
	bool had;

	if ((len = field_trim(&text)) == 0)
		return value_null();
	had = old_date(old, &base);
	if (!had)
		date_now(&base);
	if (!date_parse_typed(text, len, &base, &d)) {
		err_code(err, ERR_USAGE,
		    f->type == FIELD_DATE && (!had || !base.has_time)
			? "a date is expected, like 2026-11-25 or today"
			: "a date is expected, like 2026-11-25 14:20 or now");
		return NULL;
	}
	return make(
	    f, &d, old, had ? &base : NULL, memchr(text, ':', len) != NULL);
}

static struct value *
make_time(int seconds, const struct value *old, bool precise)
{
	int h = seconds / 3600, m = seconds / 60 % 60, s = seconds % 60;
	char *text = precise || s ? xasprintf("%02d:%02d:%02d", h, m, s)
				  : xasprintf("%02d:%02d", h, m);
	struct value *v;

	v = old && old->type == VALUE_DATE ? value_date(text)
					   : value_string(text);
	free(text);
	return v;
}

static bool
old_time(const struct value *old, int *seconds, bool *precise)
{
	*precise = false;
	return old && value_text(old) &&
	       field_read_time(old->text, old->len, seconds, precise);
}

struct value *
field_parse_time(const struct field *f, const char *text,
    const struct value *old, struct err *err)
{
	int seconds, was;
	bool precise, had;
	size_t len = field_trim(&text);
	struct date now;

	(void)f;
	if (len == 0)
		return value_null();
	if (len == 3 && memcmp(text, "now", 3) == 0) {
		date_now(&now);
		seconds = now.hour * 3600 + now.minute * 60;
		precise = false;
	} else if (!field_read_time(text, len, &seconds, &precise)) {
		err_code(
		    err, ERR_USAGE, "a time of a day is expected, like 14:20");
		return NULL;
	}
	old_time(old, &was, &had);
	return make_time(seconds, old, precise || had);
}

struct value *
field_now(const struct field *f, const struct value *old)
{
	struct date now, base;
	bool had = old_date(old, &base), precise;
	int seconds;

	date_now(&now);
	if (field_is_date(f->type))
		return make(f, &now, old, had ? &base : NULL, false);
	if (f->type != FIELD_TIME)
		return NULL;
	old_time(old, &seconds, &precise);
	return make_time(
	    now.hour * 3600 + now.minute * 60 + (precise ? now.second : 0), old,
	    precise);
}

static int
unit_seconds(enum field_unit unit)
{
	return unit == UNIT_DAY ? DAY : unit == UNIT_HOUR ? 3600 : 60;
}

static struct value *
step_time(const struct value *old, int by, enum field_unit unit)
{
	int seconds;
	bool precise;
	int64_t t;

	if (unit == UNIT_DAY)
		unit = UNIT_HOUR;
	if (!old_time(old, &seconds, &precise))
		return field_now(&(struct field){.type = FIELD_TIME}, old);
	t = (seconds + (int64_t)by * unit_seconds(unit)) % DAY;
	return make_time((int)(t < 0 ? t + DAY : t), old, precise);
}

/* Dates keep their offset and shape; of a day alone only days step. */
struct value *
field_step_date(const struct field *f, const struct value *old, int by,
    enum field_unit unit)
{
	struct date d, moved;
	int64_t t;

	if (f->type == FIELD_TIME)
		return step_time(old, by, unit);
	if (field_is_empty(old))
		return field_now(f, old);
	/* What Hugo cannot read is for a person to set right. */
	if (!old_date(old, &d))
		return NULL;
	if (!d.has_time)
		unit = UNIT_DAY;
	t = date_unix(&d, NULL) + (int64_t)by * unit_seconds(unit);
	date_from_unix(t, d.has_offset ? d.offset : 0, &moved);
	moved.has_offset = d.has_offset;
	moved.has_time = d.has_time;
	moved.nanosecond = d.nanosecond;
	return make(f, &moved, old, &d, false);
}

static bool
same_day(const struct date *a, const struct date *b)
{
	return a->day == b->day && a->month == b->month;
}

static void
add_day(struct buf *b, const struct date *d)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	buf_printf(b, "%d %.3s", d->day, months + (d->month - 1) * 3);
}

/* The same moment elsewhere, with its day where that is another one. */
static void
add_clock(struct buf *b, int64_t t, int offset, const struct date *written,
    const char *where)
{
	struct date d;

	date_from_unix(t, offset, &d);
	if (!same_day(&d, written)) {
		add_day(b, &d);
		buf_putc(b, ' ');
	}
	buf_printf(b, "%02d:%02d %s, ", d.hour, d.minute, where);
}

char *
field_facts(const struct field *f, const struct value *v,
    const struct zone *zone, int64_t now)
{
	struct date d, written, local;
	struct buf b = {0};
	int here, there;
	char *far;
	int64_t t;

	if (!field_is_date(f->type) || !old_date(v, &d))
		return NULL;
	t = date_unix(&d, zone);
	far = date_distance(t, now);
	if (!d.has_time)
		return far;
	here = date_local_offset(t);
	there = d.has_offset ? d.offset : zone_offset(zone, t);
	date_from_unix(t, there, &written);
	date_from_unix(t, here, &local);
	if (here != there && here != 0)
		add_clock(&b, t, here, &written, "local");
	if (there != 0)
		add_clock(&b, t, 0, &written, "UTC");
	if (!same_day(&local, &written)) {
		buf_puts(&b, "readers see ");
		add_day(&b, &written);
		buf_puts(&b, ", ");
	}
	buf_puts(&b, far);
	free(far);
	return buf_steal(&b);
}
