/* SPDX-License-Identifier: ISC */
/* A growing run of bytes, always followed by a NUL that len does not count. */
#ifndef BUF_H
#define BUF_H

#include <stddef.h>

struct buf {
	char *data; /* NULL while nothing was ever added */
	size_t len; /* bytes */
	size_t cap;
};

void buf_add(struct buf *, const void *, size_t len);
void buf_puts(struct buf *, const char *);
void buf_putc(struct buf *, char);
void buf_printf(struct buf *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Room for len more bytes, for what writes there itself; then how many it
 * wrote, at most len. */
char *buf_space(struct buf *, size_t len);
void buf_filled(struct buf *, size_t len);
/* Put len bytes in the place of the cut bytes from at; at + cut <= len. */
void buf_splice(struct buf *, size_t at, size_t cut, const void *, size_t len);
void buf_clear(struct buf *); /* len = 0, memory kept */
/* The text, never NULL; the caller frees; the buf is empty after it. */
char *buf_steal(struct buf *);
const char *buf_text(const struct buf *); /* borrowed, never NULL */
void buf_dispose(struct buf *);
/* The same for secrets: what is in its memory now is overwritten first. */
void buf_wipe(struct buf *);

#endif
