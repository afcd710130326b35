/* SPDX-License-Identifier: ISC */
/* Source code in colours: the runs of each language, and hostile text. */
#include "../test.h"

#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "highlight_priv.h"
#include "mem.h"

struct seen {
	const char *text;
	size_t at;
	struct buf out;
};

static void
note(void *arg, size_t len, enum highlight kind)
{
	static const char letters[HIGHLIGHT_KINDS] = {
	    [HIGHLIGHT_KEYWORD] = 'k',
	    [HIGHLIGHT_TYPE] = 't',
	    [HIGHLIGHT_STRING] = 's',
	    [HIGHLIGHT_NUMBER] = 'n',
	    [HIGHLIGHT_COMMENT] = 'c',
	    [HIGHLIGHT_NAME] = 'f',
	    [HIGHLIGHT_META] = 'm',
	    [HIGHLIGHT_INSERTED] = '+',
	    [HIGHLIGHT_DELETED] = '-',
	};
	struct seen *seen = arg;

	assert_true(len > 0);
	if (kind == HIGHLIGHT_PLAIN) {
		buf_add(&seen->out, seen->text + seen->at, len);
	} else {
		buf_printf(&seen->out, "\xc2\xab%c:", letters[kind]);
		buf_add(&seen->out, seen->text + seen->at, len);
		buf_puts(&seen->out, "\xc2\xbb");
	}
	seen->at += len;
}

/* Runs as «kind:text». */
static char *
runs(const char *name, const char *text, size_t len)
{
	const struct language *lang = highlight_find(name, strlen(name));
	struct seen seen = {.text = text};

	if (!lang)
		fail_msg("%s is not known", name);
	highlight(lang, text, len, note, &seen);
	assert_int_equal(seen.at, len);
	return buf_steal(&seen.out);
}

static const struct {
	const char *lang, *text, *want;
} cases[] = {
    {"c", "#include <x.h>\nint f(void) { return 0x1fUL; } // \"no\"\n",
	"«m:#include <x.h>»\n«t:int» «f:f»(«t:void») { «k:return» "
	"«n:0x1fUL»; } «c:// \"no\"»\n"},
    {"C", "char *s = \"a\\\"b\", c = '\\'';\n/* two\nlines */ x.y = 1.5e-3;",
	"«t:char» *s = «s:\"a\\\"b\"», c = «s:'\\''»;\n«c:/* two\nlines */» "
	"x.y = «n:1.5e-3»;"},
    {"c++", "auto x = nullptr;", "«k:auto» x = «t:nullptr»;"},
    {"rust", "fn a<'b>(c: &'b str) { let d = 'e'; vec![1]; /* /* */ */ }",
	"«k:fn» a<«m:'b»>(c: &«m:'b» «t:str») { «k:let» d = «s:'e'»; "
	"«f:vec»![«n:1»]; «c:/* /* */ */» }"},
    {"go", "x := `a\\\nb` // c", "x := «s:`a\\\nb`» «c:// c»"},
    {"python", "@app.get\ndef f(x):\n    '''doc\n    '''\n    return None # x",
	"«m:@app».get\n«k:def» «f:f»(x):\n    «s:'''doc\n    '''»\n    "
	"«k:return» «t:None» «c:# x»"},
    {"js", "const $a = `x\n${y}`; // z",
	"«k:const» $a = «s:`x\n${y}`»; «c:// z»"},
    {"sh", "for i in \"$a\"; do echo ${b} x#y; done # c",
	"«k:for» i «k:in» «s:\"$a\"»; «k:do» «t:echo» «m:${b}» x#y; «k:done» "
	"«c:# c»"},
    {"console", "$ make test\nall good\nme@host:~$ ls",
	"«m:$» «f:make» test\nall good\n«m:me@host:~$» «f:ls»"},
    {"html", "<!-- c --><a href=\"x\" b>t&amp;</a>{{ x }}",
	"«c:<!-- c -->»«k:<a» «m:href»=«s:\"x\"» «m:b»«k:>»t«t:&amp;»"
	"«k:</a»«k:>»«m:{{ x }}»"},
    {"css", ".a { color: #fff; margin-top: 2px } /* c */",
	".a { «f:color»: «n:#fff»; «f:margin-top»: «n:2px» } «c:/* c */»"},
    {"json", "{\"a\": [1, true, \"b\"]}",
	"{«f:\"a\"»: [«n:1», «t:true», «s:\"b\"»]}"},
    {"yaml", "- a-b: it's # c\n  \"d\": e#f\n  g: true",
	"- «f:a-b»: it's «c:# c»\n  «f:\"d\"»: e#f\n  «f:g»: «t:true»"},
    {"toml", "[a.b] # c\nk = 'x\\'\nd = \"\"\"1\n2\"\"\"",
	"«f:[a.b]» «c:# c»\n«f:k» = «s:'x\\'»\n«f:d» = «s:\"\"\"1\n2\"\"\"»"},
    {"xml", "<?xml v?><a:b/>", "«m:<?xml v?>»«k:<a:b»/«k:>»"},
    {"sql", "SELECT count(*) FROM t WHERE a = 'it''s' -- c",
	"«k:SELECT» «f:count»(*) «k:FROM» t «k:WHERE» a = «s:'it'»«s:'s'» "
	"«c:-- c»"},
    {"lua", "--[[ a\nb ]] local x = nil -- c",
	"«c:--[[ a\nb ]]» «k:local» x = «t:nil» «c:-- c»"},
    {"ruby", "def a?; @b = :c; end # d",
	"«k:def» a?; «m:@b» = «s::c»; «k:end» «c:# d»"},
    {"php", "<?php echo $a['b']; # c",
	"<?«k:php» «k:echo» «m:$a»[«s:'b'»]; «c:# c»"},
    {"diff", "--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n same",
	"«f:--- a»\n«f:+++ b»\n«m:@@ -1 +1 @@»\n«-:-old»\n«+:+new»\n same"},
    {"Dockerfile", "FROM debian:12 AS x\nRUN echo \"a\" # no",
	"«k:FROM» debian:«n:12» «k:AS» x\n«k:RUN» echo «s:\"a\"» «c:# no»"},
    {"make", "all: x.o\n\t$(CC) -o $@ $<\nV = 1",
	"«f:all»: x.o\n\t«m:$(CC)» -o «m:$@» «m:$<»\n«f:V» = «n:1»"},
    {"cmake", "add_library(x \"y\") # z",
	"«f:add_library»(x «s:\"y\"») «c:# z»"},
    {"wat", "(func $f (result i32) i32.const 1 ;; c\n)",
	"(«k:func» «m:$f» («k:result» «t:i32») «k:i32.const» «n:1» "
	"«c:;; c»\n)"},
    {"asm", "start:\n  mov %eax, 1 ; c",
	"«f:start»:\n  «k:mov» «m:%eax», «n:1» «c:; c»"},
    {"proto", "message A { int32 b = 1; } // c",
	"«k:message» A { «t:int32» b = «n:1»; } «c:// c»"},
    {"java", "@A class B { String c; }",
	"«m:@A» «k:class» B { «t:String» c; }"},
    {"kotlin", "val a: Int = f()", "«k:val» a: «t:Int» = «f:f»()"},
    {"swift", "let a: Int = 1", "«k:let» a: «t:Int» = «n:1»"},
    {"ts", "let a: string;", "«k:let» a: «t:string»;"},
};

