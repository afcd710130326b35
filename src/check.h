/* SPDX-License-Identifier: ISC */
/* Rules that a page is held to before it is published; one row a rule. */
#ifndef CHECK_H
#define CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "post.h"
#include "site.h"

enum check_severity { CHECK_INFO, CHECK_WARNING, CHECK_ERROR };

struct finding {
	const char *rule; /* static: "date-unreadable" */
	enum check_severity severity;
	char *path;            /* relative to the root */
	unsigned line, column; /* 0: the whole file */
	char *message;
};

struct findings {
	struct finding *v;
	size_t n, cap;
	size_t rules; /* how many were tried, for "14 good" */
};

struct check;
struct conf;
struct schemas;

struct check_rule {
	const char *name;
	const char *help;
	enum check_severity severity;
	void (*run)(const struct check *); /* check_priv.h */
	bool unloaded; /* also for a page that did not load */
};

struct check_options {
	/* What fields must hold, and what the settings say of the rules; NULL:
	 * anything, and nothing. */
	struct schemas *schemas;
	bool publish; /* the page is about to be published */
};

/* Hold one page to every rule, add what they find; post NULL: it did not load
 * (entry->error).  options may be NULL. */
void check_page(const struct site *, const struct entry *, const struct post *,
    const struct check_options *, struct findings *);
size_t findings_count(const struct findings *, enum check_severity);
void findings_dispose(struct findings *);
const struct check_rule *check_rules(size_t *n);
/* Are the settings of "checks" of rules that there are? */
int check_settings(const struct conf *, struct err *);
const char *check_severity_name(enum check_severity);

#endif
