/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archetype.h"
#include "file.h"
#include "mem.h"

#define DATE "2026-11-25T14:20:30+01:00"

static struct site_config *
load(const char *dir, const char *config)
{
	struct err err;
	struct site_config *c;

	test_write(dir, "hugo.toml", config);
	c = site_config_load(dir, &err);
	if (!c)
		fail_msg("%s", err.msg);
	return c;
}

struct row {
	const char *text, *result;
};

/* What the text gives; an error as "line:column: message". Caller frees. */
static char *
expand(const struct site_config *c, const char *text)
{
	const struct archetype_data data = {
	    .config = c,
	    .path = "blog/My-post_a/index.md",
	    .name = "My-post_a",
	    .date = DATE,
	    .section = "blog",
	    .language = "en",
	};
	struct buf out = {0};
	struct err err;

	if (archetype_expand(text, strlen(text), &data, &out, &err) == -1) {
		assert_int_equal(out.len, 0);
		buf_printf(&out, "%u:%u: %s", err.line, err.column, err.msg);
	}
	return buf_steal(&out);
}

static void
check(const struct row *rows, size_t n)
{
	struct site_config *c = load(test_dir(),
	    "baseURL = 'https://e.org/'\ntitle = 'My Site'\n"
	    "timeZone = 'Europe/Berlin'\n[params]\nowner = 'Ada'\n");

	for (size_t i = 0; i < n; i++) {
		char *got = expand(c, rows[i].text);

		if (strcmp(got, rows[i].result) != 0)
			fail_msg("%s\n  gives %s\n  not   %s", rows[i].text,
			    got, rows[i].result);
		free(got);
	}
	site_config_free(c);
}

static void
text_and_fields(void **state)
{
	static const struct row rows[] = {
	    {"plain { { x } } }} {{< toc >}} {{% a %}}{{<toc>}}",
		"plain { { x } } }} {{< toc >}} {{% a %}}{{<toc>}}"},
	    {"title: \"{{ replace .Name \"-\" \" \" | title }}\"\n",
		"title: \"My Post_a\"\n"},
	    {"{{.Date}} {{ .Name }}", DATE " My-post_a"},
	    {"{{ .Type }} {{ .Section }} {{ .BaseFileName }} "
	     "{{ .TranslationBaseName }} {{ .Lang }}",
		"blog blog index index en"},
	    {"{{ .File.Dir }} {{ .File.Path }} {{ .File.LogicalName }} "
	     "{{ .File.ContentBaseName }} {{ .File.Ext }}",
		"blog/My-post_a/ blog/My-post_a/index.md index.md My-post_a "
		"md"},
	    {"{{ .Site.Title }} {{ site.Title }} {{ site.BaseURL }} "
	     "{{ .Site.Params.owner }} {{ site.Language.Lang }}"
	     "[{{ .Site.Params.x.y }}]",
		"My Site My Site https://e.org/ Ada en[<no value>]"},
	    {"a \n {{- print \"b\" -}} \n c", "abc"},
	    {"a {{- /* c }} */ -}} b", "ab"},
	    {"a {{/* c */}} b", "a  b"},
	    {"{{ $x := \"v\" }}{{ $x }}{{ $x = upper $x }}{{ $x }}", "vV"},
	    {"{{ `raw \"x\"` }} {{ \"\\t\\u00e9\\\"\" }} {{ 3 }} {{ -1.5 }} "
	     "{{ true }}",
		"raw \"x\" \té\" 3 -1.5 true"},
	    {"{{ $.Name }}{{ . | len | not }}", "My-post_afalse"},
	    {"no end {{ .Nope }}",
		"1:11: the field .Nope is not known here; use "
		"'hugo new', or take it out of the "
		"archetype"},
	    {"中\n{{ .Name", "2:9: an action without its end"},
	    {"{{ \"unclosed }}", "1:4: a string without its end"},
	    {"{{ \"\\q\" }}",
		"1:4: a string with an escape that is none of Go's"},
	    {"{{ (.Name }}", "1:4: a parenthesis without its end"},
	    {"{{ $y }}", "1:4: the variable $y was not declared"},
	    {"{{ ? }}", "1:4: not understood: ?"},
	    {"{{ /* c */ }}", "1:4: not understood: /"},
	    {"{{ .Name \"x\" }}",
		"1:4: the field .Name is not known here; use 'hugo new"
		"', or take it out of the archetype"},
	    {"{{ 12x }}", "1:4: 12x is no number"},
	    {"no end {{ .Nope", "1:16: an action without its end"},
	    {"{{", "1:3: an action without its end"},
	    {"", ""},
	};

	(void)state;
	check(rows, NITEMS(rows));
}

