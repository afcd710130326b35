/* SPDX-License-Identifier: ISC */
/* Running Hugo by its arguments, never by a shell line. */
#include "hugo.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"
#include "post.h"
#include "proc.h"
#include "site.h"

bool
hugo_is_there(void)
{
	const char *path = getenv("PATH");
	bool there = false;

	while (path && *path && !there) {
		size_t n = strcspn(path, ":");
		char *file = xasprintf("%.*s/hugo", (int)n, path);

		there =
		    n > 0 && file_is_regular(file) && access(file, X_OK) == 0;
		free(file);
		path += n + (path[n] == ':');
	}
	return there;
}

/* The line of its output that says what went wrong. */
static int
fail(const struct proc_result *r, struct err *err)
{
	const char *text = buf_text(&r->err), *s = strstr(text, "Error: ");

	s = s ? s + 7 : text;
	if (!*s)
		return err_set(
		    err, "hugo new: ended with status %d", r->status);
	return err_set(err, "hugo new: %.*s", (int)strcspn(s, "\n"), s);
}

static int
run(const char *root, const char *path, const char *kind,
    struct progress *progress, struct err *err)
{
	const char *argv[] = {
	    "hugo", "new", path, kind ? "--kind" : NULL, kind, NULL};
	/* A site's configuration must not choose a program to run. */
	const char *const env[] = {"HUGO_NEWCONTENTEDITOR=", NULL};
	const struct proc_spec spec = {.argv = argv, .cwd = root, .env = env};
	struct proc_result result = {0};
	int rc;

	rc = proc_run(&spec, NULL, 0, NULL, NULL, progress, &result, err);
	if (rc == 0 && result.status != 0)
		rc = fail(&result, err);
	proc_result_dispose(&result);
	return rc;
}

static int
set_title(const char *file, const char *title, struct err *err)
{
	struct post *post = post_load(file, err);
	struct value *v = value_string(title);
	int rc = post ? fm_set(post->fm, "title", v, err) : -1;

	if (rc == 0)
		rc = post_save(post, err);
	value_free(v);
	post_free(post);
	return rc;
}

int
hugo_new(const char *root, const char *path, const char *kind,
    const char *title, char **made, struct progress *progress, struct err *err)
{
	char *lock = path_join(root, ".hugo_build.lock"), *file;
	bool locked = file_exists(lock);
	struct site_config *config = site_config_load(root, err);
	int rc = config ? run(root, path, kind, progress, err) : -1;

	/* It leaves a file that nobody wants to commit. */
	if (!locked)
		unlink(lock);
	free(lock);
	*made = rc == 0 ? site_resolve(config, root, path, err) : NULL;
	if (*made && title) {
		file = path_join(root, *made);
		rc = set_title(file, title, err);
		free(file);
		if (rc == -1)
			err_where(err, *made);
	}
	site_config_free(config);
	return *made ? rc : -1;
}