static void
each_language(void **state)
{
	(void)state;
	for (size_t i = 0; i < NITEMS(cases); i++) {
		char *got =
		    runs(cases[i].lang, cases[i].text, strlen(cases[i].text));

		assert_string_equal(got, cases[i].want);
		free(got);
	}
}

static void
unknown_names(void **state)
{
	(void)state;
	assert_null(highlight_find("", 0));
	assert_null(highlight_find("brainfog", 8));
	assert_null(highlight_find("c h", 3));
	assert_ptr_equal(highlight_find("YML", 3), highlight_find("yaml", 4));
}

/* Every start of every case, and pieces of one language in another. */
static void
any_text(void **state)
{
	(void)state;
	for (size_t i = 0; i < NITEMS(cases); i++)
		for (size_t j = 0; j < NITEMS(cases); j++)
			for (size_t n = 0; n <= strlen(cases[j].text); n++) {
				/* No NUL behind it: reading on is an error. */
				char *part = n ? malloc(n) : NULL;

				if (n)
					memcpy(part, cases[j].text, n);
				free(runs(cases[i].lang, n ? part : "", n));
				free(part);
			}
}

static void
count_bytes(void *arg, size_t len, enum highlight kind)
{
	(void)kind;
	*(size_t *)arg += len;
}

/* Lines beyond all reason: were one looked at again and again, this would not
 * end. */
static void
long_lines(void **state)
{
	static const char *const units[] = {"a \"b ", "- ", "' ", "{{ ", "<a ",
	    "# ", "$( ", "[ ", "/* ", "\\ ", "a: "};
	const size_t len = 400000;

	(void)state;
	for (size_t i = 0; i < NITEMS(units); i++) {
		size_t n = strlen(units[i]);
		char *text = malloc(len);

		for (size_t k = 0; k < len; k++)
			text[k] = units[i][k % n];
		for (size_t k = 0; k < highlight_nlanguages; k++) {
			size_t sum = 0;

			highlight(&highlight_languages[k], text, len,
			    count_bytes, &sum);
			assert_int_equal(sum, len);
		}
		free(text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_language),
	    cmocka_unit_test(unknown_names),
	    cmocka_unit_test(any_text),
	    cmocka_unit_test(long_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