static void
blocks(void **state)
{
	static const struct row rows[] = {
	    {"{{ if eq .Type \"blog\" }}a{{ else }}b{{ end }}c", "ac"},
	    {"{{ if eq .Type \"x\" }}a{{ else }}b{{ end }}c", "bc"},
	    {"{{ if false }}a{{ else if eq 1 1 }}b{{ else }}c{{ end }}d", "bd"},
	    {"{{ if false }}a{{ else if false }}b{{ else }}c{{ end }}d", "cd"},
	    {"{{ if true }}a{{ else if true }}b{{ else }}c{{ end }}d", "ad"},
	    {"{{ with .Site.Params.owner }}by {{ . }}{{ else }}-{{ end }}",
		"by Ada"},
	    {"{{ with .Site.Params.no }}by {{ . }}{{ else }}-{{ end }}", "-"},
	    {"{{ with \"\" }}{{ nope \"}}\" `}}` }}{{ if 1 }}x{{ end }}"
	     "{{ else }}y{{ end }}",
		"y"},
	    {"{{ with .Name }}{{ $.Date }}{{ end }}", DATE},
	    {"{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ $x := 3 }}{{ $x }}"
	     "{{ end }}{{ $x }}",
		"32"},
	    {"a\n{{ if true -}}\n  b\n{{- end }}\nc", "a\nb\nc"},
	    {"{{ if and .Name (not .Site.Params.x) }}y{{ end }}", "y"},
	    {"{{ if or \"\" .Name }}y{{ end }}{{ or \"\" \"z\" }}", "yz"},
	    {"{{ if true }}x", "1:1: a block without its end"},
	    {"{{ if false }}x", "1:1: a block without its end"},
	    {"{{ if true }}x{{ else }}y", "1:1: a block without its end"},
	    {"{{ if true }}x{{ else }}y{{ else }}z{{ end }}",
		"1:1: a block without its end"},
	    {"x{{ end }}", "1:8: else or end without if or with"},
	    {"{{ range .Site.Params.x }}{{ end }}", ""},
	    {"{{ define \"x\" }}{{ end }}",
		"1:1: define is not known here; use 'hugo new', or take it out "
		"of the archetype"},
	    {"{{ range slice \"a\" \"b\" }}[{{ . }}]{{ end }}|"
	     "{{ range $i, $e := slice \"a\" \"b\" }}{{ $i }}={{ $e }};"
	     "{{ end }}|{{ range $k, $v := dict \"b\" 1 \"a\" 2 }}{{ $k }}="
	     "{{ $v }};{{ end }}|{{ range slice }}x{{ else }}none{{ end }}|"
	     "{{ range $x := slice 1 2 }}{{ $x }}{{ else }}z{{ end }}",
		"[a][b]|0=a;1=b;|a=2;b=1;|none|12"},
	    {"{{ range $i, $e := slice 1 2 3 }}{{ if eq $e 2 }}{{ break }}"
	     "{{ end }}{{ $e }}{{ end }}|{{ range slice 1 2 3 }}{{ if eq . 2 "
	     "}}{{ continue }}{{ end }}{{ . }}{{ end }}",
		"1|13"},
	    {"{{ $x := \"a\" }}{{ range slice 1 2 }}{{ $x = print $x . }}"
	     "{{ end }}{{ $x }}|{{ $y := 1 }}{{ if true }}{{ $y := 2 }}"
	     "{{ end }}{{ $y }}",
		"a12|1"},
	    {"{{ range seq 2 }}{{ range seq 2 }}{{ . }}{{ end }};{{ end }}",
		"12;12;"},
	    {"{{ with $x := \"v\" }}{{ $x }}{{ end }}|{{ if $z := 3 }}{{ $z }}"
	     "{{ end }}",
		"v|3"},
	    {"{{ break }}", "1:1: break or continue without range"},
	    {"{{ range 3 }}{{ end }}", "1:1: range wants a list"},
	    {"{{ range slice 1 }}", "1:1: a block without its end"},
	    {"{{ if false }}{{ range nope }}{{ break }}{{ end }}{{ end }}x",
		"x"},
	};

	(void)state;
	check(rows, NITEMS(rows));
}

