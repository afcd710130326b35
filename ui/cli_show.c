/* SPDX-License-Identifier: ISC */
/* galley show: posts as their readers will get them. */
#include "cli_priv.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli_picture.h"
#include "date.h"
#include "links.h"
#include "mem.h"
#include "page.h"
#include "summary_card.h"
#include "text.h"
#include "theme.h"

#define MOST ((size_t)64 << 20) /* bytes that are read, as of files */

static int
parse_width(const char *text, int *width, struct err *err)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(text, &end, 10);
	if (errno || *end || end == text || n < 10 || n > 10000)
		return err_code(err, ERR_USAGE,
		    "--width %s: not a number from 10 to 10000", text);
	*width = (int)n;
	return 0;
}

/* The columns of the terminal on standard output, or 80. */
static int
terminal_width(void)
{
	struct winsize w;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col >= 10)
		return w.ws_col;
	return 80;
}

static bool
is_set(const char *name)
{
	const char *value = getenv(name);

	return value && *value;
}

/* By no-color.org and bixense.com/clicolors, the first one goes first. */
static bool
wants_color(void)
{
	const char *force = getenv("CLICOLOR_FORCE");
	const char *color = getenv("CLICOLOR"), *term = getenv("TERM");

	if (is_set("NO_COLOR"))
		return false;
	if (force && *force && strcmp(force, "0") != 0)
		return true;
	return isatty(STDOUT_FILENO) && !(color && strcmp(color, "0") == 0) &&
	       term && *term && strcmp(term, "dumb") != 0;
}

/* One of auto, always, never; *on is already what auto means. */
static int
parse_when(const char *option, const char *text, bool *on, struct err *err)
{
	if (strcmp(text, "always") == 0)
		*on = true;
	else if (strcmp(text, "never") == 0)
		*on = false;
	else if (strcmp(text, "auto") != 0)
		return err_code(err, ERR_USAGE,
		    "%s %s: not one of auto, always, never", option, text);
	return 0;
}

/* The SGR sequence (ECMA-48) of a span. */
static void
sgr(const struct md_span *s)
{
	struct look look = theme_look(NULL, THEME_DARK, STYLE_MD + s->style);
	unsigned attr = look.attr | (unsigned)s->attr << 8;

	fputs("\033[0", stdout);
	if (attr & ATTR_BOLD)
		fputs(";1", stdout);
	if (attr & ATTR_ITALIC)
		fputs(";3", stdout);
	if (attr & ATTR_UNDERLINE)
		fputs(";4", stdout);
	if (attr & ATTR_REVERSE)
		fputs(";7", stdout);
	if (attr & ATTR_STRIKE)
		fputs(";9", stdout);
	if (look.fg16 < 8)
		printf(";%d", 30 + look.fg16);
	else if (look.fg16 < 16)
		printf(";%d", 90 + look.fg16 - 8);
	putchar('m');
}

/* What is printed, and how. */
struct show {
	struct cli *cli;
	const char *width, *pictures; /* as they were given, or NULL */
	int columns;
	bool color, links;
	bool summary, json; /* the page's card, as data */
	bool several;       /* each has a line with its name */
	bool printed;       /* one of them */
	int64_t now;
};

/* A page on its way to the output. */
struct printing {
	const struct show *show;
	const struct doc *doc;
	const char *address; /* the page's, or "" */
	struct cli_pictures pictures;
};

/* The start of a link, the same on all its lines (id). False: no link. */
static bool
link_open(const struct printing *p, int link)
{
	char *to =
	    link < 0 || !p->show->links
		? NULL
		: links_address(p->address, doc_link(p->doc, (size_t)link));

	if (!to)
		return false;
	printf("\033]8;id=%d;%s\033\\", link + 1, to);
	free(to);
	return true;
}

