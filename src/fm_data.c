/* SPDX-License-Identifier: ISC */
/* Files that are all data, read with errors that name the place. */

#include "file.h"
#include "fm.h"

/* Put "name:line:column: " before the message. */
static void
say_where(struct err *err, const char *name)
{
	struct err e = *err;

	if (e.line == 0)
		err_code(err, e.code, "%s: %s", name, e.msg);
	else if (e.column == 0)
		err_code(err, e.code, "%s:%u: %s", name, e.line, e.msg);
	else
		err_code(
		    err, e.code, "%s:%u:%u: %s", name, e.line, e.column, e.msg);
}

struct value *
fm_load_data(
    const char *path, const char *name, struct buf *text, struct err *err)
{
	struct buf own = {0}, *b = text ? text : &own;
	struct value *v = NULL;

	if (file_read(path, b, NULL, err) == 0) {
		v = fm_parse_data(path, buf_text(b), b->len, err);
		if (!v)
			say_where(err, name);
	}
	buf_dispose(&own);
	return v;
}
