/* SPDX-License-Identifier: ISC */
/*
 * From the end of a save by another program to the preview that shows it:
 * reload ROUNDS SITE FILE runs galley on SITE, FILE becoming its newest page,
 * and prints the median and the worst of the times in ms.
 */
#include "pty.h"

#define MOST 1000

static void
write_page(const char *path, const char *word)
{
	FILE *f = fopen(path, "w");

	if (!f)
		die(path);
	fprintf(f,
	    "---\ntitle: Reloaded once more\ndate: 2022-11-01\n---\n%s\n",
	    word);
	if (fclose(f) == EOF)
		die(path);
}

/* As an editor saves: in place, or beside it and then in its place. */
static void
save(const char *path, const char *word, int in_place)
{
	char beside[4096];

	snprintf(beside, sizeof(beside), "%s~", path);
	write_page(in_place ? path : beside, word);
	if (!in_place && rename(beside, path) == -1)
		die(path);
}

static void
press(struct pty *p, const char *keys)
{
	if (write(p->master, keys, strlen(keys)) == -1)
		die("write");
}

int
main(int argc, char **argv)
{
	static struct pty pty;
	double ms[MOST];
	char command[4096], word[9] = "zyxwvuts";
	int n = argc > 1 ? atoi(argv[1]) : 0;

	if (argc != 4 || n < 1 || n > MOST) {
		fprintf(stderr, "usage: reload ROUNDS SITE FILE\n");
		return 2;
	}
	save(argv[3], word, 0);
	snprintf(command, sizeof(command), "exec galley -C '%s'", argv[2]);
	pty_start(&pty, command);
	pty_await(&pty, " pages");
	press(&pty, "/reloaded");
	pty_await(&pty, "once more");
	press(&pty, "\r\r");
	pty_await(&pty, word);
	for (int i = 0; i < n; i++) {
		double start;

		/* No letter is where it was, or it would not be sent again. */
		for (int j = 0; j < 8; j++)
			word[j] = (char)('a' + (i + j) % 26);
		pty_forget(&pty);
		save(argv[3], word, i % 2);
		start = now_ms();
		ms[i] = pty_await(&pty, word) - start;
	}
	pty_stop(&pty);
	qsort(ms, (size_t)n, sizeof(*ms), compare_doubles);
	printf("%.2f %.2f\n", ms[n / 2], ms[n - 1]);
	return 0;
}
