/* SPDX-License-Identifier: ISC */
/*
 * The functions of Hugo that archetypes use, one row each.  None reads a file,
 * the environment or the network.
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

#define FUNCTION(name) \
	static struct value *name(const struct archetype_data *data, \
	    struct value *const *args, size_t n, struct err *err)

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

FUNCTION(run_replace)
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

/* A function of one string that gives one. */
#define STRING_FUNCTION(name, expression) \
	FUNCTION(name) \
	{ \
		char *s = template_string(args[0]); \
		char *result = expression; \
\
		(void)data, (void)n, (void)err; \
		free(s); \
		return take(result); \
	}

STRING_FUNCTION(run_title, words_title(s))
STRING_FUNCTION(run_humanize, words_humanize(s))
STRING_FUNCTION(run_lower, text_lower(s, strlen(s)))
STRING_FUNCTION(run_upper, text_upper(s, strlen(s)))
STRING_FUNCTION(run_string, xstrdup(s))
STRING_FUNCTION(run_base, xstrdup(path_base(s)))
STRING_FUNCTION(run_dir, path_dir(s))

FUNCTION(run_urlize)
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
FUNCTION(run_anchorize)
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

FUNCTION(run_ext)
{
	char *s = template_string(args[0]);
	const char *ext = path_ext(s);
	char *result = xasprintf("%s%s", ext[0] ? "." : "", ext);

	(void)data, (void)n, (void)err;
	free(s);
	return take(result);
}

FUNCTION(run_first_upper)
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

FUNCTION(run_now)
{
	(void)args, (void)n, (void)err;
	return value_date(data->date);
}

FUNCTION(run_time)
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

/* layout, date */
FUNCTION(run_date_format)
{
	char *layout = template_string(args[0]);
	struct date d;
	char *s = NULL;

	(void)n;
	if (read_date(data, args[1], &d))
		s = date_layout(&d, layout);
	else
		err_set(err, "dateFormat: what is given is not a date");
	free(layout);
	return s ? take(s) : NULL;
}

FUNCTION(run_default)
{
	(void)data, (void)err;
	if (n < 2 || !template_truth(args[1]))
		return value_copy(args[0]);
	return value_copy(args[1]);
}

FUNCTION(run_print)
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
	FUNCTION(name) \
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

FUNCTION(run_trim_space)
{
	(void)data, (void)n, (void)err;
	return trimmed(args[0], " \t\r\n\f\v", true, true);
}

FUNCTION(run_chomp)
{
	(void)data, (void)n, (void)err;
	return trimmed(args[0], "\r\n", false, true);
}

FUNCTION(run_trim_prefix)
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

FUNCTION(run_trim_suffix)
{
	char *suffix = template_string(args[0]), *s = template_string(args[1]);

	(void)data, (void)n, (void)err;
	if (ends_with(s, suffix))
		s[strlen(s) - strlen(suffix)] = '\0';
	free(suffix);
	return take(s);
}

#define TEST_FUNCTION(name, expression) \
	FUNCTION(name) \
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
TEST_FUNCTION(run_eq, strcmp(s, t) == 0)
TEST_FUNCTION(run_ne, strcmp(s, t) != 0)

FUNCTION(run_not)
{
	(void)data, (void)n, (void)err;
	return value_bool(!template_truth(args[0]));
}

FUNCTION(run_and)
{
	(void)data, (void)err;
	for (size_t i = 0; i < n; i++)
		if (!template_truth(args[i]))
			return value_copy(args[i]);
	return value_copy(args[n - 1]);
}

FUNCTION(run_or)
{
	(void)data, (void)err;
	for (size_t i = 0; i < n; i++)
		if (template_truth(args[i]))
			return value_copy(args[i]);
	return value_copy(args[n - 1]);
}

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
FUNCTION(run_substr)
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

FUNCTION(run_split)
{
	char *s = template_string(args[0]), *by = template_string(args[1]);
	struct value *list = value_list();
	size_t len = strlen(by);
	const char *rest = s, *found;

	(void)data, (void)n, (void)err;
	while (len > 0 && (found = strstr(rest, by))) {
		value_append(
		    list, value_string_len(rest, (size_t)(found - rest)));
		rest = found + len;
	}
	value_append(list, value_string(rest));
	free(s);
	free(by);
	return list;
}

FUNCTION(run_delimit)
{
	char *by = template_string(args[1]);
	struct buf out = {0};

	(void)data, (void)n;
	if (args[0]->type != VALUE_LIST) {
		free(by);
		return fail(err, "delimit wants a list");
	}
	for (size_t i = 0; i < args[0]->n && out.len <= TEMPLATE_MAX; i++) {
		if (i > 0)
			buf_puts(&out, by);
		template_print(args[0]->items[i], &out);
	}
	free(by);
	return take_buf(&out);
}

FUNCTION(run_slice)
{
	struct value *list = value_list();

	(void)data, (void)err;
	for (size_t i = 0; i < n; i++)
		value_append(list, value_copy(args[i]));
	return list;
}

