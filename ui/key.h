/* SPDX-License-Identifier: ISC */
/* Keys by number and by name: one code point, or one of enum key. */
#ifndef KEY_H
#define KEY_H

#include <stdbool.h>

enum key {
	KEY_NONE = 0,
	KEY_TAB = 9,
	KEY_ENTER = 13,
	KEY_ESC = 27,
	KEY_BACKSPACE = 127,
	/* Ctrl-A is 1 ... Ctrl-Z is 26, as in ASCII. */
	KEY_FIRST_SPECIAL = 0x110000,
	KEY_UP,
	KEY_DOWN,
	KEY_LEFT,
	KEY_RIGHT,
	KEY_HOME,
	KEY_END,
	KEY_PGUP,
	KEY_PGDN,
	KEY_DELETE,
	KEY_INSERT,
	KEY_BACKTAB,
	KEY_WORD_LEFT, /* Ctrl with an arrow */
	KEY_WORD_RIGHT,
	KEY_F1, /* ... F12 */
	KEY_F12 = KEY_F1 + 11,
	KEY_RESIZE, /* face->size() says something else now */
	KEY_MOUSE,  /* left click: row and col */
	KEY_DOUBLE, /* left double click */
	KEY_WHEEL_UP,
	KEY_WHEEL_DOWN,
	KEY_PASTE,          /* start of pasted text ... */
	KEY_PASTE_END,      /* ... and its end */
	KEY_QUIT,           /* SIGTERM, SIGHUP, SIGINT: end now */
	KEY_RESUMED,        /* after Ctrl-Z: draw again, files may differ */
	KEY_ALT = 0x200000, /* added to a key */
};

#define KEY_CTRL(c) ((c)&0x1f)

struct event {
	int key;
	int row, col; /* KEY_MOUSE ...: cells, from 0 */
};

/* "j", "G", "Enter", "Ctrl-S", "PgDn", "Space", "S-Tab", "F1", "Alt-x"; 0:
 * unknown. */
int key_parse(const char *name);
/* The name, in buf. Returns buf. (Curses has a key_name.) */
const char *key_label(int key, char buf[32]);
bool key_is_text(int key); /* a printable code point */

#endif
