/* SPDX-License-Identifier: ISC */
/*
 * Git itself as a program, for what libgit2 cannot do: argument vectors, an
 * environment without a terminal, and its output as clean lines.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "repo_priv.h"
#include "text.h"

#define LINE_MAX_BYTES 4096

/*
 * Variables that would point git elsewhere or let it ask on a terminal that is
 * ours. LANGUAGE: its words are read here.
 */
static const char *const environment[] = {"GIT_DIR", "GIT_WORK_TREE",
    "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_NAMESPACE",
    "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS", "GIT_TERMINAL_PROMPT=0",
    "GIT_EDITOR=:", "SSH_ASKPASS", "GPG_TTY", "LANGUAGE=C", NULL};

void
repo_args_add(struct repo_args *args, const char *s)
{
	args->v = xgrow(args->v, args->n + 1, &args->cap, sizeof(*args->v));
	args->v[args->n++] = xstrdup(s);
	args->v[args->n] = NULL;
}

void
repo_args_addf(struct repo_args *args, const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = xvasprintf(fmt, ap);
	va_end(ap);
	repo_args_add(args, s);
	free(s);
}

void
repo_args_dispose(struct repo_args *args)
{
	for (size_t i = 0; i < args->n; i++)
		free(args->v[i]);
	free(args->v);
	*args = (struct repo_args){0};
}

static size_t
count(const char *const *list)
{
	size_t n = 0;

	while (list && list[n])
		n++;
	return n;
}

/* Both lists as one. Caller frees the array. */
static const char **
join(const char *const *base, const char *const *more)
{
	size_t n = count(base), m = count(more);
	const char **all = xcalloc(n + m + 1, sizeof(*all));

	memcpy(all, base, n * sizeof(*all));
	if (m)
		memcpy(all + n, more, m * sizeof(*all));
	return all;
}

const char **
repo_env(struct repo *repo, const char *const *base)
{
	return join(base, repo->askpass ? askpass_env(repo->askpass) : NULL);
}

/* With the signer's options between git and its command. */
static void
sign_through(struct repo_job *job, const struct repo_signer *signer)
{
	struct repo_args all = {0};
	bool put = false;

	for (size_t i = 0; i < job->args.n; i++) {
		repo_args_add(&all, job->args.v[i]);
		if (put || strcmp(job->args.v[i], "git") != 0)
			continue;
		put = true;
		for (size_t j = 0; j < signer->options.n; j++)
			repo_args_add(&all, signer->options.v[j]);
	}
	repo_args_dispose(&job->args);
	job->args = all;
}

int
repo_run(struct repo *repo, struct repo_job *job, struct proc_result *result,
    struct err *err)
{
	const char **base = repo_env(repo, environment), **env;
	struct repo_signer signer = {0};
	struct proc_spec spec;
	int rc;

	if (job->signs) {
		repo_signer_make(repo, &signer);
		sign_through(job, &signer);
	}
	env = join(base, (const char *const *)signer.env.v);
	free(base);
	spec = (struct proc_spec){
	    .argv = (const char *const *)job->args.v,
	    .cwd = repo->root,
	    .env = env,
	    .side = askpass_side(repo->askpass),
	};
	rc = proc_run(&spec, job->input, job->len, job->sink, job->ctx,
	    job->progress, result, err);
	if (rc == -1 && err->code == ERR_FAIL)
		err->code = ERR_GIT;
	repo_args_dispose(&job->args);
	repo_signer_dispose(&signer);
	free(env);
	return rc;
}

/* The end of the escape sequence that starts at s (ECMA-48). */
static const char *
skip_escape(const char *s, const char *end)
{
	if (++s == end)
		return s;
	if (*s == '[') {
		for (s++; s < end && (*s < '@' || *s > '~'); s++)
			;
		return s < end ? s + 1 : s;
	}
	if (*s == ']') {
		for (s++; s < end && *s != '\a' && *s != '\x1b'; s++)
			;
		return s < end && *s == '\a' ? s + 1 : s;
	}
	return s + 1;
}