/* The bytes [from, to) of a line. */
static void
print_spans(const struct printing *p, size_t i, size_t from, size_t to)
{
	size_t len, n;
	const char *line = doc_line(p->doc, i, &len);
	const struct md_span *spans = doc_spans(p->doc, i, &n);

	for (size_t j = 0; j < n; j++) {
		size_t at = spans[j].at, end = at + spans[j].len;
		bool linked;

		at = at < from ? from : at;
		end = end > to ? to : end;
		if (at >= end)
			continue;
		linked = link_open(p, spans[j].link);
		if (p->show->color)
			sgr(&spans[j]);
		fwrite(line + at, 1, end - at, stdout);
		if (linked)
			fputs("\033]8;;\033\\", stdout);
	}
	if (n > 0 && p->show->color)
		fputs("\033[m", stdout);
}

static void
print_line(struct printing *p, size_t i)
{
	size_t len, from, to;
	const char *line = doc_line(p->doc, i, &len);
	int blank;

	if (!p->show->color && !p->show->links) {
		fwrite(line, 1, len, stdout);
	} else if (p->show->color &&
		   cli_pictures_on(&p->pictures, i, &from, &to, &blank)) {
		print_spans(p, i, 0, from);
		printf("%*s", blank, "");
		cli_pictures_print(&p->pictures, i);
		print_spans(p, i, to, len);
	} else {
		print_spans(p, i, 0, len);
	}
	putchar('\n');
}

static bool
is_input(const char *arg)
{
	return strcmp(arg, "-") == 0;
}

/* How a message and the line above a page call it. */
static const char *
called(const char *arg)
{
	return is_input(arg) ? "standard input" : arg;
}

/* As head(1) has it. */
static void
print_name(struct show *s, const char *arg)
{
	struct buf b = {0};

	text_clean(&b, arg, strlen(arg));
	printf("%s%s==> %s <==%s\n", s->printed ? "\n" : "",
	    s->color ? "\033[1m" : "", buf_text(&b), s->color ? "\033[m" : "");
	buf_dispose(&b);
}

static struct post *
read_input(struct show *s, struct err *err)
{
	char *path = path_join(s->cli->cwd, "standard input"), chunk[16384];
	struct post *post = NULL;
	struct buf text = {0};
	size_t n, len;

	while ((n = fread(chunk, 1, sizeof(chunk), stdin)) > 0 &&
	       text.len + n <= MOST)
		buf_add(&text, chunk, n);
	if (ferror(stdin)) {
		err_set(err, "standard input: %s", strerror(errno));
	} else if (n > 0) {
		err_set(err, "standard input: is larger than 64 MiB");
	} else {
		buf_add(&text, "", 0);
		len = text.len;
		post = post_parse(path, buf_steal(&text), len, err);
		if (!post)
			err_where(err, "standard input");
	}
	buf_dispose(&text);
	free(path);
	return post;
}

/* The entry of one file, for its state and address; NULL outside a site. */
static const struct entry *
one_entry(struct site *site, const char *path)
{
	const char *rel = path_below(site->config->root, path);

	if (!rel)
		return NULL;
	site_refresh(site, rel);
	return site_entry(site, rel);
}

/* As on the screen, so that lines are the same here; settings that cannot be
 * read are no reason to show nothing. */
static void
settings(const struct show *s, const char *root, struct md_options *mo)
{
	struct err ignored;
	struct conf *conf = conf_load(root, &ignored);
	int measure = conf ? conf_int(conf, "preview.measure") : 0;

	mo->width = s->columns;
	mo->measure = s->width ? s->columns : measure ? measure : 76;
	mo->ascii = conf && conf_bool(conf, "ascii");
	conf_free(conf);
}

static void
print_summary(const struct site_config *c, const struct entry *entry,
    const struct post *post)
{
	struct value *map = summary_values(c, entry, post);
	struct buf b = {0};

	value_json(map, 2, &b);
	puts(buf_text(&b));
	buf_dispose(&b);
	value_free(map);
}

static struct doc *
render(const struct show *s, const struct site *site, const struct entry *entry,
    const struct post *post, const struct md_options *mo, struct err *err)
{
	const struct site_config *c = site->config;

	if (s->summary)
		return summary_card(
		    c, entry, post, site->now, s->columns, false);
	return page_render(c, entry, post, site->now, mo, err);
}

