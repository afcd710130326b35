/* SPDX-License-Identifier: ISC */
/*
 * Front matter that is edited without rewriting it.  struct fm holds the whole
 * text of a file, byte for byte, and where in it each field's key and value
 * stand. fm_set() and fm_unset() replace the bytes of one field, parse the
 * result again and compare: if anything but that field is different, nothing
 * changes.
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
 * Give a field a value, in the style of the one it replaces (quotes, flow or
 * block, indentation, comments after it kept); a field that is not there is
 * added at the end of the front matter (or made, "---", where there is none) in
 * the file's own style.  Setting what is there changes no byte. On error
 * nothing changed.  Pointers into the fm are void after success.
 */
int fm_set(struct fm *, const char *key, const struct value *, struct err *);
/* Remove a field with its lines; no such field: nothing to do, 0. */
int fm_unset(struct fm *, const char *key, struct err *);

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
