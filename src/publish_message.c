/* SPDX-License-Identifier: ISC */
/*
 * The message of a commit: a subject from the template, a body that says what
 * is different for readers, trailers as git-interpret-trailers(1) has them.
 */
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "mem.h"
#include "merge.h"
#include "publish_priv.h"
#include "text.h"

enum {
	LINE = 72,    /* columns of a line of the body */
	WORDS = 48,   /* columns of a value in it */
	LONGEST = 12, /* of a list of files; the rest is counted */
	POSTS = 30,   /* that have lines of their own */
};

/* What is told of one post, piece by piece. */
struct telling {
	struct buf out;
	int col;           /* of the line being filled */
	const char *after; /* what goes before the next piece */
};

static void
tell(struct telling *t, const char *piece)
{
	int width = text_width(piece, strlen(piece));

	if (*t->after && t->col + width + 2 > LINE) {
		buf_puts(&t->out, *t->after == ';' ? ";\n  " : "\n  ");
		t->col = 2;
	} else {
		buf_puts(&t->out, t->after);
		t->col += (int)strlen(t->after);
	}
	buf_puts(&t->out, piece);
	t->col += width;
	t->after = "; ";
}

/* A value in few words. Caller frees. */
static char *
words(const struct value *v)
{
	const char *text = v ? value_text(v) : NULL;
	struct buf clean = {0};
	char *fit;

	if (!v || v->type == VALUE_NULL)
		return xstrdup("(none)");
	if (v->type == VALUE_LIST || v->type == VALUE_MAP)
		return xasprintf("(%zu item%s)", v->n, v->n == 1 ? "" : "s");
	text_clean(&clean, text ? text : "", text ? strlen(text) : 0);
	fit = text_fit(buf_text(&clean), clean.len, WORDS);
	buf_dispose(&clean);
	if (*fit)
		return fit;
	free(fit);
	return xstrdup("\"\"");
}

static bool
has_item(const struct value *list, const struct value *item)
{
	for (size_t i = 0; list && i < list->n; i++)
		if (value_equal(list->items[i], item))
			return true;
	return false;
}

/* What an item of the field is called: "tag" of "tags". */
static const char *
singular(const struct site_config *config, const char *key)
{
	for (size_t i = 0; i < config->ntaxonomies; i++)
		if (strcmp(config->taxonomies[i].plural, key) == 0)
			return config->taxonomies[i].singular;
	return key;
}

/* Items of one list that the other lacks: "+ tag wasm", "+ tags a, b". */
static bool
tell_items(struct telling *t, const char *sign, const struct merge_field *f,
    const struct site_config *config)
{
	const struct value *list = *sign == '+' ? f->ours : f->base;
	const struct value *other = *sign == '+' ? f->base : f->ours;
	struct buf items = {0};
	char *text;
	size_t n = 0;

	for (size_t i = 0; list && i < list->n; i++) {
		if (has_item(other, list->items[i]))
			continue;
		text = words(list->items[i]);
		buf_printf(&items, n++ ? ", %s" : "%s", text);
		free(text);
	}
	if (n > 0) {
		text = xasprintf("%s %s %s", sign,
		    n > 1 ? f->path : singular(config, f->path),
		    buf_text(&items));
		tell(t, text);
		free(text);
	}
	buf_dispose(&items);
	return n > 0;
}

static bool
is_list(const struct value *v)
{
	return !v || v->type == VALUE_NULL || v->type == VALUE_LIST;
}

static void
tell_field(struct telling *t, const struct site_config *config,
    const struct merge_field *f)
{
	char *from, *to, *piece;
	bool told;

	if (is_list(f->base) && is_list(f->ours) && (f->base || f->ours)) {
		told = tell_items(t, "+", f, config);
		told |= tell_items(t, "−", f, config);
		if (told || !f->base || !f->ours || f->base->n == 0)
			return;
		piece = xasprintf("%s in another order", f->path);
	} else {
		from = words(f->base);
		to = words(f->ours);
		if (!f->base)
			piece = xasprintf("+ %s: %s", f->path, to);
		else if (!f->ours)
			piece = xasprintf("− %s: %s", f->path, from);
		else
			piece = xasprintf("%s: %s → %s", f->path, from, to);
		free(from);
		free(to);
	}
	tell(t, piece);
	free(piece);
}

