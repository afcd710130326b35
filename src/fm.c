/* SPDX-License-Identifier: ISC */
/*
 * Front matter: found as Hugo finds it, and read by the driver of its format.
 */
#include "fm.h"

#include <stdlib.h>
#include <string.h>

#include "fm_priv.h"
#include "mem.h"
#include "text.h"

#define FEW       32  /* fields */
#define NAMES     500 /* bytes of names, to begin with */
#define BOM       "\xef\xbb\xbf"
#define MAX_FRONT (4 * 1024 * 1024)  /* bytes of front matter */
#define MAX_DATA  (64 * 1024 * 1024) /* bytes of a data file */

const struct fm_format_row fm_formats[] = {
    [FM_NONE] = {"none", NULL},
    [FM_YAML] = {"YAML", &fm_yaml},
    [FM_TOML] = {"TOML", &fm_toml},
    [FM_JSON] = {"JSON", &fm_json},
    [FM_ORG] = {"Org", &fm_org},
};

/* The names of fields, many in one piece of memory. */
struct fm_names {
	struct fm_names *next;
	size_t used, cap;
	char text[];
};

static char *
keep_name(struct fm_doc *doc, const char *key)
{
	size_t len = strlen(key) + 1, cap = len < NAMES ? NAMES : len;
	struct fm_names *names = doc->names;
	char *name;

	if (!names || names->cap - names->used < len) {
		names = xmalloc(sizeof(*names) + cap);
		*names = (struct fm_names){.next = doc->names, .cap = cap};
		doc->names = names;
	}
	name = names->text + names->used;
	memcpy(name, key, len);
	names->used += len;
	return name;
}

struct fm_field *
fm_doc_add(struct fm_doc *doc, const char *key)
{
	struct fm_field *f;

	if (doc->n == doc->cap) {
		doc->cap = doc->cap ? doc->cap * 2 : FEW;
		doc->fields = xreallocarray(doc->fields, doc->cap, sizeof(*f));
	}
	f = &doc->fields[doc->n++];
	*f = (struct fm_field){.key = keep_name(doc, key)};
	return f;
}

void
fm_doc_dispose(struct fm_doc *doc)
{
	struct fm_names *next;

	for (; doc->names; doc->names = next) {
		next = doc->names->next;
		free(doc->names);
	}
	free(doc->fields);
	value_free(doc->values);
	value_free(doc->replaced);
	*doc = (struct fm_doc){0};
}

unsigned
fm_line_of(const char *text, size_t at)
{
	const char *p = text, *end = text + at;
	unsigned line = 1;

	while ((p = memchr(p, '\n', (size_t)(end - p)))) {
		p++;
		line++;
	}
	return line;
}

bool
fm_is_break(char c)
{
	return c == '\n' || c == '\r';
}

static bool
starts(const struct fm *fm, size_t at, const char *with)
{
	size_t n = strlen(with);

	return fm->len - at >= n && memcmp(fm->text + at, with, n) == 0;
}

/* Behind one line break, if there is one. */
static size_t
past_break(const struct fm *fm, size_t at)
{
	if (at < fm->len && fm->text[at] == '\r')
		at++;
	if (at < fm->len && fm->text[at] == '\n')
		at++;
	return at;
}

/* "---" or "+++" to the next line that begins with it; what is behind the
 * closing one is body. */
static int
fenced(struct fm *fm, size_t at, enum fm_format format, const char *fence,
    struct err *err)
{
	unsigned line = fm_line_of(fm->text, at);
	const char *p;
	bool new_line;
	size_t i;

	if (!starts(fm, at, fence))
		return err_at(err, line, 1,
		    "Hugo takes a first \"%c\" for front matter, which begins "
		    "with \"%s\": put front matter above the text",
		    *fence, fence);
	fm->format = format;
	fm->at = i = past_break(fm, at + 3);
	new_line = i > at + 3;
	while (!(new_line && starts(fm, i, fence))) {
		if (i == fm->len)
			return err_at(err, line, 1,
			    "no line \"%s\" closes this front matter", fence);
		/* To the next sign that may begin the fence. */
		p = memchr(fm->text + i + 1, *fence, fm->len - i - 1);
		i = p ? (size_t)(p - fm->text) : fm->len;
		new_line = fm_is_break(fm->text[i - 1]);
	}
	fm->end = i;
	fm->body = past_break(fm, i + 3);
	return 0;
}

