/* SPDX-License-Identifier: ISC */
/*
 * The text of an archetype with its actions carried out: {{ pipeline }},
 * variables, comments, if, with, range, else and end, with the trimming of
 * blanks.
 */
#include <stdlib.h>
#include <string.h>

#include "archetype_priv.h"
#include "mem.h"

#define NESTING_MAX 32

/* What ended a block. */
enum stop { STOP_TEXT, STOP_ELSE, STOP_END, STOP_BREAK, STOP_CONTINUE };

struct expansion {
	struct eval eval;
	struct buf *out;
	size_t literal; /* where in out the text before this action starts */
	int nesting, loops;
};

static int block(struct expansion *, bool live, enum stop *);

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Is the word here, whole?  Then over it. */
static bool
keyword(struct eval *x, const char *word)
{
	size_t n = strlen(word), left = x->len - x->at;
	char next;

	if (left < n + 1 || memcmp(x->text + x->at, word, n) != 0)
		return false;
	next = x->text[x->at + n];
	if (!is_blank(next) && next != '}')
		return false;
	x->at += n;
	return true;
}

static int
end_action(struct expansion *e, size_t start)
{
	struct eval *x = &e->eval;
	bool trim;

	if (!eval_end(x, &trim))
		return eval_fail(x, start,
		    "an action that ends too early or "
		    "not at all");
	while (trim && x->at < x->len && is_blank(x->text[x->at]))
		x->at++;
	e->literal = e->out->len;
	return 0;
}

/* Over an action of a branch that is not taken: strings may hold "}}". */
static int
skip_action(struct expansion *e, size_t start)
{
	struct eval *x = &e->eval;

	while (x->at < x->len && !eval_at_end(x)) {
		char quote = x->text[x->at++];

		if (quote != '"' && quote != '`')
			continue;
		while (x->at < x->len && x->text[x->at] != quote)
			x->at += x->text[x->at] == '\\' && quote == '"' &&
					 x->at + 1 < x->len
				     ? 2
				     : 1;
		if (x->at < x->len)
			x->at++;
	}
	return end_action(e, start);
}

static int
comment(struct expansion *e, size_t start)
{
	struct eval *x = &e->eval;

	for (x->at += 2;; x->at++) {
		if (x->len - x->at < 2)
			return eval_fail(x, start, "a comment without its end");
		if (memcmp(x->text + x->at, "*/", 2) == 0)
			break;
	}
	x->at += 2;
	return end_action(e, start);
}

/* "$x := pipeline", "$x = pipeline": 1; something else: 0; -1: error.  *value
 * (may be NULL) gets what the variable is now. */
static int
declaration(struct expansion *e, struct value **value)
{
	struct eval *x = &e->eval;
	size_t start = x->at, n = eval_variable(x);
	char *name = xstrndup(x->text + start, n);
	struct value *v = NULL;
	bool declare;
	int status = 0;

	x->at += n;
	eval_blank(x);
	declare = x->len - x->at >= 2 && memcmp(x->text + x->at, ":=", 2) == 0;
	if (n > 1 && (declare || (x->at < x->len && x->text[x->at] == '='))) {
		x->at += declare ? 2 : 1;
		v = eval_pipeline(x);
		status = v ? 1 : -1;
	} else {
		x->at = start;
	}
	if (status == 1 && value)
		*value = value_copy(v);
	if (status == 1 && declare) {
		eval_declare(x, name, v);
		name = NULL;
	} else if (status == 1 && !eval_assign(x, name, v)) {
		status = eval_fail(
		    x, start, "the variable %s was not declared", name);
		value_free(v);
		if (value) {
			value_free(*value);
			*value = NULL;
		}
	}
	free(name);
	return status;
}

static int
print_action(struct expansion *e, size_t start)
{
	struct eval *x = &e->eval;
	int declared = declaration(e, NULL);
	struct value *v;

	if (declared == -1)
		return -1;
	if (declared == 0) {
		v = eval_pipeline(x);
		if (!v)
			return -1;
		template_print(v, e->out);
		value_free(v);
		if (e->out->len > TEMPLATE_MAX)
			return eval_fail(x, start, "the text is too long");
	}
	return end_action(e, start);
}

static void
drop_variables(struct eval *x, size_t keep)
{
	while (x->nvariables > keep) {
		struct eval_variable *v = &x->variables[--x->nvariables];

		free(v->name);
		value_free(v->value);
	}
}

/* A block of its own: its variables end with it, and "." may be another. */
static int
scope(struct expansion *e, const struct value *dot, bool live, enum stop *stop)
{
	const struct value *outer = e->eval.dot;
	size_t keep = e->eval.nvariables;
	int status;

	if (dot)
		e->eval.dot = dot;
	status = block(e, live, stop);
	e->eval.dot = outer;
	drop_variables(&e->eval, keep);
	return status;
}

