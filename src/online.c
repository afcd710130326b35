/* SPDX-License-Identifier: ISC */
/* Has a page arrived? */
#include "online.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "http.h"
#include "md.h"
#include "mem.h"
#include "page.h"
#include "text.h"
#include "work.h"

enum {
	SIGNS = 16,        /* pieces of new text that are looked for */
	PIECE = 40,        /* bytes of one, about */
	LARGEST = 8 << 20, /* bytes of an answer that are read */
	FIRST_MS = 1000,   /* between questions at first, */
	LAST_MS = 15000,   /* and in the end */
	TICK_MS = 50,
};

struct online {
	char *url;
	char *title;        /* as plain() has it */
	char *signs[SIGNS]; /* pieces of text that only the new page has */
	size_t nsigns;
	bool gone;
	int status;  /* of the last answer */
	char *moved; /* where it came from, if not from url */
};

/* Nothing that a word is made of: what themes and typographers change. */
static bool
is_gap(uint32_t c)
{
	if (c < 0x80)
		return !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
			 (c >= 'A' && c <= 'Z'));
	return c == 0xa0 || (c >= 0x2000 && c <= 0x2bff) ||
	       (c >= 0x3000 && c <= 0x303f) || c == 0xfffd;
}

/* Folded words with one space between them. */
static void
add_plain(struct buf *out, const char *s, size_t len)
{
	char *folded = text_fold(s, len), *p = folded;
	bool gap = true;
	size_t left = strlen(folded), n;

	for (; left > 0; p += n, left -= n) {
		uint32_t c = text_decode(p, left, &n);

		if (!is_gap(c)) {
			if (gap && out->len > 0)
				buf_putc(out, ' ');
			buf_add(out, p, n);
		}
		gap = is_gap(c);
	}
	free(folded);
}

static char *
plain_doc(const struct doc *doc)
{
	struct buf out = {0};
	const char *line;
	size_t len;

	for (size_t i = 0; doc && i < doc_lines(doc); i++) {
		line = doc_line(doc, i, &len);
		add_plain(&out, line, len);
	}
	return buf_steal(&out);
}

/* The words of a body. Caller frees. */
static char *
plain_body(
    const struct site_config *config, const char *path, const struct fm *fm)
{
	struct md_options opt = {0};
	struct err ignored;
	struct doc *doc;
	const char *body;
	char *plain;
	size_t len;

	page_configure(&opt, config, path);
	opt.width = LARGEST; /* what is on one line stays there */
	body = fm_body(fm, &len, NULL);
	doc = md_render(body, len, &opt, &ignored);
	plain = plain_doc(doc);
	doc_free(doc);
	return plain;
}

/* The words of an answer. Caller frees. */
static char *
plain_html(const struct buf *html)
{
	struct md_options opt = {
	    .width = LARGEST, .format = MD_HTML, .unsafe = true};
	struct err ignored;
	struct doc *doc = md_render(buf_text(html), html->len, &opt, &ignored);
	char *plain = plain_doc(doc);

	doc_free(doc);
	return plain;
}

/* Bytes of the piece that begins s: whole words, or what fits of a long one. */
static size_t
piece_len(const char *s)
{
	size_t len = strlen(s), n = PIECE;

	if (len <= PIECE)
		return len;
	while (n > PIECE / 2 && s[n] != ' ')
		n--;
	if (s[n] != ' ')
		for (n = PIECE; n > 0 && ((unsigned char)s[n] & 0xc0) == 0x80;)
			n--;
	return n > 0 ? n : len;
}

/* Pieces of text that was lacks; from all over, when there are many. */
static void
find_signs(struct online *o, const char *text, const char *was)
{
	size_t seen = 0, n, slot;

	for (; *text; text += n + (text[n] == ' ')) {
		char *piece;

		n = piece_len(text);
		piece = xstrndup(text, n);
		if (strstr(was, piece)) {
			free(piece);
			continue;
		}
		/* The seen-th takes the place of one that stood too near. */
		slot = seen < SIGNS ? seen : seen * 7 % (SIGNS * 2);
		seen++;
		if (slot >= SIGNS) {
			free(piece);
			continue;
		}
		free(o->signs[slot]);
		o->signs[slot] = piece;
		if (o->nsigns <= slot)
			o->nsigns = slot + 1;
	}
}

static char *
plain_title(const struct fm *fm)
{
	const char *title = value_text(value_get(fm_values(fm), "title"));
	struct buf out = {0};

	if (title)
		add_plain(&out, title, strlen(title));
	return buf_steal(&out);
}

static bool
is_web(const char *url)
{
	return strncmp(url, "http://", 7) == 0 ||
	       strncmp(url, "https://", 8) == 0;
}

