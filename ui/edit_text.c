/* SPDX-License-Identifier: ISC */
/* A text that is no file yet in the user's editor. */
#include "edit_text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"
#include "proc.h"

static char *
make_dir(struct err *err)
{
	const char *tmp = getenv("TMPDIR");
	char *dir;

	if (!tmp || *tmp != '/')
		tmp = "/tmp";
	dir = xasprintf("%s/galley-XXXXXX", tmp);
	if (mkdtemp(dir))
		return dir;
	err_errno(err, dir);
	free(dir);
	return NULL;
}

static char *
edited(const char *editor, const char *path, const char *text, struct err *err)
{
	struct buf now = {0};
	int status, rc;

	/* Editors, and what adds to a file, want its last line to end. */
	buf_puts(&now, text);
	if (now.len > 0 && now.data[now.len - 1] != '\n')
		buf_putc(&now, '\n');
	rc = file_create(path, buf_text(&now), now.len, err);
	buf_dispose(&now);
	if (rc == -1 || proc_edit(editor, path, &status, err) == -1)
		return NULL;
	if (status != 0) {
		err_code(err, ERR_REFUSED, "the editor ended with status %d",
		    status);
		return NULL;
	}
	if (file_read(path, &now, NULL, err) == -1) {
		buf_dispose(&now);
		return NULL;
	}
	return buf_steal(&now);
}

char *
edit_text(
    const char *editor, const char *name, const char *text, struct err *err)
{
	char *dir = make_dir(err), *path, *now;

	if (!dir)
		return NULL;
	path = path_join(dir, name);
	now = edited(editor, path, text, err);
	unlink(path);
	rmdir(dir);
	free(path);
	free(dir);
	return now;
}
