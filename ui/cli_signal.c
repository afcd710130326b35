/* SPDX-License-Identifier: ISC */
/* Ctrl-C on the command line: a flag that the engine looks at. */
#include "cli_signal.h"

#include <signal.h>
#include <stddef.h>

#include "mem.h"
#include "work.h"

static const int caught[] = {SIGINT, SIGTERM, SIGHUP};

/* What the signal handler needs, which can have no argument. */
static struct {
	struct progress *progress;
	volatile sig_atomic_t came;
	struct sigaction old[NITEMS(caught)];
} stop;

static void
on_signal(int sig)
{
	stop.came = sig;
	atomic_store(&stop.progress->cancel, true);
}

void
cli_signal_catch(struct progress *progress)
{
	struct sigaction sa = {.sa_handler = on_signal, .sa_flags = SA_RESTART};

	stop.progress = progress;
	stop.came = 0;
	sigemptyset(&sa.sa_mask);
	for (size_t i = 0; i < NITEMS(caught); i++) {
		sigaction(caught[i], NULL, &stop.old[i]);
		/* nohup, and what a shell starts in the background. */
		if (stop.old[i].sa_handler != SIG_IGN)
			sigaction(caught[i], &sa, NULL);
	}
}

int
cli_signal_release(void)
{
	for (size_t i = 0; i < NITEMS(caught); i++)
		sigaction(caught[i], &stop.old[i], NULL);
	stop.progress = NULL;
	return stop.came;
}