/* The condition of if or with; in a dead branch it is only skipped. */
static int
condition(struct expansion *e, bool live, struct value **v, size_t start)
{
	struct eval *x = &e->eval;

	*v = NULL;
	eval_blank(x);
	if (!live)
		return skip_action(e, start);
	if (declaration(e, v) == 0)
		*v = eval_pipeline(x);
	if (!*v)
		return -1;
	if (end_action(e, start) == 0)
		return 0;
	value_free(*v);
	*v = NULL;
	return -1;
}

/* if and with, from after the word to behind their end; *out says when a loop
 * around them is left from inside. */
static int
branches(
    struct expansion *e, bool with, bool live, size_t start, enum stop *out)
{
	struct eval *x = &e->eval;
	enum stop stop = STOP_ELSE;
	size_t keep = x->nvariables;
	bool open = live, more = true;
	int status = 0;

	if (++e->nesting > NESTING_MAX)
		return eval_fail(x, start, "blocks too deep");
	while (status == 0 && more) {
		struct value *v;
		bool take;

		status = condition(e, open, &v, start);
		if (status == -1)
			break;
		take = open && template_truth(v);
		status = scope(e, with && take ? v : NULL, take, &stop);
		value_free(v);
		open = open && !take;
		if (status == 0 && stop == STOP_TEXT)
			status = eval_fail(x, start, "a block without its end");
		more = false;
		if (status == -1 || stop != STOP_ELSE)
			break;
		/* Behind the word else. */
		eval_blank(x);
		if (keyword(x, "if"))
			with = false, more = true;
		else if (keyword(x, "with"))
			with = more = true;
		else if ((status = end_action(e, start)) == 0 &&
			 (status = scope(e, NULL, open, &stop)) == 0 &&
			 (stop == STOP_TEXT || stop == STOP_ELSE))
			status = eval_fail(x, start, "a block without its end");
	}
	e->nesting--;
	drop_variables(x, keep);
	if (status == -1)
		return -1;
	if (stop == STOP_END)
		return end_action(e, start);
	*out = stop;
	return 0;
}

/* range: its variables, its list, and where its body begins. */
struct loop {
	size_t start, body;
	char *key, *item; /* names of variables, or NULL */
	struct value *list;
};

/* "$i, $e :=" or "$e :=", if it is there. */
static void
loop_variables(struct eval *x, struct loop *l)
{
	size_t start = x->at, n = eval_variable(x), m = 0, second = 0;

	x->at += n;
	eval_blank(x);
	if (n > 1 && x->at < x->len && x->text[x->at] == ',') {
		x->at++;
		eval_blank(x);
		second = x->at;
		m = eval_variable(x);
		x->at += m;
		eval_blank(x);
	}
	if (n < 2 || x->len - x->at < 2 ||
	    memcmp(x->text + x->at, ":=", 2) != 0) {
		x->at = start;
		return;
	}
	x->at += 2;
	if (m > 1)
		l->key = xstrndup(x->text + start, n);
	l->item = m > 1 ? xstrndup(x->text + second, m)
			: xstrndup(x->text + start, n);
}

/* The body once more, for item i; key (may be NULL) is a map's. */
static int
loop_item(struct expansion *e, const struct loop *l, size_t i, const char *key,
    enum stop *stop)
{
	struct eval *x = &e->eval;
	const struct value *item =
	    key ? value_get(l->list, key) : l->list->items[i];
	size_t keep = x->nvariables;
	int status;

	if (eval_spend(x, l->start, 64) == -1)
		return -1;
	x->at = l->body;
	if (l->key)
		eval_declare(x, xstrdup(l->key),
		    key ? value_string(key) : value_int((int64_t)i));
	if (l->item)
		eval_declare(x, xstrdup(l->item), value_copy(item));
	status = scope(e, item, true, stop);
	drop_variables(x, keep);
	if (status == 0 && *stop == STOP_TEXT)
		return eval_fail(x, l->start, "a block without its end");
	return status;
}

static int
loop_items(struct expansion *e, const struct loop *l, enum stop *stop)
{
	char **keys =
	    l->list->type == VALUE_MAP ? template_keys(l->list) : NULL;
	int status = 0;

	for (size_t i = 0; i < l->list->n && status == 0; i++) {
		status = loop_item(e, l, i, keys ? keys[i] : NULL, stop);
		if (status == 0 && *stop == STOP_BREAK)
			break;
	}
	free(keys);
	return status;
}

/* From after the list to behind the end: the items, or else. */
static int
loop_run(struct expansion *e, const struct loop *l, bool live)
{
	bool any = live && l->list->n > 0;
	enum stop stop = STOP_TEXT;
	int status = any ? loop_items(e, l, &stop) : 0;

	/* To the body's end, where it was not reached. */
	if (status == 0 && stop != STOP_ELSE && stop != STOP_END) {
		e->eval.at = l->body;
		status = scope(e, NULL, false, &stop);
	}
	if (status == 0 && stop == STOP_ELSE &&
	    (status = end_action(e, l->start)) == 0)
		status = scope(e, NULL, live && !any, &stop);
	if (status == 0 && stop != STOP_END)
		status =
		    eval_fail(&e->eval, l->start, "a block without its end");
	return status == 0 ? end_action(e, l->start) : -1;
}

