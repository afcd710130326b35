/* SPDX-License-Identifier: ISC */
/*
 * The version of Hugo that a site names: "hugo-version: '0.111.3'" of a
 * workflow, HUGO_VERSION of a hosting service, hugo-extended of package.json.
 */
#include "hugo_version.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

#define FILE_BYTES     65536
#define WORKFLOWS_MOST 50

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "0.111" in a line: 111, "latest": HUGO_LATEST, else 0. */
static int
number_in(const char *s, const char *end)
{
	for (const char *p = s; end - p >= 3; p++) {
		int n = 0;

		if (end - p >= 6 && !text_casecmp(p, 6, "latest", 6))
			return HUGO_LATEST;
		if (*p != '0' || p[1] != '.' || !is_digit(p[2]) ||
		    (p > s && (is_digit(p[-1]) || p[-1] == '.')))
			continue;
		for (p += 2; p < end && is_digit(*p) && n < 1000; p++)
			n = n * 10 + (*p - '0');
		return n;
	}
	return 0;
}

int
hugo_version_in(const char *text)
{
	for (const char *line = text; *line;) {
		const char *end = line + strcspn(line, "\n");
		const char *s = line + strspn(line, " \t");
		int n = 0;

		for (; *s != '#' && end - s >= 4 && n == 0; s++)
			if (!text_casecmp(s, 4, "hugo", 4))
				n = number_in(s + 4, end);
		if (n > 0)
			return n;
		line = *end ? end + 1 : end;
	}
	return 0;
}

static int
in_file(const char *dir, const char *name)
{
	struct buf b = {0};
	struct err ignored;
	char *path = path_join(dir, name);
	int n = 0;

	if (file_read_head(path, FILE_BYTES, &b, NULL, &ignored) == 0)
		n = hugo_version_in(buf_text(&b));
	buf_dispose(&b);
	free(path);
	return n;
}

static int
in_workflows(const char *root)
{
	char *dir = path_join(root, ".github/workflows"), **names;
	struct err ignored;
	size_t count;
	int n = 0;

	if (file_names(dir, &names, &count, &ignored) == 0) {
		for (size_t i = 0; i < count && i < WORKFLOWS_MOST && n == 0;
		     i++) {
			const char *ext = path_ext(names[i]);

			if (!strcmp(ext, "yml") || !strcmp(ext, "yaml"))
				n = in_file(dir, names[i]);
		}
		file_names_free(names, count);
	}
	free(dir);
	return n;
}

int
hugo_version(const struct site_config *c)
{
	static const char *const files[] = {"netlify.toml", ".gitlab-ci.yml",
	    "vercel.json", "amplify.yml", "render.yaml", ".tool-versions",
	    "package.json"};
	const char *min;
	int n = in_workflows(c->root);

	for (size_t i = 0; i < NITEMS(files) && n == 0; i++)
		n = in_file(c->root, files[i]);
	if (n > 0)
		return n;
	min = value_text(value_path(c->all, "module.hugoVersion.min"));
	return min ? number_in(min, min + strlen(min)) : 0;
}
