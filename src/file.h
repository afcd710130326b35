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
 * owner and group, fsync, rename, fsync of the directory.  A symbolic link is
 * followed and stays a link.  A file with several hard links, or whose owner
 * cannot be kept, is overwritten in place after a backup was made beside it;
 * the backup goes when the write is on the disk.  A read-only file is refused.
 * ERR_CHANGED when *expect (may be NULL: no check) is not the file's stamp.
 * *now (may be NULL) becomes the new stamp.
 */
int file_replace(const char *path, const void *data, size_t len,
    const struct stamp *expect, struct stamp *now, struct err *);
/* Overwrite a file's content where there is no room for a new file: to bring
 * old bytes back when file_replace() cannot. */
int file_put_back(
    const char *path, const void *data, size_t len, struct err *err);
/* Create a file that must not exist yet; missing directories are made. */
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
