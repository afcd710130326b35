/* SPDX-License-Identifier: ISC */
/* The functions of the templates on lists and maps, and on what is true. */
#include <stdlib.h>
#include <string.h>

#include "archetype_priv.h"
#include "mem.h"
#include "text.h"

#define SEQ_MAX 2000

static struct value *
fail(struct err *err, const char *what)
{
	err_set(err, "%s", what);
	return NULL;
}

TEMPLATE_FUNCTION(run_split)
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

/* list, between[, before the last] */
TEMPLATE_FUNCTION(run_delimit)
{
	char *by = template_string(args[1]);
	char *last = template_string(args[n > 2 ? 2 : 1]);
	const struct value *v = args[0];
	struct value *result = NULL;
	struct buf out = {0};

	(void)data;
	if (v->type != VALUE_LIST) {
		err_set(err, "delimit wants a list");
	} else {
		for (size_t i = 0; i < v->n && out.len <= TEMPLATE_MAX; i++) {
			if (i > 0)
				buf_puts(&out, i + 1 == v->n ? last : by);
			template_print(v->items[i], &out);
		}
		result = value_string_len(buf_text(&out), out.len);
	}
	buf_dispose(&out);
	free(last);
	free(by);
	return result;
}

TEMPLATE_FUNCTION(run_slice)
{
	struct value *list = value_list();

	(void)data, (void)err;
	for (size_t i = 0; i < n; i++)
		value_append(list, value_copy(args[i]));
	return list;
}

TEMPLATE_FUNCTION(run_dict)
{
	struct value *map = value_map();

	(void)data;
	for (size_t i = 0; i + 1 < n; i += 2) {
		char *key = template_string(args[i]);

		value_put(map, key, value_copy(args[i + 1]));
		free(key);
	}
	if (n % 2 == 0)
		return map;
	value_free(map);
	return fail(err, "dict wants a value for each key");
}

/* What is at a place, or a key; NULL: nothing. */
static const struct value *
item_at(const struct value *v, const struct value *at)
{
	if (v->type == VALUE_LIST && at->type == VALUE_INT &&
	    at->integer >= 0 && (uint64_t)at->integer < v->n)
		return v->items[at->integer];
	if (v->type == VALUE_MAP && at->type == VALUE_STRING)
		return value_get(v, at->text);
	return NULL;
}

TEMPLATE_FUNCTION(run_index)
{
	const struct value *v = args[0];

	(void)data;
	for (size_t i = 1; i < n && v; i++) {
		if (v->type != VALUE_LIST && v->type != VALUE_MAP)
			return fail(err, "index wants a list or a map");
		v = item_at(v, args[i]);
	}
	return v ? value_copy(v) : value_null();
}

TEMPLATE_FUNCTION(run_isset)
{
	const struct value *v = item_at(args[0], args[1]);

	(void)data, (void)n, (void)err;
	return value_bool(v != NULL);
}

TEMPLATE_FUNCTION(run_len)
{
	(void)data, (void)n, (void)err;
	if (args[0]->type == VALUE_LIST || args[0]->type == VALUE_MAP)
		return value_int((int64_t)args[0]->n);
	return value_int((int64_t)args[0]->len);
}

/* The items from to of a list, or code points of a text. */
static struct value *
part(const struct value *v, int64_t from, int64_t to, struct err *err)
{
	struct value *list;

	if (v->type != VALUE_LIST)
		return fail(err, "this function wants a list");
	if (from < 0)
		from = 0;
	if (to > (int64_t)v->n)
		to = (int64_t)v->n;
	list = value_list();
	for (int64_t i = from; i < to; i++)
		value_append(list, value_copy(v->items[i]));
	return list;
}

static bool
is_count(const struct value *v)
{
	return v->type == VALUE_INT && v->integer >= 0 &&
	       v->integer <= INT32_MAX;
}

TEMPLATE_FUNCTION(run_first)
{
	(void)data, (void)n;
	if (!is_count(args[0]))
		return fail(err, "first wants a number and a list");
	return part(args[1], 0, args[0]->integer, err);
}

TEMPLATE_FUNCTION(run_last)
{
	(void)data, (void)n;
	if (!is_count(args[0]))
		return fail(err, "last wants a number and a list");
	return part(args[1], (int64_t)args[1]->n - args[0]->integer,
	    (int64_t)args[1]->n, err);
}

TEMPLATE_FUNCTION(run_after)
{
	(void)data, (void)n;
	if (!is_count(args[0]))
		return fail(err, "after wants a number and a list");
	return part(args[1], args[0]->integer, INT64_MAX, err);
}

/* The list is last, as in a pipeline. */
TEMPLATE_FUNCTION(run_append)
{
	struct value *list;

	(void)data;
	if (args[n - 1]->type != VALUE_LIST)
		return fail(err, "append wants a list");
	list = value_copy(args[n - 1]);
	for (size_t i = 0; i + 1 < n; i++)
		value_append(list, value_copy(args[i]));
	return list;
}

static int
compare_items(const void *a, const void *b)
{
	return template_compare(
	    *(struct value *const *)a, *(struct value *const *)b);
}

TEMPLATE_FUNCTION(run_sort)
{
	struct value *list;

	(void)data, (void)n;
	if (args[0]->type != VALUE_LIST)
		return fail(err, "only lists can be sorted here");
	list = value_copy(args[0]);
	if (list->n > 1)
		qsort(
		    list->items, list->n, sizeof(*list->items), compare_items);
	return list;
}

