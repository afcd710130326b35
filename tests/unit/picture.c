/* SPDX-License-Identifier: ISC */
/*
 * Pictures as cells.  This program is also the process that decodes them: it
 * runs itself, as galley does.  Without chafa and gdk-pixbuf what needs them is
 * skipped.
 */
#include "../test.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mem.h"
#include "picture.h"
#include "proc.h"
#include "work.h"

#define RED  0xff0000
#define BLUE 0x0000ff

/* 16x8 and 32x32: the left half is red, the right one blue. */
static const unsigned char gif[] = {0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 0x10,
    0x00, 0x08, 0x00, 0xf0, 0x00, 0x00, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff,
    0x2c, 0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x08, 0x00, 0x00, 0x02, 0x49,
    0x04, 0x08, 0x10, 0x20, 0xc0, 0x84, 0x09, 0x13, 0x26, 0x04, 0x08, 0x10,
    0x20, 0xc0, 0x84, 0x09, 0x13, 0x26, 0x04, 0x08, 0x10, 0x20, 0xc0, 0x84,
    0x09, 0x13, 0x26, 0x04, 0x08, 0x10, 0x20, 0xc0, 0x84, 0x09, 0x13, 0x26,
    0x04, 0x08, 0x10, 0x20, 0xc0, 0x84, 0x09, 0x13, 0x26, 0x04, 0x08, 0x10,
    0x20, 0xc0, 0x84, 0x09, 0x13, 0x26, 0x04, 0x08, 0x10, 0x20, 0xc0, 0x84,
    0x09, 0x13, 0x26, 0x04, 0x08, 0x10, 0x20, 0xc0, 0x84, 0x09, 0x13, 0x26,
    0x05, 0x00, 0x3b};
