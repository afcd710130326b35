/* SPDX-License-Identifier: ISC */
/* The fields that a publication changes: whether it is a draft, and lastmod. */
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "mem.h"
#include "publish_priv.h"
#include "schema.h"
#include "zone.h"

void
publish_field_dispose(struct plan_field *f)
{
	free(f->path);
	free(f->key);
	free(f->before);
	free(f->after);
	value_free(f->value);
	free(f->beside[0]);
	free(f->beside[1]);
}

int
publish_field_set(const struct plan_field *f, struct fm *fm, struct err *err)
{
	const char *const beside[] = {f->beside[0], f->beside[1]};

	if (beside[0])
		fm_order(fm, beside, 2);
	return fm_set(fm, f->key, f->value, err);
}

static char *
text_of(const struct value *v)
{
	return xstrdup(value_text(v) ? value_text(v) : "");
}

/* Note that field at of post i is not what was (NULL: it is new) any more. */
static void
note(struct planning *p, size_t i, size_t at, const struct value *was)
{
	const struct fm *fm = p->posts[i]->fm;
	const struct fm_field *f = fm_at(fm, at);
	struct plan *plan = p->plan;
	struct plan_field *to;

	plan->fields = xgrow(plan->fields, plan->nfields, &plan->cap_fields,
	    sizeof(*plan->fields));
	to = &plan->fields[plan->nfields++];
	*to = (struct plan_field){.path = xstrdup(plan->posts[i]),
	    .key = xstrdup(f->key),
	    .before = text_of(was),
	    .after = text_of(f->value),
	    .value = value_copy(f->value)};
	if (was || fm_count(fm) < 2)
		return;
	/* Those before it are noted, and set, before it. */
	at -= at > 0;
	to->beside[0] = xstrdup(fm_at(fm, at)->key);
	to->beside[1] = xstrdup(fm_at(fm, at + 1)->key);
}

/* Turn every field of the loaded post that tells drafts, and note which. */
static int
plan_draft(struct planning *p, size_t i, const struct schema *s, bool want,
    struct err *err)
{
	struct fm *fm = p->posts[i]->fm;
	struct value *was = value_copy(fm_values(fm));
	int rc = schema_set_draft(s, fm, want, err);

	for (size_t at = 0; rc == 0 && at < fm_count(fm); at++) {
		const struct fm_field *f = fm_at(fm, at);
		const struct value *v = value_get(was, f->key);

		if (f == fm_find(fm, f->key) &&
		    (!v || !value_equal(v, f->value)))
			note(p, i, at, v);
	}
	value_free(was);
	return rc == -1 ? err_where(err, p->plan->posts[i]) : 0;
}

/* Now, as the post's lastmod has it. Caller frees. */
static char *
lastmod_now(const struct planning *p, const char *text)
{
	struct date now, was;

	date_now(&now);
	/* Without an offset of its own it is read in the site's zone. */
	if (date_parse(text, strlen(text), &was) && !was.has_offset)
		date_from_unix(date_unix(&now, NULL),
		    zone_offset(p->site->config->zone, date_unix(&now, NULL)),
		    &now);
	return date_like(&now, text, strlen(text));
}

static int
plan_lastmod(struct planning *p, size_t i, struct err *err)
{
	struct fm *fm = p->posts[i]->fm;
	const struct fm_field *f = fm_find(fm, "lastmod");
	struct value *was, *to;
	char *after;
	int rc = 0;

	if (!p->options->set_lastmod || p->options->unpublish || !f)
		return 0;
	was = value_copy(f->value);
	after = lastmod_now(p, value_text(was) ? value_text(was) : "");
	to =
	    was->type == VALUE_STRING ? value_string(after) : value_date(after);
	if (!value_text(was) || strcmp(after, value_text(was)) != 0)
		rc = fm_set(fm, "lastmod", to, err);
	f = fm_find(fm, "lastmod");
	for (size_t at = 0; rc == 0 && at < fm_count(fm); at++)
		if (fm_at(fm, at) == f && !value_equal(was, f->value))
			note(p, i, at, was);
	free(after);
	value_free(to);
	value_free(was);
	return rc == -1 ? err_where(err, p->plan->posts[i]) : 0;
}

/* Have readers not got the post yet: is it new, or a draft, where they get
 * it from? */
static bool
is_anew(struct planning *p, size_t i, const struct schema *s)
{
	char *path = publish_repo_path(p->prefix, p->plan->posts[i]);
	struct err ignored;
	struct buf text = {0};
	struct fm *fm;
	bool anew = false;
	int rc;

	rc = p->plan->head.upstream
		 ? repo_read(p->repo, "upstream", path, &text, &ignored)
		 : -1;
	if (rc == -1)
		rc = repo_read(p->repo, "HEAD", path, &text, &ignored);
	if (rc == 0 && (fm = fm_parse(buf_text(&text), text.len, &ignored))) {
		anew = schema_is_draft(s, fm);
		fm_free(fm);
	}
	buf_dispose(&text);
	free(path);
	return anew || rc != 0;
}

int
publish_fields(struct planning *p, size_t i, struct err *err)
{
	const struct schema *s =
	    p->options->schemas
		? schemas_get(p->options->schemas, p->plan->posts[i])
		: NULL;
	size_t before = p->plan->nfields;

	if (schema_is_draft(s, p->posts[i]->fm) || is_anew(p, i, s))
		p->anew = true;
	if (plan_draft(p, i, s, p->options->unpublish, err) == -1)
		return -1;
	if (p->plan->nfields == before && !publish_touched(p, i))
		return 0;
	return plan_lastmod(p, i, err);
}
