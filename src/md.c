/* SPDX-License-Identifier: ISC */
/*
 * A body as a doc: what it is written in decides how it is read, and what was
 * left of it when the work was too much is shown with a note.
 */
#include "md.h"

#include <stdlib.h>
#include <string.h>

#include "md_priv.h"

#define BODY_MAX ((size_t)256 << 20)
#define TEXT_MAX ((size_t)1 << 30)

static void
dispose(struct md_render *r)
{
	md_tree_dispose(&r->tree);
	md_tree_dispose(&r->notes_tree);
	md_notes_dispose(&r->notes);
	md_layout_dispose(&r->layout);
	buf_dispose(&r->raw);
	free(r->lists);
}

static void
render_plain(struct md_render *r, const char *body, size_t len)
{
	md_layout_gap(&r->layout);
	md_layout_raw(&r->layout, body, len);
}

static void
render_html(struct md_render *r, const char *body, size_t len)
{
	struct md_shortcodes codes;
	bool any = md_shortcodes_take(&codes, body, len, NULL);

	md_tree_init(&r->tree, r->opt, any ? &codes : NULL, r->doc);
	md_html_block(&r->tree, any ? codes.body.data : body,
	    any ? codes.body.len : len, false);
	md_layout_tree(&r->layout, &r->tree);
	md_shortcodes_dispose(&codes);
}

/* It ended before the text did: show what there is of the block. */
static void
end_early(struct md_render *r)
{
	if (progress_cancelled(r->opt->progress) || r->collect)
		return;
	doc_go_on(r->doc, r->budget);
	md_html_close(&r->tree);
	md_bound_close(&r->tree);
	md_layout_tree(&r->layout, &r->tree);
}

/* Three tildes within a line? */
static bool
has_tildes(const char *s, size_t len)
{
	const char *end = s + len;

	for (; (s = memchr(s, '~', (size_t)(end - s))); s++)
		if (end - s > 2 && s[1] == '~' && s[2] == '~')
			return true;
	return false;
}

static void
render_body(struct md_render *r, const char *body, size_t len)
{
	struct md_shortcodes codes;
	struct buf emoji = {0}, source = {0}, math = {0};
	const char *s = body;
	size_t n = len, all;
	bool any, any_other, deep, whole;

	if (r->opt->emoji && md_source_emoji(&emoji, s, n)) {
		s = emoji.data;
		n = emoji.len;
	}
	any = md_shortcodes_take(&codes, s, n, r->opt);
	if (any) {
		s = codes.body.data;
		n = codes.body.len;
	}
	if (md_math_take(r->opt, &codes, s, n, &math)) {
		any = true;
		s = buf_text(&math);
		n = math.len;
	}
	all = n;
	any_other = md_source_make(r->opt, s, &n, &source, &r->notes);
	deep = n < all;
	/* md4c 0.4.8 looks at the byte behind the text: a NUL. */
	if (deep && !any_other) {
		buf_clear(&source);
		buf_add(&source, s, n);
	}
	if (any_other || deep) {
		s = buf_text(&source);
		n = source.len;
	}
	md_tree_init(&r->tree, r->opt, any ? &codes : NULL, r->doc);
	md_tree_init(&r->notes_tree, r->opt, any ? &codes : NULL, r->doc);
	r->tree.tildes = r->notes_tree.tildes = has_tildes(s, n);
	r->collect = r->notes.n > 0;
	if (r->collect)
		r->tree.notes = r->notes_tree.notes = &r->notes;
	whole = md_parse_body(r, s, n);
	if (!whole) {
		end_early(r);
	} else if (r->tree.html.n > 0) {
		md_html_close(&r->tree);
		md_layout_tree(&r->layout, &r->tree);
	}
	if (r->notes.n > 0 && !r->collect)
		md_layout_notes(&r->layout, &r->notes_tree, &r->notes);
	if (whole && deep && !r->doc->cut)
		md_bound_note(&r->layout, "it is nested too deeply");
	else if (!whole)
		r->doc->cut = true;
	md_shortcodes_dispose(&codes);
	buf_dispose(&source);
	buf_dispose(&emoji);
	buf_dispose(&math);
}

struct doc *
md_render(
    const char *body, size_t len, const struct md_options *opt, struct err *err)
{
	struct md_render r = {.opt = opt};
	size_t max = opt->budget ? opt->budget : 80 * len + ((size_t)4 << 20);

	if (len > BODY_MAX) {
		err_set(err, "it has %zu MB of text; %zu are the most shown",
		    len >> 20, BODY_MAX >> 20);
		return NULL;
	}
	r.budget = max < TEXT_MAX ? max : TEXT_MAX;
	r.doc = doc_new(len, r.budget, opt->progress);
	md_layout_init(&r.layout, r.doc, opt);
	if (opt->header && opt->header->title)
		md_layout_header(&r.layout, opt->header);
	if (opt->format == MD_PLAIN)
		render_plain(&r, body, len);
	else if (opt->format == MD_HTML)
		render_html(&r, body, len);
	else
		render_body(&r, body, len);
	if (r.doc->cut)
		md_bound_note(
		    &r.layout, progress_cancelled(opt->progress)
				   ? "it was not waited for"
				   : "it takes too much work to lay out");
	dispose(&r);
	return r.doc;
}