/* Of a post that is new only its terms are news: the rest is the post. */
static void
tell_fields(struct telling *t, const struct planning *p, const struct fm *old,
    const struct fm *now)
{
	struct merge *m = merge_new(old, now, old);
	bool is_new = fm_count(old) == 0;

	for (size_t i = 0; i < m->n; i++) {
		const struct merge_field *f = &m->v[i];

		if (strcmp(f->path, "lastmod") == 0)
			continue;
		if (is_new && !site_is_taxonomy(p->site->config, f->path))
			continue;
		tell_field(t, p->site->config, f);
	}
	merge_free(m);
}

static void
tell_body(struct telling *t, const struct fm *old, const struct fm *now)
{
	struct buf a = {0}, b = {0};
	size_t added, removed, len;
	const char *text = fm_body(old, &len, NULL);
	char *piece;

	buf_add(&a, text, len);
	text = fm_body(now, &len, NULL);
	buf_add(&b, text, len);
	if (a.len != b.len || memcmp(buf_text(&a), buf_text(&b), a.len) != 0) {
		repo_count_lines(&a, &b, &added, &removed);
		piece = removed ? xasprintf("body +%zu −%zu", added, removed)
				: xasprintf("body +%zu", added);
		tell(t, piece);
		free(piece);
	}
	buf_dispose(&a);
	buf_dispose(&b);
}

/* What HEAD has of post i, or of what it was before it was moved. */
static struct fm *
in_head(const struct planning *p, size_t i, bool *there)
{
	const char *name =
	    p->sources[i].path ? p->sources[i].path : p->plan->posts[i];
	char *path = publish_repo_path(p->prefix, name);
	struct buf text = {0};
	struct err ignored;
	struct fm *fm = NULL;

	*there = repo_read(p->repo, "HEAD", path, &text, &ignored) == 0;
	if (*there)
		fm = fm_parse(buf_text(&text), text.len, &ignored);
	if (!fm) /* new, or nothing that can be read */
		fm = fm_parse("", 0, &ignored);
	buf_dispose(&text);
	free(path);
	return fm;
}

/* A page as its path in the content directory, without what all have. */
static char *
short_path(const struct planning *p, const char *path)
{
	const char *below = path_below(p->site->config->content_dir, path);
	char *name = xstrdup(below && *below ? below : path), *end;

	end = strstr(name, "/index.");
	if (!end || strchr(end + 1, '/'))
		end = strrchr(name, '.');
	if (end && end > name)
		*end = '\0';
	return name;
}

static void
tell_post(struct telling *t, const struct planning *p, size_t i)
{
	bool there;
	struct fm *old = in_head(p, i, &there);
	const struct fm *now = p->posts[i]->fm;
	char *name;

	t->after = "";
	t->col = 0;
	if (p->plan->nposts > 1) {
		name = short_path(p, p->plan->posts[i]);
		tell(t, name);
		t->after = ": ";
		free(name);
	}
	if (!there)
		tell(t, "new");
	if (p->sources[i].path) {
		name = short_path(p, p->sources[i].path);
		char *piece = xasprintf("moved from %s", name);

		tell(t, piece);
		free(piece);
		free(name);
	}
	if (old) {
		tell_fields(t, p, old, now);
		tell_body(t, old, now);
	}
	fm_free(old);
}

/* A post of the plan, or where one was before. */
static bool
is_post(const struct planning *p, const char *path)
{
	bool found = false;

	for (size_t i = 0; i < p->plan->nposts && !found; i++) {
		const char *const names[] = {
		    p->plan->posts[i], p->sources[i].path};

		for (size_t j = 0; j < NITEMS(names) && names[j]; j++) {
			char *post = publish_repo_path(p->prefix, names[j]);

			found |= strcmp(post, path) == 0;
			free(post);
		}
	}
	return found;
}

