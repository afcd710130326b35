/* SPDX-License-Identifier: ISC */
/*
 * libgit2, brought in when the first repository is opened: it takes more than
 * a dozen libraries along, and to load them takes longer than most commands
 * that need none of them.  Where the program is linked with it (LAZY_GIT=no)
 * there is nothing to do.
 */
#define REPO_LIB_NAMES
#include "repo_priv.h"

#ifdef LAZY_GIT

#include <dlfcn.h>
#include <string.h>

#include "mem.h"

/* Written once, by the one thread that takes the first hold. */
struct repo_lib repo_lib;

static void *
find_library(void)
{
	/* Where the system looks, and where it was built with. */
	static const char *const names[] = {"libgit2.so." LIBGIT2_SOVERSION,
	    LAZY_GIT "/libgit2.so." LIBGIT2_SOVERSION};
	void *lib = NULL;

	for (size_t i = 0; i < NITEMS(names) && !lib; i++)
		lib = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
	return lib;
}

int
repo_lib_load(struct err *err)
{
	struct repo_lib found;
	void *lib, *function;

	if (git_libgit2_init)
		return 0;
	if (!(lib = find_library()))
		return err_code(err, ERR_GIT,
		    "libgit2 %s cannot be loaded: install it, git is used "
		    "through it",
		    LIBGIT2_SOVERSION);
	for (size_t i = 0; i < NITEMS(repo_lib_names); i++) {
		function = dlsym(lib, repo_lib_names[i].name);
		if (!function)
			return err_code(err, ERR_GIT,
			    "libgit2 has no %s: another version is installed "
			    "than galley was built with",
			    repo_lib_names[i].name);
		memcpy((char *)&found + repo_lib_names[i].at, &function,
		    sizeof(function));
	}
	repo_lib = found;
	return 0;
}

#else

int
repo_lib_load(struct err *err)
{
	(void)err;
	return 0;
}

#endif
