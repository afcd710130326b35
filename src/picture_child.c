/* SPDX-License-Identifier: ISC */
/*
 * The process that decodes a picture.  It gets the file's bytes on its standard
 * input, and before it looks at them it gives up what it does not need: memory,
 * time, files.  When a decoder goes wrong, it is this process that ends.
 */
#include "picture_priv.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "buf.h"
#include "mem.h"

#define MEMORY  ((rlim_t)1 << 30)
#define SECONDS 5  /* of the processor's time */
#define ALARM   60 /* of any: the machine may be busy */

/* From chafa's headers. */
enum {
	TAG_SPACE = 1 << 0,
	TAG_BLOCK = 1 << 3,
	TAG_BORDER = 1 << 4,
	TAG_ASCII = 1 << 14,
	MODE_TRUECOLOR = 0,
	MODE_INDEXED_240 = 2, /* 256 without the palette's first 16 */
	PIXEL_RGBA8_UNASSOCIATED = 4,
	PIXEL_RGB8 = 8,
};

/* Sanitizers reserve the whole address space. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ROOMY
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define ROOMY
#endif
#endif

struct child {
	struct picture_lib lib;
	int cols, rows, colours;
	bool ascii;
	enum image_kind kind;
	struct buf file;
};

/* Pixels that are not transparent any more. */
struct pixels {
	unsigned char *p;
	int width, height, stride, channels;
};

static void
limit(int what, rlim_t most)
{
	struct rlimit r;

	if (getrlimit(what, &r) == -1)
		return;
	if (r.rlim_max == RLIM_INFINITY || r.rlim_max > most)
		r.rlim_max = most;
	r.rlim_cur = r.rlim_max;
	setrlimit(what, &r);
}

static void
limit_all(void)
{
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_CPU, SECONDS);
	limit(RLIMIT_NOFILE, 64);
	/* A cache that a library would write is none, not our end. */
	signal(SIGXFSZ, SIG_IGN);
	limit(RLIMIT_FSIZE, 0);
#if defined(RLIMIT_AS) && !defined(ROOMY)
	limit(RLIMIT_AS, MEMORY);
#endif
	signal(SIGALRM, SIG_DFL);
	alarm(ALARM);
}

static bool
read_input(struct buf *b)
{
	static char chunk[65536];
	ssize_t n;

	while ((n = read(STDIN_FILENO, chunk, sizeof(chunk))) != 0) {
		if (n == -1 && errno != EINTR)
			return false;
		if (n > 0)
			buf_add(b, chunk, (size_t)n);
		if (b->len > PICTURE_BYTES_MAX)
			return false;
	}
	return true;
}

/* The decoder knows the size, and has no pixel yet (size-prepared). */
static void
size_known(void *loader, int width, int height, void *data)
{
	struct child *c = data;
	double scale, want = (double)c->cols * 16;

	if (width < 1 || height < 1 || picture_is_bomb(c->kind, width, height))
		_exit(PICTURE_TOO_LARGE);
	/* Only these two get cheaper by it. */
	if (c->kind != IMAGE_SVG && c->kind != IMAGE_JPEG)
		return;
	scale = want / width;
	if ((double)c->rows * 32 / height < scale)
		scale = (double)c->rows * 32 / height;
	if (c->kind == IMAGE_JPEG && scale >= 1)
		return;
	width = (int)(width * scale);
	height = (int)(height * scale);
	c->lib.gdk_pixbuf_loader_set_size(
	    loader, width > 0 ? width : 1, height > 0 ? height : 1);
}

