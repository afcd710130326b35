/* SPDX-License-Identifier: ISC */
/* What was published: is it where readers look? */
#include <stdlib.h>

#include "file.h"
#include "mem.h"
#include "online.h"
#include "publish_priv.h"
#include "schema.h"
#include "work.h"

/* What readers had before the commit, or NULL. */
static struct fm *
before(struct repo *repo, const char *path, const char *oid)
{
	char *rev = *oid ? xasprintf("%s^", oid) : NULL;
	struct buf text = {0};
	struct err ignored;
	struct fm *fm = NULL;

	if (rev && repo_read(repo, rev, path, &text, &ignored) == 0)
		fm = fm_parse(buf_text(&text), text.len, &ignored);
	if (fm && schema_is_draft(NULL, fm)) {
		fm_free(fm);
		fm = NULL;
	}
	buf_dispose(&text);
	free(rev);
	return fm;
}

static struct online *
page_of(const struct site *site, struct repo *repo, const struct plan *plan,
    const char *oid, size_t i, struct err *err)
{
	char *file = path_join(site->config->root, plan->posts[i]);
	char *prefix = publish_prefix(site, repo, err), *path, *url;
	struct post *post = prefix ? post_view(file, err) : NULL;
	struct online *page = NULL;
	struct fm *was;

	if (post) {
		path = publish_repo_path(prefix, plan->posts[i]);
		url = permalink_of(
		    site->config, plan->posts[i], fm_values(post->fm));
		was = before(repo, path, oid);
		page = online_new(site->config, plan->posts[i], url ? url : "",
		    post->fm, was, plan->unpublish, err);
		fm_free(was);
		free(url);
		free(path);
	}
	post_free(post);
	free(prefix);
	free(file);
	return page;
}

int
publish_wait(const struct site *site, struct repo *repo,
    const struct plan *plan, const struct publish_result *result, int seconds,
    bool *told, struct progress *progress, struct err *err)
{
	bool tells = true;
	int rc = 0;

	if (plan->note && !plan->unpublish)
		return err_code(err, ERR_REFUSED, "%s", plan->note);
	for (size_t i = 0; i < plan->nposts && rc == 0; i++) {
		struct online *page =
		    page_of(site, repo, plan, result->oid, i, err);

		rc = page ? online_wait(page, seconds, progress, err) : -1;
		tells = tells && page && online_tells(page);
		online_free(page);
	}
	if (told)
		*told = tells;
	return rc;
}
