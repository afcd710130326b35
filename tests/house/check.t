# SPDX-License-Identifier: ISC
# `make check` finds what it says it finds: each of its rules is broken once in
# a copy of the sources.
. "$TOP/tests/lib.sh"

house=$WORK/house
spdx='/* SPDX-License-Identifier: ISC */'
mkdir -p "$house/tests/unit" "$house/objects/src" "$house/objects/ui"
cp -R "$TOP/src" "$TOP/ui" "$TOP/man" "$house"
cp "$TOP/tests/check" "$TOP"/tests/*.[ch] "$house/tests"
cp "$TOP"/tests/unit/*.c "$house/tests/unit"

check() { # [NAME=VALUE...]
	run env B=objects STYLE=no "$@" sh "$house/tests/check"
}
plant() { # FILE LINE...: a file with these lines
	file=$house/$1
	shift
	printf '%s\n' "$spdx" "$@" >"$file"
}
finds() { # PATTERN NAME: a shell pattern of one line
	like "$out" "*$1*" "$2"
}

check
is "$status:$err" "0:" "the house itself is in order"
like "$out" "*check: the house is in order" "and it is said"

plant src/fm_curl.c '#include <git2.h>'
plant src/aa.c '#include "app.h"' '#include "repo_priv.h"' \
	'void f(char *s) { strcpy(s, ""); }'
plant src/aa.h 'struct aa { git_repository *git; };'
plant src/mem_aa.c '#include "md.h"'
plant src/md_aa.c '#include "repo.h"'
plant src/repo_aa.c '#include "conf.h"' '/* FIXME */'
plant ui/aa.c '# include <curses.h>' '#include <pthread.h>'
plant ui/screen_aa.c '#include "screen_form.h"'
echo '#include "site.h"' >>"$house/ui/list.c"
echo 'int x;' >"$house/ui/bare.c"
{ echo "$spdx"; yes '' | head -800; } >"$house/src/long.c"
{
	printf '%s\nint\nlengthy(void)\n{\n' "$spdx"
	yes '	f();' | head -61
	printf '}\n'
} >"$house/src/lengthy.c"
check
is "$status" 1 "breaches end with status 1"
finds 'one library, one file: src/fm_curl.c:2:git2.h' "libgit2 elsewhere"
finds 'one library, one file: ui/aa.c:2:curses.h' "curses elsewhere"
finds 'one library, one file: ui/aa.c:3:pthread.h' "threads elsewhere"
finds 'public header: src/aa.h:2:' "a library's type in a public header"
finds 'include: src/aa.c:2:app.h: src/ includes only src/' "ui/ in src/"
finds 'include: src/mem_aa.c:2:md.h: a level above' "formats in the ground"
finds 'include: src/md_aa.c:2:repo.h: formats know no git' "git in a format"
finds 'include: src/repo_aa.c:2:conf.h: git knows no formats' "a format in git"
finds 'knows posts: ui/list.c:' "posts in a widget"
finds 'screens include each other: ui/screen_aa.c:2:' "a screen in a screen"
finds 'private header: src/aa.c:3:repo_priv.h' "another family's header"
finds 'forbidden call: src/aa.c:4:' "a call that is never right"
finds 'unfinished: src/repo_aa.c:3:' "work that is not done"
finds 'size: ui/bare.c:1: no SPDX line' "a file without a licence"
finds 'size: src/long.c:801: more than 800 lines' "a long file"
finds 'size: src/lengthy.c:4: lengthy has more than 60 lines' "a long function"

# Objects know what no include says.
object() { # OBJECT LINE...
	o=$house/objects/$1
	shift
	printf '%s\n' "$@" >"$WORK/o.c"
	${CC:-cc} -w -c -o "$o" "$WORK/o.c"
}
object src/mem.o '#include <stdio.h>' 'void m(void) { puts(""); }'
object src/aa.o '#include <stdio.h>' '#include <stdlib.h>' \
	'void a(int i) { fprintf(stdout, "%d", i); exit(1); }'
object ui/aa.o 'int git_repository_free(void *);' 'int yaml_parser_parse(void);' \
	'void b(void *p) { git_repository_free(p); yaml_parser_parse(); }'
object src/bb.o 'int pthread_create(void), md_parse(void), u8_check(void);' \
	'void c(void) { pthread_create(); md_parse(); u8_check(); }'
check
finds 'object: src/aa.o: exit: src/ never prints or exits' "an exit in src/"
finds 'object: src/aa.o: *printf*: src/ never prints' "printing in src/"
finds 'object: ui/aa.o: git_repository_free: one library' "a call of libgit2"
finds 'object: ui/aa.o: yaml_parser_parse: one library' "a call of libyaml"
finds 'object: src/bb.o: pthread_create: one library' "a thread elsewhere"
finds 'object: src/bb.o: md_parse: one library' "a call of md4c"
finds 'object: src/bb.o: u8_check: one library' "a call of libunistring"
case $out in
*src/mem.o*) ok 1 "mem.c may print: fatal() does" "$out" ;;
*) ok 0 "mem.c may print: fatal() does" ;;
esac

if command -v mandoc >/dev/null 2>&1; then
	echo '.Xx nonsense' >>"$house/man/galley.1"
	check
	finds 'manual: mandoc: man/galley.1:' "a manual page that is not mdoc"
else
	skip "a manual page that is not mdoc" "no mandoc"
fi
if clang-format --version 2>/dev/null | grep -q 'version 14\.'; then
	rm -rf "$house/src" "$house/tests"/*.[ch] "$house"/tests/unit/*.c
	find "$house/ui" ! -name 'key.[ch]' -type f -exec rm {} +
	cp "$TOP/.clang-format" "$house"
	mkdir "$house/src"
	plant src/aa.c 'int f( void );'
	cp "$TOP/src/mem.h" "$house/src"
	cp "$TOP"/tests/*.h "$house/tests"
	cp "$TOP/tests/unit/key.c" "$house/tests/unit"
	check STYLE=yes
	finds 'not as clang-format has it: src/aa.c' "a style of one's own"
else
	skip "a style of one's own" "no clang-format 14"
fi
done_testing
