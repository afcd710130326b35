/* SPDX-License-Identifier: ISC */
/*
 * Fuzz target: raw HTML.  Each byte is a tag, a piece of one, or text, so that
 * elements nest, cross and stay open far more often than random bytes would;
 * the checks are those of md.c.
 */
#define LLVMFuzzerTestOneInput md_input
#include "md.c"
#undef LLVMFuzzerTestOneInput

#include "buf.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const char *const pieces[] = {"a", "b", " ", "\n", "\n\n", "<", ">",
    "\"", "'", "=", "&amp;", "&#0;", "<!--", "-->", "--!>", "<![CDATA[", "]]>",
    "<?", "?>", "<!x>", "/>", "</", "\xe4\xb8\xad", "\xff", "\t", "- ", "> ",
    "1. ", "    ", "```\n", "|a|b|\n|-|-|\n", "*", "`", "[^1]", "[^1]: ", ": ",
    "# ", "{#i}", "http://a.org/x", "<br>", "<hr>", "<img src=x alt=y>",
    "<td colspan=3>", "<td rowspan=2>", "<td align=right>", "<table>", "<tr>",
    "<th>", "<td>", "<caption>", "<ul>", "<ol start=7>", "<li>", "<dl>", "<dt>",
    "<dd>", "<p>", "<div>", "<div hidden>", "<blockquote>", "<pre>", "<code>",
    "<h1>", "<h2>", "<a href=x>", "<b>", "<i>", "<s>", "<u>", "<q>", "<sub>",
    "<sup>", "<kbd>", "<mark>", "<abbr title=t>", "<details>", "<details open>",
    "<summary>", "<video src=v>", "<audio>", "<source src=s>", "<iframe src=f>",
    "<figure>", "<figcaption>", "<picture>", "<ruby>", "<rt>", "<rp>",
    "<script>", "<style>", "<svg>", "<math>", "<noscript>", "<template>",
    "<object data=o>", "<input type=checkbox checked>", "<input value=v>",
    "<button>", "<select>", "<option>", "<textarea>", "<base href=z>",
    "<unknown>", "<center>"};

/* The names of those that have an end. */
static void
add_close(struct buf *b, const char *tag)
{
	size_t n = strcspn(tag + 1, " >");

	buf_puts(b, "</");
	buf_add(b, tag + 1, n);
	buf_puts(b, ">");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf b = {0};
	size_t n = sizeof(pieces) / sizeof(pieces[0]);

	if (size < 2)
		return 0;
	buf_putc(&b, (char)data[0]);
	buf_putc(&b, (char)(data[1] | 2));
	for (size_t i = 2; i < size; i++) {
		const char *piece = pieces[data[i] % 128 % n];

		if (data[i] >= 128 && *piece == '<' && piece[1] >= 'a')
			add_close(&b, piece);
		else
			buf_puts(&b, piece);
	}
	md_input((const uint8_t *)buf_text(&b), b.len);
	buf_dispose(&b);
	return 0;
}
