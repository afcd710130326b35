# SPDX-License-Identifier: ISC
# Posts with code, the newest.
mkdir -p content/en/posts/code
{
	printf -- '---\ntitle: Code\ndate: 2027-01-01\n---\n\n'
	printf '1. In an item:\n\n   ```make\n   all:\n   \tcc -o press press.c letters.c ink.c paper.c plates.c water.c bed.c\n\n   clean:\n   \trm -f press\n   ```\n\n'
	printf '> Quoted:\n>\n> ```\n> > prompt\n>   in\n> ```\n\n'
	printf 'Indented:\n\n    four\n        eight\n\n'
	printf '{{< highlight c "linenos=true,hl_lines=2" >}}\nint a;\n  int b;\n{{< /highlight >}}\n\n'
	printf 'A [link](https://example.org/%%7Ea "b").\n'
} >content/en/posts/code/index.md