/* Posts that had no line, and the other files: pictures mostly. */
static void
tell_rest(struct telling *t, const struct planning *p, size_t posts)
{
	size_t n = 0;
	char *piece;

	if (posts > 0) {
		piece = xasprintf(
		    "and %zu more post%s", posts, posts > 1 ? "s" : "");
		tell(t, piece);
		free(piece);
	}
	for (size_t i = 0; i < p->plan->nfiles; i++) {
		const struct plan_file *f = &p->plan->files[i];

		if (is_post(p, f->path) || n++ >= LONGEST)
			continue;
		piece = xasprintf("%s %s",
		    f->state & REPO_NEW       ? "+"
		    : f->state & REPO_DELETED ? "−"
					      : "~",
		    path_base(f->path));
		tell(t, piece);
		free(piece);
	}
	if (n > LONGEST) {
		piece = xasprintf("and %zu more files", n - LONGEST);
		tell(t, piece);
		free(piece);
	}
}

/* What is different, in lines; "" when nothing is. Caller frees. */
static char *
summary_of(const struct planning *p)
{
	struct buf out = {0};
	size_t posts = p->plan->nposts, n = posts < POSTS ? posts : POSTS;

	for (size_t i = 0; i <= n; i++) {
		struct telling t = {.after = ""};

		if (i < n)
			tell_post(&t, p, i);
		else
			tell_rest(&t, p, posts - n);
		if (t.out.len > 0 && out.len > 0)
			buf_putc(&out, '\n');
		if (t.out.len > 0)
			buf_add(&out, t.out.data, t.out.len);
		buf_dispose(&t.out);
	}
	return buf_steal(&out);
}

/* The first post's title as one clean line, and how many there are more. */
static char *
title_of(const struct planning *p)
{
	const struct value *values = fm_values(p->posts[0]->fm);
	const char *title = value_text(value_get(values, "title"));
	struct buf out = {0};

	if (!title || !*title)
		title = p->plan->posts[0];
	text_clean(&out, title, strlen(title));
	if (p->plan->nposts > 1)
		buf_printf(&out, " and %zu more", p->plan->nposts - 1);
	return buf_steal(&out);
}

static char *
first_part(const char *path, bool last)
{
	const char *slash = last ? strrchr(path, '/') : strchr(path, '/');

	if (last)
		return xstrdup(slash ? slash + 1 : path);
	return slash ? xstrndup(path, (size_t)(slash - path)) : xstrdup("");
}

static char *
today(void)
{
	struct date now;

	date_now(&now);
	return xasprintf("%04d-%02d-%02d", now.year, now.month, now.day);
}

/* What a word of the template stands for, or NULL. Caller frees. */
static char *
token(const struct planning *p, const char *name, size_t len)
{
	static const char *const names[] = {"action", "title", "path",
	    "section", "slug", "url", "branch", "date", "summary"};
	char *path, *text;
	size_t i = 0;

	while (i < NITEMS(names) &&
	       (strlen(names[i]) != len || strncmp(names[i], name, len) != 0))
		i++;
	switch (i) {
	case 0:
		return xstrdup(p->options->unpublish ? "unpublish"
			       : p->anew             ? "publish"
						     : "update");
	case 1:
		return title_of(p);
	case 2:
		return xstrdup(p->plan->posts[0]);
	case 3:
	case 4:
		path = short_path(p, p->plan->posts[0]);
		text = first_part(path, i == 4);
		free(path);
		return text;
	case 5:
		return xstrdup(p->plan->url ? p->plan->url : "");
	case 6:
		return xstrdup(
		    p->plan->head.branch ? p->plan->head.branch : "");
	case 7:
		return today();
	case 8:
		return summary_of(p);
	default:
		return NULL;
	}
}

