/* SPDX-License-Identifier: ISC */
/* The pictures of a page that is printed, as sequences of ECMA-48. */
#include "cli_picture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "buf.h"
#include "cli_priv.h"
#include "conf.h"
#include "file.h"
#include "page.h"
#include "picture.h"
#include "site.h"
#include "text.h"
#include "theme.h"

#define ROWS 20 /* for a picture, where there is no screen to ask */

/* How many colours the terminal has, by its name. */
static int
terminal_colours(void)
{
	const char *term = getenv("TERM"), *says = getenv("COLORTERM");

	if (says && (!strcmp(says, "truecolor") || !strcmp(says, "24bit")))
		return 1 << 24;
	if (term && strstr(term, "-direct"))
		return 1 << 24;
	return term && strstr(term, "256color") ? 256 : 0;
}

static int
terminal_rows(void)
{
	struct winsize w;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_row >= 8)
		return w.ws_row / 2;
	return ROWS;
}

/* What the settings say; those that cannot be read say nothing. */
static bool
read_settings(struct cli_pictures *p)
{
	struct err ignored;
	struct conf *conf = conf_load(p->config->root, &ignored);
	bool off = conf && !strcmp(conf_text(conf, "preview.pictures"), "off");

	/* Where blocks take two columns there are other signs. */
	p->ascii = (conf && conf_bool(conf, "ascii")) ||
		   text_width("\xe2\x96\x80", 3) != 1;
	conf_free(conf);
	return !off;
}

int
cli_pictures_init(struct cli_pictures *p, const struct cli *cli,
    const struct site_config *config, const char *when, bool color, int *rows,
    struct err *err)
{
	bool always = strcmp(when, "always") == 0;
	bool automatic = strcmp(when, "auto") == 0, wanted;

	*p = (struct cli_pictures){.config = config, .self = cli->self};
	*rows = 0;
	if (!always && !automatic && strcmp(when, "never") != 0)
		return err_code(err, ERR_USAGE,
		    "--pictures %s: not one of auto, always, never", when);
	if (!color || (automatic && !isatty(STDOUT_FILENO)))
		return 0;
	wanted = read_settings(p) || always;
	p->colours = terminal_colours();
	if (always && p->colours == 0)
		p->colours = 256;
	if (wanted && (always || automatic) && p->colours > 0 &&
	    picture_available(p->self))
		*rows = terminal_rows();
	return 0;
}

void
cli_pictures_begin(
    struct cli_pictures *p, const struct doc *doc, const char *path)
{
	p->doc = doc;
	p->dir = path_dir(path);
}

/* The pictures that begin above line i are over. */
static void
draw(struct cli_pictures *p)
{
	struct err ignored;
	char *file = page_picture_file(p->config, p->dir, p->at.address);
	const struct picture_spec spec = {.self = p->self,
	    .path = file,
	    .cols = p->at.cols,
	    .rows = p->at.rows,
	    .colours = p->colours,
	    .ascii = p->ascii};

	free(p->picture);
	p->picture = NULL;
	if (file && p->at.cols <= PICTURE_COLS_MAX &&
	    p->at.rows <= PICTURE_ROWS_MAX)
		p->picture = picture_draw(&spec, NULL, &ignored);
	free(file);
}

/* The byte of the line at a column; *left: columns that it has not. */
static size_t
byte_at(const char *line, size_t len, int column, int *left)
{
	size_t at = 0, n;

	for (; at < len && column > 0; at += n) {
		n = text_next(line + at, len - at);
		column -= text_width(line + at, n);
	}
	*left = column > 0 ? column : 0;
	return at;
}

bool
cli_pictures_on(
    struct cli_pictures *p, size_t i, size_t *from, size_t *to, int *blank)
{
	const char *line;
	size_t len;
	int left;

	while (p->next < doc_pictures(p->doc) &&
	       doc_picture(p->doc, p->next).line <= i) {
		p->at = doc_picture(p->doc, p->next++);
		draw(p);
	}
	if (!p->picture || i < p->at.line ||
	    i >= p->at.line + (size_t)p->at.rows)
		return false;
	line = doc_line(p->doc, i, &len);
	*from = byte_at(line, len, p->at.column, blank);
	*to = *from + byte_at(line + *from, len - *from, p->at.cols, &left);
	return true;
}

static void
put_colour(int what, int32_t rgb, int colours)
{
	if (rgb < 0)
		return;
	if (colours > 256)
		printf(";%d;2;%d;%d;%d", what, rgb >> 16 & 0xff,
		    rgb >> 8 & 0xff, rgb & 0xff);
	else
		printf(";%d;5;%d", what, theme_to_256(rgb));
}

void
cli_pictures_print(const struct cli_pictures *p, size_t i)
{
	const struct picture_cell *c =
	    p->picture->cells + (i - p->at.line) * (size_t)p->picture->cols;
	struct buf b = {0};

	for (int x = 0; x < p->picture->cols; x++) {
		if (x == 0 || c[x].fg != c[x - 1].fg ||
		    c[x].bg != c[x - 1].bg) {
			fputs("\033[0", stdout);
			put_colour(38, c[x].fg, p->colours);
			put_colour(48, c[x].bg, p->colours);
			putchar('m');
		}
		buf_clear(&b);
		text_encode(&b, c[x].cp);
		fwrite(b.data, 1, b.len, stdout);
	}
	fputs("\033[m", stdout);
	buf_dispose(&b);
}

void
cli_pictures_dispose(struct cli_pictures *p)
{
	free(p->picture);
	free(p->dir);
}
