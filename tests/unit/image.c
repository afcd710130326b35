/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "image.h"

/* Every shorter piece is read without a fault, and says nothing wrong. */
static void
is_size(const char *data, size_t len, int width, int height)
{
	int w, h;

	for (size_t n = 0; n < len; n++) {
		char *part = malloc(n + 1);

		memcpy(part, data, n);
		if (image_size(part, n, &w, &h))
			assert_true(w > 0 && h > 0);
		else
			assert_true(w == 0 && h == 0);
		free(part);
	}
	assert_int_equal(image_size(data, len, &w, &h), width > 0);
	assert_int_equal(w, width);
	assert_int_equal(h, height);
}

#define IS_SIZE(data, w, h) is_size(data, sizeof(data) - 1, w, h)

static void
reads_what_files_say(void **state)
{
	(void)state;
	IS_SIZE("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x03\x66\0\0\x02\x08\x08",
	    870, 520);
	IS_SIZE("GIF89a\x0a\x00\x14\x01rest", 10, 276);
	IS_SIZE("\xff\xd8\xff\xe0\x00\x10JFIF\0\1\1\0\0\1\0\1\0\0"
		"\xff\xff\xc0\x00\x11\x08\x01\x00\x02\x01\x03",
	    513, 256);
	IS_SIZE("RIFF\x10\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a"
		"\x40\x01\xf0\x40",
	    320, 240);
	IS_SIZE("RIFF\x10\0\0\0WEBPVP8L\0\0\0\0\x2f\x3f\xc1\x3b\x00", 320, 240);
	IS_SIZE("RIFF\x10\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x3f\x01\0\xef\0\0",
	    320, 240);
}

#define SOI   "\xff\xd8"
#define FRAME "\xff\xc0\x00\x11\x08\x01\x00\x02\x01\x03"
#define EXIF \
	"\xff\xe1\x00\x1e" \
	"Exif\0\0"

/* What a camera says of how it was held. */
static void
turns_as_browsers_do(void **state)
{
	(void)state;
	IS_SIZE(SOI EXIF "MM\0\x2a\0\0\0\x08\0\1"
			 "\x01\x12\0\3\0\0\0\1\0\6\0\0" FRAME,
	    256, 513);
	IS_SIZE(SOI EXIF "II\x2a\0\x08\0\0\0\1\0"
			 "\x12\x01\3\0\1\0\0\0\x08\0\0\0" FRAME,
	    256, 513);
	/* Upside down; no such turn; another tag; out of the segment. */
	IS_SIZE(SOI EXIF "MM\0\x2a\0\0\0\x08\0\1"
			 "\x01\x12\0\3\0\0\0\1\0\3\0\0" FRAME,
	    513, 256);
	IS_SIZE(SOI EXIF "MM\0\x2a\0\0\0\x08\0\1"
			 "\x01\x12\0\3\0\0\0\1\0\x09\0\0" FRAME,
	    513, 256);
	IS_SIZE(SOI EXIF "MM\0\x2a\0\0\0\x08\0\1"
			 "\x01\x13\0\3\0\0\0\1\0\6\0\0" FRAME,
	    513, 256);
	IS_SIZE(SOI EXIF "MM\0\x2a\xff\xff\xff\xff\xff\xff"
			 "\x01\x12\0\3\0\0\0\1\0\6\0\0" FRAME,
	    513, 256);
}

static void
reads_svg(void **state)
{
	(void)state;
	IS_SIZE("<?xml version='1.0'?><!-- x -->\n"
		"<svg xmlns='x' width=\"540.79\" height='393.25px'>",
	    541, 393);
	IS_SIZE("<svg viewBox=\"0 0 120 80\" width=\"100%\">", 120, 80);
	IS_SIZE("<svg viewBox='-10,-10,20.5,8'/>", 21, 8);
	IS_SIZE("<svg stroke-width='2' height='1em' width='3'>", 0, 0);
	IS_SIZE("<svg viewBox='1 2'>", 0, 0);
	IS_SIZE("<svgx width='3' height='3'>", 0, 0);
}

/* The alpha plane and a thumbnail do not count; a cut box has no end. */
static void
reads_avif(void **state)
{
	(void)state;
	IS_SIZE("\0\0\0\x10"
		"ftypavif\0\0\0\0"
		"\0\0\0\x4c"
		"meta\0\0\0\0"
		"\0\0\0\x08"
		"hdlr"
		"\0\0\0\x38"
		"iprp"
		"\0\0\0\x30"
		"ipco"
		"\0\0\0\x14"
		"ispe\0\0\0\0\0\0\0\x10\0\0\0\x08"
		"\0\0\0\x14"
		"ispe\0\0\0\0\0\0\3\x20\0\0\2\x58",
	    800, 600);
	IS_SIZE("\0\0\0\x10"
		"ftypavif\0\0\0\0",
	    0, 0);
	IS_SIZE("\0\0\0\x10"
		"ftypavif\0\0\0\0\0\0\0\3meta",
	    0, 0);
	IS_SIZE("\0\0\0\x10"
		"ftypavif\0\0\0\0\0\0\0\0meta\0\0\0\0"
		"\xff\xff\xff\xffiprp\xff\xff\xff\xffipco"
		"\xff\xff\xff\xffispe\0\0\0\0\0\0\0\1",
	    0, 0);
}

static void
says_nothing_of_others(void **state)
{
	(void)state;
	IS_SIZE("", 0, 0);
	IS_SIZE("plain text", 0, 0);
	IS_SIZE("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff\xff\xff\0\0\0\1", 0, 0);
	IS_SIZE("\xff\xd8\xff\xe0\x00\x00rest", 0, 0);
	IS_SIZE("\xff\xd8junk", 0, 0);
	IS_SIZE("<svg width='99999999999999999999' height='1'>", 0, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_what_files_say),
	    cmocka_unit_test(turns_as_browsers_do),
	    cmocka_unit_test(reads_svg),
	    cmocka_unit_test(reads_avif),
	    cmocka_unit_test(says_nothing_of_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