/* The results are Hugo's own. */
static void
functions(void **state)
{
	static const struct row rows[] = {
	    {"{{ title \"an in-depth jit_x of the e-mail (and more) on to\" }}",
		"An In-Depth Jit_x of the E-Mail (And More) on To"},
	    {"{{ title \"o'neil v. x.y/z  a\" }}", "O'neil v. X.y/Z  A"},
	    {"{{ title \"the: a way “in the” end-of an\" }}",
		"The: A Way “In The” End-of An"},
	    {"{{ title \"ÉTÉ é 中 a\" }}", "ÉTÉ É 中 A"},
	    {"{{ title \"this (the) is-a to/of and vs. x\" }}",
		"This (The) Is-a to/of and vs. X"},
	    {"{{ title \"\" }}{{ title \"API\" }}{{ title \"jit\" }}",
		"APIJit"},
	    {"{{ humanize \"my-post_name\" }}|{{ humanize \"2020-03-the-title\""
	     " }}|{{ humanize \"  AbC-d  \" }}",
		"My post name|2020 03 the title|Ab c d"},
	    {"{{ \"x\" | upper | printf \"%s-%d-%q-%v\" \"a\" 3 \"q\" }}",
		"a-3-\"q\"-X"},
	    {"{{ urlize \"A B, c/d é\" }} {{ anchorize \"A B, c\" }}",
		"a-b-c/d-%C3%A9 a-b-c"},
	    {"{{ dateFormat \"2006-01-02 Jan Monday 3:04PM\" .Date }}",
		"2026-11-25 Nov Wednesday 2:20PM"},
	    {"{{ now.Format \"2006\" }} {{ (now).Year }} {{ time.Now.Format "
	     "\"01\" }} {{ .Date | time.Format \"2006-01\" }} {{ now.Month }} "
	     "{{ now.Day }} {{ now.Unix }} {{ now.YearDay }}",
		"2026 2026 11 2026-11 November 25 1795612830 329"},
	    {"{{ now.Format \"2006\" | printf \"%s!\" }}", "2026!"},
	    {"{{ dateFormat \"2006-01-02T15:04:05Z07:00\" \"2020-06-01\" }}",
		"2020-06-01T00:00:00+02:00"},
	    {"{{ (time \"2020-01-02\").Day }}", "2"},
	    {"{{ default \"x\" \"\" }} {{ \"\" | default \"y\" }} "
	     "{{ default \"x\" \"v\" }}",
		"x y v"},
	    {"{{ substr \"hello\" 1 3 }} {{ substr \"hello\" -2 }} "
	     "{{ substr \"hé中\" 1 1 }} [{{ substr \"a\" 5 }}]",
		"ell lo é []"},
	    {"{{ strings.TrimPrefix \"a\" \"abc\" }} {{ strings.TrimSuffix "
	     "\"c\" \"abc\" }} {{ strings.FirstUpper \"abc\" }} [{{ trim \" x "
	     "\" \" \" }}] {{ strings.TrimLeft \"x\" \"xxa\" }} "
	     "{{ strings.TrimRight \"é\" \"aéé\" }} {{ chomp \"x\\n\" }}",
		"bc ab Abc [x] a a x"},
	    {"{{ path.Base \"a/b\" }} {{ path.Dir \"a/b\" }} "
	     "{{ path.Ext \"a/b.c\" }}",
		"b a .c"},
	    {"{{ index (split \"a-b\" \"-\") 1 }} {{ len \"abé\" }} "
	     "{{ add 1 2 }} {{ sub 5 2 }} {{ slice \"a\" \"b\" }} "
	     "{{ delimit (slice \"a\" \"b\") \", \" }}",
		"b 4 3 3 [a b] a, b"},
	    {"{{ replace \"aXbX\" \"X\" \"y\" 1 }} "
	     "{{ strings.Replace \"a\" \"a\" \"b\" }} "
	     "{{ replace (lower .Name) \"_\" \"-\" }}",
		"aybX b my-post-a"},
	    {"{{ replaceRE \"a+\" \"x\" \"caat\" }} "
	     "{{ replaceRE \"^[0-9]{4}-\" \"\" \"2020-x\" }} "
	     "{{ replaceRE `(\\w+)-(\\d)` \"$2${1}\" \"ab-1 c\" }}",
		"cxt x 1ab c"},
	    {"{{ print \"a\" 1 2 \"b\" \"c\" }}", "a1 2bc"},
	    {"{{ printf \"%05d %x %t %5s|%-5s|%.2f %%\" 3 255 true \"a\" \"b\" "
	     "1.5 }}",
		"00003 ff true     a|b    |1.50 %"},
	    {"{{ jsonify \"a\\\"b<\" }}", "\"a\\\"b\\u003c\""},
	    {"{{ md5 \"hello\" }} {{ sha1 \"hello\" }} {{ sha256 \"hello\" }} "
	     "{{ md5 \"\" }} {{ substr (.Name | md5) 0 8 }}",
		"5d41402abc4b2a76b9719d911017c592 "
		"aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d "
		"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b98"
		"24 d41d8cd98f00b204e9800998ecf8427e e9442651"},
	    {"{{ (now.AddDate 0 0 7).Format \"2006-01-02\" }} "
	     "{{ (now.AddDate 1 -1 -30).Format \"2006-01-02\" }} "
	     "{{ (now.AddDate 0 3 6).Format \"2006-01-02\" }} "
	     "{{ now.UTC.Format \"15:04\" }}",
		"2026-12-02 2027-09-25 2027-03-03 13:20"},
	    {"{{ now.Month | int }} {{ printf \"%02d %s\" now.Month now.Month "
	     "}}",
		"11 11 November"},
	    {"{{ default \"a\" nil }} {{ default \"a\" false }} "
	     "{{ .Site.Params.no | default \"d\" }}",
		"a false d"},
	    {"{{ $d := dict \"a\" 1 \"b\" \"x\" }}{{ $d.a }} {{ $d }} "
	     "{{ $d.no }} {{ len $d }} {{ (dict \"a\" (dict \"b\" 1)).a.b }}",
		"1 map[a:1 b:x] <no value> 2 1"},
	    {"{{ first 2 (split \"a-b-c\" \"-\") }} {{ last 1 (slice 1 2) }} "
	     "{{ delimit (after 3 (split \"2020-01-02-my-post\" \"-\")) \" \" "
	     "}} {{ append \"c\" (slice \"a\") }} {{ sort (slice \"b\" \"a\") "
	     "}} {{ uniq (slice 1 1) }} {{ in (slice 1 2) 2 }} "
	     "{{ delimit (slice 1 2 3) \", \" \" and \" }}",
		"[a b] [2] my post [a c] [a b] [1] true 1, 2 and 3"},
	    {"{{ seq 2 5 }}{{ seq 3 -1 1 }}{{ seq 3 }}",
		"[2 3 4 5][3 2 1][1 2 3]"},
	    {"{{ mul 2 3 }} {{ div 7 2 }} {{ mod 7 3 }} {{ add 1.5 2 }} "
	     "{{ add \"a\" \"b\" }} {{ math.Floor 1.7 }} {{ math.Ceil 1.2 }} "
	     "{{ math.Round 1.5 }} {{ div 7.0 2 }} {{ int \"12\" }} {{ int 3.7 "
	     "}} {{ float \"1.5\" }} {{ 1e10 }} {{ 0x1F }} {{ 1_000 }}",
		"6 3 1 3.5 ab 1 2 2 3.5 12 3 1.5 1e+10 31 1000"},
	    {"{{ eq 1 1.0 }} {{ eq \"1\" 1 }} {{ eq 1 2 1 }} {{ gt 3 2 }} "
	     "{{ lt \"a\" \"b\" }} {{ ge 3 3 }} {{ le 4 3 }} {{ lt \"9\" 10 "
	     "}}",
		"false false true true true true false true"},
	    {"{{ cond true \"a\" \"b\" }} {{ isset .Site.Params \"owner\" }} "
	     "{{ isset .Site.Params \"x\" }}",
		"a true false"},
	    {"{{ path.Base .File.Dir }} {{ path.Join \"a\" \"b\" \"../c\" }} "
	     "{{ path.Dir \"a/b/\" }} {{ path.BaseName \"a/b.c\" }} "
	     "{{ path.Clean \"a//b/../c\" }}",
		"My-post_a a/c a/b b a/c"},
	    {"{{ findRE \"[0-9]+\" \"a1b22\" }} "
	     "{{ replaceRE `[^\\w]` \"\" \"a b-c\" }} "
	     "{{ replaceRE \"(?:a|b)(c)\" \"$1-\" \"acbc\" }} "
	     "{{ replaceRE \"(?i)A+\" \"x\" \"caAt\" }}",
		"[1 22] abc c-c- cxt"},
	    {"{{ humanize 103 }} {{ humanize 11 }} {{ strings.Repeat 3 \"ab\" "
	     "}} {{ strings.Count \"a\" \"banana\" }}",
		"103rd 11th ababab 3"},
	    {"{{ .File.UniqueID }}", "b91bdafa5c6e07b62489eb01f6123bdd"},
	    {"{{ hasPrefix .Name \"My\" }} {{ strings.Contains .Name \"zz\" }}",
		"true false"},
	    {"{{ lower \"ÄB\" | title }}", "Äb"},
	    {"a\n{{ nope \"x\" }}",
		"2:4: the function nope is not known here; use 'hugo new"
		"', or take it out of the archetype"},
	    {"{{ getenv \"HOME\" }}",
		"1:4: getenv: only HUGO_... can be read, not HOME"},
	    {"{{ title }}", "1:4: title wants 1 arguments, not 0"},
	    {"{{ upper \"a\" \"b\" }}",
		"1:4: upper wants at most 1 arguments, not 2"},
	    {"{{ dateFormat \"2006\" \"soon\" }}",
		"1:4: dateFormat: what is given is not a date"},
	    {"{{ printf \"%d\" \"a\" }}",
		"1:4: printf: %d does not fit its argument"},
	    {"{{ printf \"%99999s\" \"a\" }}",
		"1:4: printf: a verb that is not understood"},
	    {"{{ replaceRE \"a+?\" \"\" \"A\" }}",
		"1:4: replaceRE: the pattern 'a+?' is not understood here; "
		"use 'hugo new', or change the archetype"},
	    {"{{ replaceRE \"a{200}{200}{200}\" \"\" \"a\" }}",
		"1:4: replaceRE: the pattern 'a{200}{200}{200}' is not "
		"understood here; use 'hugo new', or change the "
		"archetype"},
	    {"{{ replaceRE \"a{1,20000}\" \"\" \"a\" }}",
		"1:4: replaceRE: the pattern 'a{1,20000}' is not understood "
		"here; use 'hugo new', or change the archetype"},
	    {"{{ replaceRE \"a{1,2}\" \"-\" \"aaab\" }}", "--b"},
	    {"{{ index (slice 1) 7 }}", "<no value>"},
	};

	(void)state;
	check(rows, NITEMS(rows));
}