TEMPLATE_FUNCTION(run_uniq)
{
	struct value *list;

	(void)data, (void)n;
	if (args[0]->type != VALUE_LIST || args[0]->n > SEQ_MAX)
		return fail(err, "uniq wants a list");
	list = value_list();
	for (size_t i = 0; i < args[0]->n; i++) {
		bool has = false;

		for (size_t j = 0; j < list->n && !has; j++)
			has = value_equal(list->items[j], args[0]->items[i]);
		if (!has)
			value_append(list, value_copy(args[0]->items[i]));
	}
	return list;
}

/* last; first, last; first, step, last */
TEMPLATE_FUNCTION(run_seq)
{
	int64_t first = 1, step = 1, last;
	struct value *list;

	(void)data;
	for (size_t i = 0; i < n; i++)
		if (args[i]->type != VALUE_INT ||
		    args[i]->integer > INT32_MAX ||
		    args[i]->integer < INT32_MIN)
			return fail(err, "seq wants whole numbers");
	last = args[n - 1]->integer;
	if (n > 1)
		first = args[0]->integer;
	else if (last < 0)
		first = -1;
	if (n > 2)
		step = args[1]->integer;
	else if (last < first)
		step = -1;
	if (step == 0 || (last - first) / step > SEQ_MAX)
		return fail(err, "seq: too many numbers");
	list = value_list();
	for (; step > 0 ? first <= last : first >= last; first += step)
		value_append(list, value_int(first));
	return list;
}

/* list or text, what may be in it */
TEMPLATE_FUNCTION(run_in)
{
	const struct value *v = args[0];
	char *s, *what;
	bool has = false;

	(void)data, (void)n, (void)err;
	if (v->type == VALUE_LIST) {
		for (size_t i = 0; i < v->n && !has; i++)
			has = value_equal(v->items[i], args[1]);
		return value_bool(has);
	}
	s = template_string(v);
	what = template_string(args[1]);
	has = strstr(s, what) != NULL;
	free(s);
	free(what);
	return value_bool(has);
}

TEMPLATE_FUNCTION(run_jsonify)
{
	struct buf json = {0}, out = {0};
	struct value *v;

	(void)data, (void)n, (void)err;
	value_json(args[0], 0, &json);
	/* Go writes them so that HTML can hold it. */
	for (size_t i = 0; i < json.len; i++)
		if (strchr("<>&", json.data[i]))
			buf_printf(&out, "\\u%04x", json.data[i]);
		else
			buf_putc(&out, json.data[i]);
	v = value_string_len(buf_text(&out), out.len);
	buf_dispose(&json);
	buf_dispose(&out);
	return v;
}

TEMPLATE_FUNCTION(run_not)
{
	(void)data, (void)n, (void)err;
	return value_bool(!template_truth(args[0]));
}

TEMPLATE_FUNCTION(run_and)
{
	(void)data, (void)err;
	for (size_t i = 0; i < n; i++)
		if (!template_truth(args[i]))
			return value_copy(args[i]);
	return value_copy(args[n - 1]);
}

TEMPLATE_FUNCTION(run_or)
{
	(void)data, (void)err;
	for (size_t i = 0; i < n; i++)
		if (template_truth(args[i]))
			return value_copy(args[i]);
	return value_copy(args[n - 1]);
}

TEMPLATE_FUNCTION(run_cond)
{
	(void)data, (void)n, (void)err;
	return value_copy(args[template_truth(args[0]) ? 1 : 2]);
}

/* Hugo's own: false is a value, "" and 0 are none. */
TEMPLATE_FUNCTION(run_default)
{
	(void)data, (void)err;
	if (n < 2 || (args[1]->type != VALUE_BOOL && !template_truth(args[1])))
		return value_copy(args[0]);
	return value_copy(args[1]);
}

const struct template_name template_lists[] = {
    {"after", "collections.After", 2, 2, run_after},
    {"and", NULL, 1, 8, run_and},
    {"append", "collections.Append", 2, 16, run_append},
    {"cond", "compare.Conditional", 3, 3, run_cond},
    {"default", "compare.Default", 1, 2, run_default},
    {"delimit", "collections.Delimit", 2, 3, run_delimit},
    {"dict", "collections.Dictionary", 0, 16, run_dict},
    {"first", "collections.First", 2, 2, run_first},
    {"in", "collections.In", 2, 2, run_in},
    {"index", "collections.Index", 2, 8, run_index},
    {"isset", "collections.IsSet", 2, 2, run_isset},
    {"jsonify", "encoding.Jsonify", 1, 1, run_jsonify},
    {"last", "collections.Last", 2, 2, run_last},
    {"len", NULL, 1, 1, run_len},
    {"not", NULL, 1, 1, run_not},
    {"or", NULL, 1, 8, run_or},
    {"seq", "collections.Seq", 1, 3, run_seq},
    {"slice", "collections.Slice", 0, 16, run_slice},
    {"sort", "collections.Sort", 1, 1, run_sort},
    {"split", "strings.Split", 2, 2, run_split},
    {"uniq", "collections.Uniq", 1, 1, run_uniq},
    {NULL},
};
