/* SPDX-License-Identifier: ISC */
/* Errors are one line of text: control characters never get into it. */
#include "err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "mem.h"
#include "text.h"

#define ELLIPSIS "\xe2\x80\xa6"

static int fill(struct err *, enum err_code, const char *fmt, va_list)
    __attribute__((format(printf, 3, 0)));

static int
fill(struct err *err, enum err_code code, const char *fmt, va_list ap)
{
	/* The arguments may include err->msg itself. */
	char *text = xvasprintf(fmt, ap);
	struct buf clean = {0};
	size_t len;

	text_clean(&clean, text, strlen(text));
	free(text);
	len = clean.len;
	if (len >= sizeof(err->msg)) {
		len = sizeof(err->msg) - sizeof(ELLIPSIS);
		while (len > 0 && (clean.data[len] & 0xc0) == 0x80)
			len--;
		buf_splice(&clean, len, clean.len - len, ELLIPSIS,
		    sizeof(ELLIPSIS) - 1);
	}
	*err = (struct err){.code = code};
	memcpy(err->msg, buf_text(&clean), clean.len + 1);
	buf_dispose(&clean);
	return -1;
}

int
err_set(struct err *err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fill(err, ERR_FAIL, fmt, ap);
	va_end(ap);
	return -1;
}

int
err_code(struct err *err, enum err_code code, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fill(err, code, fmt, ap);
	va_end(ap);
	return -1;
}

int
err_at(struct err *err, unsigned line, unsigned column, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fill(err, ERR_FAIL, fmt, ap);
	va_end(ap);
	err->line = line;
	err->column = column;
	return -1;
}

int
err_errno(struct err *err, const char *what)
{
	return err_set(err, "%s: %s", what, strerror(errno));
}

int
err_where(struct err *err, const char *name)
{
	struct err e = *err;

	if (e.line > 0 && e.column > 0)
		return err_code(
		    err, e.code, "%s:%u:%u: %s", name, e.line, e.column, e.msg);
	if (e.line > 0)
		return err_code(err, e.code, "%s:%u: %s", name, e.line, e.msg);
	if (*e.msg != '/' && strncmp(e.msg, name, strlen(name)) != 0)
		return err_code(err, e.code, "%s: %s", name, e.msg);
	return -1;
}

int
err_status(const struct err *err)
{
	static const int status[] = {
	    [ERR_NONE] = 0,
	    [ERR_FAIL] = 3,
	    [ERR_CHANGED] = 3,
	    [ERR_USAGE] = 2,
	    [ERR_REFUSED] = 1,
	    [ERR_GIT] = 4,
	    [ERR_AUTH] = 4,
	    [ERR_CANCEL] = 1,
	};

	return status[err->code];
}
