/* SPDX-License-Identifier: ISC */
/*
 * What a terminal cannot show as text stands in a labelled box: pictures,
 * frames, videos, shortcodes.
 */
#include "md_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

#define LEAST 16 /* columns below which there is no frame */

static int
columns(const char *s)
{
	return s ? md_columns(s, strlen(s)) : 0;
}

/* An edge with what stands in it already written: used columns. */
static void
fill_edge(struct md_layout *l, const char *corner, int used, int cols)
{
	if (used < cols - 1)
		doc_repeat(l->doc, l->g->rule, cols - 1 - used, MD_RULE);
	doc_puts(l->doc, corner, MD_RULE);
	md_layout_end(l);
}

/* A name or address; a link where the thing is one. */
static void
put_name(struct md_layout *l, const struct md_box *box, const char *s, size_t n)
{
	doc_put(
	    l->doc, s, n, box->link >= 0 ? MD_LINK : MD_LABEL, 0, box->link);
}

static void
put_label(struct md_layout *l, const struct md_box *box, int cols)
{
	const char *s = box->label;
	int used;

	doc_put(l->doc, s, md_wrap_cut(s, strlen(s), cols - 4, &used),
	    box->label_style, 0, -1);
}

/*
 * The upper edge with the label, and with name and fact where there is room;
 * what stands in it is NULL then.
 */
static void
top(struct md_layout *l, struct md_box *box, int cols)
{
	int used = 2 + columns(box->label), more;

	if (used > cols - 2)
		used = cols - 2;
	md_layout_begin(l);
	doc_puts(l->doc, l->g->top[0], MD_RULE);
	doc_puts(l->doc, " ", MD_RULE);
	put_label(l, box, cols);
	more = box->fact ? 2 + columns(box->fact) : 0;
	if (box->name && used + 2 + columns(box->name) + more + 2 <= cols) {
		doc_puts(l->doc, "  ", MD_RULE);
		put_name(l, box, box->name, strlen(box->name));
		used += 2 + columns(box->name);
		box->name = NULL;
	}
	if (box->fact && used + more + 2 <= cols) {
		doc_puts(l->doc, "  ", MD_RULE);
		doc_puts(l->doc, box->fact, box->fact_style);
		used += more;
		box->fact = NULL;
	}
	doc_puts(l->doc, " ", MD_RULE);
	fill_edge(l, l->g->top[2], used + 1, cols);
}

static void
begin_row(struct md_layout *l, bool frame)
{
	md_layout_begin(l);
	if (!frame)
		return;
	doc_puts(l->doc, l->g->bar, MD_RULE);
	doc_puts(l->doc, " ", MD_TEXT);
}

static void
end_row(struct md_layout *l, bool frame, int used, int cols)
{
	if (frame) {
		doc_blank(l->doc, cols - 3 - used, MD_TEXT);
		doc_puts(l->doc, l->g->bar, MD_RULE);
	}
	md_layout_end(l);
}

static void
close_edge(struct md_layout *l)
{
	int cols = md_layout_room(l);

	if (cols < LEAST)
		return;
	md_layout_begin(l);
	doc_puts(l->doc, l->g->bottom[0], MD_RULE);
	fill_edge(l, l->g->bottom[2], 1, cols);
}

enum part { PART_LABEL, PART_NAME, PART_FACT, PART_BODY };

/* Wrapped rows of a string. */
static void
rows(struct md_layout *l, const struct md_box *box, bool frame, int cols,
    enum part part, const char *s, size_t len)
{
	l->wrap.n = 0;
	md_wrap_text(&l->wrap, s, len, frame ? cols - 4 : cols);
	for (size_t i = 0; i < l->wrap.n; i++) {
		const struct md_cut *c = &l->wrap.cuts[i];

		begin_row(l, frame);
		if (part == PART_NAME)
			put_name(l, box, s + c->at, c->len);
		else if (part == PART_LABEL)
			doc_put(
			    l->doc, s + c->at, c->len, box->label_style, 0, -1);
		else
			doc_put(l->doc, s + c->at, c->len,
			    part == PART_FACT ? box->fact_style : MD_TEXT, 0,
			    -1);
		end_row(l, frame, c->cols - c->hyphen, cols);
	}
}

/* Blank rows, in the middle of which the picture is to be drawn. */
static void
picture_rows(struct md_layout *l, const struct md_box *box, int cols)
{
	int column = l->margin + l->prefix + 2 + (cols - 4 - box->cols) / 2;

	doc_add_picture(l->doc, box->picture, column, box->rows, box->cols);
	for (int i = 0; i < box->rows; i++) {
		begin_row(l, true);
		end_row(l, true, 0, cols);
	}
}

