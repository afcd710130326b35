/* SPDX-License-Identifier: ISC */
/*
 * The least that a list of posts can cost: floor DIR walks all of DIR and reads
 * the first 4 KiB of every Markdown file.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <stdint.h>
#include <sys/syscall.h>

/* As the kernel fills it, without what readdir() adds. */
struct name {
	uint64_t inode;
	int64_t next;
	unsigned short len;
	unsigned char type;
	char name[];
};
#endif

static unsigned long files, bytes;

static void
look(int dir, const char *name)
{
	static char buf[4096];
	size_t len = strlen(name);
	ssize_t n;
	int fd;

	if (len < 4 || strcmp(name + len - 3, ".md") != 0)
		return;
	if ((fd = openat(dir, name, O_RDONLY)) == -1)
		return;
	if ((n = read(fd, buf, sizeof(buf))) > 0)
		bytes += (unsigned long)n;
	close(fd);
	files++;
}

static void
walk(int dir, const char *name)
{
	int fd = openat(dir, name, O_RDONLY | O_DIRECTORY);

	if (fd == -1)
		return;
#ifdef __linux__
	char *buf = malloc(32768);
	long n;

	while ((n = syscall(SYS_getdents64, fd, buf, 32768)) > 0)
		for (long at = 0; at < n;) {
			struct name *e = (struct name *)(void *)(buf + at);

			if (e->type == DT_DIR && e->name[0] != '.')
				walk(fd, e->name);
			else if (e->type == DT_REG)
				look(fd, e->name);
			at += e->len;
		}
	free(buf);
	close(fd);
#else
	DIR *d = fdopendir(fd);
	struct dirent *e;

	while (d && (e = readdir(d)))
		if (e->d_type == DT_DIR && e->d_name[0] != '.')
			walk(fd, e->d_name);
		else if (e->d_type == DT_REG)
			look(fd, e->d_name);
	if (d)
		closedir(d);
#endif
}

int
main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: floor DIR\n");
		return 2;
	}
	walk(AT_FDCWD, argv[1]);
	printf("%lu files, %lu bytes\n", files, bytes);
	return files == 0;
}
