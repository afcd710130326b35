/* SPDX-License-Identifier: ISC */
/*
 * Mermaid diagrams as text: flowcharts, states, sequences, pies and Gantt
 * charts, drawn with box characters.  What Mermaid's own page calls styling
 * and interaction is passed over.
 */
#ifndef DIAGRAM_H
#define DIAGRAM_H

#include <stdbool.h>
#include <stddef.h>

#include "err.h"

/*
 * The lines of a drawing, each with its newline, of at most cols columns;
 * ascii: without box characters.  NULL: err says why there is none, as the end
 * of a sentence: "a class diagram is not drawn", "it needs 120 columns".
 * Caller frees.
 */
char *diagram_draw(
    const char *text, size_t len, int cols, bool ascii, struct err *);

#endif
