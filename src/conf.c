/* SPDX-License-Identifier: ISC */
/*
 * Settings: the table, and the two files that set what is in it.  A site's file
 * comes with the site, from people who need not be trusted: it can set only
 * what can do no harm, and never names a program.
 */
#include "conf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "conf_style.h"
#include "field.h"
#include "file.h"
#include "fm.h"
#include "mem.h"
#include "text.h"

static int check_weights(const struct value *, struct buf *, struct err *);

static const struct conf_row rows[] = {
    {
	.name = "ascii",
	.type = CONF_BOOL,
	.scope = CONF_USER,
	.fallback = "false",
	.help = "draw frames and marks with ASCII characters only",
    },
    {
	.name = "browser",
	.type = CONF_TEXT,
	.scope = CONF_USER,
	.fallback = "",
	.help = "what opens links, instead of $BROWSER and the desktop's own",
    },
    {
	.name = "checks",
	.type = CONF_MAP,
	.scope = CONF_SITE,
	.fallback = "{}",
	.help = "what findings of a rule are: error, warning, info or off",
	.check = check_weights,
    },
    {
	.name = "editor",
	.type = CONF_TEXT,
	.scope = CONF_USER,
	.fallback = "",
	.help = "the editor to run, instead of $VISUAL and $EDITOR",
    },
    {
	.name = "fields",
	.type = CONF_MAP,
	.scope = CONF_SITE,
	.fallback = "{}",
	.help = "fields of posts by section: what they hold and must have",
	.check = field_configure_all,
    },
    {
	.name = "keys",
	.type = CONF_MAP,
	.scope = CONF_USER,
	.fallback = "{}",
	.help = "keys of commands: the name of a command, and its keys",
    },
    {
	.name = "mouse",
	.type = CONF_BOOL,
	.scope = CONF_USER,
	.fallback = "true",
	.help = "use the mouse for clicks and scrolling",
    },
    {
	.name = "preview.measure",
	.type = CONF_INT,
	.scope = CONF_USER | CONF_SITE,
	.fallback = "76",
	.min = 40,
	.max = 200,
	.help = "the longest line of text in the preview, in columns",
    },
    {
	.name = "preview.pictures",
	.type = CONF_CHOICE,
	.scope = CONF_USER,
	.fallback = "auto",
	.choices = "auto off",
	.help = "draw pictures in the preview where that can be done",
    },
    {
	.name = "publish.lastmod",
	.type = CONF_BOOL,
	.scope = CONF_USER | CONF_SITE,
	.fallback = "true",
	.help = "set lastmod when publishing, where a post has that field",
    },
    {
	.name = "publish.message",
	.type = CONF_TEXT,
	.scope = CONF_USER | CONF_SITE,
	.fallback = "{action}: {title}",
	.help = "the message of a commit that publishes, as a template",
    },
    {
	.name = "publish.signoff",
	.type = CONF_BOOL,
	.scope = CONF_USER | CONF_SITE,
	.fallback = "false",
	.help = "end the message with Signed-off-by: and who commits",
    },
    {
	.name = "publish.summary",
	.type = CONF_BOOL,
	.scope = CONF_USER | CONF_SITE,
	.fallback = "true",
	.help = "say in the message's body what is different",
    },
    {
	.name = "publish.wait",
	.type = CONF_INT,
	.scope = CONF_USER | CONF_SITE,
	.fallback = "300",
	.min = 1,
	.max = 86400,
	.help = "how long to wait for a page to be online, in seconds",
    },
    {
	.name = "styles",
	.type = CONF_MAP,
	.scope = CONF_USER,
	.fallback = "{}",
	.help = "how styles look: the name of a style, attributes and colours",
	.check = conf_style_check,
    },
    {
	.name = "theme",
	.type = CONF_CHOICE,
	.scope = CONF_USER,
	.fallback = "auto",
	.choices = "auto dark light plain",
	.help = "the colours: auto asks the terminal what it has",
    },
};

struct conf {
	struct value *v[NITEMS(rows)]; /* none is NULL */
	struct buf site;               /* the text of galley.yaml */
	struct buf user;               /* of the person's */
	char *user_path;
};

