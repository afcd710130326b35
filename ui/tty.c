/* SPDX-License-Identifier: ISC */
/* The terminal's device: signals, and giving it back whatever happens. */
#include "tty.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "mem.h"

static const int handled[] = {SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT,
    SIGWINCH, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

/*
 * What signal handlers need, which can have no argument.  Written before they
 * are installed, but for quitting.
 */
static struct {
	int pipe[2];
	volatile sig_atomic_t quitting;
	bool armed;
	struct termios before;
	char restore[512];
	size_t len;
	struct sigaction old[NITEMS(handled)];
} tty;

/* From a signal handler or any thread. */
static void
restore_now(void)
{
	ssize_t n = write(STDOUT_FILENO, tty.restore, tty.len);

	(void)n;
	tcsetattr(STDIN_FILENO, TCSANOW, &tty.before);
}

/* Give the terminal back, then let the signal do what it would have done. */
static void
on_crash(int sig)
{
	restore_now();
	for (size_t i = 0; i < NITEMS(handled); i++)
		if (handled[i] == sig)
			sigaction(sig, &tty.old[i], NULL);
	raise(sig);
}

static void
on_signal(int sig)
{
	int saved = errno;
	unsigned char byte = (unsigned char)sig;
	ssize_t n;

	if (sig == SIGTERM || sig == SIGHUP || sig == SIGINT) {
		/* Asked again while ending: at once. */
		if (tty.quitting) {
			restore_now();
			_exit(128 + sig);
		}
		tty.quitting = 1;
	}
	n = write(tty.pipe[1], &byte, 1);
	(void)n;
	errno = saved;
}

static bool
is_crash(int sig)
{
	return sig == SIGSEGV || sig == SIGBUS || sig == SIGFPE ||
	       sig == SIGILL || sig == SIGABRT;
}

int
tty_open(struct err *err)
{
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) ||
	    tcgetattr(STDIN_FILENO, &tty.before) == -1)
		return err_code(err, ERR_USAGE,
		    "the screens need a terminal; "
		    "for the commands see `galley help`");
	if (pipe(tty.pipe) == -1)
		return err_errno(err, "pipe");
	for (int i = 0; i < 2; i++) {
		fcntl(tty.pipe[i], F_SETFD, FD_CLOEXEC);
		fcntl(tty.pipe[i], F_SETFL, O_NONBLOCK);
	}
	return 0;
}

void
tty_arm(const char *restore)
{
	struct sigaction sa = {0};

	tty.len = strlen(restore);
	if (tty.len > sizeof(tty.restore))
		tty.len = sizeof(tty.restore);
	memcpy(tty.restore, restore, tty.len);
	sigemptyset(&sa.sa_mask);
	for (size_t i = 0; i < NITEMS(handled); i++) {
		sa.sa_handler = is_crash(handled[i]) ? on_crash : on_signal;
		sa.sa_flags = is_crash(handled[i]) ? 0 : SA_RESTART;
		sigaction(handled[i], &sa, &tty.old[i]);
	}
	tty.armed = true;
	fatal_hook(restore_now);
}

void
tty_close(void)
{
	fatal_hook(NULL);
	for (size_t i = 0; tty.armed && i < NITEMS(handled); i++)
		sigaction(handled[i], &tty.old[i], NULL);
	tty.armed = false;
	close(tty.pipe[0]);
	close(tty.pipe[1]);
}

int
tty_fd(void)
{
	return tty.pipe[0];
}

int
tty_signal(void)
{
	unsigned char sig;

	return read(tty.pipe[0], &sig, 1) == 1 ? sig : 0;
}

void
tty_stop(void)
{
	struct sigaction sa = {0}, ours;

	sa.sa_handler = SIG_DFL;
	sigemptyset(&sa.sa_mask);
	sigaction(SIGTSTP, &sa, &ours);
	/* The whole job of the shell, as the terminal would. */
	kill(0, SIGTSTP);
	sigaction(SIGTSTP, &ours, NULL);
}

bool
tty_size(int *rows, int *cols)
{
	struct winsize ws;

	if (ioctl(STDIN_FILENO, TIOCGWINSZ, &ws) == -1 || ws.ws_row == 0 ||
	    ws.ws_col == 0)
		return false;
	*rows = ws.ws_row;
	*cols = ws.ws_col;
	return true;
}
