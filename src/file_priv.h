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
#endif

/* All of these: -1 with errno. */
int file_write_all(int fd, const void *data, size_t len);
int file_sync(int fd);               /* onto the medium, not only its cache */
void file_sync_dir(const char *dir); /* as far as the system can */

struct stamp file_stamp_of(const struct stat *);
/* errno while writing path, then after it what became of it. Returns -1. */
int file_write_error(struct err *, const char *path, const char *outcome);

/*
 * Make the extended attributes (access control lists are such) of the open
 * file those of the file at path; -1: not possible.
 */
int file_copy_xattrs(const char *path, int fd);

#endif