void
md_layout_box(struct md_layout *l, struct md_box *box)
{
	int cols = md_layout_room(l);
	bool frame = cols >= LEAST;

	if (box->name && !*box->name)
		box->name = NULL;
	if (frame)
		top(l, box, cols);
	else
		rows(l, box, false, cols, PART_LABEL, box->label,
		    strlen(box->label));
	if (box->name)
		rows(l, box, frame, cols, PART_NAME, box->name,
		    strlen(box->name));
	if (box->fact)
		rows(l, box, frame, cols, PART_FACT, box->fact,
		    strlen(box->fact));
	if (box->picture && frame)
		picture_rows(l, box, cols);
	if (box->body)
		rows(l, box, frame, cols, PART_BODY, box->body, box->nbody);
	if (!box->open_end)
		close_edge(l);
}

static const char *
base_name(const char *address)
{
	const char *slash = strrchr(address, '/');

	return slash && slash[1] ? slash + 1 : address;
}

static void
picture(struct md_layout *l, const struct md_object *o, struct md_box *box,
    const char *address)
{
	char fact[48] = "";

	box->label = "picture";
	if (o->known && o->picture.missing) {
		box->fact = "missing";
		box->fact_style = MD_MISSING;
		box->name = address;
	} else if (o->known) {
		box->name = base_name(address);
		if (o->picture.width > 0 && o->picture.height > 0)
			snprintf(fact, sizeof(fact), "%dx%d", o->picture.width,
			    o->picture.height);
		box->fact = *fact ? fact : NULL;
		if (md_picture_fit(&o->picture, md_layout_room(l) - 4,
			l->opt->picture_rows, &box->cols, &box->rows))
			box->picture = address;
	} else {
		box->name = address;
	}
	md_layout_box(l, box);
}

/* An argument as text of its own. Caller frees. */
static char *
argument(const struct md_code *c, const char *name)
{
	struct buf b = {0};
	const char *v;
	size_t n;

	if (md_shortcode_arg(c, name, -1, &v, &n))
		text_clean(&b, v, n);
	return buf_steal(&b);
}

/* {{< figure src= alt= >}}, as Hugo's own; its caption follows as text. */
static void
figure(struct md_layout *l, const struct md_code *c, struct md_box *box)
{
	struct md_object o = {.kind = OBJECT_PICTURE};
	char *src = argument(c, "src"), *alt = argument(c, "alt");

	if (l->opt->picture)
		o.known = l->opt->picture(l->opt->ctx, src, &o.picture);
	box->body = alt;
	box->nbody = strlen(box->body);
	picture(l, &o, box, src);
	free(alt);
	free(src);
}

static void
shortcode(struct md_layout *l, const struct md_object *o, struct md_box *box)
{
	const struct md_code *c = &l->tree->codes->v[o->address];
	struct buf name = {0}, args = {0};
	char *address = md_shortcode_embed(c);

	text_clean(&name, c->name, c->nname);
	if (o->nalt > 0)
		buf_add(&args, l->tree->text.data + o->alt, o->nalt);
	else if (address)
		text_clean(&args, address, strlen(address));
	else
		text_clean(&args, c->args, c->nargs);
	if (o->known && o->picture.missing) {
		box->fact = "missing";
		box->fact_style = MD_MISSING;
	}
	if (!strcmp(buf_text(&name), "figure")) {
		figure(l, c, box);
	} else {
		box->label = buf_text(&name);
		box->name = buf_text(&args);
		box->open_end = c->kind == CODE_OPEN || c->kind == CODE_RAW;
		md_layout_box(l, box);
		if (c->kind == CODE_RAW) {
			md_layout_raw(l, c->inner, c->ninner);
			close_edge(l);
		}
	}
	free(address);
	buf_dispose(&name);
	buf_dispose(&args);
}

void
md_layout_object(struct md_layout *l, const struct md_object *o)
{
	static const char *const labels[] = {
	    [OBJECT_FRAME] = "iframe",
	    [OBJECT_VIDEO] = "video",
	    [OBJECT_AUDIO] = "audio",
	};
	struct md_box box = {
	    .label_style = MD_LABEL,
	    .fact_style = MD_FACT,
	    .link = o->link,
	    .body = l->tree->text.data + o->alt,
	    .nbody = o->nalt,
	};
	const char *address;

	if (o->kind == OBJECT_CODE) {
		box.body = NULL;
		if (l->tree->codes->v[o->address].kind == CODE_CLOSE)
			close_edge(l);
		else
			shortcode(l, o, &box);
		return;
	}
	address = l->tree->strings.data + o->address;
	if (o->kind == OBJECT_PICTURE) {
		picture(l, o, &box, address);
		return;
	}
	box.label = labels[o->kind];
	box.name = address;
	md_layout_box(l, &box);
}
