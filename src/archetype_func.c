/* SPDX-License-Identifier: ISC */
/*
 * The functions of Hugo that archetypes use, one row each: strings, paths,
 * dates.  None reads a file or the network; of the environment only what Hugo
 * lets templates see.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archetype_priv.h"
#include "date.h"
#include "date_layout.h"
#include "file.h"
#include "mem.h"
#include "text.h"
#include "zone.h"

/* A string value from what was allocated. */
static struct value *
take(char *s)
{
	struct value *v = value_string(s);

	free(s);
	return v;
}

static struct value *
take_buf(struct buf *b)
{
	return take(buf_steal(b));
}

static struct value *
fail(struct err *err, const char *what)
{
	err_set(err, "%s", what);
	return NULL;
}

static bool
read_date(
    const struct archetype_data *data, const struct value *v, struct date *d)
{
	const struct zone *zone = data->config ? data->config->zone : NULL;
	const char *s = value_text(v);

	if (!s || !date_parse(s, strlen(s), d))
		return false;
	if (!d->has_offset) {
		int64_t t = date_unix(d, zone);

		date_from_unix(t, zone ? zone_offset(zone, t) : 0, d);
	}
	return true;
}

TEMPLATE_FUNCTION(run_replace)
{
	char *s = template_string(args[0]), *old = template_string(args[1]);
	char *new = template_string(args[2]);
	int64_t limit =
	    n > 3 && args[3]->type == VALUE_INT ? args[3]->integer : -1;
	const char *rest = s, *found;
	struct buf out = {0};
	size_t len = strlen(old);

	(void)data;
	while (len > 0 && limit-- != 0 && out.len <= TEMPLATE_MAX &&
	       (found = strstr(rest, old))) {
		buf_add(&out, rest, (size_t)(found - rest));
		buf_puts(&out, new);
		rest = found + len;
	}
	buf_puts(&out, rest);
	free(s);
	free(old);
	free(new);
	if (out.len <= TEMPLATE_MAX)
		return take_buf(&out);
	buf_dispose(&out);
	return fail(err, "the result is too long");
}

/* A number becomes the nth: 1st, 2nd, 11th. */
static char *
ordinal(const struct value *v, const char *s)
{
	static const char *const ends[] = {"th", "st", "nd", "rd"};
	int64_t last = v->integer % 10, two = v->integer % 100;

	if (v->type != VALUE_INT || v->integer < 0)
		return words_humanize(s);
	return xasprintf(
	    "%s%s", s, last > 3 || (two > 10 && two < 14) ? "th" : ends[last]);
}

/* As Go's path.Base: slashes at the end do not count. */
static char *
base_of(const char *s)
{
	size_t len = strlen(s), n;

	while (len > 1 && s[len - 1] == '/')
		len--;
	if (len == 0)
		return xstrdup(".");
	for (n = 0; n < len && s[len - n - 1] != '/'; n++)
		;
	return n > 0 ? xstrndup(s + len - n, n) : xstrdup("/");
}

/* The same without its extension. */
static char *
base_name_of(const char *s)
{
	char *base = base_of(s), *dot = strrchr(base, '.');

	if (dot)
		*dot = '\0';
	return base;
}

/* As Go's path.Dir: all before the last slash. */
static char *
dir_of(const char *s)
{
	const char *slash = strrchr(s, '/');
	char *dir = xstrndup(s, slash ? (size_t)(slash - s) + 1 : 0);
	char *clean = path_clean(dir);

	free(dir);
	return clean;
}

/* A function of one string that gives one. */
#define STRING_FUNCTION(name, expression) \
	TEMPLATE_FUNCTION(name) \
	{ \
		char *s = template_string(args[0]); \
		char *result = expression; \
\
		(void)data, (void)n, (void)err; \
		free(s); \
		return take(result); \
	}

STRING_FUNCTION(run_title, words_title(s))
STRING_FUNCTION(run_humanize, ordinal(args[0], s))
STRING_FUNCTION(run_lower, text_lower(s, strlen(s)))
STRING_FUNCTION(run_upper, text_upper(s, strlen(s)))
STRING_FUNCTION(run_string, xstrdup(s))
STRING_FUNCTION(run_base, base_of(s))
STRING_FUNCTION(run_base_name, base_name_of(s))
STRING_FUNCTION(run_dir, dir_of(s))
STRING_FUNCTION(run_clean, path_clean(s))

TEMPLATE_FUNCTION(run_urlize)
{
	char *s = template_string(args[0]);
	char *t = permalink_urlize(data->config, s);

	(void)n, (void)err;
	free(s);
	s = permalink_escape(t);
	free(t);
	return take(s);
}