static void
is_bounded(void **state)
{
	struct buf b = {0};
	char *got;

	(void)state;
	buf_puts(&b, "{{ $x := \"aaaaaaaaaa\" }}");
	for (int i = 0; i < 50; i++)
		buf_puts(&b, "{{ $x = replace $x \"a\" $x }}");
	got = expand(NULL, buf_text(&b));
	assert_non_null(strstr(got, "too long"));
	free(got);
	buf_clear(&b);
	buf_puts(&b, "{{ $x := slice 1 }}");
	for (int i = 0; i < 50; i++)
		buf_puts(&b, "{{ $x = slice $x $x }}");
	got = expand(NULL, buf_text(&b));
	assert_non_null(strstr(got, "too long"));
	free(got);
	buf_clear(&b);
	for (int i = 0; i < 100000; i++)
		buf_puts(&b, "{{ (");
	got = expand(NULL, buf_text(&b));
	assert_string_equal(got, "1:5: not understood: {");
	free(got);
	buf_clear(&b);
	buf_puts(&b, "{{ ");
	for (int i = 0; i < 100000; i++)
		buf_puts(&b, "(");
	got = expand(NULL, buf_text(&b));
	assert_non_null(strstr(got, "too deep"));
	free(got);
	buf_clear(&b);
	for (int i = 0; i < 50000; i++)
		buf_puts(&b, "{{ if 1 }}");
	got = expand(NULL, buf_text(&b));
	assert_non_null(strstr(got, "too deep"));
	free(got);
	buf_clear(&b);
	for (int i = 0; i < 8; i++)
		buf_puts(&b, "{{ range seq 2000 }}");
	for (int i = 0; i < 8; i++)
		buf_puts(&b, "{{ end }}");
	got = expand(NULL, buf_text(&b));
	assert_non_null(strstr(got, "does too much"));
	free(got);
	buf_dispose(&b);
}

