/* SPDX-License-Identifier: ISC */
/* Looking a command up in its table, by key and by name. */
#include "command.h"

#include <string.h>

#include "key.h"

/*
 * The key that starts *keys, by name in name; *keys moves behind it.  False:
 * none is left.
 */
static bool
next_key(const char **keys, char name[32])
{
	const char *s = *keys + strspn(*keys, " ");
	size_t len = strcspn(s, " ");

	if (len == 0 || len >= 32)
		return false;
	memcpy(name, s, len);
	name[len] = '\0';
	*keys = s + len;
	return true;
}

const struct command *
command_by_key(const struct command *c, int key)
{
	char name[32];

	for (; c && c->name; c++) {
		const char *keys = c->keys ? c->keys : "";

		while (next_key(&keys, name))
			if (key_parse(name) == key)
				return c;
	}
	return NULL;
}

const struct command *
command_by_name(const struct command *c, const char *name)
{
	for (; c && c->name; c++)
		if (strcmp(c->name, name) == 0)
			return c;
	return NULL;
}

const char *
command_key(const struct command *c, char buf[32])
{
	const char *keys = c->keys ? c->keys : "";

	if (!next_key(&keys, buf))
		buf[0] = '\0';
	return buf;
}
