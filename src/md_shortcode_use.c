/* SPDX-License-Identifier: ISC */
/*
 * What shortcodes stand for: references to the page that they find, parameters
 * to their value, Hugo's highlight to a block of code, and those that the site
 * does not have to what is missing.  The site is asked through md_options.
 */
#include "md_priv.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

/* Questions that one body may put to the site. */
#define ASKED_MAX 2000

/* Shortcodes of Hugo's own that show what is at another place. */
static const struct {
	const char *name;
	const char *address; /* before the first argument */
	const char *args[2]; /* joined by between */
	const char *between;
} embeds[] = {
    {"youtube", "https://www.youtube.com/watch?v=", {"id", NULL}, ""},
    {"vimeo", "https://vimeo.com/", {"id", NULL}, ""},
    {"gist", "https://gist.github.com/", {"user", "id"}, "/"},
    {"twitter", "https://twitter.com/", {"user", "id"}, "/status/"},
    {"tweet", "https://twitter.com/", {"user", "id"}, "/status/"},
    {"x", "https://x.com/", {"user", "id"}, "/status/"},
    {"instagram", "https://www.instagram.com/p/", {"id", NULL}, ""},
};

static bool
name_is(const struct md_code *c, const char *name)
{
	return c->nname == strlen(name) && !memcmp(c->name, name, c->nname);
}

/* An argument by name, or else by position, as it is. Caller frees. */
static char *
argument(const struct md_code *c, const char *name, int pos)
{
	const char *v;
	size_t n;

	if (!(name && md_shortcode_arg(c, name, -1, &v, &n)) &&
	    !md_shortcode_arg(c, NULL, pos, &v, &n))
		return NULL;
	return xstrndup(v, n);
}

char *
md_shortcode_embed(const struct md_code *c)
{
	size_t i = 0;
	char *a, *b, *address = NULL;

	while (i < NITEMS(embeds) && !name_is(c, embeds[i].name))
		i++;
	if (i == NITEMS(embeds))
		return NULL;
	a = argument(c, embeds[i].args[0], 0);
	b = embeds[i].args[1] ? argument(c, embeds[i].args[1], 1) : xstrdup("");
	if (a && b)
		address = xasprintf(
		    "%s%s%s%s", embeds[i].address, a, embeds[i].between, b);
	free(a);
	free(b);
	return address;
}

enum md_answer
md_shortcode_ask(
    struct md_tree *t, const struct md_code *c, char **words, char **address)
{
	enum md_answer answer;
	char *name, *arg;

	*words = *address = NULL;
	if (!t->opt->shortcode || c->kind == CODE_LITERAL ||
	    c->kind == CODE_ADDRESS || (c->kind == CODE_CLOSE && c->matched) ||
	    t->asked >= ASKED_MAX)
		return MD_ANSWER_NONE;
	t->asked++;
	name = xstrndup(c->name, c->nname);
	arg = argument(c, "path", 0);
	answer = t->opt->shortcode(
	    t->opt->ctx, name, arg ? arg : "", words, address);
	free(arg);
	free(name);
	return answer;
}

static int
add_link(struct md_tree *t, const char *address)
{
	struct buf b = {0};
	int link;

	text_clean(&b, address, strlen(address));
	link = doc_add_link(t->doc, buf_text(&b));
	buf_dispose(&b);
	return link;
}

void
md_shortcode_put(struct md_tree *t, const struct md_code *c)
{
	char *words, *address;
	enum md_answer answer = md_shortcode_ask(t, c, &words, &address);
	int was = t->link[1];

	if (answer == MD_ANSWER_TEXT) {
		text_clean(&t->text, words, strlen(words));
		t->fresh = false;
		t->edge = MD_NONE;
	} else {
		if (!address && c->kind != CODE_CLOSE)
			address = md_shortcode_embed(c);
		if (address && was < 0 && t->link[0] < 0)
			t->link[1] = add_link(t, address);
		t->missing = answer == MD_ANSWER_MISSING;
		t->titled = answer == MD_ANSWER_PAGE;
		md_tree_object(t, OBJECT_CODE, (uint32_t)(c - t->codes->v));
		if (t->object != MD_NONE) {
			t->objects[t->object].known = answer != MD_ANSWER_NONE;
			t->objects[t->object].picture.missing =
			    answer == MD_ANSWER_MISSING;
		}
		if (answer == MD_ANSWER_PAGE)
			text_clean(&t->text, words, strlen(words));
		t->titled = false;
		md_tree_object_end(t);
		t->link[1] = was;
	}
	free(words);
	free(address);
}

void
md_shortcode_address(struct md_tree *t, const struct md_code *c, struct buf *b)
{
	char *words, *address;
	enum md_answer answer = md_shortcode_ask(t, c, &words, &address);

	if (answer == MD_ANSWER_PAGE)
		text_clean(b, address, strlen(address));
	else if (answer == MD_ANSWER_TEXT)
		text_clean(b, words, strlen(words));
	else
		md_shortcode_text(c, b);
	free(words);
	free(address);
}

/* "linenos=table,hl_lines=8 15-17" as what follows a fence. */
static void
add_options(struct buf *b, const char *s)
{
	size_t n, key;

	buf_puts(b, " {");
	for (bool first = true; *s; s += n, s += *s == ',', first = false) {
		n = strcspn(s, ",");
		key = strcspn(s, "=,");
		if (!first)
			buf_putc(b, ',');
		buf_add(b, s, key);
		if (key == n)
			continue;
		buf_puts(b, "=\"");
		for (size_t i = key + 1; i < n; i++)
			if (s[i] != '"')
				buf_putc(b, s[i]);
		buf_putc(b, '"');
	}
	buf_putc(b, '}');
}

/* The one object of a paragraph that has nothing else. */
static const struct md_code *
lone_code(const struct md_tree *t, const struct md_node *n)
{
	const struct md_object *o;

	if (!t->codes || n->kind != NODE_P || n->nobject != 1)
		return NULL;
	o = &t->objects[n->object];
	if (o->kind != OBJECT_CODE || o->at != n->at || o->len != n->len)
		return NULL;
	return &t->codes->v[o->address];
}

void
md_shortcode_leaf(struct md_tree *t)
{
	struct md_node *n = &t->nodes[t->leaf];
	const struct md_code *c = lone_code(t, n);
	struct buf info = {0};
	const char *s;
	size_t len;
	char *lang, *options;

	if (!c || c->kind != CODE_RAW || !name_is(c, "highlight"))
		return;
	lang = argument(c, NULL, 0);
	options = argument(c, NULL, 1);
	buf_puts(&info, lang ? lang : "");
	if (options && *options)
		add_options(&info, options);
	t->text.len = n->at;
	t->nruns = n->run;
	t->nobjects = n->object;
	t->nnodes = t->leaf;
	n = md_tree_leaf(t, NODE_CODE);
	n->info = md_tree_string(t, buf_text(&info), info.len);
	s = c->inner;
	len = c->ninner;
	for (; len > 0 && (*s == '\n' || *s == '\r'); len--)
		s++;
	while (len > 0 && (s[len - 1] == '\n' || s[len - 1] == '\r'))
		len--;
	md_tree_code(t, s, len);
	md_tree_code(t, "\n", 1);
	md_tree_end_leaf(t);
	md_code_runs(t, &t->nodes[t->leaf]);
	buf_dispose(&info);
	free(options);
	free(lang);
}
