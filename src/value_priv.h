/* SPDX-License-Identifier: ISC */
/* What the value_* modules share; nobody else includes this. */
#ifndef VALUE_PRIV_H
#define VALUE_PRIV_H

#include <stddef.h>

/*
 * The shortest text that reads back as the same number, with a point whatever
 * the locale, and never like an integer; not finite: as YAML writes it.  64
 * bytes are enough.
 */
void value_real_text(double, char *text, size_t size);

#endif