static const unsigned char jpeg[] = {0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a,
    0x46, 0x49, 0x46, 0x00, 0x01, 0x01, 0x00, 0x00, 0x01, 0x00, 0x01, 0x00,
    0x00, 0xff, 0xdb, 0x00, 0x43, 0x00, 0x0d, 0x09, 0x0a, 0x0b, 0x0a, 0x08,
    0x0d, 0x0b, 0x0a, 0x0b, 0x0e, 0x0e, 0x0d, 0x0f, 0x13, 0x20, 0x15, 0x13,
    0x12, 0x12, 0x13, 0x27, 0x1c, 0x1e, 0x17, 0x20, 0x2e, 0x29, 0x31, 0x30,
    0x2e, 0x29, 0x2d, 0x2c, 0x33, 0x3a, 0x4a, 0x3e, 0x33, 0x36, 0x46, 0x37,
    0x2c, 0x2d, 0x40, 0x57, 0x41, 0x46, 0x4c, 0x4e, 0x52, 0x53, 0x52, 0x32,
    0x3e, 0x5a, 0x61, 0x5a, 0x50, 0x60, 0x4a, 0x51, 0x52, 0x4f, 0xff, 0xdb,
    0x00, 0x43, 0x01, 0x0e, 0x0e, 0x0e, 0x13, 0x11, 0x13, 0x26, 0x15, 0x15,
    0x26, 0x4f, 0x35, 0x2d, 0x35, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f,
    0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f,
    0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f,
    0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f,
    0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0xff, 0xc0, 0x00, 0x11, 0x08,
    0x00, 0x20, 0x00, 0x20, 0x03, 0x01, 0x22, 0x00, 0x02, 0x11, 0x01, 0x03,
    0x11, 0x01, 0xff, 0xc4, 0x00, 0x1f, 0x00, 0x00, 0x01, 0x05, 0x01, 0x01,
    0x01, 0x01, 0x01, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0xff,
    0xc4, 0x00, 0xb5, 0x10, 0x00, 0x02, 0x01, 0x03, 0x03, 0x02, 0x04, 0x03,
    0x05, 0x05, 0x04, 0x04, 0x00, 0x00, 0x01, 0x7d, 0x01, 0x02, 0x03, 0x00,
    0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07,
    0x22, 0x71, 0x14, 0x32, 0x81, 0x91, 0xa1, 0x08, 0x23, 0x42, 0xb1, 0xc1,
    0x15, 0x52, 0xd1, 0xf0, 0x24, 0x33, 0x62, 0x72, 0x82, 0x09, 0x0a, 0x16,
    0x17, 0x18, 0x19, 0x1a, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x34, 0x35,
    0x36, 0x37, 0x38, 0x39, 0x3a, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49,
    0x4a, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x63, 0x64, 0x65,
    0x66, 0x67, 0x68, 0x69, 0x6a, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79,
    0x7a, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x92, 0x93, 0x94,
    0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7,
    0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba,
    0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xd2, 0xd3, 0xd4,
    0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda, 0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6,
    0xe7, 0xe8, 0xe9, 0xea, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8,
    0xf9, 0xfa, 0xff, 0xc4, 0x00, 0x1f, 0x01, 0x00, 0x03, 0x01, 0x01, 0x01,
    0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0xff,
    0xc4, 0x00, 0xb5, 0x11, 0x00, 0x02, 0x01, 0x02, 0x04, 0x04, 0x03, 0x04,
    0x07, 0x05, 0x04, 0x04, 0x00, 0x01, 0x02, 0x77, 0x00, 0x01, 0x02, 0x03,
    0x11, 0x04, 0x05, 0x21, 0x31, 0x06, 0x12, 0x41, 0x51, 0x07, 0x61, 0x71,
    0x13, 0x22, 0x32, 0x81, 0x08, 0x14, 0x42, 0x91, 0xa1, 0xb1, 0xc1, 0x09,
    0x23, 0x33, 0x52, 0xf0, 0x15, 0x62, 0x72, 0xd1, 0x0a, 0x16, 0x24, 0x34,
    0xe1, 0x25, 0xf1, 0x17, 0x18, 0x19, 0x1a, 0x26, 0x27, 0x28, 0x29, 0x2a,
    0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
    0x49, 0x4a, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x63, 0x64,
    0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78,
    0x79, 0x7a, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x92,
    0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0xa2, 0xa3, 0xa4, 0xa5,
    0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8,
    0xb9, 0xba, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xd2,
    0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda, 0xe2, 0xe3, 0xe4, 0xe5,
    0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8,
    0xf9, 0xfa, 0xff, 0xda, 0x00, 0x0c, 0x03, 0x01, 0x00, 0x02, 0x11, 0x03,
    0x11, 0x00, 0x3f, 0x00, 0xe7, 0xe8, 0xa2, 0x8a, 0xf1, 0x8f, 0xd2, 0x4c,
    0x2a, 0x28, 0xa2, 0xbf, 0x62, 0x3f, 0x2a, 0x37, 0x68, 0xa2, 0x8a, 0xfc,
    0x74, 0xfd, 0x54, 0xc2, 0xa2, 0x8a, 0x2b, 0xf6, 0x23, 0xf2, 0xa3, 0xff,
    0xd9};

static char *self;
static bool available;

static void
need_libraries(void)
{
	if (!available)
		skip();
}

