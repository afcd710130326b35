/* SPDX-License-Identifier: ISC */
/* Questions of ssh, git and gpg on the terminal that the command was typed on:
 * /dev/tty, whatever standard input and output are. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli_priv.h"
#include "mem.h"
#include "work.h"

#define TICK_MS 100

/* A line, without its end; false: the end of input, or stopped. */
static bool
read_line(int tty, struct progress *progress, struct buf *line)
{
	struct pollfd p = {.fd = tty, .events = POLLIN};
	ssize_t n;
	char c;

	for (;;) {
		if (progress_cancelled(progress))
			return false;
		if (poll(&p, 1, TICK_MS) <= 0)
			continue;
		n = read(tty, &c, 1);
		if (n == -1 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		if (c == '\n')
			return true;
		buf_putc(line, c);
	}
}

static void
say(int tty, const char *text)
{
	size_t len = strlen(text);
	ssize_t n;

	for (; len; text += n, len -= (size_t)n)
		if ((n = write(tty, text, len)) <= 0)
			return;
}

static int
ask(void *ctx, const struct question *q, struct buf *answer)
{
	struct progress *progress = ctx;
	struct termios old, quiet;
	int tty = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	bool hide, got;

	if (tty == -1)
		return -1;
	if (q->notice) {
		say(tty, q->text);
		say(tty, "\n");
		close(tty);
		return 0;
	}
	hide = q->secret && tcgetattr(tty, &old) == 0;
	if (hide) {
		quiet = old;
		quiet.c_lflag &= ~(tcflag_t)ECHO;
		quiet.c_lflag |= ECHONL;
		tcsetattr(tty, TCSAFLUSH, &quiet);
	}
	/* Only now: what is typed before is thrown away. */
	say(tty, q->text);
	got = read_line(tty, progress, answer);
	if (hide)
		tcsetattr(tty, TCSAFLUSH, &old);
	if (!got)
		say(tty, "\n");
	close(tty);
	return got ? 0 : -1;
}

struct askpass *
cli_askpass(struct cli *cli, struct repo *repo, struct progress *progress)
{
	struct err ignored;
	struct askpass *askpass =
	    cli->self ? askpass_new(cli->self, ask, progress, &ignored) : NULL;

	repo_ask_through(repo, askpass);
	return askpass;
}