/* Make a post; the path, or the error's message. Caller frees. */
static char *
make(const struct site_config *c, const char *path, const char *kind,
    const char *title)
{
	struct archetype_spec spec = {
	    .path = path, .kind = kind, .title = title};
	struct err err = {0};
	char *made = NULL;

	if (archetype_new(c, &spec, &made, &err) == -1)
		return xstrdup(err.msg);
	return made;
}

static void
expect_made(const struct site_config *c, const char *path, const char *kind,
    const char *title, const char *file, const char *text)
{
	char *made = make(c, path, kind, title), *got;

	assert_string_equal(made, file);
	got = test_read(test_path(c->root, made));
	assert_string_equal(got, text);
	free(got);
	free(made);
}

static void
makes_posts(void **state)
{
	const char *dir = test_dir();
	struct site_config *c = load(dir, "");

	(void)state;
	setenv("GALLEY_NOW", DATE, 1);
	/* Nothing there: the built-in one, as a bundle. */
	expect_made(c, "blog/my-post", NULL, NULL,
	    "content/blog/my-post/"
	    "index.md",
	    "---\ntitle: \"My Post\"\ndate: " DATE "\ndraft: true\n---\n\n");
	test_write(dir, "archetypes/default.md", "---\ntitle: d\n---\n");
	test_write(dir, "archetypes/blog.md",
	    "---\n# keep\ntitle: '{{ .Name | title }}' # this\nk: 1\n---\n"
	    "{{< toc >}}\n");
	expect_made(c, "blog/x", NULL, "It's \"new\": 中",
	    "content/blog/x/"
	    "index.md",
	    "---\n# keep\ntitle: 'It''s \"new\": 中' # this\nk: 1\n---\n"
	    "{{< toc >}}\n");
	expect_made(c, "blog/y.md", NULL, NULL, "content/blog/y.md",
	    "---\n# keep\ntitle: 'Y' # this\nk: 1\n---\n{{< toc >}}\n");
	expect_made(c, "blog/z/index.md", "default", NULL,
	    "content/blog/z/index.md", "---\ntitle: d\n---\n");
	expect_made(c, "content/news/a.md", NULL, NULL, "content/news/a.md",
	    "---\ntitle: d\n---\n");
	/* The section's posts are files. */
	expect_made(c, "news/v1.2", NULL, NULL, "content/news/v1.2.md",
	    "---\ntitle: d\n---\n");
	expect_made(c, "top", NULL, NULL, "content/top/index.md",
	    "---\ntitle: d\n---\n");
	expect_made(c, "blog/h.html", NULL, NULL, "content/blog/h.html",
	    "---\ntitle: \"H\"\ndate: " DATE "\ndraft: true\n---\n\n");
	unsetenv("GALLEY_NOW");
	site_config_free(c);
}

