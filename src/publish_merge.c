/* SPDX-License-Identifier: ISC */
/*
 * Merging one file of three sides.  The result is the remote's file with our
 * values set in its front matter, and the text of both; where there is no front
 * matter all of it is text, and what is no text is taken as a whole.
 */
#include "publish_merge.h"

#include <stdlib.h>
#include <string.h>

#include "fm.h"
#include "mem.h"
#include "site.h"

enum { BASE, THEIRS, MINE };

static void
conflict_dispose(struct publish_conflict *c)
{
	for (size_t i = 0; i < c->n; i++) {
		free(c->pieces[i].name);
		free(c->pieces[i].base);
		free(c->pieces[i].theirs);
		free(c->pieces[i].mine);
	}
	for (int i = 0; i < 3; i++)
		buf_dispose(&c->sides[i]);
	merge_free(c->merge);
	repo_stretches_free(c->text, c->ntext);
	free(c->pieces);
	free(c->edited);
	free(c->path);
	*c = (struct publish_conflict){0};
}

void
publish_conflicts_dispose(struct publish_conflicts *all)
{
	for (size_t i = 0; i < all->n; i++)
		conflict_dispose(&all->v[i]);
	free(all->v);
	*all = (struct publish_conflicts){0};
}

static size_t
asks(const struct publish_conflict *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n && !c->edited; i++)
		n += c->pieces[i].choice == MERGE_ASK;
	return n;
}

size_t
publish_conflicts_asks(const struct publish_conflicts *all)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		n += asks(&all->v[i]);
	return n;
}

/* Taking apart. */

static struct publish_piece *
add_piece(struct publish_conflict *c, const char *name)
{
	struct publish_piece *p;

	c->pieces = xgrow(c->pieces, c->n, &c->cap, sizeof(*c->pieces));
	p = &c->pieces[c->n++];
	*p = (struct publish_piece){.name = xstrdup(name)};
	return p;
}

static char *
shown(const struct value *v)
{
	struct buf b = {0};

	if (!v)
		return NULL;
	if (value_text(v))
		return xstrndup(value_text(v), v->len);
	if (v->type != VALUE_NULL)
		value_json(v, 0, &b);
	return buf_steal(&b);
}

/* Text around a conflict up to a blank line belongs to the paragraph. */
static void
widen(struct repo_stretch *v, size_t n, size_t i)
{
	char **side[3] = {&v[i].base, &v[i].theirs, &v[i].mine}, *text, *cut;

	if (i > 0 && !v[i - 1].conflict) {
		text = v[i - 1].theirs;
		cut = text;
		for (char *s = text; (s = strstr(s, "\n\n")); s++)
			cut = s + 2;
		for (int k = 0; k < 3; k++) {
			text = xasprintf("%s%s", cut, *side[k]);
			free(*side[k]);
			*side[k] = text;
		}
		*cut = '\0';
	}
	if (i + 1 < n && !v[i + 1].conflict) {
		text = v[i + 1].theirs;
		cut = *text == '\n' ? text : strstr(text, "\n\n");
		cut = !cut ? text + strlen(text) : cut == text ? text : cut + 1;
		for (int k = 0; k < 3; k++) {
			char *all = xasprintf(
			    "%s%.*s", *side[k], (int)(cut - text), text);

			free(*side[k]);
			*side[k] = all;
		}
		memmove(text, cut, strlen(cut) + 1);
	}
}

static int
add_text(struct publish_conflict *c, const struct buf side[3])
{
	struct publish_piece *p;

	if (repo_merge_text(&side[BASE], &side[THEIRS], &side[MINE], &c->text,
		&c->ntext) == -1)
		return -1;
	for (size_t i = 0; i < c->ntext; i++) {
		if (!c->text[i].conflict)
			continue;
		widen(c->text, c->ntext, i);
		p = add_piece(c, "text");
		p->base = xstrdup(c->text[i].base);
		p->theirs = xstrdup(c->text[i].theirs);
		p->mine = xstrdup(c->text[i].mine);
	}
	return 0;
}