/* Without escape sequences, other control characters and trailing blanks. */
static char *
clean_line(const char *s, size_t len)
{
	struct buf plain = {0}, out = {0};
	const char *end = s + len, *esc;

	while (s < end) {
		esc = memchr(s, '\x1b', (size_t)(end - s));
		buf_add(&plain, s, (size_t)((esc ? esc : end) - s));
		s = esc ? skip_escape(esc, end) : end;
	}
	while (plain.len && strchr(" \t\r", plain.data[plain.len - 1]))
		plain.len--;
	text_clean(&out, buf_text(&plain), plain.len);
	buf_dispose(&plain);
	return buf_steal(&out);
}

/* Keep what may be the reason of a failure. */
static void
note_reason(struct repo_lines *lines, const char *text)
{
	static const char *const marks[] = {"fatal: ", "error: ", "git: "};
	static const char *const noise[] = {"hint:", "To ",
	    "remote: ", "fatal: Could not read from remote repository.",
	    "error: failed to push", "Please make sure you have", "Done",
	    "and the repository exists."};

	for (size_t i = 0; i < NITEMS(noise); i++)
		if (strncmp(text, noise[i], strlen(noise[i])) == 0)
			return;
	buf_clear(&lines->last);
	buf_puts(&lines->last, text);
	if (lines->error.len)
		return;
	for (size_t i = 0; i < NITEMS(marks); i++)
		if (strncmp(text, marks[i], strlen(marks[i])) == 0)
			buf_puts(&lines->error, text + strlen(marks[i]));
}

static void
tell(struct repo_lines *lines, const char *s, size_t len)
{
	const char *cr;
	char *text;
	bool remote;

	while (len && s[len - 1] == '\r')
		len--;
	/* Of a line that was drawn over only the last state counts. */
	for (cr = s + len; cr > s && cr[-1] != '\r'; cr--)
		;
	text = clean_line(cr, (size_t)(s + len - cr));
	remote = strncmp(text, "remote: ", 8) == 0;
	if (*text && (!lines->strip || !remote))
		note_reason(lines, text);
	if (lines->line && *text && (!lines->strip || remote))
		lines->line(lines->ctx, lines->strip ? text + 8 : text);
	free(text);
}

void
repo_lines_feed(void *ctx, const char *chunk, size_t len)
{
	struct repo_lines *lines = ctx;
	const char *nl;
	size_t n;

	while (len) {
		nl = memchr(chunk, '\n', len);
		n = nl ? (size_t)(nl - chunk) + 1 : len;
		buf_add(&lines->part, chunk, nl ? n - 1 : n);
		if (nl || lines->part.len > LINE_MAX_BYTES) {
			tell(lines, buf_text(&lines->part), lines->part.len);
			buf_clear(&lines->part);
		}
		chunk += n;
		len -= n;
	}
}

void
repo_lines_end(struct repo_lines *lines)
{
	if (lines->part.len)
		repo_lines_feed(lines, "\n", 1);
}

void
repo_lines_explain(const struct buf *errors, repo_line line, void *ctx)
{
	struct repo_lines lines = {.line = line, .ctx = ctx};
	const char *s = buf_text(errors), *nl = strchr(s, '\n');

	if (!nl || !nl[1])
		return;
	repo_lines_feed(&lines, s, errors->len);
	repo_lines_end(&lines);
	repo_lines_dispose(&lines);
}

const char *
repo_lines_reason(const struct repo_lines *lines, const char *fallback)
{
	if (lines->error.len)
		return buf_text(&lines->error);
	return lines->last.len ? buf_text(&lines->last) : fallback;
}

void
repo_lines_dispose(struct repo_lines *lines)
{
	buf_dispose(&lines->part);
	buf_dispose(&lines->error);
	buf_dispose(&lines->last);
}