static void
makes_bundles_from_directories(void **state)
{
	const char *dir = test_dir();
	struct site_config *c = load(dir, "theme = 'th'\n");
	char *got;

	(void)state;
	test_write(
	    dir, "archetypes/event/index.md", "---\ntitle: {{ .Name }}\n---\n");
	test_write(dir, "archetypes/event/more/other.md", "{{ .Name }}\n");
	test_write(dir, "archetypes/event/more/pic.svg", "{{ kept }}");
	mkdir(test_path(dir, "archetypes/event/none"), 0777);
	test_write(
	    dir, "themes/th/archetypes/talk.md", "---\ntitle: theme\n---\n");
	expect_made(c, "events/e1", "event", "E", "content/events/e1/index.md",
	    "---\ntitle: E\n---\n");
	got = test_read(test_path(dir, "content/events/e1/more/other.md"));
	assert_string_equal(got, "other\n");
	free(got);
	got = test_read(test_path(dir, "content/events/e1/more/pic.svg"));
	assert_string_equal(got, "{{ kept }}");
	free(got);
	assert_false(file_exists(test_path(dir, "content/events/e1/none")));
	expect_made(c, "talk/t.md", NULL, NULL, "content/talk/t.md",
	    "---\ntitle: theme\n---\n");
	site_config_free(c);
}

/* Links that lead around make a tree of 10^8 directories out of one. */
static void
bundles_do_not_go_in_circles(void **state)
{
	const char *dir = test_dir();
	struct site_config *c = load(dir, "");
	char name[] = "archetypes/round/0", *got;

	(void)state;
	test_write(dir, "archetypes/round/index.md", "---\ntitle: x\n---\n");
	for (; name[17] <= '9'; name[17]++)
		assert_int_equal(symlink(".", test_path(dir, name)), 0);
	got = make(c, "blog/x", "round", NULL);
	assert_non_null(strstr(got, "archetypes/round: "));
	free(got);
	assert_false(file_exists(test_path(dir, "content/blog")));
	site_config_free(c);
}

