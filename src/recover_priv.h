/* SPDX-License-Identifier: ISC */
/* How kept edits are written; for recover*.c only. */
#ifndef RECOVER_PRIV_H
#define RECOVER_PRIV_H

#include "recover.h"

/* Of one file, and of what is read of one. */
#define RECOVER_MAX ((size_t)1 << 20)

/* Append a post's edits; false: it is none that we could read again. */
bool recover_write(struct buf *, const char *root, const char *path,
    const struct post *, int64_t when);
/* NULL: broken, or of another site.  Its file is not set. */
struct recover_item *recover_read(
    const char *text, size_t len, const char *root);
void recover_item_free(struct recover_item *);

#endif
