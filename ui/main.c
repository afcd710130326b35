/* SPDX-License-Identifier: ISC */
/* The program: picks the face, or a command of the command line. */
#include <stdio.h>

int
main(void)
{
	puts("galley " VERSION);
	return 0;
}
