/* SPDX-License-Identifier: ISC */
/*
 * Links with every object but those of main.c and term*.c, and without curses:
 * that it links at all is the test.
 */
int
main(void)
{
	return 0;
}