/* A file of settings while it is read. */
struct source {
	struct conf *conf;
	enum conf_scope scope;
	const char *name; /* for people */
	char *user_path;  /* where a person's own settings are, for people */
	struct buf text;
	struct err *err;
};

const struct conf_row *
conf_rows(size_t *n)
{
	*n = NITEMS(rows);
	return rows;
}

static struct value *
fallback(const struct conf_row *row)
{
	switch (row->type) {
	case CONF_BOOL:
		return value_bool(strcmp(row->fallback, "true") == 0);
	case CONF_INT:
		return value_int(strtol(row->fallback, NULL, 10));
	case CONF_MAP:
		return value_map();
	case CONF_TEXT:
	case CONF_CHOICE:
		break;
	}
	return value_string(row->fallback);
}

struct conf *
conf_defaults(void)
{
	struct conf *c = xcalloc(1, sizeof(*c));

	for (size_t i = 0; i < NITEMS(rows); i++)
		c->v[i] = fallback(&rows[i]);
	return c;
}

void
conf_free(struct conf *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < NITEMS(rows); i++)
		value_free(c->v[i]);
	buf_dispose(&c->site);
	buf_dispose(&c->user);
	free(c->user_path);
	free(c);
}

static const struct conf_row *
find_row(const char *name)
{
	for (size_t i = 0; i < NITEMS(rows); i++)
		if (strcmp(rows[i].name, name) == 0)
			return &rows[i];
	return NULL;
}

static bool
is_group(const char *name)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < NITEMS(rows); i++)
		if (strncmp(rows[i].name, name, len) == 0 &&
		    rows[i].name[len] == '.')
			return true;
	return false;
}

/* Does a line start with this key of a map? */
static bool
names_key(const char *line, const char *key)
{
	size_t len = strlen(key);

	line += strspn(line, " \t{");
	if (*line == '"' || *line == '\'')
		line++;
	if (strncmp(line, key, len) != 0)
		return false;
	line += len;
	if (*line == '"' || *line == '\'')
		line++;
	return line[strspn(line, " \t")] == ':';
}

/* The first line from *line on that starts with this key, or 0. */
static unsigned
line_of_key(const char **text, unsigned line, const char *key)
{
	for (const char *p = *text; p; line++) {
		if (names_key(p, key)) {
			*text = p;
			return line;
		}
		p = strchr(p, '\n');
		if (p)
			p++;
	}
	return 0;
}

/* The line of a path, if the text can be taken as front matter. */
static unsigned
line_of_path(const struct source *s, const char *path)
{
	bool fenced = strncmp(buf_text(&s->text), "---", 3) == 0;
	struct buf b = {0};
	unsigned line = 0, column;
	struct err ignored;
	struct fm *fm;

	if (!fenced)
		buf_puts(&b, "---\n");
	buf_add(&b, buf_text(&s->text), s->text.len);
	buf_puts(&b, "\n---\n");
	fm = fm_parse(b.data, b.len, &ignored);
	if (fm && fm_place(fm, path, &line, &column) && !fenced)
		line--;
	fm_free(fm);
	buf_dispose(&b);
	return line;
}

/*
 * The line that sets name, which is nested or has dots in it.  Where no places
 * are known, the text is searched for its keys.
 */
static unsigned
line_of(const struct source *s, const char *name)
{
	const char *text = buf_text(&s->text), *rest = name;
	unsigned line = line_of_path(s, name), next;

	if (line || (line = line_of_key(&text, 1, name)))
		return line;
	for (line = 1; *rest;) {
		char *key = xstrndup(rest, strcspn(rest, "."));

		next = line_of_key(&text, line, key);
		rest += strlen(key);
		rest += *rest == '.';
		free(key);
		if (!next)
			break;
		line = next;
	}
	return line;
}

