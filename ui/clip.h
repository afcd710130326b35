/* SPDX-License-Identifier: ISC */
/* A text on its way to the clipboard, through the terminal (OSC 52). */
#ifndef CLIP_H
#define CLIP_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes that terminals take: 100,000 with the sequence around them. */
#define CLIP_MAX 74994

/*
 * The sequence that makes len bytes of text, at most CLIP_MAX, the clipboard's.
 * tmux: wrapped for the terminal around tmux as well, which passes it on where
 * its own allow-passthrough is on.  Caller frees.
 */
char *clip_sequence(const char *text, size_t len, bool tmux);

#endif
