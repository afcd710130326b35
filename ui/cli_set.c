/* SPDX-License-Identifier: ISC */
/*
 * galley set, unset, rename, move: edits of front matter by the path of a
 * field.  What one call asks for is done in all of its files, or in none.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli_edit.h"
#include "cli_typed.h"
#include "mem.h"

/* FIELD=VALUE, FIELD+=VALUE, FIELD-=VALUE. */
struct assignment {
	char *path;
	char op; /* '=', '+', '-' */
	const char *value;
};

/* The "=" of an assignment, not one in quotes; NULL: it is none. */
static const char *
find_equals(const char *arg)
{
	bool quoted = false;
	const char *s;

	for (s = arg; *s && (quoted || *s != '='); s++) {
		if (*s == '"')
			quoted = !quoted;
		else if (*s == '\\' && quoted && s[1])
			s++;
		else if (*s == '/' && !quoted)
			return NULL; /* the path of a file */
	}
	return *s && s > arg ? s : NULL;
}

static int
read_assignment(const char *arg, struct assignment *a, struct err *err)
{
	const char *eq = find_equals(arg), *end = eq;

	*a = (struct assignment){.op = '='};
	if (!eq)
		return err_code(err, ERR_USAGE,
		    "'%s' is not FIELD=VALUE, such as draft=false", arg);
	if (end - arg > 1 && strchr("+-", end[-1]))
		a->op = *--end;
	a->path = xstrndup(arg, (size_t)(end - arg));
	a->value = eq + 1;
	return 0;
}

/* A list is made where there is none; what is in it already is not added. */
static int
append(struct fm *fm, const struct assignment *a, enum typed_kind kind,
    struct err *err)
{
	const struct value *old = fm_get(fm, a->path);
	struct value *items, *list = NULL;
	int rc = 0;

	if (old && old->type != VALUE_LIST && old->type != VALUE_NULL)
		return err_code(err, ERR_REFUSED,
		    "%s is no list; %s=[...] --type list makes it one", a->path,
		    a->path);
	items = typed_items(a->path, a->value, kind, old, err);
	if (!items)
		return -1;
	list = old && old->type == VALUE_LIST ? value_copy(old) : value_list();
	for (size_t i = 0; i < items->n && rc == 0; i++) {
		bool has = false;

		for (size_t j = 0; j < list->n && !has; j++)
			has = typed_same(list->items[j], items->items[i]);
		if (has)
			continue;
		value_append(list, value_copy(items->items[i]));
		old = fm_get(fm, a->path);
		rc = old && old->type == VALUE_NULL
			 ? fm_set(fm, a->path, list, err)
			 : fm_insert(
			       fm, a->path, list->n - 1, items->items[i], err);
	}
	value_free(list);
	value_free(items);
	return rc;
}

static int
unset_item(struct fm *fm, const char *path, size_t i, struct err *err)
{
	char *item = xasprintf("%s[%zu]", path, i);
	int rc = fm_unset(fm, item, err);

	free(item);
	return rc;
}

/* Every item that is the one meant; none is there: nothing is done. */
static int
take_away(struct fm *fm, const struct assignment *a, enum typed_kind kind,
    struct err *err)
{
	const struct value *old = fm_get(fm, a->path);
	struct value *items;
	int rc = 0;

	if (!old || old->type == VALUE_NULL)
		return 0;
	if (old->type != VALUE_LIST)
		return err_code(err, ERR_REFUSED,
		    "%s is no list: 'galley unset' removes the field", a->path);
	items = typed_items(a->path, a->value, kind, old, err);
	if (!items)
		return -1;
	for (size_t j = 0; j < items->n && rc == 0; j++)
		for (size_t i = old->n; i-- > 0 && rc == 0;) {
			if (!typed_same(old->items[i], items->items[j]))
				continue;
			rc = unset_item(fm, a->path, i, err);
			old = fm_get(fm, a->path);
		}
	value_free(items);
	return rc;
}

/* Nothing, for a field that is not there: where there is no null, no text. */
static struct value *
nothing(const struct fm *fm, const struct assignment *a, struct value *v)
{
	if (v->type != VALUE_NULL || *a->value || fm_format(fm) != FM_TOML ||
	    fm_get(fm, a->path))
		return v;
	value_free(v);
	return value_string("");
}

static int
assign(struct fm *fm, const struct assignment *a, enum typed_kind kind,
    struct err *err)
{
	const struct value *old = fm_get(fm, a->path);
	struct value *v;
	int rc;

	if (a->op == '+')
		return append(fm, a, kind, err);
	if (a->op == '-')
		return take_away(fm, a, kind, err);
	v = typed_value(a->path, a->value, kind, old, err);
	if (!v)
		return -1;
	v = nothing(fm, a, v);
	rc = fm_set(fm, a->path, v, err);
	value_free(v);
	return rc;
}

/* Files come before the first assignment; the first operand always is one. */
static size_t
count_files(const struct cli *cli)
{
	size_t n = 1;

	while (n < (size_t)cli->argc && !find_equals(cli->argv[n]))
		n++;
	return n < (size_t)cli->argc ? n : n - 1;
}