/* GitHub's way of making heading ids, which is Hugo's own by default. */
TEMPLATE_FUNCTION(run_anchorize)
{
	char *s = template_string(args[0]);
	char *t = text_lower(s, strlen(s));
	size_t len = strlen(t), size;
	struct buf out = {0};

	(void)data, (void)n, (void)err;
	for (size_t i = 0; i < len; i += size) {
		uint32_t cp = text_decode(t + i, len - i, &size);

		if (cp == ' ' || cp == '-')
			buf_putc(&out, '-');
		else if (cp == '_' || text_is_letter(cp) || text_is_digit(cp))
			buf_add(&out, t + i, size);
	}
	free(s);
	free(t);
	return take_buf(&out);
}

TEMPLATE_FUNCTION(run_ext)
{
	char *s = template_string(args[0]);
	const char *ext = path_ext(s);
	char *result = xasprintf("%s%s", ext[0] ? "." : "", ext);

	(void)data, (void)n, (void)err;
	free(s);
	return take(result);
}

TEMPLATE_FUNCTION(run_first_upper)
{
	char *s = template_string(args[0]), *first;
	size_t len = strlen(s), size = 0;
	struct buf out = {0};

	(void)data, (void)n, (void)err;
	if (len > 0)
		text_decode(s, len, &size);
	first = text_upper(s, size);
	buf_puts(&out, first);
	buf_puts(&out, s + size);
	free(first);
	free(s);
	return take_buf(&out);
}

TEMPLATE_FUNCTION(run_now)
{
	(void)args, (void)n, (void)err;
	return value_date(data->date);
}

TEMPLATE_FUNCTION(run_time)
{
	char *s = template_string(args[0]), *rfc;
	struct value *v = value_string(s);
	struct date d;
	bool good = read_date(data, v, &d);

	(void)n;
	value_free(v);
	if (!good) {
		err_set(err, "'%s' is not a date", s);
		free(s);
		return NULL;
	}
	free(s);
	rfc = date_rfc3339(&d);
	v = value_date(rfc);
	free(rfc);
	return v;
}

/* Has the layout names of months or days?  Hugo translates them. */
static bool
is_worded(const char *layout)
{
	return strstr(layout, "Jan") || strstr(layout, "Mon");
}

static bool
is_english(const struct archetype_data *data)
{
	return !data->language || strncmp(data->language, "en", 2) == 0;
}

/* layout, date */
TEMPLATE_FUNCTION(run_date_format)
{
	char *layout = template_string(args[0]);
	struct date d;
	char *s = NULL;

	(void)n;
	if (*layout == ':' || (is_worded(layout) && !is_english(data)))
		err_set(err,
		    "dateFormat: the layout '%s' in the page's language is not "
		    "known here",
		    layout);
	else if (read_date(data, args[1], &d))
		s = date_layout(&d, layout);
	else
		err_set(err, "dateFormat: what is given is not a date");
	free(layout);
	return s ? take(s) : NULL;
}

TEMPLATE_FUNCTION(run_print)
{
	struct buf out = {0};

	(void)data, (void)err;
	for (size_t i = 0; i < n; i++) {
		/* A blank between two that are no strings. */
		if (i > 0 && args[i]->type != VALUE_STRING &&
		    args[i - 1]->type != VALUE_STRING)
			buf_putc(&out, ' ');
		template_print(args[i], &out);
	}
	return take_buf(&out);
}

/* Bytes at the start of s that are among set, by code point. */
static size_t
span(const char *s, size_t len, const char *set)
{
	size_t n = 0, size;

	while (n < len) {
		char *c;
		bool in;

		text_decode(s + n, len - n, &size);
		c = xstrndup(s + n, size);
		in = strstr(set, c) != NULL;
		free(c);
		if (!in)
			break;
		n += size;
	}
	return n;
}

static struct value *
trimmed(const struct value *string, const char *set, bool left, bool right)
{
	char *s = template_string(string);
	size_t len = strlen(s), from = left ? span(s, len, set) : 0;
	struct value *v;

	while (right && len > from) {
		size_t back = 1;

		while (back < len - from &&
		       ((unsigned char)s[len - back] & 0xc0) == 0x80)
			back++;
		if (span(s + len - back, back, set) == 0)
			break;
		len -= back;
	}
	v = value_string_len(s + from, len - from);
	free(s);
	return v;
}