static void *
decode(struct child *c)
{
	static const char *const types[] = {
	    [IMAGE_PNG] = "image/png",
	    [IMAGE_GIF] = "image/gif",
	    [IMAGE_JPEG] = "image/jpeg",
	    [IMAGE_WEBP] = "image/webp",
	    [IMAGE_AVIF] = "image/avif",
	    [IMAGE_SVG] = "image/svg+xml",
	};
	const struct picture_lib *lib = &c->lib;
	void (*handler)(void *, int, int, void *) = size_known;
	void (*callback)(void);
	void *loader, *pixbuf, *turned;

	/* By what it is: no other decoder gets to see it. */
	loader =
	    lib->gdk_pixbuf_loader_new_with_mime_type(types[c->kind], NULL);
	if (!loader)
		return NULL;
	memcpy(&callback, &handler, sizeof(callback));
	lib->g_signal_connect_data(
	    loader, "size-prepared", callback, c, NULL, 0);
	if (!lib->gdk_pixbuf_loader_write(loader,
		(const unsigned char *)c->file.data, c->file.len, NULL)) {
		lib->gdk_pixbuf_loader_close(loader, NULL);
		return NULL;
	}
	/* One that is cut off is shown as far as it goes, as browsers do. */
	lib->gdk_pixbuf_loader_close(loader, NULL);
	pixbuf = lib->gdk_pixbuf_loader_get_pixbuf(loader);
	turned =
	    pixbuf ? lib->gdk_pixbuf_apply_embedded_orientation(pixbuf) : NULL;
	return turned ? turned : pixbuf;
}

/*
 * What is seen through a picture: white, as pages are, or where what is on it
 * is nearly white itself, something dark.
 */
static unsigned
background(const struct pixels *px)
{
	uint64_t light = 0, alpha = 0;

	for (int y = 0; y < px->height; y++) {
		const unsigned char *p = px->p + (size_t)y * (size_t)px->stride;

		for (int x = 0; x < px->width; x++, p += 4) {
			light += (uint64_t)p[3] *
				 (3u * p[0] + 6u * p[1] + 1u * p[2]) / 10;
			alpha += p[3];
		}
	}
	return alpha > 0 && light / alpha >= 0xe0 ? 0x28 : 0xff;
}

static void
flatten(struct pixels *px)
{
	unsigned ground;

	if (px->channels != 4)
		return;
	ground = background(px);
	for (int y = 0; y < px->height; y++) {
		unsigned char *p = px->p + (size_t)y * (size_t)px->stride;

		for (int x = 0; x < px->width; x++, p += 4) {
			for (int i = 0; i < 3; i++)
				p[i] = (unsigned char)((p[i] * p[3] +
							   ground *
							       (255u - p[3])) /
						       255u);
			p[3] = 255;
		}
	}
}

static bool
get_pixels(const struct picture_lib *lib, const void *pixbuf, struct pixels *px)
{
	*px = (struct pixels){
	    .p = lib->gdk_pixbuf_get_pixels(pixbuf),
	    .width = lib->gdk_pixbuf_get_width(pixbuf),
	    .height = lib->gdk_pixbuf_get_height(pixbuf),
	    .stride = lib->gdk_pixbuf_get_rowstride(pixbuf),
	    .channels = lib->gdk_pixbuf_get_n_channels(pixbuf),
	};
	return px->p && px->width > 0 && px->height > 0 &&
	       (px->channels == 3 || px->channels == 4) &&
	       lib->gdk_pixbuf_get_bits_per_sample(pixbuf) == 8;
}

/* The part of the cells that has the picture's shape, in their middle. */
struct part {
	int col, row, cols, rows;
};

static struct part
fit(const struct child *c, const struct pixels *px)
{
	struct part part = {0, 0, c->cols, c->rows};
	int64_t w = px->width, h = px->height;
	int64_t rows = (c->cols * h + w) / (2 * w);
	int64_t cols = (2 * c->rows * w + h / 2) / h;

	/* One that fits but for a cell fills them. */
	if (rows < c->rows - 1)
		part.rows = rows > 0 ? (int)rows : 1;
	else if (cols < c->cols - 2)
		part.cols = cols > 0 ? (int)cols : 1;
	part.col = (c->cols - part.cols) / 2;
	part.row = (c->rows - part.rows) / 2;
	return part;
}

