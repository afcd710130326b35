/* SPDX-License-Identifier: ISC */
/* A card: how a page looks in a list, in a frame, with notes below it. */
#include <string.h>

#include "md_priv.h"
#include "text.h"

#define CARD_COLS  64 /* of the frame, at most */
#define CARD_BYTES ((size_t)8 << 20)
#define LEAST      20 /* columns below which there is no frame */

struct card {
	struct md_layout l;
	int cols;   /* of the frame */
	bool frame; /* there is one */
};

static void
edge(struct card *c, const char *left, const char *right)
{
	struct doc *d = c->l.doc;

	if (!c->frame)
		return;
	md_layout_begin(&c->l);
	doc_puts(d, left, MD_RULE);
	doc_repeat(d, c->l.g->rule, c->cols - 2, MD_RULE);
	doc_puts(d, right, MD_RULE);
	md_layout_end(&c->l);
}

/* A line in the frame: cols columns of s. */
static void
row(struct card *c, const char *s, size_t len, int cols, int style)
{
	struct doc *d = c->l.doc;

	md_layout_begin(&c->l);
	if (c->frame) {
		doc_puts(d, c->l.g->bar, MD_RULE);
		doc_puts(d, " ", MD_TEXT);
	}
	doc_put(d, s, len, style, 0, -1);
	if (c->frame) {
		doc_blank(d, c->cols - 3 - cols, MD_TEXT);
		doc_puts(d, c->l.g->bar, MD_RULE);
	}
	md_layout_end(&c->l);
}

/* Text as wrapped lines, which its newlines end. */
static void
rows(struct card *c, const char *text, int style, int room)
{
	struct buf b = {0};
	size_t n;

	for (const char *s = text; *s; s += n + (s[n] == '\n')) {
		n = strcspn(s, "\n");
		buf_clear(&b);
		text_clean(&b, s, n);
		c->l.wrap.n = 0;
		md_wrap_text(&c->l.wrap, buf_text(&b), b.len, room);
		for (size_t i = 0; i < c->l.wrap.n; i++) {
			const struct md_cut *cut = &c->l.wrap.cuts[i];

			row(c, b.data + cut->at, cut->len, cut->cols, style);
		}
	}
	buf_dispose(&b);
}

static void
facts(struct card *c, const struct md_card *card, int room)
{
	struct buf line = {0}, fact = {0};

	for (size_t i = 0; i <= card->nfacts; i++) {
		buf_clear(&fact);
		if (i < card->nfacts) {
			const struct md_fact *f = &card->facts[i];

			buf_printf(&fact, "%s%s%s", f->label,
			    *f->label ? " " : "", f->text);
		}
		if (line.len > 0 &&
		    (i == card->nfacts ||
			md_columns(line.data, line.len) + 3 +
				md_columns(buf_text(&fact), fact.len) >
			    room)) {
			rows(c, line.data, MD_FACT, room);
			buf_clear(&line);
		}
		if (line.len > 0)
			buf_printf(&line, " %s ", c->l.g->dot);
		buf_add(&line, buf_text(&fact), fact.len);
	}
	buf_dispose(&line);
	buf_dispose(&fact);
}

static void
gap(struct card *c)
{
	row(c, "", 0, 0, MD_TEXT);
}

static void
notes(struct card *c, const struct md_card *card)
{
	int room = md_layout_room(&c->l);

	c->frame = false;
	doc_end_line(c->l.doc);
	for (size_t i = 0; i < card->nnotes; i++)
		rows(c, card->notes[i].text,
		    card->notes[i].warning ? MD_BADGE : MD_FACT, room);
}

struct doc *
md_card(const struct md_card *card, int width, bool ascii)
{
	struct md_options opt = {.width = width, .ascii = ascii};
	struct card c = {.cols = 0};
	struct doc *d = doc_new(0, CARD_BYTES, NULL);
	int room;

	md_layout_init(&c.l, d, &opt);
	c.cols = md_layout_room(&c.l);
	c.frame = c.cols >= LEAST;
	if (c.cols > CARD_COLS)
		c.cols = CARD_COLS;
	room = c.frame ? c.cols - 4 : c.cols;
	edge(&c, c.l.g->top[0], c.l.g->top[2]);
	rows(&c, card->cover, card->lacks_cover ? MD_MISSING : MD_LABEL, room);
	gap(&c);
	rows(&c, card->title, MD_TITLE, room);
	if (*card->badge)
		rows(&c, card->badge, MD_BADGE, room);
	facts(&c, card, room);
	gap(&c);
	rows(&c, card->text, MD_TEXT, room);
	if (card->more)
		rows(&c, "Read more", MD_LINK, room);
	edge(&c, c.l.g->bottom[0], c.l.g->bottom[2]);
	notes(&c, card);
	md_layout_dispose(&c.l);
	return d;
}