static void
add_fields(struct publish_conflict *c)
{
	const struct merge_field *f;
	struct publish_piece *p;

	merge_settle(c->merge);
	for (size_t i = 0; i < c->merge->n; i++) {
		f = &c->merge->v[i];
		if (f->choice != MERGE_ASK)
			continue;
		p = add_piece(c, f->path);
		p->base = shown(f->base);
		p->theirs = shown(f->theirs);
		p->mine = shown(f->ours);
	}
	c->nfields = c->n;
}

static bool
is_page(const struct publish_conflict *c, struct fm *fm[3])
{
	struct err ignored;
	bool is = site_is_content(path_base(c->path));

	for (int i = 0; i < 3 && is; i++) {
		fm[i] =
		    fm_parse(buf_text(&c->sides[i]), c->sides[i].len, &ignored);
		is = fm[i] && (i == BASE || (fm_format(fm[i]) != FM_NONE &&
						fm_format(fm[i]) != FM_ORG));
	}
	return is;
}

static bool
take_page(struct publish_conflict *c)
{
	struct fm *fm[3] = {NULL};
	struct buf body[3] = {0};
	const char *text;
	size_t len;
	bool is = is_page(c, fm);

	for (int i = 0; i < 3 && is; i++) {
		text = fm_body(fm[i], &len, NULL);
		buf_add(&body[i], text, len);
	}
	if (is) {
		c->merge = merge_new(fm[BASE], fm[MINE], fm[THEIRS]);
		add_fields(c);
		is = add_text(c, body) == 0;
	}
	for (int i = 0; i < 3; i++) {
		fm_free(fm[i]);
		buf_dispose(&body[i]);
	}
	return is;
}

static void
take_whole(struct publish_conflict *c)
{
	struct publish_piece *p = add_piece(c, "file");
	char **shown_in[3] = {&p->base, &p->theirs, &p->mine};

	for (int i = 0; i < 3; i++)
		if (c->there[i])
			*shown_in[i] =
			    strlen(buf_text(&c->sides[i])) == c->sides[i].len
				? xstrdup(buf_text(&c->sides[i]))
				: xasprintf("(%zu bytes)", c->sides[i].len);
}

static void
take_apart(struct publish_conflict *c)
{
	if (c->there[THEIRS] && c->there[MINE]) {
		if (take_page(c))
			return;
		if (!c->merge && add_text(c, c->sides) == 0)
			return;
	}
	take_whole(c);
}

/* Putting together. */

static const char *
side_text(const struct repo_stretch *s, enum merge_choice choice)
{
	return choice == MERGE_OURS ? s->mine : s->theirs;
}

static void
put_marked(struct buf *out, const struct repo_stretch *s)
{
	buf_printf(out, "<<<<<<< theirs\n%s=======\n%s>>>>>>> mine\n",
	    s->theirs, s->mine);
}

static void
put_text(const struct publish_conflict *c, struct buf *out)
{
	size_t piece = c->nfields;
	const struct repo_stretch *s;

	for (size_t i = 0; i < c->ntext; i++) {
		s = &c->text[i];
		if (!s->conflict)
			buf_puts(out, s->theirs);
		else if (c->pieces[piece].choice == MERGE_ASK)
			put_marked(out, s);
		else
			buf_puts(out, side_text(s, c->pieces[piece].choice));
		piece += s->conflict;
	}
}

/* Front matter with the choices; what is not decided is theirs. */
static int
put_fields(const struct publish_conflict *c, struct buf *out)
{
	const struct buf *theirs = &c->sides[THEIRS];
	struct err ignored;
	struct fm *fm = fm_parse(buf_text(theirs), theirs->len, &ignored);
	struct merge_field *f;
	const char *text;
	size_t piece = 0, len, body;
	int rc;

	for (size_t i = 0; i < c->merge->n; i++) {
		f = &c->merge->v[i];
		if (piece < c->nfields &&
		    strcmp(f->path, c->pieces[piece].name) == 0)
			f->choice = c->pieces[piece++].choice == MERGE_OURS
					? MERGE_OURS
					: MERGE_THEIRS;
	}
	rc = fm ? merge_apply(c->merge, fm, &ignored) : -1;
	if (rc == 0) {
		text = fm_text(fm, &len);
		fm_body(fm, &body, NULL);
		buf_add(out, text, len - body);
	}
	fm_free(fm);
	return rc;
}

