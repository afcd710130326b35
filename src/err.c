/* SPDX-License-Identifier: ISC */
/* Errors are one line of text: control characters never get into it. */
#include "err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static int fill(struct err *, enum err_code, const char *fmt, va_list)
    __attribute__((format(printf, 3, 0)));

static int
fill(struct err *err, enum err_code code, const char *fmt, va_list ap)
{
	char *p;
	int n;

	/* The arguments may include err->msg itself. */
	char msg[sizeof(err->msg)];

	n = vsnprintf(msg, sizeof(msg), fmt, ap);
	if (n < 0)
		msg[0] = '\0';
	if (n >= (int)sizeof(msg)) {
		p = msg + sizeof(msg) - sizeof("…");
		while (p > msg && ((unsigned char)*p & 0xc0) == 0x80)
			p--;
		memcpy(p, "…", sizeof("…"));
	}
	for (p = msg; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			*p = ' ';
	*err = (struct err){.code = code};
	memcpy(err->msg, msg, strlen(msg) + 1);
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
