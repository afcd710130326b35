/* SPDX-License-Identifier: ISC */
/*
 * The table of rules, and the findings.  An error is what breaks the page or
 * Hugo's build, of the version at hand or of a newer one; a warning what its
 * readers will most likely see amiss.
 */
#include "check.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "check_priv.h"
#include "conf.h"
#include "mem.h"
#include "schema.h"
#include "text.h"

static void
check_front_matter(const struct check *c)
{
	const struct err *err = c->entry->error;

	if (err)
		check_say(c, err->line, err->column, "%s", err->msg);
	else if (!c->post)
		check_say(c, 0, 0, "it cannot be read");
}

static void
check_address(const struct check *c)
{
	const struct entry *e = c->entry, *other;

	if (e->state == ENTRY_HIDDEN || e->state == ENTRY_ERROR)
		return;
	other = site_rival(c->site, e);
	if (!other)
		return;
	check_say(c, 0, 0,
	    "its address, %s, is that of %s too; only one of them will be "
	    "seen: change its title, slug or url",
	    e->permalink, other->path);
	if (other->state != ENTRY_PUBLISHED && other->state != ENTRY_SCHEDULED)
		check_severity(c, CHECK_WARNING);
}

static const struct check_rule rules[] = {
    {"front-matter", "the front matter can be read", CHECK_ERROR,
	check_front_matter, true},
    {"date-unreadable", "Hugo can read the dates", CHECK_ERROR, check_dates},
    {"date-order", "the page does not expire before it is published",
	CHECK_WARNING, check_date_order},
    {"title", "there is a title, and it is text", CHECK_WARNING, check_title},
    {"title-quote", "the title has no stray quotation mark", CHECK_WARNING,
	check_title_quote},
    {"draft-boolean", "draft is true or false", CHECK_WARNING, check_draft},
    {"draft-seen", "what the team calls a draft is one for Hugo", CHECK_WARNING,
	check_hidden},
    {"url", "url and aliases are paths", CHECK_ERROR, check_url},
    {"address-taken", "no other page has the address", CHECK_ERROR,
	check_address},
    {"image-missing", "the pictures in the front matter are there",
	CHECK_WARNING, check_images},
    {"resource-missing", "the bundle's resources are there", CHECK_WARNING,
	check_resources},
    {"field-required", "the fields that a post must have are there",
	CHECK_ERROR, check_required},
    {"field-type", "fields hold what they are for", CHECK_ERROR, check_types},
    {"field-value", "fields keep to the rules of galley.yaml", CHECK_ERROR,
	check_values},
    {"encoding", "the text is UTF-8", CHECK_WARNING, check_encoding},
    {"text-direction", "no unseen sign turns the order of the text",
	CHECK_WARNING, check_direction},
    {"fence-open", "code blocks end", CHECK_WARNING, check_fence},
    {"picture-missing", "the pictures of the text are there", CHECK_WARNING,
	check_pictures},
};

void
check_say(
    const struct check *c, unsigned line, unsigned column, const char *fmt, ...)
{
	struct findings *f = c->findings;
	struct buf clean = {0};
	va_list ap;
	char *msg;

	va_start(ap, fmt);
	msg = xvasprintf(fmt, ap);
	va_end(ap);
	text_clean(&clean, msg, strlen(msg));
	free(msg);
	f->v = xgrow(f->v, f->n, &f->cap, sizeof(*f->v));
	f->v[f->n++] = (struct finding){
	    .rule = c->rule->name,
	    .severity = c->severity,
	    .path = xstrdup(c->entry->path),
	    .line = line,
	    .column = column,
	    .message = buf_steal(&clean),
	};
}

void
check_say_field(
    const struct check *c, const struct fm_field *field, const char *fmt, ...)
{
	unsigned line = 0, column = 0;
	size_t len;
	va_list ap;
	char *msg;

	if (field)
		text_place(
		    fm_text(c->post->fm, &len), field->key_at, &line, &column);
	va_start(ap, fmt);
	msg = xvasprintf(fmt, ap);
	va_end(ap);
	check_say(c, line, column, "%s", msg);
	free(msg);
}

void
check_severity(const struct check *c, enum check_severity severity)
{
	struct finding *last = &c->findings->v[c->findings->n - 1];

	last->severity = severity < c->severity ? severity : c->severity;
}

static const struct value *
settings(const struct conf *conf)
{
	return conf ? conf_map(conf, "checks") : NULL;
}

/* As it is set; false: it is off. */
static bool
severity_of(const struct check_rule *rule, const struct value *map,
    enum check_severity *severity)
{
	const char *text = value_text(value_get(map, rule->name));

	*severity = rule->severity;
	for (int i = CHECK_INFO; text && i <= CHECK_ERROR; i++)
		if (strcmp(text, check_severity_name(i)) == 0)
			*severity = (enum check_severity)i;
	return !text || strcmp(text, "off") != 0;
}

int
check_settings(const struct conf *conf, struct err *err)
{
	const struct value *map = settings(conf);

	for (size_t i = 0; map && i < map->n; i++) {
		struct buf path = {0};
		size_t k = 0;

		while (k < NITEMS(rules) &&
		       strcmp(rules[k].name, map->keys[i]) != 0)
			k++;
		if (k < NITEMS(rules))
			continue;
		buf_puts(&path, "checks");
		fm_path_add(&path, map->keys[i]);
		err_set(err,
		    "galley.yaml:%u: %s is no rule; galley(5) lists them",
		    conf_line(conf, buf_text(&path)), buf_text(&path));
		buf_dispose(&path);
		return -1;
	}
	return 0;
}

void
check_page(const struct site *site, const struct entry *entry,
    const struct post *post, const struct check_options *options,
    struct findings *findings)
{
	static const struct check_options none;
	const struct check_options *o = options ? options : &none;
	const struct value *set =
	    o->schemas ? settings(schemas_conf(o->schemas)) : NULL;

	for (size_t i = 0; i < NITEMS(rules); i++) {
		struct check c = {site, entry, post, findings, &rules[i], o};

		if ((!post && !rules[i].unloaded) ||
		    !severity_of(&rules[i], set, &c.severity))
			continue;
		rules[i].run(&c);
		findings->rules++;
	}
}

size_t
findings_count(const struct findings *findings, enum check_severity severity)
{
	size_t n = 0;

	for (size_t i = 0; i < findings->n; i++)
		n += findings->v[i].severity == severity;
	return n;
}

void
findings_dispose(struct findings *findings)
{
	for (size_t i = 0; i < findings->n; i++) {
		free(findings->v[i].path);
		free(findings->v[i].message);
	}
	free(findings->v);
	*findings = (struct findings){0};
}

const struct check_rule *
check_rules(size_t *n)
{
	*n = NITEMS(rules);
	return rules;
}

const char *
check_severity_name(enum check_severity severity)
{
	static const char *const names[] = {
	    [CHECK_INFO] = "info",
	    [CHECK_WARNING] = "warning",
	    [CHECK_ERROR] = "error",
	};

	return names[severity];
}
