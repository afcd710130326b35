/* SPDX-License-Identifier: ISC */
/* The head of a page: title, rule, and the facts about the post. */
#include "md_priv.h"

#include <stdio.h>
#include <string.h>

#include "text.h"

/* Where the facts stand on their line. */
struct facts {
	struct md_layout *l;
	bool begun;
	int used;
};

static void
end_facts(struct facts *f)
{
	if (f->begun)
		md_layout_end(f->l);
	f->begun = false;
	f->used = 0;
}

/* One fact: beside the last where it fits, else on the next line. */
static void
put_fact(struct facts *f, const char *s, size_t len, int style)
{
	struct md_layout *l = f->l;
	int cols = md_columns(s, len), room = md_layout_room(l);

	if (len == 0)
		return;
	if (f->begun && f->used + 3 + cols > room)
		end_facts(f);
	if (f->begun) {
		doc_puts(l->doc, " ", MD_FACT);
		doc_puts(l->doc, l->g->dot, MD_FACT);
		doc_puts(l->doc, " ", MD_FACT);
		f->used += 3;
	}
	l->wrap.n = 0;
	md_wrap_text(&l->wrap, s, len, room);
	for (size_t i = 0; i < l->wrap.n; i++) {
		if (i > 0)
			end_facts(f);
		if (!f->begun)
			md_layout_begin(l);
		f->begun = true;
		doc_put(l->doc, s + l->wrap.cuts[i].at, l->wrap.cuts[i].len,
		    style, 0, -1);
		f->used += l->wrap.cuts[i].cols;
	}
}

static void
put_cover(struct facts *f, const char *address, struct md_picture *p)
{
	const struct md_options *opt = f->l->opt;
	struct buf b = {0};
	bool known = opt->picture && opt->picture(opt->ctx, address, p);

	buf_puts(&b, known && p->missing ? "missing cover " : "cover ");
	text_clean(&b, address, strlen(address));
	if (known && p->width > 0 && p->height > 0)
		buf_printf(&b, " %dx%d", p->width, p->height);
	put_fact(f, b.data, b.len, known && p->missing ? MD_MISSING : MD_FACT);
	buf_dispose(&b);
}

static void
put_title(struct md_layout *l, const char *title)
{
	struct buf b = {0};

	text_clean(&b, title, strlen(title));
	l->wrap.n = 0;
	md_wrap_text(&l->wrap, buf_text(&b), b.len, md_layout_room(l));
	for (size_t i = 0; i < l->wrap.n; i++) {
		md_layout_begin(l);
		doc_put(l->doc, b.data + l->wrap.cuts[i].at,
		    l->wrap.cuts[i].len, MD_TITLE, 0, -1);
		md_layout_end(l);
	}
	md_layout_begin(l);
	doc_repeat(l->doc, l->g->rule, md_layout_room(l), MD_RULE);
	md_layout_end(l);
	buf_dispose(&b);
}

void
md_layout_header(struct md_layout *l, const struct md_header *h)
{
	struct facts f = {.l = l};
	struct md_picture cover = {0};
	struct buf b = {0};

	put_title(l, h->title);
	if (h->badge) {
		text_clean(&b, h->badge, strlen(h->badge));
		put_fact(&f, buf_text(&b), b.len, MD_BADGE);
	}
	for (size_t i = 0; i < h->nfacts; i++) {
		const struct md_fact *fact = &h->facts[i];

		buf_clear(&b);
		text_clean(&b, fact->label, strlen(fact->label));
		if (b.len > 0)
			buf_putc(&b, ' ');
		text_clean(&b, fact->text, strlen(fact->text));
		put_fact(&f, buf_text(&b), b.len, MD_FACT);
	}
	if (h->cover)
		put_cover(&f, h->cover, &cover);
	end_facts(&f);
	if (h->cover)
		md_picture_cover(l, h->cover, &cover);
	buf_dispose(&b);
}
