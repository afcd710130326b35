/* SPDX-License-Identifier: ISC */
/* A signing program between git and gpg or gpgsm. */
#include "signer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "askpass.h"
#include "mem.h"
#include "proc.h"

enum {
	TRIES = 3,
	/* gpg-error.h: the low bits of the code in a FAILURE line. */
	CODE_MASK = 0xffff,
	BAD_PASSPHRASE = 11,
	NO_PINENTRY = 85,
};

/* One signature to make. */
struct signing {
	const char *program;
	char **args; /* git's */
	int nargs;
	struct buf payload;
	char *file; /* the payload, for when standard input is taken */
};

static const char *
base_name(const char *program)
{
	const char *slash = strrchr(program, '/');

	return slash ? slash + 1 : program;
}

bool
signer_is(const char *program)
{
	program = base_name(program);
	return strcmp(program, SIGNER_GPG) == 0 ||
	       strcmp(program, SIGNER_GPGSM) == 0;
}

static const char *
real_program(const char *name)
{
	bool sm = strcmp(base_name(name), SIGNER_GPGSM) == 0;
	const char *set = getenv(sm ? SIGNER_GPGSM_VAR : SIGNER_GPG_VAR);

	if (set && *set)
		return set;
	return sm ? "gpgsm" : "gpg";
}

/* "-bsau KEY", as git has it. */
static const char *
signing_key(int argc, char **argv)
{
	for (int i = 1; i + 1 < argc; i++)
		if (strcmp(argv[i], "-bsau") == 0)
			return argv[i + 1];
	return NULL;
}

/* The program with these arguments before git's, and its input. */
static int
run(struct signing *s, const char *const *first, const struct buf *input,
    struct proc_result *result)
{
	const char **argv = xcalloc((size_t)s->nargs + 16, sizeof(*argv));
	struct proc_spec spec = {.argv = argv};
	struct err err;
	int n = 0, rc;

	argv[n++] = s->program;
	for (; *first; first++)
		argv[n++] = *first;
	for (int i = 0; i < s->nargs; i++)
		argv[n++] = s->args[i];
	if (input != &s->payload)
		argv[n++] = s->file;
	*result = (struct proc_result){0};
	rc = proc_run(
	    &spec, buf_text(input), input->len, NULL, NULL, NULL, result, &err);
	if (rc == -1)
		fprintf(stderr, "error: %s\n", err.msg);
	free(argv);
	return rc;
}

/* The code of the last "[GNUPG:] FAILURE sign CODE", 0: none. */
static unsigned long
failure(const struct buf *errors)
{
	static const char mark[] = "[GNUPG:] FAILURE ";
	const char *s = buf_text(errors), *code;
	unsigned long last = 0;

	while ((s = strstr(s, mark))) {
		s += strlen(mark);
		code = strchr(s, ' ');
		if (code)
			last = strtoul(code, NULL, 10) & CODE_MASK;
	}
	return last;
}

/* gpgsm has no such line in all versions. */
static bool
is_locked(const struct buf *errors)
{
	return failure(errors) == NO_PINENTRY ||
	       strstr(buf_text(errors), "No pinentry");
}

static bool
is_wrong(const struct buf *errors)
{
	return failure(errors) == BAD_PASSPHRASE ||
	       strstr(buf_text(errors), "Bad passphrase");
}

static int
put_payload(struct signing *s)
{
	const char *tmp = getenv("TMPDIR");
	FILE *f = NULL;
	int fd;

	s->file = xasprintf(
	    "%s/galley-sign-XXXXXX", tmp && *tmp == '/' ? tmp : "/tmp");
	fd = mkstemp(s->file);
	if (fd != -1 && (f = fdopen(fd, "w")))
		fwrite(s->payload.data, 1, s->payload.len, f);
	if (f && fclose(f) == 0)
		return 0;
	fprintf(stderr, "error: %s: %s\n", s->file, strerror(errno));
	return -1;
}

/* Ask, and sign with the answer, as often as makes sense.  result is that of
 * the last run, a failed one to begin with. */
static void
sign_asking(struct signing *s, const char *key, struct proc_result *result)
{
	static const char *const with_answer[] = {"--batch", "--pinentry-mode",
	    "loopback", "--passphrase-fd", "0", "--output", "-", NULL};
	bool wrong = false;
	struct buf answer = {0};
	char *text;
	int asked;

	if (put_payload(s) == -1)
		return;
	for (int i = 0; i < TRIES && (i == 0 || wrong); i++) {
		text = xasprintf("%sPassphrase of the key %s: ",
		    wrong ? "That was not it.\n" : "", key);
		buf_clear(&answer);
		asked = askpass_ask(text, &answer);
		free(text);
		if (asked == -1)
			break;
		buf_puts(&answer, "\n");
		proc_result_dispose(result);
		if (run(s, with_answer, &answer, result) == -1)
			break;
		wrong = result->status != 0 && is_wrong(&result->err);
	}
	buf_wipe(&answer);
	unlink(s->file);
}

static int
read_payload(struct buf *out)
{
	char chunk[4096];
	ssize_t n;

	while ((n = read(STDIN_FILENO, chunk, sizeof(chunk))) != 0) {
		if (n == -1 && errno != EINTR)
			return -1;
		if (n > 0)
			buf_add(out, chunk, (size_t)n);
	}
	return 0;
}

static int
sign(struct signing *s, const char *key)
{
	static const char *const silent[] = {
	    "--batch", "--pinentry-mode", "error", NULL};
	struct proc_result result;
	int status = 1;

	if (read_payload(&s->payload) == -1) {
		fprintf(stderr, "error: %s\n", strerror(errno));
		return 1;
	}
	if (run(s, silent, &s->payload, &result) == 0 && result.status != 0 &&
	    is_locked(&result.err))
		sign_asking(s, key, &result);
	fwrite(buf_text(&result.err), 1, result.err.len, stderr);
	fwrite(buf_text(&result.out), 1, result.out.len, stdout);
	if (fflush(stdout) == 0 && result.out.len > 0)
		status = result.status;
	else if (result.status != 0)
		status = result.status;
	proc_result_dispose(&result);
	return status;
}

int
signer_run(int argc, char **argv)
{
	struct signing s = {.program = real_program(argv[0]),
	    .args = argv + 1,
	    .nargs = argc - 1};
	const char *key = signing_key(argc, argv);
	int status;

	if (!key) {
		argv[0] = (char *)s.program;
		execvp(s.program, argv);
		fprintf(stderr, "error: %s: %s\n", s.program, strerror(errno));
		return 127;
	}
	status = sign(&s, key);
	buf_dispose(&s.payload);
	free(s.file);
	return status;
}
