/* SPDX-License-Identifier: ISC */
/*
 * A refused commit goes on by way of a pull request: the branch is given
 * another name, so to say, and the old name goes back to the remote's commit.
 */
#include "publish_branch.h"

#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "mem.h"
#include "publish_priv.h"

static bool
is_plain(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80 ||
	       c == '_';
}

char *
publish_branch_name(const char *path)
{
	char *dir = path_dir(path);
	bool bundle = strncmp(path_base(path), "index.", 6) == 0 ||
		      strncmp(path_base(path), "_index.", 7) == 0;
	const char *name =
	    path_base(bundle && strcmp(dir, ".") != 0 ? dir : path);
	size_t len = bundle ? strlen(name) : strcspn(name, ".");
	struct buf out = {0};
	char c;

	buf_puts(&out, "galley/");
	for (size_t i = 0; i < len; i++) {
		c = name[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (is_plain((unsigned char)c))
			buf_putc(&out, c);
		else if (out.data[out.len - 1] != '-' &&
			 out.data[out.len - 1] != '/')
			buf_putc(&out, '-');
	}
	while (out.data[out.len - 1] == '-')
		buf_splice(&out, out.len - 1, 1, NULL, 0);
	if (out.data[out.len - 1] == '/')
		buf_puts(&out, "post");
	free(dir);
	return buf_steal(&out);
}

static int
push(struct repo *repo, const struct repo_net *net, struct err *err)
{
	bool moved;

	return repo_push(repo, net, &moved, err);
}

static int
to_branch(struct repo *repo, const char *name, const struct repo_net *net,
    char **made, struct err *err)
{
	struct publish_pending pending;
	struct journal j;
	struct err ignored;
	int rc = publish_left(repo, &j, &pending, err);

	if (rc == 0 && pending.left == PUBLISH_LEFT_CUT)
		rc = err_code(
		    err, ERR_GIT, "%s: galley sync finishes it", pending.text);
	if (rc == 0)
		rc = repo_branch_off(repo, name, made, err);
	if (rc == 0 && *j.commit) {
		/* There it is the same publication. */
		free(j.branch);
		j.branch = xstrdup(*made);
		journal_write(repo, &j, &ignored);
	}
	if (rc == 0 && (rc = push(repo, net, err)) == 0)
		journal_remove(repo);
	publish_pending_dispose(&pending);
	journal_dispose(&j);
	return rc;
}

int
publish_to_branch(struct repo *repo, const char *name,
    const struct repo_net *net, char **made, struct err *err)
{
	int lock = journal_lock(repo, err), rc;

	*made = NULL;
	if (lock == -1)
		return -1;
	rc = to_branch(repo, name, net, made, err);
	journal_unlock(lock);
	return rc;
}

char *
publish_link(const struct buf *said)
{
	const char *text = buf_text(said), *at, *best = NULL;
	static const char ends[] = " \t\r\n\"'<>`";
	size_t len;

	for (at = text; (at = strstr(at, "http")); at += 4) {
		if (strncmp(at, "https://", 8) != 0 &&
		    strncmp(at, "http://", 7) != 0)
			continue;
		/* The one of several that makes one. */
		len = strcspn(at, ends);
		for (size_t i = 0; i + 4 < len; i++)
			if (strncmp(at + i, "pull", 4) == 0 ||
			    strncmp(at + i, "merge", 5) == 0) {
				best = at;
				break;
			}
		if (best)
			break;
	}
	if (!best)
		return NULL;
	len = strcspn(best, ends);
	while (len > 0 && strchr(".,;:)", best[len - 1]))
		len--;
	return xstrndup(best, len);
}
