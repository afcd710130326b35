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
#include "mem.h"
#include "page.h"
#include "summary_card.h"
#include "theme.h"

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

static int
parse_color(const char *text, bool *color, struct err *err)
{
	const char *no = getenv("NO_COLOR");

	if (strcmp(text, "always") == 0)
		*color = true;
	else if (strcmp(text, "never") == 0)
		*color = false;
	else if (strcmp(text, "auto") == 0)
		*color = isatty(STDOUT_FILENO) && !(no && *no);
	else
		return err_code(err, ERR_USAGE,
		    "--color %s: not one of auto, always, never", text);
	return 0;
}

/* The SGR sequence (ECMA-48) of a span. */
static void
sgr(const struct md_span *s)
{
	struct look look = theme_look(THEME_DARK, STYLE_MD + s->style);
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

/* The bytes [from, to) of a line. */
static void
print_spans(const struct doc *doc, size_t i, size_t from, size_t to)
{
	size_t len, n;
	const char *line = doc_line(doc, i, &len);
	const struct md_span *spans = doc_spans(doc, i, &n);

	for (size_t j = 0; j < n; j++) {
		size_t at = spans[j].at, end = at + spans[j].len;

		at = at < from ? from : at;
		end = end > to ? to : end;
		if (at >= end)
			continue;
		sgr(&spans[j]);
		fwrite(line + at, 1, end - at, stdout);
	}
	if (n > 0)
		fputs("\033[m", stdout);
}

static void
print_doc(const struct doc *doc, bool color, struct cli_pictures *pictures)
{
	for (size_t i = 0; i < doc_lines(doc); i++) {
		size_t len, from, to;
		const char *line = doc_line(doc, i, &len);
		int blank;

		if (!color) {
			fwrite(line, 1, len, stdout);
		} else if (cli_pictures_on(pictures, i, &from, &to, &blank)) {
			print_spans(doc, i, 0, from);
			printf("%*s", blank, "");
			cli_pictures_print(pictures, i);
			print_spans(doc, i, to, len);
		} else {
			print_spans(doc, i, 0, len);
		}
		putchar('\n');
	}
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

/* How long lines of text are on the screen, so that they are the same here;
 * settings that cannot be read are no reason to show nothing. */
static int
measure(const char *root)
{
	struct err ignored;
	struct conf *conf = conf_load(root, &ignored);
	int columns = conf ? conf_int(conf, "preview.measure") : 0;

	conf_free(conf);
	return columns ? columns : 76;
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

/* How a post is to be shown. */
struct showing {
	bool summary, json, color;
	struct md_options options;
	struct cli_pictures pictures;
};

static int
show_post(struct showing *how, const struct site *site,
    const struct entry *entry, const struct post *post, struct err *err)
{
	const struct site_config *c = site->config;
	struct doc *doc;

	if (how->json) {
		print_summary(c, entry, post);
		return 0;
	}
	doc = how->summary
		  ? summary_card(
			c, entry, post, site->now, how->options.width, false)
		  : page_render(c, entry, post, site->now, &how->options, err);
	if (!doc)
		return -1;
	cli_pictures_begin(&how->pictures, doc, post->path);
	print_doc(doc, how->color, &how->pictures);
	doc_free(doc);
	return 0;
}

int
cli_show(struct cli *cli, struct err *err)
{
	const char *width = NULL, *when = "auto", *draw = "auto";
	struct showing how = {.options.width = terminal_width()};
	const struct cli_option opts[] = {
	    {"width", 'w', .text = &width},
	    {"color", 0, .text = &when},
	    {"pictures", 0, .text = &draw},
	    {"summary", 's', .flag = &how.summary},
	    {"json", 0, .flag = &how.json},
	};
	struct site_config *config = NULL;
	struct site *site;
	const struct entry *entry = NULL;
	struct post *post = NULL;
	char *path = NULL, *dir;
	bool in_site;
	int status = -1;

	if (cli_parse(cli, opts, NITEMS(opts), 1, 1, err) == -1 ||
	    (width && parse_width(width, &how.options.width, err) == -1) ||
	    parse_color(when, &how.color, err) == -1)
		return -1;
	if (how.json && !how.summary)
		return err_code(err, ERR_USAGE, "--json: only with --summary");
	if (!(path = cli_file(cli, cli->argv[0], &config, err)))
		return -1;
	in_site = config != NULL;
	if (!in_site) {
		dir = path_dir(path);
		config = site_config_none(dir);
		free(dir);
	}
	/* A width that is asked for is filled. */
	how.options.measure = width ? how.options.width : measure(config->root);
	site = site_new(config, date_now_unix());
	if (cli_pictures_init(&how.pictures, cli, config, draw, how.color,
		&how.options.picture_rows, err) == -1)
		goto out;
	if (in_site)
		entry = one_entry(site, path);
	if (!(post = post_view(path, err)))
		err_where(err, cli->argv[0]);
	else
		status = show_post(&how, site, entry, post, err);
out:
	cli_pictures_dispose(&how.pictures);
	post_free(post);
	site_free(site);
	free(path);
	return status;
}