static void
goes_to_a_language(void **state)
{
	const char *dir = test_dir();
	struct site_config *c =
	    load(dir, "defaultContentLanguage = 'en'\n"
		      "[languages.de]\nweight = 1\ncontentDir = 'content/de'\n"
		      "[languages.en]\nweight = 2\ncontentDir = 'content/en'\n"
		      "[languages.nl]\nweight = 3\ncontentDir = 'content/nl'\n"
		      "disabled = true\n");
	char *got;

	(void)state;
	test_write(dir, "archetypes/default.md", "{{ .Lang }} {{ .Section }}");
	expect_made(
	    c, "blog/a", NULL, NULL, "content/en/blog/a/index.md", "en blog");
	expect_made(c, "content/en/blog/b", NULL, NULL,
	    "content/en/blog/b/index.md", "en blog");
	expect_made(c, "content/de/blog/c.md", NULL, NULL,
	    "content/de/blog/c.md", "de blog");
	got = make(c, "content/nl/blog/c.md", NULL, NULL);
	assert_string_equal(got,
	    "content/nl/blog/c.md: the language nl is disabled in the site's "
	    "configuration");
	free(got);
	site_config_free(c);
}

static void
refuses(void **state)
{
	static const char *const rows[][4] = {
	    {"blog/x", NULL, NULL,
		"content/blog/x/index.md: is there already; choose another "
		"name"},
	    {"blog/x.md", NULL, NULL,
		"content/blog/x: there is a post of that name already; choose "
		"another"},
	    {"blog", NULL, NULL,
		"content/blog: is a section with pages in it; give a name "
		"below it"},
	    {"index.md", NULL, NULL,
		"content: is a section with pages in it; give a name below "
		"it"},
	    {"../x", NULL, NULL,
		"../x: give a path below the content directory, like "
		"blog/my-post"},
	    {"/tmp/x", NULL, NULL,
		"/tmp/x: give a path below the content directory, like "
		"blog/my-post"},
	    {"content", NULL, NULL,
		"content: give a path below the content directory, like "
		"blog/my-post"},
	    {"blog/y", "../x", NULL,
		"../x: the name of an archetype, like blog"},
	    {"out/y", NULL, NULL, "content/out/y: outside the site"},
	    {"bad/y", NULL, NULL,
		"archetypes/bad.md:2:11: the function nope is not known here; "
		"use 'hugo new', or take it out of the archetype"},
	    {"broken/y", NULL, "t", NULL},
	    {"dir/y", NULL, NULL,
		"archetypes/dir/b.md:1:4: the function nope is not known here; "
		"use 'hugo new', or take it out of the archetype"},
	};
	const char *dir = test_dir(), *out = test_dir();
	struct site_config *c = load(dir, "");
	char *got;

	(void)state;
	test_write(dir, "content/blog/x/index.md", "---\ntitle: a\n---\n");
	test_write(dir, "archetypes/bad.md", "---\ntitle: {{ nope }}\n---\n");
	test_write(dir, "archetypes/broken.md", "---\ntitle: [\n---\n");
	test_write(dir, "archetypes/dir/a.md", "x");
	test_write(dir, "archetypes/dir/b.md", "{{ nope }}");
	symlink(out, test_path(dir, "content/out"));
	for (size_t i = 0; i < NITEMS(rows); i++) {
		got = make(c, rows[i][0], rows[i][1], rows[i][2]);
		if (rows[i][3])
			assert_string_equal(got, rows[i][3]);
		else
			assert_non_null(
			    strstr(got, "front matter that cannot be read"));
		free(got);
	}
	test_sh(dir,
	    "test \"$(find content -type f)\" = content/blog/x/index.md && "
	    "test ! -e content/bad && test ! -e content/broken && "
	    "test ! -e content/dir");
	/* An archetype that is a way out of the site is not read. */
	test_write(out, "secret.md", "---\nsecret: 1\n---\n");
	symlink(test_path(out, "secret.md"), test_path(dir, "archetypes/s.md"));
	got = make(c, "s/y", NULL, NULL);
	assert_string_equal(got, "content/s/y/index.md");
	free(got);
	got = test_read(test_path(dir, "content/s/y/index.md"));
	assert_null(strstr(got, "secret"));
	free(got);
	site_config_free(c);
}