/* Render and print; takes nothing. */
static int
print_page(struct show *s, const char *arg, const struct site *site,
    const struct entry *entry, const struct post *post, struct err *err)
{
	struct printing p = {
	    .show = s, .address = entry ? entry->permalink : ""};
	struct md_options mo = {0};
	struct doc *doc = NULL;

	settings(s, site->config->root, &mo);
	if (cli_pictures_init(&p.pictures, s->cli, site->config, s->pictures,
		s->color, &mo.picture_rows, err) == 0)
		doc = render(s, site, entry, post, &mo, err);
	if (doc) {
		if (s->several)
			print_name(s, called(arg));
		p.doc = doc;
		cli_pictures_begin(&p.pictures, doc, post->path);
		for (size_t i = 0; i < doc_lines(doc) && !ferror(stdout); i++)
			print_line(&p, i);
		s->printed = true;
	}
	cli_pictures_dispose(&p.pictures);
	doc_free(doc);
	return doc ? 0 : -1;
}

/* Where arg is: a file's path, or NULL for standard input, and the site. */
static int
locate(struct show *s, const char *arg, char **path,
    struct site_config **config, bool *in_site, struct err *err)
{
	char *dir, *root;

	if (!is_input(arg)) {
		if (!(*path = cli_file(s->cli, arg, config, err)))
			return -1;
	} else if ((root = site_find(s->cli->cwd, err))) {
		*config = site_config_load(root, err);
		free(root);
		if (!*config)
			return -1;
	}
	*in_site = *config != NULL;
	if (!*in_site) {
		dir = *path ? path_dir(*path) : xstrdup(s->cli->cwd);
		*config = site_config_none(dir);
		free(dir);
	}
	return 0;
}

static int
show_one(struct show *s, const char *arg, struct err *err)
{
	struct site_config *config = NULL;
	const struct entry *entry = NULL;
	struct site *site;
	struct post *post;
	char *path = NULL;
	bool in_site;
	int r = -1;

	if (locate(s, arg, &path, &config, &in_site, err) == -1)
		return -1;
	site = site_new(config, s->now);
	if (path && in_site)
		entry = one_entry(site, path);
	post = path ? post_view(path, err) : read_input(s, err);
	if (post && s->json)
		print_summary(site->config, entry, post);
	if (post)
		r = s->json ? 0 : print_page(s, arg, site, entry, post, err);
	else if (path)
		err_where(err, arg);
	post_free(post);
	site_free(site);
	free(path);
	return r;
}

/* All of them, though one cannot be read. */
static int
show_all(struct show *s, struct err *err)
{
	struct cli *cli = s->cli;
	int status = 0, now;

	for (int i = 0; i < cli->argc && !ferror(stdout); i++) {
		*err = (struct err){0};
		if (show_one(s, cli->argv[i], err) == 0)
			continue;
		now = err_status(err);
		if (cli->argc == 1 || err->code == ERR_USAGE)
			return -1;
		fflush(stdout);
		fprintf(stderr, "galley: %s\n", err->msg);
		status = status ? status : now;
	}
	return status;
}

int
cli_show(struct cli *cli, struct err *err)
{
	const char *color = "auto", *links = "auto";
	struct show s = {.cli = cli,
	    .pictures = "auto",
	    .columns = terminal_width(),
	    .color = wants_color(),
	    .now = date_now_unix()};
	const struct cli_option opts[] = {
	    {"width", 'w', .text = &s.width},
	    {"color", 0, .text = &color},
	    {"links", 0, .text = &links},
	    {"pictures", 0, .text = &s.pictures},
	    {"summary", 's', .flag = &s.summary},
	    {"json", 0, .flag = &s.json},
	};

	s.links = isatty(STDOUT_FILENO) && links_known();
	if (cli_parse(cli, opts, NITEMS(opts), 1, -1, err) == -1 ||
	    (s.width && parse_width(s.width, &s.columns, err) == -1) ||
	    parse_when("--color", color, &s.color, err) == -1 ||
	    parse_when("--links", links, &s.links, err) == -1)
		return -1;
	if (s.json && !s.summary)
		return err_code(err, ERR_USAGE, "--json: only with --summary");
	s.several = cli->argc > 1;
	return show_all(&s, err);
}
