# SPDX-License-Identifier: ISC
# A post with many headings, the newest.
mkdir -p content/en/posts/contents
{
	printf -- '---\ntitle: Headings\ndate: 2027-01-01\n---\n\n'
	for part in One Two Three Vièr 五; do
		printf '# Part %s\n\nWords.\n\n' "$part"
		printf '## First of %s\n\nWords.\n\n### Deeper in %s\n\nWords.\n\n' \
			"$part" "$part"
	done
} >content/en/posts/contents/index.md