/* From a { to the } that closes it, as Hugo counts. */
static int
json(struct fm *fm, size_t at, struct err *err)
{
	unsigned level = 0;
	bool quoted = false;

	if (starts(fm, at, "{{"))
		return err_at(err, fm_line_of(fm->text, at), 1,
		    "Hugo takes a first \"{\" for front matter, and this is a "
		    "shortcode: put front matter above it");
	fm->format = FM_JSON;
	fm->at = at;
	for (size_t i = at; i < fm->len; i++) {
		char c = fm->text[i];

		if (c == '\\')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (c == '{' && !quoted)
			level++;
		else if (c == '}' && !quoted && --level == 0) {
			fm->end = i + 1;
			fm->body = past_break(fm, i + 1);
			return 0;
		}
	}
	return err_at(err, fm_line_of(fm->text, at), 1,
	    "no } closes the { that begins this front matter");
}

/* All lines from here that begin with "#+". */
static int
org(struct fm *fm, size_t at)
{
	const char *p;

	if (!starts(fm, at, "#+"))
		return 0;
	fm->format = FM_ORG;
	fm->at = at;
	while (starts(fm, at, "#+")) {
		p = memchr(fm->text + at, '\n', fm->len - at);
		at = p ? (size_t)(p - fm->text) + 1 : fm->len;
	}
	fm->end = fm->body = at;
	return 0;
}

static int
find_front(struct fm *fm, struct err *err)
{
	size_t at = 0;

	while (at < fm->len) {
		if (starts(fm, at, BOM))
			at += 3;
		else if (fm->text[at] == ' ' || fm->text[at] == '\t' ||
			 fm_is_break(fm->text[at]))
			at++;
		else
			break;
	}
	/* Without front matter all is body, but for a BOM. */
	fm->body = starts(fm, 0, BOM) ? 3 : 0;
	if (at == fm->len)
		return 0;
	switch (fm->text[at]) {
	case '-':
		return fenced(fm, at, FM_YAML, "---", err);
	case '+':
		return fenced(fm, at, FM_TOML, "+++", err);
	case '{':
		return json(fm, at, err);
	case '#':
		return org(fm, at);
	}
	return 0;
}

/* An error's place: from the document's to the file's. */
void
fm_shift_err(const struct fm *fm, struct err *err)
{
	size_t line = fm->at;

	if (err->line == 0)
		return;
	while (line > 0 && fm->text[line - 1] != '\n')
		line--;
	if (err->line == 1 && err->column > 0)
		err->column +=
		    (unsigned)text_count(fm->text + line, fm->at - line);
	err->line += fm_line_of(fm->text, fm->at) - 1;
}

/* Move a field by bytes and lines: from the document's places to the file's, or
 * back. */
static void
shift(struct fm_field *f, size_t by, unsigned lines)
{
	f->key_at += by;
	f->value_at += by;
	f->at += by;
	f->line += lines;
}

struct named {
	const char *key;
	size_t i;
};

static int
by_name(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int c = text_casecmp(x->key, strlen(x->key), y->key, strlen(y->key));

	return c ? c : x->i < y->i ? -1 : x->i > y->i;
}

/* Quick for the few fields that most have. */
static bool
all_differ(const struct fm_doc *doc)
{
	for (size_t i = 1; i < doc->n; i++)
		for (size_t j = 0; j < i; j++)
			if (fm_alike(doc->fields[i].key, doc->fields[j].key))
				return false;
	return true;
}

/* Of fields whose names are alike the last counts; the others are frozen. */
static void
freeze_alike(struct fm_doc *doc)
{
	struct named *names;

	if (doc->n <= FEW && all_differ(doc))
		return;
	names = xcalloc(doc->n, sizeof(*names));
	for (size_t i = 0; i < doc->n; i++)
		names[i] = (struct named){doc->fields[i].key, i};
	qsort(names, doc->n, sizeof(*names), by_name);
	for (size_t i = 0; i + 1 < doc->n; i++)
		if (fm_alike(names[i].key, names[i + 1].key))
			doc->fields[names[i].i].frozen =
			    "a later field of the same name counts instead";
	free(names);
}

static int
read_front(struct fm *fm, struct err *err)
{
	unsigned line = fm_line_of(fm->text, fm->at);
	int rc;

	if (fm->end - fm->at > MAX_FRONT)
		return err_at(err, line, 1, "front matter of more than 4 MiB");
	rc = fm_formats[fm->format].driver->read(
	    fm->text + fm->at, fm->end - fm->at, &fm->doc, err);
	if (rc == -1) {
		fm_shift_err(fm, err);
		return -1;
	}
	for (size_t i = 0; i < fm->doc.n; i++)
		shift(&fm->doc.fields[i], fm->at, line - 1);
	freeze_alike(&fm->doc);
	return 0;
}

