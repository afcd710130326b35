/* SPDX-License-Identifier: ISC */
/* Memory that never fails: running out of it is fatal. */
#ifndef MEM_H
#define MEM_H

#include <stdarg.h>
#include <stddef.h>
#include <stdnoreturn.h>

#define NITEMS(a) (sizeof(a) / sizeof((a)[0]))

/* Like their namesakes; the result is never NULL; the caller frees. */
void *xmalloc(size_t);
void *xcalloc(size_t n, size_t size);
void *xreallocarray(void *, size_t n, size_t size);
char *xstrdup(const char *);
char *xstrndup(const char *, size_t);
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
char *xvasprintf(const char *fmt, va_list)
    __attribute__((format(printf, 1, 0)));

/*
 * Make room for one more item of size bytes in an array that holds n and has
 * room for *cap; the array grows by doubling.  Returns the array, moved or not.
 */
void *xgrow(void *, size_t n, size_t *cap, size_t size);

/* Overwrite n bytes (may be none of a NULL) in a way that is never left out. */
void mem_wipe(void *, size_t n);

/* Call hook, say why on standard error, and exit with status 70. */
noreturn void fatal(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* What fatal() calls first: the face gives the terminal back. NULL: nothing. */
void fatal_hook(void (*hook)(void));

#endif
