/* SPDX-License-Identifier: ISC */
/* printf and replaceRE of the templates, bounded in what they may cost. */
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archetype_priv.h"
#include "mem.h"
#include "pattern.h"
#include "text.h"

#define WIDTH_MAX 1000

/* One verb: "%-5.2f". */
struct verb {
	char flags[8];
	int width, precision; /* -1: none */
	char letter;
};

static const char *
read_number(const char *p, int *n)
{
	*n = 0;
	for (; *p >= '0' && *p <= '9'; p++)
		if (*n <= WIDTH_MAX)
			*n = *n * 10 + (*p - '0');
	return p;
}

/* From behind the "%"; NULL: it cannot be. */
static const char *
read_verb(const char *p, struct verb *v)
{
	size_t n = strspn(p, "-+ 0#");

	*v = (struct verb){.width = -1, .precision = -1};
	if (n >= sizeof(v->flags))
		return NULL;
	memcpy(v->flags, p, n);
	p += n;
	if (*p >= '1' && *p <= '9')
		p = read_number(p, &v->width);
	if (*p == '.')
		p = read_number(p + 1, &v->precision);
	if (v->width > WIDTH_MAX || v->precision > WIDTH_MAX || !*p)
		return NULL;
	v->letter = *p;
	return p + 1;
}

static void
pad(struct buf *out, const struct verb *v, const char *s)
{
	bool left = strchr(v->flags, '-') != NULL;
	int width = v->width > 0 ? v->width : 0;

	buf_printf(out, left ? "%-*s" : "%*s", width, s);
}

static char *
integer(const struct verb *v, long long n)
{
	int width =
	    strchr(v->flags, '0') && !strchr(v->flags, '-') && v->width > 0
		? v->width
		: 0;

	switch (v->letter) {
	case 'x':
		return xasprintf("%0*llx", width, (unsigned long long)n);
	case 'X':
		return xasprintf("%0*llX", width, (unsigned long long)n);
	case 'o':
		return xasprintf("%0*llo", width, (unsigned long long)n);
	default:
		if (strchr(v->flags, '+'))
			return xasprintf("%+0*lld", width, n);
		return xasprintf("%0*lld", width, n);
	}
}

static char *
real(const struct verb *v, double d)
{
	int precision = v->precision >= 0 ? v->precision : 6;

	if (v->letter == 'e')
		return xasprintf("%.*e", precision, d);
	if (v->letter == 'g')
		return xasprintf("%.*g", v->precision >= 0 ? precision : 15, d);
	return xasprintf("%.*f", precision, d);
}

static char *
quoted(const struct value *v)
{
	struct buf b = {0};
	char *s;

	if (v->type != VALUE_LIST) {
		s = template_string(v);
		json_string(s, strlen(s), &b);
		free(s);
		return buf_steal(&b);
	}
	buf_putc(&b, '[');
	for (size_t i = 0; i < v->n && b.len <= TEMPLATE_MAX; i++) {
		s = template_string(v->items[i]);
		if (i > 0)
			buf_putc(&b, ' ');
		json_string(s, strlen(s), &b);
		free(s);
	}
	buf_putc(&b, ']');
	return buf_steal(&b);
}

/* NULL: the verb does not fit the value. */
static char *
format(const struct verb *v, const struct value *arg)
{
	char *s;

	if (strchr("dxXo", v->letter) && arg->type == VALUE_INT)
		return integer(v, arg->integer);
	if (v->letter == 'c' && arg->type == VALUE_INT && arg->integer >= 0 &&
	    arg->integer <= 0x10ffff) {
		struct buf b = {0};

		text_encode(&b, (uint32_t)arg->integer);
		return buf_steal(&b);
	}
	/* A month, whose name it is. */
	if (v->letter == 's' && arg->type == VALUE_INT && arg->text &&
	    *arg->text > '9')
		return template_string(arg);
	if (strchr("feg", v->letter) && arg->type == VALUE_FLOAT)
		return real(v, arg->real);
	if (v->letter == 'q')
		return quoted(arg);
	if (v->letter == 'v' || (v->letter == 't' && arg->type == VALUE_BOOL))
		return template_string(arg);
	if (v->letter != 's' || arg->type == VALUE_INT ||
	    arg->type == VALUE_FLOAT || arg->type == VALUE_BOOL)
		return NULL;
	s = template_string(arg);
	if (v->precision >= 0 && (size_t)v->precision < strlen(s))
		s[v->precision] = '\0';
	return s;
}

static int
print_verb(const char **p, struct buf *out, struct value *const *args, size_t n,
    size_t *next, struct err *err)
{
	struct verb v;
	char *s;

	if (**p == '%') {
		buf_putc(out, *(*p)++);
		return 0;
	}
	*p = read_verb(*p, &v);
	if (!*p)
		return err_set(err, "printf: a verb that is not understood");
	if (*next == n)
		return err_set(err, "printf: too few arguments");
	s = format(&v, args[(*next)++]);
	if (!s)
		return err_set(
		    err, "printf: %%%c does not fit its argument", v.letter);
	pad(out, &v, s);
	free(s);
	return 0;
}

