/* SPDX-License-Identifier: ISC */
/* Files read whole and replaced whole, and paths as strings. */
#ifndef FILE_H
#define FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "err.h"

/* What tells that a file is still the one that was read. */
struct stamp {
	int64_t mtime_ns; /* nanoseconds since the epoch */
	int64_t size;     /* bytes */
	uint64_t inode;
};

bool stamp_equal(const struct stamp *, const struct stamp *);

/*
 * Append the whole file to out; *stamp (may be NULL) is of what was read.
 * Directories, devices and pipes are refused, and files over 64 MiB.
 */
int file_read(
    const char *path, struct buf *out, struct stamp *stamp, struct err *);
/* Append at most max bytes from the start of the file. */
int file_read_head(const char *path, size_t max, struct buf *out,
    struct stamp *stamp, struct err *);
int file_stamp(const char *path, struct stamp *, struct err *);

/*
 * Replace the file's content so that a crash at any point leaves the old or
 * the new, never a mixture: temporary file in the same directory, same mode,
 * owner, group and attributes, fsync, rename, fsync of the directory.  A
 * symbolic link is followed and stays a link.  A file with several hard links,
 * or whose owner or attributes cannot be kept, is overwritten in place, while
 * old and new text are safe beside it; they go when the write is on the disk,
 * and file_sweep() completes it after a crash.  A read-only file is refused.
 * ERR_CHANGED when *expect (may be NULL: no check) is not the file's stamp.
 * *now (may be NULL) becomes the new stamp.
 */
int file_replace(const char *path, const void *data, size_t len,
    const struct stamp *expect, struct stamp *now, struct err *);

/* A file to be replaced. */
struct file_write {
	const char *path;
	const void *data;
	size_t len;
	/* ERR_CHANGED when the file does not hold these bytes, else when it has
	 * not this stamp; NULL: no check. */
	const struct buf *base;
	const struct stamp *expect;
	bool secret;      /* a file that is not there yet: for its owner only */
	struct stamp now; /* set when all is done */
};

/*
 * file_replace() for several files, all or none: every new text is on the disk
 * before the first one is replaced; when one cannot be, those that were are put
 * back as they were.  *failed (may be NULL) becomes the index of the file that
 * err is about.  Killed in between, each file is the old or the new one.
 */
int file_replace_all(
    struct file_write *, size_t n, size_t *failed, struct err *);

/*
 * What killed programs have left beside the files of a directory is removed;
 * a file whose overwriting was cut off is completed.  Programs that still run
 * are let alone.  What is of interest to a person is told; told may be NULL.
 */
enum file_left {
	FILE_LEFT_NOTHING,
	FILE_LEFT_COMPLETED, /* path holds the new text now */
	FILE_LEFT_TORN,      /* it cannot be told: the text before is in kept */
};
typedef void (*file_told)(
    void *ctx, enum file_left, const char *path, const char *kept);
void file_sweep(const char *dir, file_told told, void *ctx);
bool file_is_leftover(const char *name); /* a name that it would look at */

/* Overwrite a file's content where there is no room for a new file: to bring
 * old bytes back when file_replace() cannot. */
int file_put_back(
    const char *path, const void *data, size_t len, struct err *err);
/* Create a file that must not exist yet, whole or not at all; missing
 * directories are made. */
int file_create(const char *path, const void *data, size_t len, struct err *);
int file_mkdirs(const char *dir, struct err *); /* like mkdir -p, 0777 */

bool file_exists(const char *path); /* anything, a dangling link too */
bool file_is_dir(const char *path);
bool file_is_regular(const char *path); /* links followed */

/*
 * The names in a directory, sorted bytewise, without "." and "..".  *names is
 * an array of *n strings; free with file_names_free().
 */
int file_names(const char *dir, char ***names, size_t *n, struct err *);
void file_names_free(char **names, size_t n);

/* Paths. Results are the caller's to free; no file is touched but by real. */
char *path_join(const char *dir, const char *name); /* name absolute: name */
char *path_dir(const char *path);                   /* "." when there is none */
const char *path_base(const char *path); /* borrowed, after the last slash */
const char *path_ext(const char *path);  /* borrowed, after the dot, or "" */
/* Without "." and "..", doubled and trailing slashes; text only. */
char *path_clean(const char *path);
/* The absolute path with links resolved; NULL and errno when it is not there.*/
char *path_real(const char *path);
/* path below dir: the rest without slash, "" for dir itself; NULL: it is not.
 * Both cleaned. Borrowed from path. */
const char *path_below(const char *dir, const char *path);

#endif
