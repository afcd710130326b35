# SPDX-License-Identifier: ISC
# A post of more than a megabyte, the newest.
mkdir -p content/en/posts/large
{
	printf -- '---\ntitle: Large\ndate: 2027-01-01\n---\n\n'
	awk 'BEGIN {
		for (i = 1; i <= 20000; i++)
			printf "Paragraph %d has some words in it, and more.\n\n", i
	}'
} >content/en/posts/large/index.md
