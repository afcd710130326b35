/* SPDX-License-Identifier: ISC */
/* What the file_* modules share; nobody else includes this. */
#ifndef FILE_PRIV_H
#define FILE_PRIV_H

#include <stddef.h>
#include <sys/stat.h>

#include "file.h"

#ifdef __APPLE__
#define st_atim st_atimespec
#define st_mtim st_mtimespec
#define st_ctim st_ctimespec
#endif

/* All of these: -1 with errno. */
int file_write_all(int fd, const void *data, size_t len);
int file_sync(int fd);               /* onto the medium, not only its cache */
void file_sync_dir(const char *dir); /* as far as the system can */

struct stamp file_stamp_of(const struct stat *);
/* errno while writing path, then after it what became of it. Returns -1. */
int file_write_error(struct err *, const char *path, const char *outcome);

/* Overwrite what the open file holds, and sync it. */
int file_overwrite(int fd, const void *data, size_t len);

/*
 * A new file, locked, beside the one at path (links resolved), which
 * file_sweep() removes should we be killed.  Its descriptor, or -1 with errno;
 * *temp is the caller's to free, NULL on error.  The other: another name of the
 * file itself, NULL with errno.
 */
int file_temp(const char *path, mode_t mode, char **temp);
char *file_temp_link(const char *path);

/*
 * Make the extended attributes (access control lists are such) of the open
 * file those of the file at path; -1: not possible.
 */
int file_copy_xattrs(const char *path, int fd);

#endif