static const char *
write_file(const char *dir, const char *name, const void *data, size_t len)
{
	const char *path = test_path(dir, name);
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(data, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
	return path;
}

/* A PNG without compression. */

static uint32_t
crc(const char *p, size_t len)
{
	uint32_t c = 0xffffffff;

	for (size_t i = 0; i < len; i++) {
		c ^= (unsigned char)p[i];
		for (int k = 0; k < 8; k++)
			c = c & 1 ? 0xedb88320 ^ c >> 1 : c >> 1;
	}
	return ~c;
}

static void
put_big(struct buf *b, uint32_t v)
{
	for (int i = 24; i >= 0; i -= 8)
		buf_putc(b, (char)(v >> i & 0xff));
}

static void
put_chunk(struct buf *b, const char *type, const struct buf *data)
{
	size_t at;

	put_big(b, (uint32_t)data->len);
	at = b->len;
	buf_puts(b, type);
	buf_add(b, buf_text(data), data->len);
	put_big(b, crc(b->data + at, b->len - at));
}

static void
put_stored(struct buf *b, const struct buf *raw)
{
	uint32_t s1 = 1, s2 = 0;

	buf_puts(b, "\x78\x01");
	for (size_t at = 0; at < raw->len;) {
		size_t n = raw->len - at > 65535 ? 65535 : raw->len - at;

		buf_putc(b, at + n == raw->len);
		buf_putc(b, (char)(n & 0xff));
		buf_putc(b, (char)(n >> 8));
		buf_putc(b, (char)(~n & 0xff));
		buf_putc(b, (char)(~n >> 8 & 0xff));
		buf_add(b, raw->data + at, n);
		at += n;
	}
	for (size_t i = 0; i < raw->len; i++) {
		s1 = (s1 + (unsigned char)raw->data[i]) % 65521;
		s2 = (s2 + s1) % 65521;
	}
	put_big(b, s2 << 16 | s1);
}

/* Its left half in one colour, the right one in another: 0xRRGGBBAA. */
static void
png(struct buf *b, uint32_t width, uint32_t height, uint32_t left,
    uint32_t right, bool header_only)
{
	struct buf head = {0}, raw = {0}, data = {0}, none = {0};

	buf_add(b, "\x89PNG\r\n\x1a\n", 8);
	put_big(&head, width);
	put_big(&head, height);
	buf_add(&head, "\x08\x06\0\0\0", 5);
	put_chunk(b, "IHDR", &head);
	for (uint32_t y = 0; y < height && !header_only; y++) {
		buf_putc(&raw, 0);
		for (uint32_t x = 0; x < width; x++)
			put_big(&raw, x < width / 2 ? left : right);
	}
	put_stored(&data, &raw);
	put_chunk(b, "IDAT", &data);
	put_chunk(b, "IEND", &none);
	buf_dispose(&head);
	buf_dispose(&raw);
	buf_dispose(&data);
}

static struct picture *
draw(const char *path, int cols, int rows, struct err *err)
{
	const struct picture_spec spec = {
	    self, path, cols, rows, 1 << 24, false};

	*err = (struct err){0};
	return picture_draw(&spec, NULL, err);
}

/* SVG is a loader of its own, from another package. */
static void
need_svg(void)
{
	struct picture *p;
	struct err err;

	need_libraries();
	p = draw(test_write(test_dir(), "a.svg",
		     "<svg xmlns='http://www.w3.org/2000/svg' width='8' "
		     "height='8'/>"),
	    8, 4, &err);
	free(p);
	if (!p)
		skip();
}

static bool
near(int32_t a, int32_t b)
{
	for (int i = 0; i < 24; i += 8)
		if (abs((int)(a >> i & 0xff) - (int)(b >> i & 0xff)) > 12)
			return false;
	return true;
}

/* What is seen of the cell is this colour. */
static void
is_seen(const struct picture *p, int col, int row, int32_t want)
{
	const struct picture_cell *c = &p->cells[row * p->cols + col];
	bool fg = c->cp == ' ' || near(c->fg, want);
	bool bg = c->cp == 0x2588 || near(c->bg, want);

	if (!fg || !bg)
		fail_msg("%d,%d is U+%04X %06X on %06X, not %06X", col, row,
		    (unsigned)c->cp, (unsigned)c->fg, (unsigned)c->bg,
		    (unsigned)want);
}

static void
has_halves(const char *path)
{
	struct err err;
	struct picture *p = draw(path, 8, 4, &err);

	if (!p)
		fail_msg("%s: %s", path, err.msg);
	assert_int_equal(p->cols, 8);
	assert_int_equal(p->rows, 4);
	for (int row = 1; row < 3; row++)
		for (int col = 0; col < 8; col++)
			/* A JPEG is not sharp. */
			if (col < 3 || col > 4)
				is_seen(p, col, row, col < 4 ? RED : BLUE);
	free(p);
}

/* There is none, for a reason that has these words. */
static void
is_refused(const char *path, const char *words)
{
	struct err err;
	struct picture *p = draw(path, 8, 4, &err);

	assert_null(p);
	if (!strstr(err.msg, words))
		fail_msg("%s: \"%s\", not \"%s\"", path, err.msg, words);
}

static void
draws_pictures(void **state)
{
	const char *dir = test_dir();
	struct buf b = {0};

	(void)state;
	need_libraries();
	png(&b, 32, 32, 0xff0000ff, 0x0000ffff, false);
	has_halves(write_file(dir, "a.png", b.data, b.len));
	/* What it is counts, not what it is called. */
	has_halves(write_file(dir, "a.jpeg", b.data, b.len));
	has_halves(write_file(dir, "a", gif, sizeof(gif)));
	has_halves(write_file(dir, "b", jpeg, sizeof(jpeg)));
	buf_dispose(&b);
}

static void
draws_drawings(void **state)
{
	const char *dir = test_dir();

	(void)state;
	need_svg();
	has_halves(test_write(dir, "a.svg",
	    "<svg xmlns='http://www.w3.org/2000/svg' width='2' height='2'>"
	    "<rect width='1' height='2' fill='#f00'/>"
	    "<rect x='1' width='1' height='2' fill='#00f'/></svg>"));
	/* As large as it says it is does not matter. */
	has_halves(test_write(dir, "b.svg",
	    "<svg xmlns='http://www.w3.org/2000/svg' width='90000' "
	    "height='90000' viewBox='0 0 2 2'>"
	    "<rect width='1' height='2' fill='#f00'/>"
	    "<rect x='1' width='1' height='2' fill='#00f'/></svg>"));
}

static void
shows_what_is_transparent_on_a_page(void **state)
{
	const char *dir = test_dir();
	struct buf b = {0};
	struct picture *p;
	struct err err;

	(void)state;
	need_libraries();
	png(&b, 32, 32, 0x0000ff00, 0x0000ffff, false);
	p = draw(write_file(dir, "a.png", b.data, b.len), 8, 4, &err);
	assert_non_null(p);
	is_seen(p, 1, 1, 0xffffff);
	is_seen(p, 6, 1, BLUE);
	free(p);
	buf_clear(&b);
	/* What is white would not be seen on white. */
	png(&b, 32, 32, 0xffffff00, 0xffffffff, false);
	p = draw(write_file(dir, "b.png", b.data, b.len), 8, 4, &err);
	assert_non_null(p);
	is_seen(p, 1, 1, 0x282828);
	is_seen(p, 6, 1, 0xffffff);
	free(p);
	buf_dispose(&b);
}

static void
keeps_shape_and_alphabet(void **state)
{
	const char *dir = test_dir();
	struct buf b = {0};
	struct picture_spec spec = {self, NULL, 20, 4, 256, true};
	struct picture *p;
	struct err err;

	(void)state;
	need_libraries();
	png(&b, 32, 32, 0xff0000ff, 0x0000ffff, false);
	spec.path = write_file(dir, "a.png", b.data, b.len);
	p = picture_draw(&spec, NULL, &err);
	assert_non_null(p);
	/* It is in the middle: 8 of 20 columns. */
	for (int row = 0; row < 4; row++) {
		const struct picture_cell *c = p->cells + row * 20;

		assert_int_equal(c[5].cp, ' ');
		assert_int_equal(c[5].bg, -1);
		assert_int_equal(c[14].bg, -1);
		is_seen(p, 7, row, RED);
		is_seen(p, 12, row, BLUE);
		for (int col = 0; col < 20; col++)
			assert_in_range(c[col].cp, ' ', '~');
	}
	free(p);
	buf_dispose(&b);
}

static void
survives_broken_files(void **state)
{
	const char *dir = test_dir(), *path;
	struct picture *p;
	struct buf b = {0};
	struct err err;

	(void)state;
	need_libraries();
	png(&b, 64, 64, 0xff0000ff, 0x0000ffff, false);
	/* Cut anywhere: what there is of it, or a reason. */
	for (size_t n = 30; n < b.len; n += b.len / 12) {
		path = write_file(dir, "cut.png", b.data, n);
		p = draw(path, 8, 4, &err);
		assert_true(p || *err.msg);
		free(p);
	}
	for (size_t i = 40; i < b.len; i += 7)
		b.data[i] ^= 0x55;
	p = draw(write_file(dir, "bad.png", b.data, b.len), 8, 4, &err);
	assert_true(p || *err.msg);
	free(p);
	is_refused(write_file(dir, "bad.jpg", jpeg, 200), "broken");
	is_refused(test_write(dir, "bad.svg",
		       "<svg width='9' height='9'><rect></g></svg>"),
	    "broken");
	buf_dispose(&b);
}

static void
refuses_what_is_no_picture(void **state)
{
	const char *dir = test_dir();
	struct buf b = {0};
	const char *fifo = test_path(dir, "fifo");
	FILE *f;

	(void)state;
	is_refused(test_path(dir, "nowhere.png"), "No such file");
	is_refused(dir, "director");
	is_refused(test_write(dir, "empty.png", ""), "empty");
	is_refused(test_write(dir, "text.png", "No picture."), "no PNG");
	assert_int_equal(mkfifo(fifo, 0600), 0);
	is_refused(fifo, "");
	png(&b, 30000, 30000, 0, 0, true);
	is_refused(
	    write_file(dir, "bomb.png", b.data, b.len), "million pixels");
	buf_dispose(&b);
	f = fopen(test_path(dir, "long.png"), "wb");
	assert_non_null(f);
	assert_int_equal(fseek(f, (long)PICTURE_BYTES_MAX, SEEK_SET), 0);
	fputc(0, f);
	fclose(f);
	is_refused(test_path(dir, "long.png"), "larger than 32 MiB");
}

/* The child is asked itself. */
static int
child_status(const void *data, size_t len)
{
	const char *argv[] = {
	    self, PICTURE_ARGUMENT, "8", "4", "256", "blocks", NULL};
	const struct proc_spec spec = {.argv = argv};
	struct proc_result result;
	struct err err;
	int status;

	assert_int_equal(
	    proc_run(&spec, data, len, NULL, NULL, NULL, &result, &err), 0);
	status = result.status;
	if (status != 0)
		assert_int_equal(result.out.len, 0);
	proc_result_dispose(&result);
	return status;
}

static void
the_child_refuses_too(void **state)
{
	struct buf b = {0};
	char *many;

	(void)state;
	need_libraries();
	assert_int_equal(child_status("", 0), 4);
	assert_int_equal(child_status("text", 4), 4);
	png(&b, 30000, 30000, 0, 0, true);
	assert_int_equal(child_status(b.data, b.len), 3);
	buf_clear(&b);
	/* A frame that is larger than the whole picture says it is. */
	buf_add(&b, gif, sizeof(gif));
	b.data[30] = b.data[32] = 0x7f;
	assert_in_range(child_status(b.data, b.len), 0, 4);
	buf_dispose(&b);
	many = xcalloc(1, PICTURE_BYTES_MAX + 100);
	assert_int_equal(child_status(many, PICTURE_BYTES_MAX + 100), 3);
	free(many);
}

static void
drawings_reach_no_file(void **state)
{
	const char *dir = test_dir();
	struct picture *p;
	struct buf b = {0};
	struct err err;
	char *svg;

	(void)state;
	need_svg();
	png(&b, 32, 32, 0xff0000ff, 0xff0000ff, false);
	svg = xasprintf(
	    "<svg xmlns='http://www.w3.org/2000/svg' "
	    "xmlns:xlink='http://www.w3.org/1999/xlink' width='8' height='8'>"
	    "<image width='8' height='8' xlink:href='file://%s'/></svg>",
	    write_file(dir, "a.png", b.data, b.len));
	p = draw(test_write(dir, "a.svg", svg), 8, 4, &err);
	assert_non_null(p);
	is_seen(p, 3, 1, 0xffffff);
	free(p);
	free(svg);
	buf_dispose(&b);
}

/* An entity or a use that grows without end. */
static void
hostile_drawings_end(void **state)
{
	const char *dir = test_dir();
	struct picture *p;
	struct buf b = {0};
	struct err err;

	(void)state;
	need_svg();
	buf_puts(&b, "<svg xmlns='http://www.w3.org/2000/svg' width='9' "
		     "height='9'><defs><g id='g0'><rect width='1' height='1'/>"
		     "</g>");
	for (int i = 1; i < 40; i++)
		buf_printf(&b,
		    "<g id='g%d'><use href='#g%d'/><use href='#g%d'/></g>", i,
		    i - 1, i - 1);
	buf_puts(&b, "</defs><use href='#g39'/></svg>");
	p = draw(test_write(dir, "use.svg", buf_text(&b)), 8, 4, &err);
	assert_true(p || *err.msg);
	free(p);
	buf_clear(&b);
	buf_puts(&b, "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'>");
	for (int i = 1; i < 20; i++)
		buf_printf(&b, "<!ENTITY %c '&%c;&%c;&%c;&%c;&%c;&%c;'>",
		    'a' + i, 'a' + i - 1, 'a' + i - 1, 'a' + i - 1, 'a' + i - 1,
		    'a' + i - 1, 'a' + i - 1);
	buf_puts(&b, "]><svg xmlns='http://www.w3.org/2000/svg' width='9' "
		     "height='9'><text>&t;</text></svg>");
	p = draw(test_write(dir, "entity.svg", buf_text(&b)), 8, 4, &err);
	assert_true(p || *err.msg);
	free(p);
	buf_dispose(&b);
}

/* Exit status 0: all limits hold in a process that has become the child. */
static int
limits_hold(void)
{
	static char probe[] = "probe";
	char *argv[] = {probe, NULL};
	struct rlimit r;

	picture_child(1, argv);
	if (getrlimit(RLIMIT_CORE, &r) == -1 || r.rlim_max != 0)
		return 1;
	if (getrlimit(RLIMIT_FSIZE, &r) == -1 || r.rlim_max != 0)
		return 2;
	if (getrlimit(RLIMIT_CPU, &r) == -1 || r.rlim_max > 5)
		return 3;
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && \
    !defined(__clang__)
	if (getrlimit(RLIMIT_AS, &r) == -1 || r.rlim_max > (rlim_t)1 << 30)
		return 5;
#endif
	return 0;
}

static void
the_child_is_limited(void **state)
{
	int status;
	pid_t pid;

	(void)state;
	pid = fork();
	if (pid == 0)
		_exit(limits_hold());
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

/* What an evil child could say. */
static void
believes_nothing(void **state)
{
	static const struct {
		const char *script, *words;
	} rows[] = {
	    {"exit 0", "decoder"},
	    {"exit 2", "not installed"},
	    {"exit 3", "too large"},
	    {"exit 4", "broken"},
	    {"kill -SEGV $$", "decoder"},
	    {"printf ' \\0\\0\\0\\1\\0\\0\\0\\2\\0\\0\\0x'", "decoder"},
	    {"printf '\\33\\0\\0\\0\\1\\0\\0\\0\\2\\0\\0\\0'", "decoder"},
	    {"printf '\\0\\60\\0\\0\\1\\0\\0\\0\\2\\0\\0\\0'", "decoder"},
	    {"printf ' \\0\\0\\0\\1\\0\\0\\1\\2\\0\\0\\0'", "decoder"},
	    {"printf ' \\0\\0\\0\\1\\0\\0\\0\\2\\0\\0\\1'", "decoder"},
	    {"printf ' \\0\\0\\0\\1\\2\\3\\0\\377\\377\\377\\377'", NULL},
	};
	const char *dir = test_dir();
	const char *path = write_file(dir, "a.gif", gif, sizeof(gif));
	struct picture_spec spec = {NULL, path, 1, 1, 256, false};
	struct picture *p;
	struct err err;

	(void)state;
	for (size_t i = 0; i < NITEMS(rows); i++) {
		char *text = xasprintf("#!/bin/sh\n%s\n", rows[i].script);

		spec.self = test_write(dir, "self", text);
		assert_int_equal(chmod(spec.self, 0755), 0);
		p = picture_draw(&spec, NULL, &err);
		free(text);
		if (rows[i].words) {
			assert_null(p);
			assert_non_null(strstr(err.msg, rows[i].words));
			continue;
		}
		assert_non_null(p);
		assert_int_equal(p->cells[0].cp, ' ');
		assert_int_equal(p->cells[0].fg, 0x030201);
		assert_int_equal(p->cells[0].bg, -1);
		free(p);
	}
}

static void
stops_when_told(void **state)
{
	const char *dir = test_dir();
	const char *path = write_file(dir, "a.gif", gif, sizeof(gif));
	const struct picture_spec spec = {self, path, 8, 4, 256, false};
	struct progress progress = {.cancel = true};
	struct err err;

	(void)state;
	assert_null(picture_draw(&spec, &progress, &err));
	assert_int_equal(err.code, ERR_CANCEL);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(draws_pictures),
	    cmocka_unit_test(draws_drawings),
	    cmocka_unit_test(shows_what_is_transparent_on_a_page),
	    cmocka_unit_test(keeps_shape_and_alphabet),
	    cmocka_unit_test(survives_broken_files),
	    cmocka_unit_test(refuses_what_is_no_picture),
	    cmocka_unit_test(the_child_refuses_too),
	    cmocka_unit_test(drawings_reach_no_file),
	    cmocka_unit_test(hostile_drawings_end),
	    cmocka_unit_test(the_child_is_limited),
	    cmocka_unit_test(believes_nothing),
	    cmocka_unit_test(stops_when_told),
	};
	int failed;

	if (argc > 1 && strcmp(argv[1], PICTURE_ARGUMENT) == 0)
		_exit(picture_child(argc - 2, argv + 2));
	self = proc_self(argv[0]);
	available = picture_available(self);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	free(self);
	return failed;
}