static void *
draw(const struct child *c, const struct pixels *px, const struct part *part)
{
	const struct picture_lib *lib = &c->lib;
	void *map = lib->chafa_symbol_map_new();
	void *config = lib->chafa_canvas_config_new();
	void *canvas;

	if (lib->chafa_set_n_threads)
		lib->chafa_set_n_threads(1);
	lib->chafa_symbol_map_add_by_tags(
	    map, c->ascii ? TAG_ASCII : TAG_SPACE | TAG_BLOCK);
	lib->chafa_canvas_config_set_geometry(config, part->cols, part->rows);
	lib->chafa_canvas_config_set_canvas_mode(
	    config, c->colours > 256 ? MODE_TRUECOLOR : MODE_INDEXED_240);
	lib->chafa_canvas_config_set_symbol_map(config, map);
	lib->chafa_canvas_config_set_work_factor(config, 0.7f);
	canvas = lib->chafa_canvas_new(config);
	if (canvas)
		lib->chafa_canvas_draw_all_pixels(canvas,
		    px->channels == 4 ? PIXEL_RGBA8_UNASSOCIATED : PIXEL_RGB8,
		    px->p, px->width, px->height, px->stride);
	return canvas;
}

static void
put_number(struct buf *b, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		buf_putc(b, (char)(v >> (8 * i) & 0xff));
}

static void
put_cell(struct buf *out, const struct child *c, void *canvas, int col, int row)
{
	uint32_t cp = c->lib.chafa_canvas_get_char_at(canvas, col, row);
	int fg = -1, bg = -1;

	c->lib.chafa_canvas_get_colors_at(canvas, col, row, &fg, &bg);
	put_number(out, cp ? cp : ' ');
	put_number(out, fg < 0 ? PICTURE_OWN : (uint32_t)fg);
	put_number(out, bg < 0 ? PICTURE_OWN : (uint32_t)bg);
}

static void
put_cells(struct buf *out, const struct child *c, void *canvas,
    const struct part *part)
{
	for (int row = 0; row < c->rows; row++)
		for (int col = 0; col < c->cols; col++) {
			int x = col - part->col, y = row - part->row;

			if (x >= 0 && x < part->cols && y >= 0 &&
			    y < part->rows) {
				put_cell(out, c, canvas, x, y);
				continue;
			}
			put_number(out, ' ');
			put_number(out, PICTURE_OWN);
			put_number(out, PICTURE_OWN);
		}
}

static bool
write_output(const struct buf *b)
{
	size_t done = 0;
	ssize_t n;

	while (done < b->len) {
		n = write(STDOUT_FILENO, b->data + done, b->len - done);
		if (n == -1 && errno != EINTR)
			return false;
		done += n > 0 ? (size_t)n : 0;
	}
	return true;
}

/* A number from 0 to most, or -1. */
static int
number(const char *s, int most)
{
	char *end;
	long n = strtol(s, &end, 10);

	return *s && !*end && n >= 0 && n <= most ? (int)n : -1;
}

static int
work(struct child *c)
{
	int width, height;
	struct buf out = {0};
	struct pixels px;
	struct part part;
	void *pixbuf, *canvas;
	bool written;

	c->kind = image_kind(c->file.data, c->file.len);
	if (!image_size(c->file.data, c->file.len, &width, &height))
		return PICTURE_BROKEN;
	if (picture_is_bomb(c->kind, width, height))
		return PICTURE_TOO_LARGE;
	pixbuf = decode(c);
	if (!pixbuf || !get_pixels(&c->lib, pixbuf, &px))
		return PICTURE_BROKEN;
	flatten(&px);
	part = fit(c, &px);
	if (!(canvas = draw(c, &px, &part)))
		return PICTURE_BROKEN;
	put_cells(&out, c, canvas, &part);
	written = write_output(&out);
	buf_dispose(&out);
	return written ? PICTURE_DRAWN : PICTURE_BROKEN;
}

int
picture_child(int argc, char **argv)
{
	struct child c = {0};
	int status;

	limit_all();
	if (picture_lib_load(&c.lib) == -1)
		return PICTURE_NO_LIBRARY;
	if (argc == 1 && strcmp(argv[0], "probe") == 0)
		return PICTURE_DRAWN;
	if (argc != 4)
		return PICTURE_MISUSED;
	c.cols = number(argv[0], PICTURE_COLS_MAX);
	c.rows = number(argv[1], PICTURE_ROWS_MAX);
	c.colours = number(argv[2], 1 << 24);
	c.ascii = strcmp(argv[3], "ascii") == 0;
	if (c.cols < 1 || c.rows < 1 || c.colours < 0)
		return PICTURE_MISUSED;
	status = read_input(&c.file) ? work(&c) : PICTURE_TOO_LARGE;
	buf_dispose(&c.file);
	return status;
}