#define TRIM_FUNCTION(name, string, set, left, right) \
	TEMPLATE_FUNCTION(name) \
	{ \
		char *chars = template_string(args[set]); \
		struct value *v = trimmed(args[string], chars, left, right); \
\
		(void)data, (void)n, (void)err; \
		free(chars); \
		return v; \
	}

TRIM_FUNCTION(run_trim, 0, 1, true, true)
TRIM_FUNCTION(run_trim_left, 1, 0, true, false)
TRIM_FUNCTION(run_trim_right, 1, 0, false, true)

TEMPLATE_FUNCTION(run_trim_space)
{
	(void)data, (void)n, (void)err;
	return trimmed(args[0], " \t\r\n\f\v", true, true);
}

TEMPLATE_FUNCTION(run_chomp)
{
	(void)data, (void)n, (void)err;
	return trimmed(args[0], "\r\n", false, true);
}

TEMPLATE_FUNCTION(run_trim_prefix)
{
	char *prefix = template_string(args[0]), *s = template_string(args[1]);
	size_t len = strlen(prefix);
	struct value *v;

	(void)data, (void)n, (void)err;
	v = value_string(strncmp(s, prefix, len) == 0 ? s + len : s);
	free(prefix);
	free(s);
	return v;
}

static bool
ends_with(const char *s, const char *end)
{
	size_t len = strlen(s), m = strlen(end);

	return len >= m && strcmp(s + len - m, end) == 0;
}

TEMPLATE_FUNCTION(run_trim_suffix)
{
	char *suffix = template_string(args[0]), *s = template_string(args[1]);

	(void)data, (void)n, (void)err;
	if (ends_with(s, suffix))
		s[strlen(s) - strlen(suffix)] = '\0';
	free(suffix);
	return take(s);
}

#define TEST_FUNCTION(name, expression) \
	TEMPLATE_FUNCTION(name) \
	{ \
		char *s = template_string(args[0]); \
		char *t = template_string(args[1]); \
		bool yes = expression; \
\
		(void)data, (void)n, (void)err; \
		free(s); \
		free(t); \
		return value_bool(yes); \
	}

TEST_FUNCTION(run_has_prefix, strncmp(s, t, strlen(t)) == 0)
TEST_FUNCTION(run_has_suffix, ends_with(s, t))
TEST_FUNCTION(run_contains, strstr(s, t) != NULL)
/* The byte of code point i of s. */
static size_t
offset_of(const char *s, size_t len, int64_t i)
{
	size_t at = 0, size;

	for (; i > 0 && at < len; i--) {
		text_decode(s + at, len - at, &size);
		at += size;
	}
	return at;
}

/* string, start[, length], in code points; negative: from the end. */
TEMPLATE_FUNCTION(run_substr)
{
	char *s = template_string(args[0]);
	size_t len = strlen(s), from, to = len;
	int64_t count = (int64_t)text_count(s, len), start, length = count;
	struct value *v;

	(void)data;
	if (args[1]->type != VALUE_INT ||
	    (n > 2 && args[2]->type != VALUE_INT)) {
		free(s);
		return fail(err, "substr wants numbers");
	}
	start = args[1]->integer;
	if (start < 0)
		start = start < -count ? 0 : start + count;
	if (start > count)
		start = count;
	if (n > 2)
		length = args[2]->integer;
	if (length < 0)
		length = length < start - count ? 0 : count - start + length;
	from = offset_of(s, len, start);
	to = from + offset_of(s + from, len - from, length);
	v = value_string_len(s + from, to - from);
	free(s);
	return v;
}

/* Of the environment only what Hugo's own rules let through. */
TEMPLATE_FUNCTION(run_getenv)
{
	char *name = template_string(args[0]);
	const char *s = "";

	(void)data, (void)n;
	if (strncmp(name, "HUGO_", 5) != 0 && strcmp(name, "CI") != 0) {
		err_set(err, "getenv: only HUGO_... can be read, not %s", name);
		free(name);
		return NULL;
	}
	if (getenv(name))
		s = getenv(name);
	free(name);
	return value_string(s);
}

TEMPLATE_FUNCTION(run_join)
{
	struct buf b = {0};
	char *s;

	(void)data, (void)err;
	for (size_t i = 0; i < n; i++) {
		s = template_string(args[i]);
		buf_printf(&b, "%s%s", b.len > 0 && *s ? "/" : "", s);
		free(s);
	}
	s = path_clean(buf_text(&b));
	buf_dispose(&b);
	return take(s);
}

