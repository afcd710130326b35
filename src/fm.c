/* SPDX-License-Identifier: ISC */
/*
 * Front matter: found as Hugo finds it, read by the driver of its format, and
 * edited by replacing bytes.  An edit makes a new text; only when that reads
 * the same but for the one field does it take the place of the old one.
 */
#include "fm.h"

#include <stdlib.h>
#include <string.h>

#include "fm_priv.h"
#include "mem.h"
#include "text.h"

#define FEW       32 /* fields */
#define BOM       "\xef\xbb\xbf"
#define MAX_FRONT (4 * 1024 * 1024)  /* bytes of front matter */
#define MAX_DATA  (64 * 1024 * 1024) /* bytes of a data file */

struct fm {
	char *text;
	size_t len;
	enum fm_format format;
	size_t at, end; /* the document, without its fences */
	size_t body;
	unsigned body_line;
	struct fm_doc doc; /* spans are of the whole file */
};

/* set and add NULL: read only. */
static const struct {
	const char *name;
	const struct fm_driver *driver;
} formats[] = {
    [FM_NONE] = {"none", NULL},
    [FM_YAML] = {"YAML", &fm_yaml},
    [FM_TOML] = {"TOML", &fm_toml},
    [FM_JSON] = {"JSON", &fm_json},
    [FM_ORG] = {"Org", &fm_org},
};

struct fm_field *
fm_doc_add(struct fm_doc *doc, const char *key)
{
	struct fm_field *f;

	doc->fields = xgrow(doc->fields, doc->n, &doc->cap, sizeof(*f));
	f = &doc->fields[doc->n++];
	*f = (struct fm_field){.key = xstrdup(key)};
	return f;
}

void
fm_doc_dispose(struct fm_doc *doc)
{
	for (size_t i = 0; i < doc->n; i++)
		free((char *)doc->fields[i].key);
	free(doc->fields);
	value_free(doc->values);
	value_free(doc->replaced);
	*doc = (struct fm_doc){0};
}

static unsigned
line_of(const char *text, size_t at)
{
	const char *p = text, *end = text + at;
	unsigned line = 1;

	while ((p = memchr(p, '\n', (size_t)(end - p)))) {
		p++;
		line++;
	}
	return line;
}

static bool
is_break(char c)
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
	unsigned line = line_of(fm->text, at);
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
		new_line = is_break(fm->text[i++]);
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
	return err_at(err, line_of(fm->text, at), 1,
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
			 is_break(fm->text[at]))
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
static void
shift_err(const struct fm *fm, struct err *err)
{
	size_t line = fm->at;

	if (err->line == 0)
		return;
	while (line > 0 && fm->text[line - 1] != '\n')
		line--;
	if (err->line == 1 && err->column > 0)
		err->column +=
		    (unsigned)text_count(fm->text + line, fm->at - line);
	err->line += line_of(fm->text, fm->at) - 1;
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

static bool
alike(const char *a, const char *b)
{
	/* Most differ in the first letter: 0x20 sets capitals apart. */
	return (*a | 0x20) == (*b | 0x20) &&
	       text_casecmp(a, strlen(a), b, strlen(b)) == 0;
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
			if (alike(doc->fields[i].key, doc->fields[j].key))
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
		if (alike(names[i].key, names[i + 1].key))
			doc->fields[names[i].i].frozen =
			    "a later field of the same name counts instead";
	free(names);
}

static int
read_front(struct fm *fm, struct err *err)
{
	unsigned line = line_of(fm->text, fm->at);
	int rc;

	if (fm->end - fm->at > MAX_FRONT)
		return err_at(err, line, 1, "front matter of more than 4 MiB");
	rc = formats[fm->format].driver->read(
	    fm->text + fm->at, fm->end - fm->at, &fm->doc, err);
	if (rc == -1) {
		shift_err(fm, err);
		return -1;
	}
	for (size_t i = 0; i < fm->doc.n; i++)
		shift(&fm->doc.fields[i], fm->at, line - 1);
	freeze_alike(&fm->doc);
	return 0;
}

/* Takes text, which a NUL follows. */
static struct fm *
parse(char *text, size_t len, struct err *err)
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
	fm->body_line = line_of(fm->text, fm->body);
	return fm;
}

struct fm *
fm_parse(const char *text, size_t len, struct err *err)
{
	return parse(xstrndup(text, len), len, err);
}

void
fm_free(struct fm *fm)
{
	if (!fm)
		return;
	fm_doc_dispose(&fm->doc);
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
		if (alike(fm->doc.fields[i - 1].key, key))
			return &fm->doc.fields[i - 1];
	return NULL;
}

