/* SPDX-License-Identifier: ISC */
/* Keys by number and by name; the same names in settings, scripts and help. */
#include "key.h"

#include <stdio.h>
#include <string.h>

#include "buf.h"
#include "mem.h"
#include "text.h"

static const struct {
	const char *name;
	int key;
} names[] = {
    {"Tab", KEY_TAB},
    {"Enter", KEY_ENTER},
    {"Esc", KEY_ESC},
    {"Space", ' '},
    {"Backspace", KEY_BACKSPACE},
    {"Up", KEY_UP},
    {"Down", KEY_DOWN},
    {"Left", KEY_LEFT},
    {"Right", KEY_RIGHT},
    {"Home", KEY_HOME},
    {"End", KEY_END},
    {"PgUp", KEY_PGUP},
    {"PgDn", KEY_PGDN},
    {"Delete", KEY_DELETE},
    {"Insert", KEY_INSERT},
    {"S-Tab", KEY_BACKTAB},
    {"Ctrl-Left", KEY_WORD_LEFT},
    {"Ctrl-Right", KEY_WORD_RIGHT},
    {"WheelUp", KEY_WHEEL_UP},
    {"WheelDown", KEY_WHEEL_DOWN},
    /* Second names: read, never written. */
    {"Return", KEY_ENTER},
    {"Escape", KEY_ESC},
    {"PageUp", KEY_PGUP},
    {"PageDown", KEY_PGDN},
    {"Del", KEY_DELETE},
    {"Shift-Tab", KEY_BACKTAB},
};

static bool
alike(const char *a, const char *b)
{
	return text_casecmp(a, strlen(a), b, strlen(b)) == 0;
}

static int
parse_function_key(const char *s)
{
	int n = 0;

	if (*s != 'F' && *s != 'f')
		return 0;
	for (s++; *s >= '0' && *s <= '9' && n < 100; s++)
		n = n * 10 + *s - '0';
	return *s == '\0' && n >= 1 && n <= 12 ? KEY_F1 + n - 1 : 0;
}

/* "Ctrl-" and what follows: a letter, or one of [ \ ] ^ _. */
static int
parse_ctrl(const char *s)
{
	char c = s[0];

	if (c == '\0' || s[1] != '\0')
		return 0;
	if (c >= 'a' && c <= 'z')
		return KEY_CTRL(c);
	return c > '@' && c <= '_' ? KEY_CTRL(c) : 0;
}

static int
parse_code_point(const char *s)
{
	size_t len = strlen(s), size;
	uint32_t cp;

	if (len == 0 || text_valid(s, len) < len)
		return 0;
	cp = text_decode(s, len, &size);
	return size == len && key_is_text((int)cp) ? (int)cp : 0;
}

int
key_parse(const char *name)
{
	int key;

	for (size_t i = 0; i < NITEMS(names); i++)
		if (alike(name, names[i].name))
			return names[i].key;
	if ((key = parse_code_point(name)) != 0)
		return key;
	if ((key = parse_function_key(name)) != 0)
		return key;
	if (strlen(name) > 5 && text_casecmp(name, 5, "Ctrl-", 5) == 0)
		return parse_ctrl(name + 5);
	if (strlen(name) > 4 && text_casecmp(name, 4, "Alt-", 4) == 0) {
		key = key_parse(name + 4);
		return key && !(key & KEY_ALT) ? key | KEY_ALT : 0;
	}
	return 0;
}

static const char *
fixed_name(int key)
{
	for (size_t i = 0; i < NITEMS(names); i++)
		if (names[i].key == key)
			return names[i].name;
	return NULL;
}

const char *
key_label(int key, char buf[32])
{
	const char *alt = key & KEY_ALT ? "Alt-" : "";
	const char *fixed = fixed_name(key & ~KEY_ALT);
	struct buf text = {0};

	key &= ~KEY_ALT;
	if (fixed) {
		snprintf(buf, 32, "%s%s", alt, fixed);
	} else if (key >= KEY_F1 && key <= KEY_F12) {
		snprintf(buf, 32, "%sF%d", alt, key - KEY_F1 + 1);
	} else if (key > 0 && key < ' ') {
		snprintf(buf, 32, "%sCtrl-%c", alt, key | '@');
	} else if (key_is_text(key)) {
		text_encode(&text, (uint32_t)key);
		snprintf(buf, 32, "%s%s", alt, buf_text(&text));
		buf_dispose(&text);
	} else {
		buf[0] = '\0';
	}
	return buf;
}

bool
key_is_text(int key)
{
	if (key < ' ' || key >= KEY_FIRST_SPECIAL)
		return false;
	return !(key >= 0x7f && key < 0xa0) && !(key >= 0xd800 && key < 0xe000);
}
