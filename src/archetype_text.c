/* SPDX-License-Identifier: ISC */
/* printf and replaceRE of the templates, bounded in what they may cost. */
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archetype_priv.h"
#include "mem.h"
#include "pattern.h"

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
	char *s = template_string(v);
	struct buf b = {0};

	json_string(s, strlen(s), &b);
	free(s);
	return buf_steal(&b);
}

/* NULL: the verb does not fit the value. */
static char *
format(const struct verb *v, const struct value *arg)
{
	char *s;

	if (strchr("dxXo", v->letter) && arg->type == VALUE_INT)
		return integer(v, arg->integer);
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

/* The replacement: "$1" and "${1}" are groups. */
static void
add_replacement(struct buf *out, const char *form, const char *s,
    const regmatch_t *groups, size_t n)
{
	for (; *form; form++) {
		size_t skip = form[0] == '$' && form[1] == '{' ? 2 : 1;
		int digit = form[0] == '$' ? form[skip] - '0' : -1;

		if (digit < 0 || digit > 9) {
			buf_putc(out, *form);
			continue;
		}
		if ((size_t)digit < n && groups[digit].rm_so >= 0)
			buf_add(out, s + groups[digit].rm_so,
			    (size_t)(groups[digit].rm_eo -
				     groups[digit].rm_so));
		form += skip;
		if (skip == 2 && form[1] == '}')
			form++;
	}
}

static void
replace_all(struct buf *out, const regex_t *re, const char *form, const char *s,
    int64_t limit)
{
	regmatch_t groups[10];
	int flags = 0;

	while (limit-- != 0 && out->len <= TEMPLATE_MAX &&
	       regexec(re, s, NITEMS(groups), groups, flags) == 0) {
		buf_add(out, s, (size_t)groups[0].rm_so);
		add_replacement(out, form, s, groups, NITEMS(groups));
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
	struct buf out = {0};
	struct value *v = NULL;
	regex_t re;

	(void)data;
	if (strlen(s) > 4096) {
		err_set(err, "replaceRE: the text is too long");
	} else if (pattern_compile(&re, go, 0, err) == -1) {
		err_set(err,
		    "replaceRE: the pattern '%s' is not understood here; use "
		    "'hugo new content', or change the archetype",
		    go);
	} else {
		replace_all(&out, &re, form, s,
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