/* A buffer as a text that ends with its last word. */
static char *
trimmed(struct buf *b)
{
	while (b->len > 0 && strchr(" \t\r\n", b->data[b->len - 1]))
		buf_splice(b, b->len - 1, 1, "", 0);
	return buf_steal(b);
}

static char *
expand(const struct planning *p, const char *s)
{
	struct buf out = {0};
	const char *end;
	char *text;

	while (*s) {
		end = *s == '{' ? strchr(s, '}') : NULL;
		text = end ? token(p, s + 1, (size_t)(end - s - 1)) : NULL;
		if (text) {
			buf_puts(&out, text);
			s = end + 1;
		} else
			buf_putc(&out, *s++);
		free(text);
	}
	return trimmed(&out);
}

/* "Reviewed-by: Ada": what git takes for a trailer. */
static bool
is_trailer(const char *line, size_t len)
{
	size_t n = 0;

	while (
	    n < len && (line[n] == '-' || (line[n] >= '0' && line[n] <= '9') ||
			   ((line[n] | 32) >= 'a' && (line[n] | 32) <= 'z')))
		n++;
	return n > 0 && n + 1 < len && line[n] == ':' && line[n + 1] == ' ';
}

/* Does the message, behind its first paragraph, end in a block of trailers? */
static bool
has_trailers(const char *message)
{
	const char *block = NULL, *line = message;
	size_t len;

	for (; *line; line += len + (line[len] == '\n')) {
		len = strcspn(line, "\n");
		if (len == 0)
			block = line[1] ? line + 1 : block;
	}
	for (line = block; line && *line; line += len + (line[len] == '\n')) {
		len = strcspn(line, "\n");
		if (!is_trailer(line, len))
			return false;
	}
	return block != NULL;
}

static bool
has_line(const char *message, const char *want)
{
	size_t len = strlen(want), n;

	for (const char *s = message; *s; s += n + (s[n] == '\n')) {
		n = strcspn(s, "\n");
		if (n == len && strncmp(s, want, n) == 0)
			return true;
	}
	return false;
}

bool
plan_set_message(struct plan *plan, const char *message)
{
	struct buf b = {0};
	char *text;

	buf_puts(&b, message + strspn(message, " \t\r\n"));
	text = trimmed(&b);
	if (!*text) {
		free(text);
		return false;
	}
	free(plan->message);
	plan->message = text;
	return true;
}

bool
plan_trailer(struct plan *plan, const char *key, const char *who)
{
	struct buf line = {0}, out = {0};
	bool is_new;

	buf_printf(&line, "%s: ", key);
	text_clean(&line, who, strlen(who));
	is_new = !has_line(plan->message, buf_text(&line));
	if (is_new) {
		buf_puts(&out, plan->message);
		buf_puts(&out, has_trailers(buf_text(&out)) ? "\n" : "\n\n");
		buf_puts(&out, buf_text(&line));
		free(plan->message);
		plan->message = buf_steal(&out);
	}
	buf_dispose(&line);
	return is_new;
}

static bool
has_summary(const char *template)
{
	return strstr(template, "{summary}") || strchr(template, '\n');
}

int
publish_message(struct planning *p, struct err *err)
{
	const struct plan_options *o = p->options;
	const char *template = o->template ? o->template : "{action}: {title}";
	struct plan *plan = p->plan;
	char *body, *who;

	if (o->message) {
		plan_set_message(plan, o->message);
		if (!plan->message)
			return err_set(err, "the message is empty");
	} else {
		plan->message = expand(p, template);
		body = o->summary && !has_summary(template) ? summary_of(p)
							    : xstrdup("");
		if (*body) {
			char *all = xasprintf("%s\n\n%s", plan->message, body);

			free(plan->message);
			plan->message = all;
		}
		free(body);
	}
	for (size_t i = 0; i < o->nreviewers; i++)
		plan_trailer(plan, "Reviewed-by", o->reviewers[i]);
	if (o->signoff) {
		if (!(who = repo_committer(p->repo, err)))
			return -1;
		plan_trailer(plan, "Signed-off-by", who);
		free(who);
	}
	return 0;
}