static int
loop(struct expansion *e, bool live, size_t start)
{
	struct eval *x = &e->eval;
	struct loop l = {.start = start};
	int status;

	if (++e->nesting > NESTING_MAX)
		return eval_fail(x, start, "blocks too deep");
	eval_blank(x);
	if (live) {
		loop_variables(x, &l);
		l.list = eval_pipeline(x);
		status = l.list ? end_action(e, start) : -1;
		if (status == 0 && l.list->type == VALUE_NULL) {
			value_free(l.list);
			l.list = value_list();
		}
		if (status == 0 && l.list->type != VALUE_LIST &&
		    l.list->type != VALUE_MAP)
			status = eval_fail(x, start, "range wants a list");
	} else {
		status = skip_action(e, start);
	}
	l.body = x->at;
	e->loops++;
	if (status == 0)
		status = loop_run(e, &l, live);
	e->loops--;
	e->nesting--;
	value_free(l.list);
	free(l.key);
	free(l.item);
	return status;
}

/* break and continue; in a branch that is not taken they are nothing. */
static int
leave(struct expansion *e, bool live, size_t start, enum stop how,
    enum stop *stop)
{
	if (e->loops == 0)
		return eval_fail(
		    &e->eval, start, "break or continue without range");
	if (live)
		*stop = how;
	return end_action(e, start);
}

static bool
unknown_keyword(struct eval *x, const char **word)
{
	static const char *const words[] = {"define", "template", "block"};

	for (size_t i = 0; i < NITEMS(words); i++) {
		*word = words[i];
		if (keyword(x, words[i]))
			return true;
	}
	return false;
}

/* One action; x->at is behind "{{". */
static int
action(struct expansion *e, bool live, enum stop *stop)
{
	struct eval *x = &e->eval;
	size_t start = x->at - 2;
	const char *word;

	if (x->len - x->at >= 2 && x->text[x->at] == '-' &&
	    is_blank(x->text[x->at + 1])) {
		x->at++;
		while (live && e->out->len > e->literal &&
		       is_blank(e->out->data[e->out->len - 1]))
			e->out->data[--e->out->len] = '\0';
		eval_blank(x);
		/* "{{- -}}" would read its own mark. */
	}
	if (x->len - x->at >= 2 && memcmp(x->text + x->at, "/*", 2) == 0)
		return comment(e, start);
	eval_blank(x);
	if (keyword(x, "if"))
		return branches(e, false, live, start, stop);
	if (keyword(x, "with"))
		return branches(e, true, live, start, stop);
	if (keyword(x, "range"))
		return loop(e, live, start);
	if (keyword(x, "break"))
		return leave(e, live, start, STOP_BREAK, stop);
	if (keyword(x, "continue"))
		return leave(e, live, start, STOP_CONTINUE, stop);
	if (keyword(x, "else")) {
		*stop = STOP_ELSE;
		return 0;
	}
	if (keyword(x, "end")) {
		*stop = STOP_END;
		return 0;
	}
	if (unknown_keyword(x, &word))
		return eval_fail(x, start,
		    "%s is not known here; use 'hugo new', or take it "
		    "out of the archetype",
		    word);
	return live ? print_action(e, start) : skip_action(e, start);
}

/* Is an action here?  Shortcodes, "{{<" and "{{%", are the page's own. */
static bool
at_action(const struct eval *x)
{
	const char *s = x->text + x->at;
	size_t left = x->len - x->at;

	return left >= 2 && s[0] == '{' && s[1] == '{' &&
	       (left == 2 || (s[2] != '<' && s[2] != '%'));
}

static int
block(struct expansion *e, bool live, enum stop *stop)
{
	struct eval *x = &e->eval;

	*stop = STOP_TEXT;
	e->literal = e->out->len;
	while (x->at < x->len) {
		if (!at_action(x)) {
			if (live)
				buf_putc(e->out, x->text[x->at]);
			x->at++;
			continue;
		}
		x->at += 2;
		if (action(e, live, stop) == -1)
			return -1;
		if (*stop != STOP_TEXT)
			return 0;
	}
	return 0;
}

int
archetype_expand(const char *text, size_t len,
    const struct archetype_data *data, struct buf *out, struct err *err)
{
	struct value *dot = template_dot(data);
	struct expansion e = {
	    .eval = {.text = text, .len = len, .data = data, .dot = dot},
	    .out = out};
	enum stop stop = STOP_TEXT;
	size_t before = out->len;
	int status;

	e.eval.err = err;
	eval_declare(&e.eval, xstrdup("$"), value_copy(dot));
	if (len > TEMPLATE_MAX)
		status = err_set(err, "the archetype is too long");
	else
		status = block(&e, true, &stop);
	if (status == 0 && stop != STOP_TEXT)
		status = eval_fail(
		    &e.eval, e.eval.at, "else or end without if or with");
	drop_variables(&e.eval, 0);
	free(e.eval.variables);
	value_free(dot);
	if (status == -1) {
		out->len = before;
		if (out->data)
			out->data[before] = '\0';
	}
	return status;
}
