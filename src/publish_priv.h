/* SPDX-License-Identifier: ISC */
/* What publish*.c share. */
#ifndef PUBLISH_PRIV_H
#define PUBLISH_PRIV_H

#include "post.h"
#include "publish.h"
#include "publish_journal.h"
#include "publish_merge.h"

/* A page, and the bundle whose files go with it (NULL: a lone file). */
struct owner {
	const char *path; /* relative to the site's root; NULL: none */
	char *bundle;
};

/* A plan in the making. */
struct planning {
	const struct site *site;
	struct repo *repo;
	const struct plan_options *options;
	struct plan *plan;
	char *prefix; /* the site's root below the work tree, "" or "a/b" */
	struct repo_changes changes; /* of the whole site */
	struct post **posts; /* as they will be; one for each of plan's */
	/* For each post: itself, and where it was before it was moved. */
	struct owner *owners, *sources;
	bool anew; /* a post that readers do not have yet */
};

/* The site's root below the work tree; caller frees. */
char *publish_prefix(const struct site *, struct repo *, struct err *);
/* A path relative to the site's root as one relative to the work tree. */
char *publish_repo_path(const char *prefix, const char *path);
/* Fill owners; free them, and sources. */
void publish_owners(struct planning *);
void publish_owners_free(struct planning *);
/* Has post i, or its bundle, a file that differs from HEAD? */
bool publish_touched(const struct planning *, size_t i);
/* Fill plan->files. */
int publish_files(struct planning *, struct err *);
/* Plan the fields of post i. (publish_fields.c) */
int publish_fields(struct planning *, size_t i, struct err *);
/* Set a planned field in the front matter of its post. */
int publish_field_set(const struct plan_field *, struct fm *, struct err *);
void publish_field_dispose(struct plan_field *);
/* The plan's message; all else of the plan is there. (publish_message.c) */
int publish_message(struct planning *, struct err *);

/* Fetch, integrate and push, again when the remote moved meanwhile. */
struct publish_sent {
	size_t brought, pushed; /* commits */
	bool fetched;
	bool unsure; /* stopped while pushing: the remote may have it */
};
/* The journal is kept up to date on the way, and is the caller's to remove. */
int publish_send(struct repo *, struct journal *, const struct repo_net *,
    struct publish_conflicts *, struct publish_sent *, struct err *);

/* As publish_pending(), for who has the lock; the journal too, empty: none. */
int publish_left(
    struct repo *, struct journal *, struct publish_pending *, struct err *);
/* Do what a journal has not done yet, up to the commit; what waits to be sent
 * is left. (publish_recover.c) */
int publish_finish(
    struct repo *, struct journal *, const struct repo_net *, struct err *);

#endif