static bool
is_whole(const struct publish_conflict *c)
{
	return c->n > 0 && strcmp(c->pieces[c->n - 1].name, "file") == 0 &&
	       !c->text;
}

static enum repo_merged
compose(const struct publish_conflict *c, struct buf *out)
{
	int side;

	if (c->edited) {
		buf_puts(out, c->edited);
		return REPO_MERGED;
	}
	if (is_whole(c)) {
		side = c->pieces[c->n - 1].choice == MERGE_OURS ? MINE : THEIRS;
		buf_add(out, buf_text(&c->sides[side]), c->sides[side].len);
		return c->there[side] ? REPO_MERGED : REPO_REMOVED;
	}
	if (c->merge && put_fields(c, out) == -1)
		return REPO_UNMERGED;
	put_text(c, out);
	return REPO_MERGED;
}

char *
publish_conflict_text(const struct publish_conflict *c)
{
	struct buf out = {0};

	if (is_whole(c) || compose(c, &out) != REPO_MERGED) {
		buf_dispose(&out);
		return NULL;
	}
	return buf_steal(&out);
}

bool
publish_conflict_edited(
    struct publish_conflict *c, const char *text, struct err *err)
{
	static const char *const marks[] = {
	    "<<<<<<< theirs", "=======\n", ">>>>>>> mine"};
	struct fm *fm;

	for (size_t i = 0; i < NITEMS(marks); i += 2)
		if (strstr(text, marks[i])) {
			err_set(err, "there is a %s left in it", marks[i]);
			return false;
		}
	fm = fm_parse(text, strlen(text), err);
	if (!fm)
		return false;
	fm_free(fm);
	free(c->edited);
	c->edited = xstrdup(text);
	return true;
}

/* Finding it again. */

static bool
same_side(const struct publish_conflict *c, int i, const struct buf *b)
{
	if (!b || !c->there[i])
		return !b && !c->there[i];
	return b->len == c->sides[i].len &&
	       memcmp(buf_text(b), buf_text(&c->sides[i]), b->len) == 0;
}

static struct publish_conflict *
find(struct publish_conflicts *all, const struct repo_conflict *rc)
{
	struct publish_conflict *c;

	for (size_t i = 0; i < all->n; i++) {
		c = &all->v[i];
		if (strcmp(c->path, rc->path) == 0 &&
		    same_side(c, BASE, rc->base) &&
		    same_side(c, THEIRS, rc->theirs) &&
		    same_side(c, MINE, rc->mine))
			return c;
	}
	return NULL;
}

static struct publish_conflict
make(const struct repo_conflict *rc)
{
	const struct buf *from[3] = {rc->base, rc->theirs, rc->mine};
	struct publish_conflict c = {.path = xstrdup(rc->path)};

	for (int i = 0; i < 3; i++) {
		c.there[i] = from[i] != NULL;
		if (from[i])
			buf_add(&c.sides[i], buf_text(from[i]), from[i]->len);
	}
	take_apart(&c);
	return c;
}

enum repo_merged
publish_merge_file(void *ctx, const struct repo_conflict *rc, struct buf *text)
{
	struct publish_conflicts *all = ctx;
	struct publish_conflict *known = find(all, rc), c;
	enum repo_merged merged;

	if (known)
		return asks(known) ? REPO_UNMERGED : compose(known, text);
	c = make(rc);
	merged = asks(&c) ? REPO_UNMERGED : compose(&c, text);
	if (merged == REPO_MERGED || rc->clean) {
		conflict_dispose(&c);
		return merged;
	}
	all->v = xgrow(all->v, all->n, &all->cap, sizeof(*all->v));
	all->v[all->n++] = c;
	return REPO_UNMERGED;
}