static void
leaves_nothing_when_writing_fails(void **state)
{
	const char *dir = test_dir();
	struct site_config *c = load(dir, "");
	char *got;

	(void)state;
	test_write(dir, "archetypes/ev/a.md", "x");
	test_write(dir, "archetypes/ev/b.md", "x");
	/* The second file cannot be made. */
	test_write(dir, "archetypes/ev/sub/c.md", "x");
	test_write(dir, "content/ev/n/sub", "a file in the way");
	got = make(c, "ev/n", NULL, NULL);
	assert_null(strstr(got, "content/ev/n/a.md"));
	free(got);
	test_sh(dir, "test \"$(find content -type f)\" = content/ev/n/sub");
	site_config_free(c);
}

static void
directory_names(void **state)
{
	static const char *const rows[][2] = {
	    {"Hello, World!", "hello-world"},
	    {"云原生：时代", "云原生时代"},
	    {"a/b #c ~d", "a-b-c-d"},
	    {"..secret", "secret"},
	    {"../../x", "x"},
	    {"", "post"},
	    {"…", "post"},
	    {"Index", "post-index"},
	    {"_index", "post-index"},
	    {"C++ & Rust", "c-rust"},
	    {"100%", "100"},
	};

	(void)state;
	for (size_t i = 0; i < NITEMS(rows); i++) {
		char *got = archetype_dirname(NULL, rows[i][0]);

		assert_string_equal(got, rows[i][1]);
		free(got);
	}
}

/* The path for a post of that title beside path. */
static void
proposes(const char *dir, const char *path, const char *title, const char *want)
{
	struct err err;
	struct site_config *c = site_config_load(dir, &err);
	struct site *site = site_scan(c, 1795612830, NULL, &err);
	const struct entry *e = path ? site_entry(site, path) : NULL;
	char *got;

	assert_true(e || !path);
	got = archetype_propose(site, e, title);
	assert_string_equal(got, want);
	free(got);
	site_free(site);
}

static void
names_as_the_site_does(void **state)
{
	static const char *const pages[][2] = {
	    {"content/blog/one-two/index.md", "One two"},
	    {"content/blog/three/index.md", "三"},
	    {"content/notes/2020-01-02-first.md", "First"},
	    {"content/wasm/a_b_c/index.md", "A b c"},
	    {"content/talks/Open Day/index.md", "Open day"},
	    {"content/news/2020/05/x.md", "X"},
	    {"content/zh/p/index.md", "三"},
	    {"content/zh/q/index.md", "三"},
	    {"content/fr/x/index.fr.md", "x"},
	    {"content/docs/guide/deep/index.md", "deep"},
	};
	const char *dir = test_dir();
	struct site_config *c = load(dir,
	    "defaultContentLanguage = 'en'\n[languages.en]\nweight = 1\n"
	    "[languages.fr]\nweight = 2\n");

	(void)state;
	site_config_free(c);
	setenv("GALLEY_NOW", DATE, 1);
	proposes(dir, NULL, "Hello, World!", "hello-world");
	for (size_t i = 0; i < NITEMS(pages); i++) {
		char *text =
		    xasprintf("---\ntitle: \"%s\"\n---\n", pages[i][1]);

		test_write(dir, pages[i][0], text);
		free(text);
	}
	proposes(dir, NULL, "Hello, World!", "blog/hello-world");
	proposes(dir, pages[0][0], "One, two", "blog/one-two-2");
	proposes(dir, pages[2][0], "New One", "notes/2026-11-25-new-one");
	proposes(dir, pages[3][0], "New One", "wasm/new_one");
	proposes(dir, pages[4][0], "new One", "talks/new One");
	proposes(dir, pages[5][0], "New One", "news/2026/11/new-one");
	proposes(dir, pages[6][0], "WASM 三", "zh/wasm");
	proposes(dir, pages[6][0], "三", "zh/2026-11-25");
	proposes(dir, pages[0][0], "三", "blog/三");
	proposes(dir, pages[8][0], "New", "fr/new/index.fr.md");
	proposes(dir, pages[9][0], "New", "docs/guide/new");
	unsetenv("GALLEY_NOW");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(text_and_fields),
	    cmocka_unit_test(blocks),
	    cmocka_unit_test(functions),
	    cmocka_unit_test(is_bounded),
	    cmocka_unit_test(makes_posts),
	    cmocka_unit_test(makes_bundles_from_directories),
	    cmocka_unit_test(bundles_do_not_go_in_circles),
	    cmocka_unit_test(goes_to_a_language),
	    cmocka_unit_test(refuses),
	    cmocka_unit_test(leaves_nothing_when_writing_fails),
	    cmocka_unit_test(directory_names),
	    cmocka_unit_test(names_as_the_site_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
