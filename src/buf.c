/* SPDX-License-Identifier: ISC */
/* A growing run of bytes. */
#include "buf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

static void
reserve(struct buf *b, size_t more)
{
	size_t need;

	if (more > SIZE_MAX / 2 - b->len - 1)
		fatal("out of memory");
	need = b->len + more + 1;
	if (need <= b->cap)
		return;
	b->cap = need < 64 ? 64 : need + need / 2;
	b->data = xreallocarray(b->data, b->cap, 1);
}

void
buf_add(struct buf *b, const void *data, size_t len)
{
	reserve(b, len);
	if (len)
		memcpy(b->data + b->len, data, len);
	b->len += len;
	b->data[b->len] = '\0';
}

char *
buf_space(struct buf *b, size_t len)
{
	reserve(b, len);
	return b->data + b->len;
}

void
buf_filled(struct buf *b, size_t len)
{
	assert(len < b->cap - b->len);
	b->len += len;
	b->data[b->len] = '\0';
}

void
buf_puts(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void
buf_putc(struct buf *b, char c)
{
	if (b->len + 1 >= b->cap)
		reserve(b, 1);
	b->data[b->len++] = c;
	b->data[b->len] = '\0';
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = xvasprintf(fmt, ap);
	va_end(ap);
	buf_puts(b, s);
	free(s);
}

void
buf_splice(struct buf *b, size_t at, size_t cut, const void *data, size_t len)
{
	assert(at <= b->len && cut <= b->len - at);
	reserve(b, len);
	memmove(b->data + at + len, b->data + at + cut, b->len - at - cut);
	if (len)
		memcpy(b->data + at, data, len);
	b->len = b->len - cut + len;
	b->data[b->len] = '\0';
}

void
buf_clear(struct buf *b)
{
	b->len = 0;
	if (b->data)
		b->data[0] = '\0';
}

char *
buf_steal(struct buf *b)
{
	char *s;

	reserve(b, 0);
	b->data[b->len] = '\0';
	s = b->data;
	*b = (struct buf){0};
	return s;
}

const char *
buf_text(const struct buf *b)
{
	return b->data ? b->data : "";
}

void
buf_dispose(struct buf *b)
{
	free(b->data);
	*b = (struct buf){0};
}

void
buf_wipe(struct buf *b)
{
	mem_wipe(b->data, b->cap);
	buf_dispose(b);
}
