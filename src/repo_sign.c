/* SPDX-License-Identifier: ISC */
/* Git's signing programs, with galley between them. */
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "repo_priv.h"

/* The program of a format: its own setting, or an older one. */
static char *
program(git_config *config, const char *key, const char *older)
{
	char *set = repo_config_text(config, "%s", key);

	return set || !older ? set : repo_config_text(config, "%s", older);
}

static void
put(struct repo_signer *s, const char *key, const char *dir, const char *name,
    const char *var, char *real)
{
	repo_args_add(&s->options, "-c");
	repo_args_addf(&s->options, "%s=%s/%s", key, dir, name);
	if (real)
		repo_args_addf(&s->env, "%s=%s", var, real);
	else
		repo_args_add(&s->env, var);
	free(real);
}

void
repo_signer_make(struct repo *repo, struct repo_signer *s)
{
	const char *dir = repo->askpass ? askpass_dir(repo->askpass) : NULL;
	git_config *config = NULL;
	struct err ignored;

	*s = (struct repo_signer){0};
	if (!dir || repo_config(repo, &config, &ignored) == -1)
		return;
	put(s, "gpg.openpgp.program", dir, SIGNER_GPG, SIGNER_GPG_VAR,
	    program(config, "gpg.openpgp.program", "gpg.program"));
	put(s, "gpg.x509.program", dir, SIGNER_GPGSM, SIGNER_GPGSM_VAR,
	    program(config, "gpg.x509.program", NULL));
	git_config_free(config);
}

void
repo_signer_dispose(struct repo_signer *s)
{
	repo_args_dispose(&s->options);
	repo_args_dispose(&s->env);
}