FUNCTION(run_index)
{
	const struct value *v = args[0], *at = args[1];
	const struct value *found = NULL;

	(void)data, (void)n;
	if (v->type == VALUE_LIST && at->type == VALUE_INT &&
	    at->integer >= 0 && (uint64_t)at->integer < v->n)
		found = v->items[at->integer];
	else if (v->type == VALUE_MAP && at->type == VALUE_STRING)
		found = value_get(v, at->text);
	else
		return fail(err, "index: there is no such item");
	return found ? value_copy(found) : value_null();
}

FUNCTION(run_len)
{
	(void)data, (void)n, (void)err;
	if (args[0]->type == VALUE_LIST || args[0]->type == VALUE_MAP)
		return value_int((int64_t)args[0]->n);
	return value_int((int64_t)args[0]->len);
}

static struct value *
sum(struct value *const *args, int sign, struct err *err)
{
	int64_t a = args[0]->integer, b = args[1]->integer;

	if (args[0]->type != VALUE_INT || args[1]->type != VALUE_INT)
		return fail(err, "only whole numbers can be added here");
	if (a > INT32_MAX || a < INT32_MIN || b > INT32_MAX || b < INT32_MIN)
		return fail(err, "the numbers are too big");
	return value_int(a + sign * b);
}

FUNCTION(run_add)
{
	(void)data, (void)n;
	return sum(args, 1, err);
}

FUNCTION(run_sub)
{
	(void)data, (void)n;
	return sum(args, -1, err);
}

FUNCTION(run_jsonify)
{
	struct buf out = {0};

	(void)data, (void)n, (void)err;
	value_json(args[0], 0, &out);
	return take_buf(&out);
}

FUNCTION(run_site)
{
	(void)args, (void)n, (void)err;
	return template_site(data);
}

static const struct template_name functions[] = {
    {"add", "math.Add", 2, 2, run_add},
    {"anchorize", "urls.Anchorize", 1, 1, run_anchorize},
    {"and", NULL, 1, 8, run_and},
    {"chomp", "strings.Chomp", 1, 1, run_chomp},
    {"dateFormat", "time.Format", 2, 2, run_date_format},
    {"default", "compare.Default", 1, 2, run_default},
    {"delimit", "collections.Delimit", 2, 2, run_delimit},
    {"eq", "compare.Eq", 2, 2, run_eq},
    {"hasPrefix", "strings.HasPrefix", 2, 2, run_has_prefix},
    {"hasSuffix", "strings.HasSuffix", 2, 2, run_has_suffix},
    {"humanize", "inflect.Humanize", 1, 1, run_humanize},
    {"index", "collections.Index", 2, 2, run_index},
    {"jsonify", "encoding.Jsonify", 1, 1, run_jsonify},
    {"len", NULL, 1, 1, run_len},
    {"lower", "strings.ToLower", 1, 1, run_lower},
    {"ne", "compare.Ne", 2, 2, run_ne},
    {"not", NULL, 1, 1, run_not},
    {"now", "time.Now", 0, 0, run_now},
    {"or", NULL, 1, 8, run_or},
    {"path.Base", NULL, 1, 1, run_base},
    {"path.Dir", NULL, 1, 1, run_dir},
    {"path.Ext", NULL, 1, 1, run_ext},
    {"print", "fmt.Print", 1, 16, run_print},
    {"printf", "fmt.Printf", 1, 16, template_printf},
    {"replace", "strings.Replace", 3, 4, run_replace},
    {"replaceRE", "strings.ReplaceRE", 3, 4, template_regex},
    {"safeHTML", "safe.HTML", 1, 1, run_string},
    {"site", NULL, 0, 0, run_site},
    {"slice", "collections.Slice", 1, 16, run_slice},
    {"split", "strings.Split", 2, 2, run_split},
    {"string", "cast.ToString", 1, 1, run_string},
    {"strings.Contains", NULL, 2, 2, run_contains},
    {"strings.FirstUpper", NULL, 1, 1, run_first_upper},
    {"strings.TrimLeft", NULL, 2, 2, run_trim_left},
    {"strings.TrimPrefix", NULL, 2, 2, run_trim_prefix},
    {"strings.TrimRight", NULL, 2, 2, run_trim_right},
    {"strings.TrimSpace", NULL, 1, 1, run_trim_space},
    {"strings.TrimSuffix", NULL, 2, 2, run_trim_suffix},
    {"sub", "math.Sub", 2, 2, run_sub},
    {"substr", "strings.Substr", 2, 3, run_substr},
    {"time", "time.AsTime", 1, 1, run_time},
    {"title", "strings.Title", 1, 1, run_title},
    {"trim", "strings.Trim", 2, 2, run_trim},
    {"upper", "strings.ToUpper", 1, 1, run_upper},
    {"urlize", "urls.URLize", 1, 1, run_urlize},
};

const struct template_name *
template_find(const char *name, size_t len)
{
	for (size_t i = 0; i < NITEMS(functions); i++) {
		const struct template_name *f = &functions[i];

		if ((strlen(f->name) == len &&
			memcmp(f->name, name, len) == 0) ||
		    (f->alias && strlen(f->alias) == len &&
			memcmp(f->alias, name, len) == 0))
			return f;
	}
	return NULL;
}
