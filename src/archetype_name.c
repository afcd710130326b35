/* SPDX-License-Identifier: ISC */
/* Names of new posts, after their titles and after the names that there are. */
#include <stdlib.h>
#include <string.h>

#include "archetype_priv.h"
#include "date.h"
#include "mem.h"
#include "text.h"

char *
archetype_dirname(const struct site_config *config, const char *title)
{
	char *s = permalink_urlize(config, title), *name;
	struct buf out = {0};
	size_t len = strlen(s), size;

	for (size_t i = 0; i < len && out.len < 200; i += size) {
		uint32_t cp = text_decode(s + i, len - i, &size);
		bool plain = cp == '-' || cp == '_' || cp == '.' ||
			     text_is_letter(cp) || text_is_digit(cp) ||
			     text_is_mark(cp);

		if (plain && cp != '-' && !(out.len == 0 && cp == '.'))
			buf_add(&out, s + i, size);
		else if (out.len > 0 && out.data[out.len - 1] != '-')
			buf_putc(&out, '-');
	}
	while (out.len > 0 && strchr("-.", out.data[out.len - 1]))
		out.data[--out.len] = '\0';
	free(s);
	/* Names that mean something to Hugo. */
	if (out.len == 0 || strcmp(out.data, "index") == 0 ||
	    strcmp(out.data, "_index") == 0) {
		name = xasprintf("post%s%s", out.len ? "-" : "",
		    out.len ? out.data + (out.data[0] == '_') : "");
		buf_dispose(&out);
		return name;
	}
	return buf_steal(&out);
}