TEMPLATE_FUNCTION(run_repeat)
{
	char *s = template_string(args[1]);
	size_t len = strlen(s);
	struct buf b = {0};

	(void)data, (void)n;
	if (args[0]->type != VALUE_INT || args[0]->integer < 0 ||
	    (len > 0 && (uint64_t)args[0]->integer > TEMPLATE_MAX / len)) {
		free(s);
		return fail(err, "strings.Repeat: not that often");
	}
	for (int64_t i = 0; len > 0 && i < args[0]->integer; i++)
		buf_add(&b, s, len);
	free(s);
	return take_buf(&b);
}

TEMPLATE_FUNCTION(run_count)
{
	char *what = template_string(args[0]), *s = template_string(args[1]);
	size_t len = strlen(what);
	int64_t count = 0;

	(void)data, (void)n, (void)err;
	for (const char *p = s; len > 0 && (p = strstr(p, what)); p += len)
		count++;
	if (len == 0)
		count = (int64_t)text_count(s, strlen(s)) + 1;
	free(what);
	free(s);
	return value_int(count);
}

TEMPLATE_FUNCTION(run_rune_count)
{
	char *s = template_string(args[0]);
	struct value *v = value_int((int64_t)text_count(s, strlen(s)));

	(void)data, (void)n, (void)err;
	free(s);
	return v;
}

TEMPLATE_FUNCTION(run_site)
{
	(void)args, (void)n, (void)err;
	return template_site(data);
}

const struct template_name template_strings[] = {
    {"anchorize", "urls.Anchorize", 1, 1, run_anchorize},
    {"chomp", "strings.Chomp", 1, 1, run_chomp},
    {"dateFormat", "time.Format", 2, 2, run_date_format},
    {"getenv", "os.Getenv", 1, 1, run_getenv},
    {"hasPrefix", "strings.HasPrefix", 2, 2, run_has_prefix},
    {"hasSuffix", "strings.HasSuffix", 2, 2, run_has_suffix},
    {"humanize", "inflect.Humanize", 1, 1, run_humanize},
    {"lower", "strings.ToLower", 1, 1, run_lower},
    {"now", "time.Now", 0, 0, run_now},
    {"path.Base", NULL, 1, 1, run_base},
    {"path.BaseName", NULL, 1, 1, run_base_name},
    {"path.Clean", NULL, 1, 1, run_clean},
    {"path.Dir", NULL, 1, 1, run_dir},
    {"path.Ext", NULL, 1, 1, run_ext},
    {"path.Join", NULL, 1, 16, run_join},
    {"print", "fmt.Print", 1, 16, run_print},
    {"printf", "fmt.Printf", 1, 16, template_printf},
    {"replace", "strings.Replace", 3, 4, run_replace},
    {"replaceRE", "strings.ReplaceRE", 3, 4, template_regex},
    {"findRE", "strings.FindRE", 2, 3, template_find_regex},
    {"safeHTML", "safe.HTML", 1, 1, run_string},
    {"site", NULL, 0, 0, run_site},
    {"string", "cast.ToString", 1, 1, run_string},
    {"strings.Contains", NULL, 2, 2, run_contains},
    {"strings.Count", NULL, 2, 2, run_count},
    {"strings.FirstUpper", NULL, 1, 1, run_first_upper},
    {"strings.Repeat", NULL, 2, 2, run_repeat},
    {"strings.RuneCount", NULL, 1, 1, run_rune_count},
    {"strings.TrimLeft", NULL, 2, 2, run_trim_left},
    {"strings.TrimPrefix", NULL, 2, 2, run_trim_prefix},
    {"strings.TrimRight", NULL, 2, 2, run_trim_right},
    {"strings.TrimSpace", NULL, 1, 1, run_trim_space},
    {"strings.TrimSuffix", NULL, 2, 2, run_trim_suffix},
    {"substr", "strings.Substr", 2, 3, run_substr},
    {"time", "time.AsTime", 1, 1, run_time},
    {"title", "strings.Title", 1, 1, run_title},
    {"trim", "strings.Trim", 2, 2, run_trim},
    {"upper", "strings.ToUpper", 1, 1, run_upper},
    {"urlize", "urls.URLize", 1, 1, run_urlize},
    {NULL},
};

const struct template_name *
template_find(const char *name, size_t len)
{
	static const struct template_name *const tables[] = {
	    template_strings, template_lists, template_numbers};

	for (size_t i = 0; i < NITEMS(tables); i++)
		for (const struct template_name *f = tables[i]; f->name; f++)
			if ((strlen(f->name) == len &&
				memcmp(f->name, name, len) == 0) ||
			    (f->alias && strlen(f->alias) == len &&
				memcmp(f->alias, name, len) == 0))
				return f;
	return NULL;
}