struct value *
template_printf(const struct archetype_data *data, struct value *const *args,
    size_t n, struct err *err)
{
	char *form = template_string(args[0]);
	const char *p = form;
	struct buf out = {0};
	struct value *v = NULL;
	size_t next = 1;
	int status = 0;

	(void)data;
	while (status == 0 && *p && out.len <= TEMPLATE_MAX) {
		if (*p++ == '%')
			status = print_verb(&p, &out, args, n, &next, err);
		else
			buf_putc(&out, p[-1]);
	}
	if (status == 0 && next < n)
		status = err_set(err, "printf: too many arguments");
	if (status == 0)
		v = value_string_len(buf_text(&out), out.len);
	buf_dispose(&out);
	free(form);
	return v;
}

/* 0: *re is ready; else err names the function. */
static int
compile(const char *function, const char *go, struct pattern_groups *groups,
    regex_t *re, struct err *err)
{
	struct err why;

	if (pattern_compile_groups(re, go, 0, groups, &why) == 0)
		return 0;
	return err_set(err, "%s: %s; use 'hugo new', or change the archetype",
	    function, why.msg);
}

/* The replacement: "$1" and "${1}" are groups. */
static void
add_replacement(struct buf *out, const char *form, const char *s,
    const regmatch_t *groups, const struct pattern_groups *t)
{
	for (; *form; form++) {
		size_t skip = form[0] == '$' && form[1] == '{' ? 2 : 1;
		int digit = form[0] == '$' ? form[skip] - '0' : -1;

		if (digit < 0 || digit > 9) {
			buf_putc(out, *form);
			continue;
		}
		if ((size_t)digit <= t->n) {
			const regmatch_t *g = &groups[t->at[digit]];

			if (g->rm_so >= 0)
				buf_add(out, s + g->rm_so,
				    (size_t)(g->rm_eo - g->rm_so));
		}
		form += skip;
		if (skip == 2 && form[1] == '}')
			form++;
	}
}

static void
replace_all(struct buf *out, const regex_t *re, const struct pattern_groups *t,
    const char *form, const char *s, int64_t limit)
{
	regmatch_t groups[10];
	int flags = 0;

	while (limit-- != 0 && out->len <= TEMPLATE_MAX &&
	       regexec(re, s, NITEMS(groups), groups, flags) == 0) {
		buf_add(out, s, (size_t)groups[0].rm_so);
		add_replacement(out, form, s, groups, t);
		if (groups[0].rm_eo == groups[0].rm_so) {
			if (!s[groups[0].rm_eo])
				return;
			buf_putc(out, s[groups[0].rm_eo]);
			groups[0].rm_eo++;
		}
		s += groups[0].rm_eo;
		flags = REG_NOTBOL;
	}
	buf_puts(out, s);
}

/* pattern, replacement, string[, limit] */
struct value *
template_regex(const struct archetype_data *data, struct value *const *args,
    size_t n, struct err *err)
{
	char *go = template_string(args[0]), *form = template_string(args[1]);
	char *s = template_string(args[2]);
	struct pattern_groups t;
	struct buf out = {0};
	struct value *v = NULL;
	regex_t re;

	(void)data;
	if (strlen(s) > 4096) {
		err_set(err, "replaceRE: the text is too long");
	} else if (compile("replaceRE", go, &t, &re, err) == 0) {
		replace_all(&out, &re, &t, form, s,
		    n > 3 && args[3]->type == VALUE_INT ? args[3]->integer
							: -1);
		regfree(&re);
		v = value_string_len(buf_text(&out), out.len);
	}
	buf_dispose(&out);
	free(go);
	free(form);
	free(s);
	return v;
}

/* pattern, string[, limit]: what matches, as a list. */
struct value *
template_find_regex(const struct archetype_data *data,
    struct value *const *args, size_t n, struct err *err)
{
	char *go = template_string(args[0]), *s = template_string(args[1]);
	int64_t limit =
	    n > 2 && args[2]->type == VALUE_INT ? args[2]->integer : -1;
	struct pattern_groups t;
	struct value *list = NULL;
	const char *p = s;
	regmatch_t m;
	regex_t re;
	int flags = 0;

	(void)data;
	if (strlen(s) > 4096) {
		err_set(err, "findRE: the text is too long");
	} else if (compile("findRE", go, &t, &re, err) == 0) {
		list = value_list();
		for (; limit-- != 0 && regexec(&re, p, 1, &m, flags) == 0 &&
		       m.rm_eo > m.rm_so;
		     p += m.rm_eo, flags = REG_NOTBOL)
			value_append(list, value_string_len(p + m.rm_so,
					       (size_t)(m.rm_eo - m.rm_so)));
		regfree(&re);
	}
	free(go);
	free(s);
	return list;
}