struct fm *
fm_parse_taken(char *text, size_t len, struct err *err)
{
	struct fm *fm = xcalloc(1, sizeof(*fm));

	fm->text = text;
	fm->len = len;
	if (find_front(fm, err) == -1 ||
	    (fm->format != FM_NONE && read_front(fm, err) == -1)) {
		fm_free(fm);
		return NULL;
	}
	if (!fm->doc.values)
		fm->doc.values = value_map();
	fm->body_line = fm_line_of(fm->text, fm->body);
	return fm;
}

struct fm *
fm_parse(const char *text, size_t len, struct err *err)
{
	return fm_parse_taken(xstrndup(text, len), len, err);
}

void
fm_free(struct fm *fm)
{
	if (!fm)
		return;
	fm_doc_dispose(&fm->doc);
	fm_history_dispose(&fm->history);
	for (size_t i = 0; i < fm->norder; i++)
		free(fm->order[i]);
	free(fm->order);
	free(fm->text);
	free(fm);
}

enum fm_format
fm_format(const struct fm *fm)
{
	return fm->format;
}

const char *
fm_text(const struct fm *fm, size_t *len)
{
	*len = fm->len;
	return fm->text;
}

const char *
fm_body(const struct fm *fm, size_t *len, unsigned *line)
{
	*len = fm->len - fm->body;
	if (line)
		*line = fm->body_line;
	return fm->text + fm->body;
}

const struct value *
fm_values(const struct fm *fm)
{
	return fm->doc.values;
}

size_t
fm_count(const struct fm *fm)
{
	return fm->doc.n;
}

const struct fm_field *
fm_at(const struct fm *fm, size_t i)
{
	return &fm->doc.fields[i];
}

const struct fm_field *
fm_find(const struct fm *fm, const char *key)
{
	for (size_t i = fm->doc.n; i > 0; i--)
		if (fm_alike(fm->doc.fields[i - 1].key, key))
			return &fm->doc.fields[i - 1];
	return NULL;
}

/* One line that begins with nothing that YAML has for structure. */
static bool
is_plain(const char *text, size_t len)
{
	return len > 0 && !strchr("\"'[{|>!", *text) &&
	       !memchr(text, '\n', len) && text_valid(text, len) == len;
}

static struct value *
typed_value(const char *text, size_t len, struct err *err)
{
	struct value *v = fm_yaml_typed(text, len, err);

	while (len > 0 && (*text == ' ' || *text == '\t')) {
		text++;
		len--;
	}
	while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t'))
		len--;
	/* "x: y", "C# and #1", "@home": a person means the words. */
	if (is_plain(text, len) && (!v || v->type == VALUE_MAP)) {
		value_free(v);
		v = value_string_len(text, len);
	}
	return v;
}

struct value *
fm_parse_value(const char *text, size_t len, struct err *err)
{
	struct value *v = NULL;

	if (len > MAX_FRONT)
		err_set(err, "a value of more than 4 MiB");
	else
		v = typed_value(text, len, err);
	if (!v) {
		/* No place: it is not in a file. */
		err->code = ERR_USAGE;
		err->line = err->column = 0;
	}
	return v;
}

struct value *
fm_parse_data(const char *name, const char *text, size_t len, struct err *err)
{
	static const struct {
		const char *ext;
		struct value *(*read)(const char *, size_t, struct err *);
	} kinds[] = {
	    {"yaml", fm_yaml_value},
	    {"yml", fm_yaml_value},
	    {"json", fm_json_value},
	    {"toml", fm_toml_value},
	};
	const char *ext = strrchr(name, '.');
	size_t skip = len >= 3 && memcmp(text, BOM, 3) == 0 ? 3 : 0;

	if (len > MAX_DATA) {
		err_set(err, "a data file of more than 64 MiB");
		return NULL;
	}
	for (size_t i = 0; ext && i < NITEMS(kinds); i++)
		if (text_casecmp(ext + 1, strlen(ext + 1), kinds[i].ext,
			strlen(kinds[i].ext)) == 0)
			return kinds[i].read(text + skip, len - skip, err);
	err_set(err, "not a data file: its name must end in .toml, .yaml, .yml "
		     "or .json");
	return NULL;
}
