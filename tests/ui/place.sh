# SPDX-License-Identifier: ISC
# A long post, the newest; while its link is in the browser somebody writes.
mkdir -p content/en/posts/long
{
	printf -- '---\ntitle: Long\ndate: 2027-01-01\n---\n\n[out](https://example.org/)\n\n'
	awk 'BEGIN {
		for (i = 1; i <= 40; i++)
			printf "Paragraph %d of this post has some more words than go on a line of a narrow screen.\n\n", i
	}'
} >content/en/posts/long/index.md
cat >.git/meanwhile <<'M'
sed -i 's/^Paragraph 3 of/A new one, put in.\n\nAnother Paragraph 3 of/; s/^Paragraph 35 .*/Cut short./' \
	content/en/posts/long/index.md
M
