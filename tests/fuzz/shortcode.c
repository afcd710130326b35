/* SPDX-License-Identifier: ISC */
/*
 * Fuzz target: shortcodes.  Each byte is a tag, an argument or a piece of one,
 * or Markdown around it; the checks are those of md.c.
 */
#define LLVMFuzzerTestOneInput md_input
#include "md.c"
#undef LLVMFuzzerTestOneInput

#include "buf.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const char *const pieces[] = {"a", " ", "\n", "\n\n", "{{<", "{{%",
    ">}}", "%}}", "/>}}", "{{< /", "{{</*", "*/>}}", "{{%/*", "*/%}}", "\"",
    "`", "\\\"", "=", "x=1", "x=\"y z\"", "`raw\n`", "{{< a >}}", "{{< /a >}}",
    "{{% b c %}}", "{{% /b %}}", "{{< a />}}", "{{< ref \"p#q\" >}}",
    "{{< relref path=\"p\" lang=\"fr\" outputFormat=rss >}}",
    ("{{< figure src=\"s\" title=\"t *x*\" caption=\"c [l](u)\" attr=\"a\" "
     "attrlink=\"l\" link=\"k\" alt=\"d\" >}}"),
    "{{< highlight go \"linenos=table,hl_lines=1 3-5\" >}}",
    "{{< /highlight >}}", "{{< mermaid >}}", "graph TD; a-->b\n",
    "{{< /mermaid >}}", "{{< youtube id=\"v\" >}}", "{{< youtube v >}}",
    "{{< gist u i f >}}", "{{< tweet user=\"u\" id=\"1\" >}}", "{{< x 1 >}}",
    "{{< vimeo 1 >}}", "{{< instagram i >}}", "{{< qr text=\"t\" >}}",
    "{{< qr >}}", "{{< /qr >}}", "{{< details summary=\"s\" open=true >}}",
    "{{< /details >}}", "{{< param who >}}", "{{< i.inline >}}",
    "{{< /i.inline >}}", "{{ .Get 0 }}", "- ", "> ", "1. ", "```\n", "    ",
    "[", "](", ")", "*", "`c`", "<div>", "</div>", "# ", "|a|b|\n|-|-|\n| ",
    "[^1]", "[^1]: ", "http://a.org/", ":smile:", "\xf4\x80\x80\x80",
    "\xf4\x8f\xbf\xbd", "\xff", "<<b>>", "<!--more-->", "{{", "}}",
    "\xe4\xb8\xad"};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf b = {0};
	size_t n = sizeof(pieces) / sizeof(pieces[0]);

	if (size < 2)
		return 0;
	buf_add(&b, (const char *)data, 2);
	for (size_t i = 2; i < size; i++)
		buf_puts(&b, pieces[data[i] % n]);
	md_input((const uint8_t *)buf_text(&b), b.len);
	buf_dispose(&b);
	return 0;
}