/* Has the field the value that was asked for?  Dates may be in quotes. */
static bool
fits(const struct value *asked, const struct value *has)
{
	if (asked->type == VALUE_LIST && has->type == VALUE_LIST) {
		if (asked->n != has->n)
			return false;
		for (size_t i = 0; i < asked->n; i++)
			if (!fits(asked->items[i], has->items[i]))
				return false;
		return true;
	}
	if (asked->type == VALUE_DATE && has->type == VALUE_STRING)
		return asked->len == has->len &&
		       memcmp(asked->text, has->text, has->len) == 0;
	return value_equal(asked, has);
}

static bool
same_field(const struct fm_field *a, const struct fm_field *b)
{
	return strcmp(a->key, b->key) == 0 && value_equal(a->value, b->value);
}

/* What an edit is to do; value NULL: remove. */
struct change {
	const char *key;
	size_t i; /* of the field, or of the new one */
	const struct value *value;
	bool added;
};

/* Is b what the change was to make of a? */
static bool
as_meant(const struct fm *a, const struct fm *b, const struct change *c)
{
	size_t alen, blen;
	const char *abody = fm_body(a, &alen, NULL);
	const char *bbody = fm_body(b, &blen, NULL);
	size_t skip_a = c->added ? 0 : 1, skip_b = c->value ? 1 : 0;

	if (alen != blen || memcmp(abody, bbody, alen) != 0)
		return false;
	if (a->doc.n - skip_a != b->doc.n - skip_b)
		return false;
	for (size_t i = 0; i < a->doc.n - skip_a; i++)
		if (!same_field(&a->doc.fields[i + (i >= c->i ? skip_a : 0)],
			&b->doc.fields[i + (i >= c->i ? skip_b : 0)]))
			return false;
	return !c->value || (alike(b->doc.fields[c->i].key, c->key) &&
				fits(c->value, b->doc.fields[c->i].value));
}

/* The line break that the file uses at a place: that before, else after it. */
static const char *
break_at(const struct fm *fm, size_t at)
{
	size_t i = at;

	while (i > 0 && !is_break(fm->text[i - 1]))
		i--;
	if (i == 0)
		for (i = at; i < fm->len && !is_break(fm->text[i]); i++)
			;
	else
		i--;
	if (i >= fm->len)
		return "\n";
	if (fm->text[i] == '\r')
		return i + 1 < fm->len && fm->text[i + 1] == '\n' ? "\r\n"
								  : "\r";
	return i > 0 && fm->text[i - 1] == '\r' ? "\r\n" : "\n";
}

/*
 * The text with an edit carried out, as a file of its own; NULL and err when
 * it is not what was meant.
 */
static struct fm *
edited(const struct fm *fm, const struct fm_edit *edit, const struct change *c,
    struct err *err)
{
	const char *nl = break_at(fm, edit->at);
	struct buf text = {0};
	struct fm *new;
	size_t len;

	buf_add(&text, fm->text, edit->at);
	for (size_t i = 0; i < edit->with.len; i++) {
		char ch = edit->with.data[i];

		if (ch == '\n' && (i == 0 || edit->with.data[i - 1] != '\r'))
			buf_puts(&text, nl);
		else
			buf_putc(&text, ch);
	}
	buf_add(&text, fm->text + edit->at + edit->cut,
	    fm->len - edit->at - edit->cut);
	len = text.len;
	new = parse(buf_steal(&text), len, err);
	if (new &&as_meant(fm, new, c))
		return new;
	fm_free(new);
	err_at(err, c->added ? 0 : fm->doc.fields[c->i].line, 0,
	    "%s: this cannot be changed without changing something else: "
	    "edit the file itself",
	    c->key);
	return NULL;
}

static void
become(struct fm *fm, struct fm *new)
{
	struct fm old = *fm;

	*fm = *new;
	*new = old;
	fm_free(new);
}

static int
check_format(const struct fm *fm, struct err *err)
{
	if (fm->format == FM_NONE || formats[fm->format].driver->set)
		return 0;
	return err_at(err, line_of(fm->text, fm->at), 0,
	    "front matter in %s is read-only here: edit the file itself",
	    formats[fm->format].name);
}

static int
check_value(const char *key, const struct value *v, struct err *err)
{
	if (v->type == VALUE_MAP)
		return err_code(err, ERR_USAGE,
		    "%s: a map cannot be set: put quotes around text that holds "
		    "\": \"",
		    key);
	for (size_t i = 0; v->type == VALUE_LIST && i < v->n; i++)
		if (v->items[i]->type == VALUE_LIST ||
		    v->items[i]->type == VALUE_MAP)
			return err_code(err, ERR_USAGE,
			    "%s: a list of lists or maps cannot be set", key);
	if (v->type == VALUE_STRING && text_valid(v->text, v->len) < v->len)
		return err_code(
		    err, ERR_USAGE, "%s: the value is not UTF-8 text", key);
	return 0;
}

