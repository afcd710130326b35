/* SPDX-License-Identifier: ISC */
/*
 * Time zones by their IANA names, from the system's files (RFC 8536).  The
 * process's own zone is not changed.
 */
#ifndef ZONE_H
#define ZONE_H

#include <stdint.h>

struct zone; /* the offsets of one time zone */

/* An IANA zone by name ("Asia/Tokyo"; "" and "UTC" are UTC, "Local" is that of
 * TZ or the system); NULL: unknown. */
struct zone *zone_load(const char *name);
/* Seconds east of UTC at Unix time t; z may be NULL: UTC. */
int zone_offset(const struct zone *, int64_t t);
void zone_free(struct zone *);

#endif
