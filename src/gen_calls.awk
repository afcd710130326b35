# SPDX-License-Identifier: ISC
# From the calls of libgit2 in repo_*.c: a struct of pointers to the functions,
# a table of their names, and for each name a macro that is the pointer.
{
	line = $0
	while (match(line, /git_[a-z0-9_]+\(/)) {
		name = substr(line, RSTART, RLENGTH - 1)
		before = RSTART > 1 ? substr(line, RSTART - 1, 1) : ""
		if (before !~ /[A-Za-z0-9_]/ && !(name in seen)) {
			seen[name] = 1
			names[n++] = name
		}
		line = substr(line, RSTART + RLENGTH)
	}
}
END {
	print "/* Made from the calls in repo_*.c when the program is built. */"
	print "struct repo_lib {"
	for (i = 0; i < n; i++)
		printf "\t__typeof__(%s) *%s;\n", names[i], names[i]
	print "};\nextern struct repo_lib repo_lib;"
	print "#ifdef REPO_LIB_NAMES"
	print "static const struct {\n\tconst char *name;\n\tsize_t at;"
	print "} repo_lib_names[] = {"
	for (i = 0; i < n; i++)
		printf "\t{\"%s\", offsetof(struct repo_lib, %s)},\n",
			names[i], names[i]
	print "};\n#endif"
	for (i = 0; i < n; i++)
		printf "#define %s repo_lib.%s\n", names[i], names[i]
}
