/* SPDX-License-Identifier: ISC */
/*
 * Front matter that is edited without rewriting it.  struct fm holds the whole
 * text of a file, byte for byte, and where in it each field's key and value
 * stand. An edit replaces the bytes of one value, parses the result again and
 * compares: if anything but what was meant is different, nothing changes.
 *
 * Detection follows Hugo's parser/pageparser: a BOM and blanks are skipped,
 * then "---" is YAML, "+++" TOML, "{" JSON, "#+" Org.
 */
#ifndef FM_H
#define FM_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "err.h"
#include "value.h"

enum fm_format { FM_NONE, FM_YAML, FM_TOML, FM_JSON, FM_ORG };

struct fm;

/* One top-level field. Spans are byte offsets into fm_text(). */
struct fm_field {
	const char *key; /* as written, unquoted */
	size_t key_at, key_len;
	size_t value_at, value_len; /* the value's own bytes; len 0: empty */
	size_t at, len; /* whole lines: key, value, without own comments */
	unsigned line;  /* 1-based line of the key in the file */
	const struct value *value;
	const char *frozen; /* why it cannot be edited, or NULL */
};

/*
 * Read the text of a file (copied).  Fails with line and column when the
 * front matter does not parse; without front matter the result is FM_NONE.
 */
struct fm *fm_parse(const char *text, size_t len, struct err *);
/* The same; takes the text, which has a NUL behind it. */
struct fm *fm_parse_taken(char *text, size_t len, struct err *);
void fm_free(struct fm *);

enum fm_format fm_format(const struct fm *);
const char *fm_text(const struct fm *, size_t *len); /* the whole file */
/* What follows the front matter; *line (may be NULL): its 1-based line. */
const char *fm_body(const struct fm *, size_t *len, unsigned *line);
/* All fields as a map; an empty map where there are none. Borrowed. */
const struct value *fm_values(const struct fm *);

size_t fm_count(const struct fm *);
const struct fm_field *fm_at(const struct fm *, size_t i); /* text order */
/* By name, whatever its capitals; the last one when there are several. */
const struct fm_field *fm_find(const struct fm *, const char *key);

/*
 * A path names a value: "title", "params.author.name", "menu.main[0].weight".
 * Keys match whatever their capitals.  A part that holds a dot, a bracket or a
 * quote is written in double quotes, with \" and \\: params."a.b".  A path that
 * is, as a whole, the key of a top-level field means that field.
 */
/* NULL: nothing is there, or it is no path. Borrowed. */
const struct value *fm_get(const struct fm *, const char *path);
/* The 1-based line and the column in code points where the entry of a path
 * begins (its key; an item's value); false: nothing is there. */
bool fm_place(
    const struct fm *, const char *path, unsigned *line, unsigned *column);
/* Append a key to a path, in quotes where it needs them. */
void fm_path_add(struct buf *path, const char *key);

/*
 * Edits.  Each is carried out in the style of what stands there (quotes, flow
 * or block, indentation, comments kept), read again and compared with the data
 * that was meant; else nothing changes and err says why.  An edit that asks for
 * what is there already changes no byte.  Pointers into the fm are void after
 * success.  Errors: ERR_USAGE for a path or value that cannot be, ERR_FAIL for
 * what would change something else.
 */
/* Give a path a value; maps that are missing on the way are made.  What is new
 * is added where fm_order() has it, else last in its map (front matter is made,
 * "---", where there is none).  An index that is the list's length appends. */
int fm_set(struct fm *, const char *path, const struct value *, struct err *);
/* Remove an entry with its lines, or an item of a list ("tags[2]"); nothing
 * there: 0.  Of top-level fields of one name all go. */
int fm_unset(struct fm *, const char *path, struct err *);
/* Another key for what is there, in its place; ERR_USAGE: the key is taken. */
int fm_rename(struct fm *, const char *path, const char *key, struct err *);
/* Put a value before item i of the list at path; i: 0 to its length.  No such
 * path: a list of that one item is made. */
int fm_insert(struct fm *, const char *path, size_t i, const struct value *,
    struct err *);
/* Bring item from of the list at path to the place to (its index then). */
int fm_move(
    struct fm *, const char *path, size_t from, size_t to, struct err *);
/* The source of a top-level field's value, as it stands in the file, takes the
 * place of the old one: for what no form understands. */
int fm_set_source(
    struct fm *, const char *key, const char *text, size_t len, struct err *);
/*
 * The order of top-level keys that fm_set() goes by for new ones (copied): each
 * goes behind the nearest of those before it that is there, else before the
 * nearest of those after it.
 */
void fm_order(struct fm *, const char *const *keys, size_t n);

/*
 * Every edit since fm_parse() can be taken back and done again, byte for byte.
 * Returns the path of the edit (borrowed until the next one) or NULL: none.
 * fm_edit_count(): edits that fm_undo() would find.  fm_join(): the edits that
 * came after the first n become one.
 */
const char *fm_undo(struct fm *);
const char *fm_redo(struct fm *);
size_t fm_edit_count(const struct fm *);
void fm_join(struct fm *, size_t n);

/*
 * For indexes of many files: what fm_values() of fm_parse() would be, read in
 * a tenth of the time, of front matter in YAML that is nothing but simple
 * fields.  text may be the head of a file.  NULL: there is none, it is not
 * whole, or not that simple, and fm_parse() has to tell.  The values are
 * borrowed until the next one is read.
 */
struct fm_quick;
struct fm_quick *fm_quick_new(void);
void fm_quick_free(struct fm_quick *);
const struct value *fm_quick_read(
    struct fm_quick *, const char *text, size_t len);

/*
 * A value that someone typed on a command line: one YAML node; but a line of
 * words that YAML would read as a map, cut at a "#", or refuse ("x: y",
 * "C# and #1", "@home") is that text.  Empty is null.  NULL: ERR_USAGE.
 */
struct value *fm_parse_value(const char *text, size_t len, struct err *);

/*
 * Files that are all data: Hugo's configuration and data files.  The format
 * comes from the name's extension: toml, yaml, yml, json.  NULL: err, with
 * line and column.
 */
struct value *fm_parse_data(
    const char *name, const char *text, size_t len, struct err *);
/*
 * Read such a file.  An error of its text starts with "name:line:column: ",
 * name being what people call it.  *text (may be NULL) gets what was read.
 */
struct value *fm_load_data(
    const char *path, const char *name, struct buf *text, struct err *);

#endif
