/* SPDX-License-Identifier: ISC */
/* Files that are all data, read with errors that name the place. */

#include "file.h"
#include "fm.h"

struct value *
fm_load_data(
    const char *path, const char *name, struct buf *text, struct err *err)
{
	struct buf own = {0}, *b = text ? text : &own;
	struct value *v = NULL;

	if (file_read(path, b, NULL, err) == 0) {
		v = fm_parse_data(path, buf_text(b), b->len, err);
		if (!v)
			err_where(err, name);
	}
	buf_dispose(&own);
	return v;
}
