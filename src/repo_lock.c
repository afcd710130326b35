/* SPDX-License-Identifier: ISC */
/*
 * Locks of a repository: waiting for another git, saying who it is, and taking
 * away what a program of ours left that was killed.  Where there is no /proc
 * nobody is named and nothing is taken away.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"
#include "repo_priv.h"

enum { FDS_MAX = 4096, LINK_MAX_BYTES = 4096 };

/* What a link of /proc leads to. NULL: cannot be read. Caller frees. */
static char *
read_link(const char *dir, const char *name)
{
	char *path = path_join(dir, name), *text = xmalloc(LINK_MAX_BYTES);
	ssize_t n = readlink(path, text, LINK_MAX_BYTES - 1);

	free(path);
	if (n < 0) {
		free(text);
		return NULL;
	}
	text[n] = '\0';
	return text;
}

static bool
has_open(const char *proc, const char *file)
{
	char *dir = path_join(proc, "fd"), **names, *to;
	struct err ignored;
	size_t n;
	bool found = false;

	if (file_names(dir, &names, &n, &ignored) == 0) {
		for (size_t i = 0; i < n && i < FDS_MAX && !found; i++) {
			to = read_link(dir, names[i]);
			found = to && strcmp(to, file) == 0;
			free(to);
		}
		file_names_free(names, n);
	}
	free(dir);
	return found;
}

/* The program's name: "git". Caller frees. */
static char *
name_of(const char *proc)
{
	char *path = path_join(proc, "comm"), text[64] = "";
	FILE *f = fopen(path, "re");

	free(path);
	if (f) {
		if (!fgets(text, sizeof(text), f))
			text[0] = '\0';
		fclose(f);
	}
	text[strcspn(text, "\n")] = '\0';
	return xstrdup(text);
}

/* Does the process hold the lock, as far as can be seen?  Git closes the file
 * while its hooks run, and works in the top directory. */
static bool
holds(const char *proc, const char *name, const char *root, const char *lock)
{
	char *cwd;
	bool in_tree;

	if (has_open(proc, lock))
		return true;
	if (strncmp(name, "git", 3) != 0)
		return false;
	cwd = read_link(proc, "cwd");
	in_tree = cwd && path_below(root, cwd);
	free(cwd);
	return in_tree;
}

/* Who holds a lock: "git (process 123)"; "" nobody; NULL: it cannot be told.
 * Caller frees. */
static char *
holder(struct repo *repo, const char *lock)
{
	char **names, *proc, *name, *found = NULL;
	struct err ignored;
	size_t n;
	long pid;

	if (file_names("/proc", &names, &n, &ignored) == -1)
		return NULL;
	if (!file_exists("/proc/self/fd")) {
		file_names_free(names, n);
		return NULL;
	}
	for (size_t i = 0; i < n && !found; i++) {
		pid = strtol(names[i], NULL, 10);
		if (pid <= 0 || pid == (long)getpid())
			continue;
		proc = path_join("/proc", names[i]);
		name = name_of(proc);
		if (holds(proc, name, repo->root, lock))
			found = xasprintf("%s (process %ld)", name, pid);
		free(name);
		free(proc);
	}
	file_names_free(names, n);
	return found ? found : xstrdup("");
}

int
repo_fail_locked(struct repo *repo, const char *lock, struct err *err)
{
	char *who = holder(repo, lock);

	if (who && *who)
		err_code(err, ERR_GIT,
		    "%s is at work here and holds %s: try again when it is "
		    "done",
		    who, lock);
	else if (who)
		err_code(err, ERR_GIT,
		    "locked, and no git runs here: one was killed; remove %s",
		    lock);
	else
		err_code(err, ERR_GIT,
		    "another git is at work; if none is, remove %s", lock);
	free(who);
	return -1;
}

int
repo_wait(struct repo *repo, struct err *err)
{
	char *lock = path_join(repo_dir(repo), "index.lock");
	bool held = file_exists(lock);
	int rc = 0;

	for (int i = 0; i < REPO_LOCK_TRIES && held; i++) {
		repo_pause(REPO_LOCK_WAIT);
		held = file_exists(lock);
	}
	if (held)
		rc = repo_fail_locked(repo, lock, err);
	free(lock);
	return rc;
}

static void
break_lock(struct repo *repo, const char *dir, const char *name, int64_t since)
{
	char *below = xasprintf("%s.lock", name), *lock = path_join(dir, below);
	struct stat st;
	char *who;

	free(below);
	if (lstat(lock, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_uid == geteuid() && st.st_mtime >= since) {
		who = holder(repo, lock);
		if (who && !*who)
			unlink(lock);
		free(who);
	}
	free(lock);
}

void
repo_break_locks(struct repo *repo, int64_t since)
{
	const char *common = git_repository_commondir(repo->git);
	char *branch = repo_branch_ref(repo);
	struct repo_head head;
	struct err ignored;

	break_lock(repo, repo_dir(repo), "index", since);
	break_lock(repo, repo_dir(repo), "HEAD", since);
	break_lock(repo, repo_dir(repo), "ORIG_HEAD", since);
	break_lock(repo, repo_dir(repo), "FETCH_HEAD", since);
	break_lock(repo, common, "config", since);
	break_lock(repo, common, "packed-refs", since);
	if (branch)
		break_lock(repo, common, branch, since);
	if (repo_head(repo, &head, &ignored) == 0) {
		if (head.upstream)
			break_lock(repo, common, head.upstream, since);
		repo_head_dispose(&head);
	}
	free(branch);
}
