/* SPDX-License-Identifier: ISC */
/*
 * From what a person types to a page of the site.  Nothing outside the site's
 * content is ever named: links are resolved before a path is believed.
 */
#include "site_priv.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

struct search {
	const struct site_config *config;
	const char *arg;
	char *root, *real_root;
	char *found;  /* relative to the root */
	char *refuse; /* why what was found is no page */
	struct buf looked;
};

/* The index page of a directory (relative to the root), or NULL. */
static char *
index_of(const struct site_config *c, const char *dir)
{
	char *full = path_join(c->root, dir), *best = NULL;
	char **names = NULL;
	struct err err;
	size_t n = 0;
	int best_rank = 8;

	if (file_names(full, &names, &n, &err) == 0) {
		for (size_t i = 0; i < n; i++) {
			char *path = path_join(dir, names[i]);
			struct site_path p;
			int rank;

			site_path_parse(c, path, &p);
			/* index before _index, the default language first,
			 * last what has no language of the site. */
			rank = (strchr(p.base, '.') != NULL) * 4 +
			       (p.form == FORM_BRANCH) * 2 +
			       (strcmp(c->languages[p.language].code,
				    c->default_language) != 0);
			if (site_is_content(names[i]) && p.form != FORM_LONE &&
			    rank < best_rank) {
				best_rank = rank;
				free(best);
				best = xstrdup(path);
			}
			site_path_dispose(&p);
			free(path);
		}
		file_names_free(names, n);
	}
	free(full);
	return best;
}

/* path below the root, or NULL when it, or what it links to, is not. */
static char *
below_root(const struct search *s, const char *path)
{
	char *real = path_real(path);
	const char *below = NULL, *real_below = NULL;
	char *result = NULL;

	if (real && s->real_root)
		real_below = path_below(s->real_root, real);
	if (real_below) {
		below = path_below(s->root, path);
		/* Reached by another name of the root. */
		result = xstrdup(below ? below : real_below);
	}
	free(real);
	return result;
}

static bool
in_content(const struct site_config *c, const char *path)
{
	struct site_path p;
	bool inside;

	site_path_parse(c, path, &p);
	inside = p.inside;
	site_path_dispose(&p);
	return inside;
}

static void
refuse(struct search *s, const char *why)
{
	if (!s->refuse)
		s->refuse = xasprintf("%s: %s", s->arg, why);
}

/* Judge what is at the absolute, clean path. True: the search is over. */
static bool
judge(struct search *s, const char *path)
{
	char *rel = below_root(s, path), *page;
	char *full;

	if (!rel) {
		refuse(s, "outside the site; name a page of its content");
		return false;
	}
	if (!in_content(s->config, rel)) {
		refuse(s, "not in the site's content");
	} else if (file_is_dir(path)) {
		page = index_of(s->config, rel);
		full = page ? path_join(s->config->root, page) : NULL;
		if (!page)
			refuse(s, "a directory without an index page");
		else if ((s->found = below_root(s, full)) == NULL)
			refuse(s, "its index page is outside the site");
		free(page);
		free(full);
	} else if (!site_is_content(path_base(rel)) || !file_is_regular(path)) {
		refuse(s, "not a content file");
	} else {
		s->found = rel;
		rel = NULL;
	}
	free(rel);
	return s->found != NULL;
}

/* Note a place for the error, each once. */
static void
looked_for(struct search *s, const char *path)
{
	const char *at = buf_text(&s->looked);
	size_t len = strlen(path), n;

	for (; *at; at += n + strspn(at + n, ", ")) {
		n = strcspn(at, ",");
		if (n == len && memcmp(at, path, n) == 0)
			return;
	}
	if (s->looked.len)
		buf_puts(&s->looked, ", ");
	buf_puts(&s->looked, path);
}

/* Look for arg below dir, also without its extension. */
static bool
try_dir(struct search *s, const char *dir)
{
	char *joined = path_join(dir, s->arg);
	char *path = path_clean(joined);
	bool over = false;

	if (file_exists(path)) {
		over = judge(s, path);
	} else {
		free(joined);
		joined = xasprintf("%s.md", path);
		over = file_is_regular(joined) && judge(s, joined);
	}
	looked_for(s, path);
	free(path);
	free(joined);
	return over;
}

static bool
try_content(struct search *s)
{
	const struct site_config *c = s->config;

	/* The default language first. */
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < c->nlanguages; i++) {
			bool first = strcmp(c->languages[i].code,
					 c->default_language) == 0;
			char *dir;
			bool over;

			if (first != (pass == 0))
				continue;
			dir = path_join(c->root, c->languages[i].content_dir);
			over = try_dir(s, dir);
			free(dir);
			if (over)
				return true;
		}
	}
	return false;
}

char *
site_resolve(const struct site_config *config, const char *cwd, const char *arg,
    struct err *err)
{
	struct search s = {.config = config, .arg = arg};

	s.root = path_clean(config->root);
	s.real_root = path_real(config->root);
	if (arg[0] == '\0')
		err_code(err, ERR_USAGE, "the name of a page is empty");
	else if (try_dir(&s, cwd) ||
		 (arg[0] != '/' && (try_dir(&s, s.root) || try_content(&s))))
		;
	else if (s.refuse)
		err_set(err, "%s", s.refuse);
	else
		err_set(err, "%s: no such page (looked for %s)", arg,
		    buf_text(&s.looked));
	free(s.root);
	free(s.real_root);
	free(s.refuse);
	buf_dispose(&s.looked);
	return s.found;
}
