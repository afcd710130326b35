/* SPDX-License-Identifier: ISC */
/* OSC 52: the text in base64 (RFC 4648) between an escape and a BEL. */
#include "clip.h"

#include "buf.h"

static void
put_base64(struct buf *b, const char *s, size_t len)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *u = (const unsigned char *)s;

	for (size_t i = 0; i < len; i += 3) {
		unsigned long three = (unsigned long)u[i] << 16;

		if (i + 1 < len)
			three |= (unsigned long)u[i + 1] << 8;
		if (i + 2 < len)
			three |= u[i + 2];
		buf_putc(b, digits[three >> 18]);
		buf_putc(b, digits[three >> 12 & 63]);
		buf_putc(b, i + 1 < len ? digits[three >> 6 & 63] : '=');
		buf_putc(b, i + 2 < len ? digits[three & 63] : '=');
	}
}

char *
clip_sequence(const char *text, size_t len, bool tmux)
{
	struct buf b = {0};

	buf_puts(&b, "\033]52;c;");
	put_base64(&b, text, len);
	buf_puts(&b, "\a");
	if (tmux) {
		/* Every escape in what is passed through is doubled. */
		buf_puts(&b, "\033Ptmux;\033\033]52;c;");
		put_base64(&b, text, len);
		buf_puts(&b, "\a\033\\");
	}
	return buf_steal(&b);
}