static int fail(struct source *s, const char *name, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

static int
fail(struct source *s, const char *name, const char *fmt, ...)
{
	va_list ap;
	char *msg;

	va_start(ap, fmt);
	msg = xvasprintf(fmt, ap);
	va_end(ap);
	err_set(s->err, "%s:%u: %s", s->name, line_of(s, name), msg);
	free(msg);
	return -1;
}

/* How many letters differ (Levenshtein), for names of less than 64 bytes. */
static size_t
distance(const char *a, const char *b)
{
	size_t row[64], la = strlen(a), lb = strlen(b);

	if (la >= NITEMS(row) || lb >= NITEMS(row))
		return SIZE_MAX;
	for (size_t j = 0; j <= lb; j++)
		row[j] = j;
	for (size_t i = 1; i <= la; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= lb; j++) {
			size_t best = diagonal + (a[i - 1] != b[j - 1]);

			diagonal = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[lb];
}

static const char *
after_dot(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot ? dot + 1 : name;
}

/* The setting whose name is most like this one, or its last part is. */
static const char *
nearest(const char *name)
{
	const char *best = NULL;
	size_t least = strlen(name) / 2 + 1;

	for (size_t i = 0; i < NITEMS(rows); i++) {
		size_t d = distance(name, rows[i].name);
		size_t last =
		    distance(after_dot(name), after_dot(rows[i].name));

		if (last < d)
			d = last;
		if (d < least) {
			least = d;
			best = rows[i].name;
		}
	}
	return best;
}

static int
fail_unknown(struct source *s, const char *name)
{
	const char *near = nearest(name);
	struct buf b = {0};

	text_clean(&b, name, strlen(name));
	if (near)
		fail(s, name, "unknown setting \"%s\"; did you mean \"%s\"?",
		    buf_text(&b), near);
	else
		fail(s, name,
		    "unknown setting \"%s\"; galley(5) lists what there is",
		    buf_text(&b));
	buf_dispose(&b);
	return -1;
}

static bool
is_choice(const struct conf_row *row, const char *text)
{
	size_t len = strlen(text), n;

	for (const char *p = row->choices; *p; p += n, p += *p == ' ') {
		n = strcspn(p, " ");
		if (n == len && strncmp(p, text, n) == 0)
			return true;
	}
	return false;
}

/* Which rules there are is known to check.c alone. */
static int
check_weights(const struct value *map, struct buf *path, struct err *err)
{
	static const char *const weights[] = {
	    "error", "warning", "info", "off"};

	for (size_t i = 0; i < map->n; i++) {
		const char *text = value_text(map->items[i]);
		size_t k = 0;

		while (k < NITEMS(weights) &&
		       (!text || strcmp(text, weights[k]) != 0))
			k++;
		if (k < NITEMS(weights))
			continue;
		fm_path_add(path, map->keys[i]);
		return err_code(err, ERR_USAGE,
		    "must be one of: error, warning, info, off");
	}
	return 0;
}

/* What is wrong with a value, or NULL. Caller frees. */
static char *
complaint(const struct conf_row *row, const struct value *v)
{
	const char *text = value_text(v);

	switch (row->type) {
	case CONF_TEXT:
		if (!text || strlen(text) != v->len)
			return xstrdup("must be text");
		break;
	case CONF_BOOL:
		if (v->type != VALUE_BOOL)
			return xstrdup("must be true or false");
		break;
	case CONF_INT:
		if (v->type != VALUE_INT || v->integer < row->min ||
		    v->integer > row->max)
			return xasprintf("must be a number from %d to %d",
			    row->min, row->max);
		break;
	case CONF_CHOICE:
		if (!text || !is_choice(row, text))
			return xasprintf("must be one of: %s", row->choices);
		break;
	case CONF_MAP:
		if (v->type != VALUE_MAP)
			return xstrdup("must be a map of names and values");
		break;
	}
	return NULL;
}

/* What the row itself says of its map. */
static int
check_map(struct source *s, const struct conf_row *row, const struct value *v)
{
	struct buf path = {0};
	struct err why;
	int rc;

	buf_puts(&path, row->name);
	rc = row->check(v, &path, &why);
	if (rc == -1)
		fail(s, buf_text(&path), "%s %s", buf_text(&path), why.msg);
	buf_dispose(&path);
	return rc;
}

static int
set(struct source *s, const struct conf_row *row, const struct value *v)
{
	char *why;

	if (!(row->scope & s->scope))
		return fail(s, row->name,
		    "%s may only be set in your own settings (%s)", row->name,
		    s->user_path ? s->user_path : "$HOME is not set");
	if (v->type == VALUE_NULL)
		return 0;
	why = complaint(row, v);
	if (why) {
		fail(s, row->name, "%s %s", row->name, why);
		free(why);
		return -1;
	}
	if (row->check && check_map(s, row, v) == -1)
		return -1;
	value_free(s->conf->v[row - rows]);
	s->conf->v[row - rows] = value_copy(v);
	return 0;
}

/* The members of a map: settings, or groups of them. */
static int
set_all(struct source *s, const struct value *map, const char *prefix)
{
	int r = 0;

	for (size_t i = 0; i < map->n && r == 0; i++) {
		const struct value *v = map->items[i];
		char *name = xasprintf("%s%s", prefix, map->keys[i]);
		const struct conf_row *row = find_row(name);

		if (row) {
			r = set(s, row, v);
		} else if (v->type == VALUE_MAP && is_group(name)) {
			char *group = xasprintf("%s.", name);

			r = set_all(s, v, group);
			free(group);
		} else {
			r = fail_unknown(s, name);
		}
		free(name);
	}
	return r;
}

static int
read_file(struct source *s, const char *path)
{
	struct value *v;
	int r = 0;

	if (!file_exists(path))
		return 0;
	v = fm_load_data(path, s->name, &s->text, s->err);
	if (!v)
		r = -1;
	else if (v->type == VALUE_MAP)
		r = set_all(s, v, "");
	else if (v->type != VALUE_NULL)
		r = err_set(s->err,
		    "%s: settings must be lines of \"name: value\"", s->name);
	value_free(v);
	buf_add(s->scope == CONF_SITE ? &s->conf->site : &s->conf->user,
	    buf_text(&s->text), s->text.len);
	buf_dispose(&s->text);
	return r;
}

/* The person's file, or NULL when there is no home. Caller frees. */
static char *
user_file(void)
{
	const char *xdg = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

	/* XDG: a path that is not absolute is ignored. */
	if (xdg && *xdg == '/')
		return xasprintf("%s/galley/config.yaml", xdg);
	if (home && *home)
		return xasprintf("%s/.config/galley/config.yaml", home);
	return NULL;
}

struct conf *
conf_load(const char *root, struct err *err)
{
	struct source s = {.conf = conf_defaults(), .err = err};
	char *site = root ? path_join(root, "galley.yaml") : NULL;
	int r = 0;

	s.user_path = user_file();
	if (site) {
		s.name = "galley.yaml";
		s.scope = CONF_SITE;
		r = read_file(&s, site);
	}
	if (r == 0 && s.user_path) {
		s.name = s.user_path;
		s.scope = CONF_USER;
		r = read_file(&s, s.user_path);
	}
	free(site);
	s.conf->user_path = s.user_path;
	if (r == 0)
		return s.conf;
	conf_free(s.conf);
	return NULL;
}

unsigned
conf_line(const struct conf *c, const char *path)
{
	const struct source s = {.text = c->site};

	return line_of(&s, path);
}

static const struct value *
get(const struct conf *c, const char *name, int types)
{
	const struct conf_row *row = find_row(name);

	if (!row || !(1 << row->type & types))
		fatal("no such setting: %s", name);
	return c->v[row - rows];
}

const char *
conf_text(const struct conf *c, const char *name)
{
	return value_text(get(c, name, 1 << CONF_TEXT | 1 << CONF_CHOICE));
}

bool
conf_bool(const struct conf *c, const char *name)
{
	return get(c, name, 1 << CONF_BOOL)->boolean;
}

int
conf_int(const struct conf *c, const char *name)
{
	return (int)get(c, name, 1 << CONF_INT)->integer;
}

const struct value *
conf_map(const struct conf *c, const char *name)
{
	return get(c, name, 1 << CONF_MAP);
}

char *
conf_user_place(const struct conf *c, const char *path)
{
	const struct source s = {.text = c->user};

	return xasprintf(
	    "%s:%u", c->user_path ? c->user_path : "", line_of(&s, path));
}
