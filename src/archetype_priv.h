/* SPDX-License-Identifier: ISC */
/* What the files of the archetype family share; nobody else includes this. */
#ifndef ARCHETYPE_PRIV_H
#define ARCHETYPE_PRIV_H

#include "archetype.h"
#include "file.h"
#include "value.h"

/* No value and no result may be longer, in bytes. */
#define TEMPLATE_MAX ((size_t)1 << 20)

/* A function of the templates; args[0..n) are borrowed. NULL: err is set,
 * without a place. */
typedef struct value *(*template_function)(const struct archetype_data *,
    struct value *const *args, size_t n, struct err *);

struct template_name {
	const char *name;  /* "replace" */
	const char *alias; /* "strings.Replace", or NULL */
	size_t min, max;   /* arguments */
	template_function run;
};

/* The head of such a function. */
#define TEMPLATE_FUNCTION(name) \
	static struct value *name(const struct archetype_data *data, \
	    struct value *const *args, size_t n, struct err *err)

/* Tables that end in a row without a name. */
extern const struct template_name template_strings[];
extern const struct template_name template_lists[];
extern const struct template_name template_numbers[];

/* By name[0..len); NULL: unknown. */
const struct template_name *template_find(const char *name, size_t len);
/* A field or method of a value: ".Site", ".Format". */
struct value *template_field(const struct value *, const char *name, size_t len,
    struct value *const *args, size_t n, struct err *);
/* What "." is: .Name, .Date, .Site ... Caller frees. (archetype_value.c) */
struct value *template_dot(const struct archetype_data *);
struct value *template_site(const struct archetype_data *);
/* The keys of a map in order, NULL behind them; free the array alone. */
char **template_keys(const struct value *);
bool template_truth(const struct value *); /* as Go's text/template */
void template_print(const struct value *, struct buf *);
char *template_string(const struct value *); /* as printed; caller frees */
/* As Hugo's lt and gt do: texts by their numbers, lists by their lengths. */
int template_compare(const struct value *, const struct value *);
struct value *template_regex(const struct archetype_data *,
    struct value *const *args, size_t n, struct err *);
struct value *template_printf(const struct archetype_data *,
    struct value *const *args, size_t n, struct err *);

struct value *template_find_regex(const struct archetype_data *,
    struct value *const *args, size_t n, struct err *);
/* Append a hash as hexadecimal digits. (archetype_hash.c) */
void hash_md5(const void *, size_t len, struct buf *);
void hash_sha1(const void *, size_t len, struct buf *);
void hash_sha256(const void *, size_t len, struct buf *);

/* s as a title by the rules of the Associated Press, as Hugo's title does.
 * Caller frees. (archetype_words.c) */
char *words_title(const char *s);
/* "my-post_name" -> "My post name". Caller frees. */
char *words_humanize(const char *s);

/* Where an expansion is. (archetype_eval.c) */
struct eval {
	const char *text;
	size_t len, at;
	const struct archetype_data *data;
	const struct value *dot;
	struct eval_variable {
		char *name;
		struct value *value;
	} * variables;
	size_t nvariables, cap_variables;
	int depth;
	size_t spent; /* bytes of values that were made, for the bound */
	struct err *err;
};

/* The error, placed at byte at of the text. Returns -1. */
int eval_fail(struct eval *, size_t at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void eval_blank(struct eval *); /* over blanks */
/* At "}}" or " -}}"; over it: false when it is not there. */
bool eval_at_end(const struct eval *);
bool eval_end(struct eval *, bool *trim);
/* The value of the pipeline that starts here. Caller frees; NULL: err. */
struct value *eval_pipeline(struct eval *);
void eval_declare(struct eval *, char *name, struct value *); /* takes both */
bool eval_assign(struct eval *, const char *name, struct value *);
/* Count bytes that were made against the bound of all of it. */
int eval_spend(struct eval *, size_t at, size_t bytes);
/* The length of the "$name" here, 0: there is none. */
size_t eval_variable(const struct eval *);

/* A post in the making: all its files, before one is written. */
struct new_file {
	char *path; /* relative to the root */
	struct buf text;
	const char *source; /* the file to copy instead of text, or NULL */
	bool made;
};

struct making {
	const struct site_config *config;
	const struct archetype_spec *spec;
	const char *root; /* the content directory */
	size_t language;
	char *target; /* below root: "blog/x", "blog/x/index.md" */
	char *kind;
	char *date;
	char *real_root;
	char *archetype; /* relative to the site's root; NULL: the built-in */
	bool bundle;     /* the archetype is a directory */
	bool expanding;  /* what fails now fails in the archetype */
	struct new_file *files;
	size_t n, cap;
	size_t looked; /* names of a directory archetype */
};

/* Does path (relative to the root), as far as it is there, stay inside? */
bool making_inside(const struct making *, const char *path);
struct new_file *making_add(struct making *, const char *name);
/* The new page among the files: the index page, else the first page. */
struct new_file *making_page(const struct making *);

/* Find the archetype, and add what it gives. (archetype_find.c) */
int making_read(struct making *, struct err *);
/* The images that were asked for. (archetype_write.c) */
int making_add_images(struct making *, struct err *);
/* Neither the files, nor the same page in its other form. */
int making_check_absent(const struct making *, struct err *);
/* All of them, or none. */
int making_write(struct making *, struct err *);

#endif
