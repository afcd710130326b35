/* SPDX-License-Identifier: ISC */
/*
 * Names and passwords as git keeps them: `git credential fill` asks the
 * person's helpers, approve and reject tell them how it went
 * (git-credential(1)).
 */
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "repo_priv.h"

static void
forget(char **secret)
{
	if (*secret)
		mem_wipe(*secret, strlen(*secret));
	free(*secret);
	*secret = NULL;
}

void
repo_cred_dispose(struct repo_cred *cred)
{
	free(cred->protocol);
	free(cred->host);
	free(cred->path);
	free(cred->user);
	forget(&cred->password);
	*cred = (struct repo_cred){0};
}

static void
describe(const struct repo_cred *cred, bool secret, struct buf *out)
{
	buf_printf(out, "protocol=%s\nhost=%s\n", cred->protocol, cred->host);
	/* Left out by git unless credential.useHttpPath wants it. */
	if (*cred->path)
		buf_printf(out, "path=%s\n", cred->path);
	if (cred->user)
		buf_printf(out, "username=%s\n", cred->user);
	if (secret && cred->password)
		buf_printf(out, "password=%s\n", cred->password);
	buf_puts(out, "\n");
}

static int
run(struct repo *repo, const char *verb, const struct repo_cred *cred,
    struct progress *progress, struct proc_result *result, struct err *err)
{
	struct repo_job job = {.progress = progress};
	struct buf input = {0};
	int rc;

	repo_args_add(&job.args, "git");
	repo_args_add(&job.args, "credential");
	repo_args_add(&job.args, verb);
	describe(cred, strcmp(verb, "fill") != 0, &input);
	job.input = buf_text(&input);
	job.len = input.len;
	rc = repo_run(repo, &job, result, err);
	buf_wipe(&input);
	return rc;
}

/* What one line of the answer sets. */
static void
take(struct repo_cred *cred, char *line)
{
	if (strncmp(line, "username=", 9) == 0) {
		free(cred->user);
		cred->user = xstrdup(line + 9);
	} else if (strncmp(line, "password=", 9) == 0) {
		forget(&cred->password);
		cred->password = xstrdup(line + 9);
	}
}

int
repo_cred_fill(struct repo *repo, struct repo_cred *cred,
    struct progress *progress, struct err *err)
{
	struct proc_result result = {0};
	char *line, *nl;
	int rc;

	rc = run(repo, "fill", cred, progress, &result, err);
	for (line = result.out.data; rc == 0 && line && *line; line = nl) {
		nl = line + strcspn(line, "\n");
		if (*nl)
			*nl++ = '\0';
		take(cred, line);
	}
	if (rc == 0 && (result.status != 0 || !cred->user || !cred->password))
		rc = err_code(err, ERR_AUTH,
		    "%s asks for a name and a password: set up a credential "
		    "helper (git help credentials)",
		    cred->host);
	cred->filled = rc == 0;
	buf_wipe(&result.out);
	proc_result_dispose(&result);
	return rc;
}

void
repo_cred_done(struct repo *repo, struct repo_cred *cred, bool good)
{
	struct proc_result result = {0};
	struct err ignored;

	if (!cred->filled)
		return;
	run(repo, good ? "approve" : "reject", cred, NULL, &result, &ignored);
	proc_result_dispose(&result);
	cred->filled = false;
	if (good)
		return;
	forget(&cred->password);
	free(cred->user);
	cred->user = NULL;
}