/* Read the assignments behind the files. Caller frees them, *n of them. */
static struct assignment *
read_assignments(struct cli *cli, size_t files, size_t *n, struct err *err)
{
	struct assignment *a;

	*n = (size_t)cli->argc - files;
	a = xcalloc(*n, sizeof(*a));
	for (size_t i = 0; i < *n; i++)
		if (read_assignment(cli->argv[files + i], &a[i], err) == -1) {
			for (size_t j = 0; j < i; j++)
				free(a[j].path);
			free(a);
			return NULL;
		}
	return a;
}

struct assignments {
	struct assignment *v;
	size_t n;
	enum typed_kind kind;
};

/* Read the files, change them, write them. */
static int
set_all(struct cli *cli, const struct assignments *list, size_t files, bool dry,
    struct err *err)
{
	struct edit *edits = edits_load(cli, &files, err);
	int rc = edits ? 0 : -1;

	for (size_t i = 0; rc == 0 && i < files; i++)
		for (size_t j = 0; j < list->n && rc == 0; j++)
			if ((rc = assign(edits[i].post->fm, &list->v[j],
				 list->kind, err)) == -1)
				err_where(err, edits[i].name);
	if (rc == 0)
		rc = edits_save(cli, edits, files, dry, err);
	if (edits)
		edits_free(edits, files);
	return rc;
}

int
cli_set(struct cli *cli, struct err *err)
{
	bool dry = false;
	const char *type = NULL;
	const struct cli_option opts[] = {
	    {"dry-run", 'n', .flag = &dry},
	    {"type", 0, .text = &type},
	};
	struct assignments list = {0};
	size_t files;
	int rc;

	if (cli_parse(cli, opts, NITEMS(opts), 2, -1, err) == -1 ||
	    typed_kind(type, &list.kind, err) == -1)
		return -1;
	files = count_files(cli);
	if (!(list.v = read_assignments(cli, files, &list.n, err)))
		return -1;
	rc = set_all(cli, &list, files, dry, err);
	/* Changed since it was read: once more, on what it is now. */
	if (rc == -1 && err->code == ERR_CHANGED)
		rc = set_all(cli, &list, files, dry, err);
	for (size_t j = 0; j < list.n; j++)
		free(list.v[j].path);
	free(list.v);
	return rc;
}

/* An edit of one file that takes min to max operands after it. */
static int
edit_one(struct cli *cli, int min, int max,
    int (*run)(struct cli *, struct fm *, struct err *), struct err *err)
{
	bool dry = false;
	const struct cli_option opts[] = {{"dry-run", 'n', .flag = &dry}};
	struct edit *edits;
	size_t n = 1;
	int rc;

	if (cli_parse(cli, opts, NITEMS(opts), min + 1, max < 0 ? max : max + 1,
		err) == -1 ||
	    !(edits = edits_load(cli, &n, err)))
		return -1;
	rc = run(cli, edits->post->fm, err);
	if (rc == -1)
		err_where(err, edits->name);
	else
		rc = edits_save(cli, edits, n, dry, err);
	edits_free(edits, n);
	return rc;
}

static int
unset_all(struct cli *cli, struct fm *fm, struct err *err)
{
	for (int i = 1; i < cli->argc; i++)
		if (fm_unset(fm, cli->argv[i], err) == -1)
			return -1;
	return 0;
}

int
cli_unset(struct cli *cli, struct err *err)
{
	return edit_one(cli, 1, -1, unset_all, err);
}

static int
no_field(const char *path, struct err *err)
{
	return err_code(err, ERR_REFUSED, "no field %s", path);
}

static int
rename_field(struct cli *cli, struct fm *fm, struct err *err)
{
	if (!fm_get(fm, cli->argv[1]))
		return no_field(cli->argv[1], err);
	return fm_rename(fm, cli->argv[1], cli->argv[2], err);
}

int
cli_rename(struct cli *cli, struct err *err)
{
	return edit_one(cli, 2, 2, rename_field, err);
}

/* A whole number from 0 below n. */
static int
read_place(const char *text, size_t n, size_t *place, struct err *err)
{
	char *end;
	unsigned long at;

	errno = 0;
	at = strtoul(text, &end, 10);
	if (errno || *end || *text < '0' || *text > '9' || at >= n)
		return err_code(err, ERR_USAGE,
		    "'%s' is no place in it, from 0 to %zu", text, n - 1);
	*place = at;
	return 0;
}

/* "tags[2]" 0 */
static int
move_item(struct cli *cli, struct fm *fm, struct err *err)
{
	const char *arg = cli->argv[1], *open = strrchr(arg, '[');
	size_t len = strlen(arg), from, to;
	const struct value *list;
	char *path, *number;
	int rc = -1;

	if (!open || open == arg || arg[len - 1] != ']')
		return err_code(err, ERR_USAGE,
		    "'%s' is no item of a list, such as 'tags[2]'", arg);
	path = xstrndup(arg, (size_t)(open - arg));
	number = xstrndup(open + 1, len - (size_t)(open + 1 - arg) - 1);
	list = fm_get(fm, path);
	if (!list)
		no_field(path, err);
	else if (list->type != VALUE_LIST || list->n == 0)
		err_code(err, ERR_REFUSED, "%s is no list with items", path);
	else if (read_place(number, list->n, &from, err) == 0 &&
		 read_place(cli->argv[2], list->n, &to, err) == 0)
		rc = fm_move(fm, path, from, to, err);
	free(path);
	free(number);
	return rc;
}

int
cli_move(struct cli *cli, struct err *err)
{
	return edit_one(cli, 2, 2, move_item, err);
}