static int
inside(const char *key, struct err *err)
{
	return err_code(err, ERR_USAGE,
	    "%s: a field inside another is edited in the file itself", key);
}

static int
check_key(const struct fm *fm, const char *key, struct err *err)
{
	size_t len = strlen(key);

	if (len == 0)
		return err_code(err, ERR_USAGE, "a field needs a name");
	if (text_valid(key, len) < len)
		return err_code(
		    err, ERR_USAGE, "the name of a field must be UTF-8 text");
	for (const char *p = key; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			return err_code(err, ERR_USAGE,
			    "the name of a field cannot hold control "
			    "characters");
	if (strchr(key, '.'))
		return inside(key, err);
	if (fm->format == FM_NONE && (text_valid(fm->text, fm->len) < fm->len ||
					 memchr(fm->text, '\0', fm->len)))
		return err_set(
		    err, "not UTF-8 text: front matter cannot be added");
	return 0;
}

static int
replace(struct fm *fm, const struct fm_field *f, const struct value *v,
    struct err *err)
{
	struct change c = {f->key, (size_t)(f - fm->doc.fields), v, false};
	struct fm_field field = *f;
	struct fm_edit edit = {0};
	struct fm *new = NULL;

	if (f->frozen)
		return err_at(err, f->line, 0, "%s: %s", f->key, f->frozen);
	shift(&field, 0 - fm->at, 0);
	edit.at = field.value_at;
	edit.cut = field.value_len;
	if (formats[fm->format].driver->set(fm->text + fm->at, fm->end - fm->at,
		&field, v, &edit, err) == 0) {
		edit.at += fm->at;
		new = edited(fm, &edit, &c, err);
	}
	buf_dispose(&edit.with);
	if (!new)
		return -1;
	become(fm, new);
	return 0;
}

static int
add(struct fm *fm, const char *key, const struct value *v, struct err *err)
{
	struct change c = {key, fm->doc.n, v, true};
	const struct fm_driver *driver =
	    formats[fm->format == FM_NONE ? FM_YAML : fm->format].driver;
	struct fm_doc doc = fm->doc;
	struct fm_edit edit = {.at = fm->end};
	struct fm *new = NULL;
	int rc;

	doc.fields = xcalloc(doc.n, sizeof(*doc.fields));
	for (size_t i = 0; i < doc.n; i++) {
		doc.fields[i] = fm->doc.fields[i];
		shift(&doc.fields[i], 0 - fm->at, 0);
	}
	if (fm->format == FM_NONE) {
		edit.at = fm->body;
		buf_puts(&edit.with, "---\n");
	}
	rc = driver->add(
	    fm->text + fm->at, fm->end - fm->at, &doc, key, v, &edit.with, err);
	if (fm->format == FM_NONE)
		buf_puts(&edit.with, "---\n");
	if (rc == 0)
		new = edited(fm, &edit, &c, err);
	buf_dispose(&edit.with);
	free(doc.fields);
	if (!new)
		return -1;
	become(fm, new);
	return 0;
}

int
fm_set(struct fm *fm, const char *key, const struct value *v, struct err *err)
{
	const struct fm_field *f = fm_find(fm, key);

	if (f && fits(v, f->value))
		return 0;
	if (check_format(fm, err) == -1 || check_value(key, v, err) == -1)
		return -1;
	if (f)
		return replace(fm, f, v, err);
	if (check_key(fm, key, err) == -1)
		return -1;
	return add(fm, key, v, err);
}

/* The file without a field's lines. */
static struct fm *
without(const struct fm *fm, const struct fm_field *f, struct err *err)
{
	struct change c = {f->key, (size_t)(f - fm->doc.fields), NULL, false};
	struct fm_edit edit = {.at = f->at, .cut = f->len};

	/* A field behind the opening fence: the fence's line break stays. */
	if (f->at > 0 && !is_break(fm->text[f->at - 1]))
		while (
		    edit.cut > 0 && is_break(fm->text[edit.at + edit.cut - 1]))
			edit.cut--;
	return edited(fm, &edit, &c, err);
}

int
fm_unset(struct fm *fm, const char *key, struct err *err)
{
	const struct fm_field *f = fm_find(fm, key);
	struct fm *now, *next;

	if (!f && value_path(fm->doc.values, key))
		return inside(key, err);
	if (!f)
		return 0;
	if (check_format(fm, err) == -1)
		return -1;
	/* All of that name, or none. */
	now = without(fm, f, err);
	while (now && (f = fm_find(now, key))) {
		next = without(now, f, err);
		fm_free(now);
		now = next;
	}
	if (!now)
		return -1;
	become(fm, now);
	return 0;
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