struct online *
online_new(const struct site_config *config, const char *path, const char *url,
    const struct fm *now, const struct fm *was, bool gone, struct err *err)
{
	struct online *o;
	char *text, *old;

	if (!is_web(url)) {
		err_set(err,
		    "%s is no address on the web: set baseURL in the site's "
		    "configuration",
		    url);
		return NULL;
	}
	o = xcalloc(1, sizeof(*o));
	o->url = xstrdup(url);
	o->gone = gone;
	o->title = plain_title(now);
	if (gone)
		return o;
	text = plain_body(config, path, now);
	old = was ? plain_body(config, path, was) : xstrdup("");
	find_signs(o, text, old);
	free(old);
	old = was ? plain_title(was) : xstrdup("");
	if (o->nsigns == 0 && *o->title && strcmp(old, o->title) != 0)
		o->signs[o->nsigns++] = xstrdup(o->title);
	free(old);
	free(text);
	return o;
}

void
online_free(struct online *o)
{
	if (!o)
		return;
	for (size_t i = 0; i < o->nsigns; i++)
		free(o->signs[i]);
	free(o->url);
	free(o->title);
	free(o->moved);
	free(o);
}

bool
online_tells(const struct online *o)
{
	return o->gone || o->nsigns > 0;
}

/* Most of what is looked for: the rest may be what the site makes otherwise. */
static bool
has_signs(const struct online *o, const struct buf *html)
{
	char *page = plain_html(html);
	size_t found = 0;
	bool has;

	for (size_t i = 0; i < o->nsigns; i++)
		found += strstr(page, o->signs[i]) != NULL;
	has =
	    o->nsigns ? found * 2 > o->nsigns : strstr(page, o->title) != NULL;
	free(page);
	return has;
}

static int
read_body(struct http *http, struct buf *out, struct progress *progress,
    struct err *err)
{
	char chunk[16384];
	size_t n = sizeof(chunk);

	while (out->len < LARGEST) {
		n = sizeof(chunk);
		if (http_read(http, chunk, &n, progress, err) == -1)
			return -1;
		if (n == 0)
			break;
		buf_add(out, chunk, n);
	}
	return 0;
}

/* 1: it is there, 0: not yet, -1: nobody answers. */
static int
look(struct online *o, struct http *http, struct progress *progress,
    struct err *err)
{
	const struct http_call call = {
	    .url = o->url, .accept = "text/html, */*;q=0.5", .follow = true};
	struct http_answer answer = {0};
	struct buf html = {0};
	int rc = http_ask(http, &call, &answer, progress, err);

	if (rc == 0) {
		o->status = answer.status;
		free(o->moved);
		o->moved = answer.url && strcmp(answer.url, o->url) != 0
			       ? xstrdup(answer.url)
			       : NULL;
		if (o->gone)
			rc = answer.status == 404 || answer.status == 410;
		else if (answer.status == 200) {
			rc = read_body(http, &html, progress, err);
			if (rc == 0)
				rc = has_signs(o, &html);
		}
	}
	http_answer_dispose(&answer);
	buf_dispose(&html);
	return rc;
}

static int64_t
clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* False: stopped. */
static bool
rest(int ms, struct progress *progress)
{
	const struct timespec tick = {.tv_nsec = TICK_MS * 1000000L};

	for (; ms > 0 && !progress_cancelled(progress); ms -= TICK_MS)
		nanosleep(&tick, NULL);
	return !progress_cancelled(progress);
}

static int
too_late(const struct online *o, int seconds, const struct err *last,
    struct err *err)
{
	if (last->code != ERR_NONE)
		return err_set(err, "%s: not online after %d s: %s", o->url,
		    seconds, last->msg);
	if (o->gone)
		return err_set(err, "%s: still there after %d s (%d)", o->url,
		    seconds, o->status);
	if (o->status != 200)
		return err_set(err, "%s: not online after %d s: it answers %d",
		    o->url, seconds, o->status);
	return err_set(err,
	    "%s: not online after %d s: it is still the old page",
	    o->moved ? o->moved : o->url, seconds);
}

static int
ask_until(struct online *o, struct http *http, int seconds,
    struct progress *progress, struct err *err)
{
	int64_t start = clock_ms(), gone;
	struct err last = {0};
	int ms = FIRST_MS, rc;

	for (;;) {
		gone = clock_ms() - start;
		progress_set(progress, "waiting for the page, seconds",
		    (unsigned)(gone / 1000), (unsigned)seconds);
		last.code = ERR_NONE;
		rc = look(o, http, progress, &last);
		if (rc == 1)
			return 0;
		gone = clock_ms() - start;
		if (rc == -1 && last.code == ERR_CANCEL)
			break;
		if (gone + ms > (int64_t)seconds * 1000)
			return too_late(o, seconds, &last, err);
		if (!rest(ms, progress))
			break;
		ms = ms * 3 / 2 < LAST_MS ? ms * 3 / 2 : LAST_MS;
	}
	return err_code(
	    err, ERR_CANCEL, "stopped waiting; %s is published", o->url);
}

int
online_wait(
    struct online *o, int seconds, struct progress *progress, struct err *err)
{
	static const char *const headers[] = {"Cache-Control: no-cache"};
	const struct http_settings settings = {.agent = "galley",
	    .headers = headers,
	    .nheaders = NITEMS(headers),
	    .connect_seconds = 20,
	    .slow_bytes = 1,
	    .slow_seconds = 30};
	struct http *http = http_new(&settings, err);
	int rc = http ? ask_until(o, http, seconds, progress, err) : -1;

	http_free(http);
	return rc;
}
