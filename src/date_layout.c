/* SPDX-License-Identifier: ISC */
/*
 * Go's time layouts: a layout is the reference time Mon Jan 2 15:04:05 MST 2006
 * written as the date shall look (package time, "Layout").  Hugo's dateFormat
 * and permalink patterns use them.
 */
#include "date_layout.h"

#include <stdio.h>
#include <string.h>

#include "buf.h"
#include "calendar.h"
#include "mem.h"

enum element {
	/* Numbers. */
	YEAR,
	YEAR2,
	MONTH,
	DAY,
	YEARDAY,
	HOUR,
	HOUR12,
	MINUTE,
	SECOND,
	/* Words. */
	MONTH_NAME,
	MONTH_SHORT,
	WEEKDAY,
	WEEKDAY_SHORT,
	PM,
	PM_LOWER,
	ZONE,
	OFFSET,
	OFFSET_Z,
};

struct part {
	const char *text;
	enum element element;
	int width;             /* numbers: at least so many columns, ... */
	char pad;              /* ... filled with this */
	const char *separator; /* offsets: NULL: hours only */
};

/* In the order in which Go looks: a longer text before its beginning. */
static const struct part parts[] = {
    {"January", MONTH_NAME},
    {"Jan", MONTH_SHORT},
    {"Monday", WEEKDAY},
    {"Mon", WEEKDAY_SHORT},
    {"MST", ZONE},
    {"002", YEARDAY, 3, '0'},
    {"01", MONTH, 2, '0'},
    {"02", DAY, 2, '0'},
    {"03", HOUR12, 2, '0'},
    {"04", MINUTE, 2, '0'},
    {"05", SECOND, 2, '0'},
    {"06", YEAR2, 2, '0'},
    {"15", HOUR, 2, '0'},
    {"1", MONTH},
    {"2006", YEAR, 4, '0'},
    {"2", DAY},
    {"__2", YEARDAY, 3, ' '},
    {"_2", DAY, 2, ' '},
    {"3", HOUR12},
    {"4", MINUTE},
    {"5", SECOND},
    {"PM", PM},
    {"pm", PM_LOWER},
    {"-07:00", OFFSET, .separator = ":"},
    {"-0700", OFFSET, .separator = ""},
    {"-07", OFFSET},
    {"Z07:00", OFFSET_Z, .separator = ":"},
    {"Z0700", OFFSET_Z, .separator = ""},
    {"Z07", OFFSET_Z},
};

static const struct part *
part_at(const char *s)
{
	/* "_2006" is a line and a year. */
	if (strncmp(s, "_2006", 5) == 0)
		return NULL;
	for (size_t i = 0; i < NITEMS(parts); i++) {
		const struct part *p = &parts[i];

		if (strncmp(s, p->text, strlen(p->text)) != 0)
			continue;
		if (p->element == MONTH_SHORT || p->element == WEEKDAY_SHORT) {
			char next = s[3];

			/* "Janus" is a word. */
			if (next >= 'a' && next <= 'z')
				continue;
		}
		return p;
	}
	return NULL;
}

static void
add_offset(struct buf *out, int offset, const char *separator)
{
	int minutes = (offset < 0 ? -offset : offset) / 60;

	buf_printf(out, "%c%02d", offset < 0 ? '-' : '+', minutes / 60);
	if (separator)
		buf_printf(out, "%s%02d", separator, minutes % 60);
}

static void
add_zone(struct buf *out, const struct date *d, const struct part *p)
{
	int offset = d->has_offset ? d->offset : 0;

	if (p->element == ZONE && offset == 0)
		buf_puts(out, "UTC");
	else if (p->element == ZONE)
		add_offset(out, offset, offset % 3600 ? "" : NULL);
	else if (p->element == OFFSET_Z && offset == 0)
		buf_putc(out, 'Z');
	else
		add_offset(out, offset, p->separator);
}

static int
number(const struct date *d, enum element e)
{
	switch (e) {
	case YEAR:
		return d->year;
	case YEAR2:
		return d->year % 100;
	case MONTH:
		return d->month;
	case DAY:
		return d->day;
	case YEARDAY:
		return calendar_yearday(d->year, d->month, d->day);
	case HOUR:
		return d->hour;
	case HOUR12:
		return d->hour % 12 == 0 ? 12 : d->hour % 12;
	case MINUTE:
		return d->minute;
	default:
		return d->second;
	}
}

static void
add_part(struct buf *out, const struct date *d, const struct part *p)
{
	const char *month = calendar_month_name(d->month);
	const char *weekday =
	    calendar_weekday_name(calendar_weekday(d->year, d->month, d->day));

	switch (p->element) {
	case MONTH_NAME:
		buf_puts(out, month);
		break;
	case MONTH_SHORT:
		buf_add(out, month, 3);
		break;
	case WEEKDAY:
		buf_puts(out, weekday);
		break;
	case WEEKDAY_SHORT:
		buf_add(out, weekday, 3);
		break;
	case PM:
		buf_puts(out, d->hour >= 12 ? "PM" : "AM");
		break;
	case PM_LOWER:
		buf_puts(out, d->hour >= 12 ? "pm" : "am");
		break;
	case ZONE:
	case OFFSET:
	case OFFSET_Z:
		add_zone(out, d, p);
		break;
	default:
		if (p->pad == '0')
			buf_printf(
			    out, "%0*d", p->width, number(d, p->element));
		else
			buf_printf(out, "%*d", p->width, number(d, p->element));
	}
}

/* ".000" and ".999" after the seconds: digits of the fraction, 9: without the
 * zeros at the end. Returns the bytes used, 0: it is none. */
static size_t
add_fraction(struct buf *out, const struct date *d, const char *s)
{
	char digits[16];
	size_t n = 0;

	if (s[0] != '.' && s[0] != ',')
		return 0;
	if (s[1] == '0' || s[1] == '9')
		n = strspn(s + 1, s[1] == '0' ? "0" : "9");
	if (n == 0 || n > 9 || (s[n + 1] >= '0' && s[n + 1] <= '9'))
		return 0;
	snprintf(digits, sizeof(digits), "%09ld", d->nanosecond);
	digits[n] = '\0';
	if (s[1] == '9')
		for (size_t i = n; i > 0 && digits[i - 1] == '0'; i--)
			digits[i - 1] = '\0';
	if (digits[0])
		buf_printf(out, "%c%s", s[0], digits);
	return n + 1;
}

char *
date_layout(const struct date *d, const char *layout)
{
	struct buf out = {0};
	const struct part *p;
	size_t used;

	while (*layout) {
		p = part_at(layout);
		if (p) {
			add_part(&out, d, p);
			layout += strlen(p->text);
		} else if ((used = add_fraction(&out, d, layout)) > 0) {
			layout += used;
		} else {
			buf_putc(&out, *layout++);
		}
	}
	return buf_steal(&out);
}
