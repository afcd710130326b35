# SPDX-License-Identifier: ISC
# Hugo as oracle: `galley new` and `hugo new` make the same files of the same
# archetypes, byte for byte, wherever both make one.
. "$TOP/tests/lib.sh"

command -v hugo >/dev/null || {
	skip "hugo new" "no hugo"
	done_testing
	exit 0
}
TZ=UTC HUGO_TEST=seen
export TZ HUGO_TEST

# both NAME ARGUMENT...: made by each, in a content directory of its own.
both() {
	name=$1
	shift
	rm -rf "$WORK/by-hugo" "$WORK/by-galley"
	cp -R content "$WORK/kept"
	hugo new --clock "$GALLEY_NOW" "$@" >"$WORK/log" 2>&1
	ok $? "hugo makes $name" "$(cat "$WORK/log")"
	mv content "$WORK/by-hugo"
	cp -R "$WORK/kept" content
	"$GALLEY" new "$@" >"$WORK/log" 2>&1
	ok $? "galley makes $name" "$(cat "$WORK/log")"
	mv content "$WORK/by-galley"
	mv "$WORK/kept" content
	diff -r "$WORK/by-hugo" "$WORK/by-galley" >"$WORK/diff"
	ok $? "$name" "$(cat "$WORK/diff")"
}

mkdir "$WORK/one" && cd "$WORK/one" || exit 1
mkdir -p archetypes themes/one/archetypes themes/two/archetypes content
cat >hugo.toml <<'E'
baseURL = "https://example.org/sub/"
title = "My Site"
languageCode = "en-us"
copyright = "me"
theme = ["one", "two"]
[params]
owner = "Ada"
list = ["x", "y"]
[params.nested]
a = "aa"
E
both "a page without any archetype" blog/my-first_post.md
both "a page in html" blog/x.html
both "a page at the top" top.md

cat >archetypes/default.md <<'E'
---
# {{/* nothing */}}kept
title: '{{ replace .Name "-" " " | title }}'
type: {{ .Type }}|{{ .Section }}|{{ .Lang }}
file: {{ .File.Dir }}|{{ .File.Path }}|{{ .File.LogicalName }}|{{ .File.UniqueID }}|{{ .File.Ext }}
base: {{ .TranslationBaseName }}|{{ .BaseFileName }}|{{ .ContentBaseName }}
date: {{ .Date }}   # {{ dateFormat "Monday, January 2, 2006" .Date }}
site: {{ .Site.Title }}|{{ site.Params.owner }}|{{ .Site.Params.nope }}|{{ .Site.BaseURL }}|{{ .Site.LanguageCode }}|{{ .Site.Copyright }}
tags: {{ range $i, $t := .Site.Params.list }}{{ if $i }}, {{ end }}{{ $t }}{{ end }}
---

{{< toc >}}
{{- with .Site.Params.nested.a }}
{{ . }}
{{- else }}
none
{{- end -}}
{{% x %}}
E
both "fields of a page" blog/my-first_post.md
both "fields of a bundle" "blog/A B/index.md"
both "fields of a page at the top" top.md
both "fields of a page that is deep" docs/a/b/c.md
both "another kind's name" --kind event docs/x.md

cat >archetypes/text.md <<'E'
{{ title "a tale of two cities: the end" }}|{{ title "jit and API-first" }}|{{ humanize "my_first-Post" }}|{{ humanize 103 }}
{{ lower "ÀB" }}|{{ upper "àb" }}|{{ urlize "中文 A, b/c" }}|{{ anchorize "A B, c--d é" }}
{{ substr "hé中x" 1 2 }}|{{ trim " x " " " }}|{{ strings.TrimPrefix "a" "ab" }}|{{ strings.FirstUpper "abc" }}|{{ chomp "x\n" }}
{{ printf "%s-%03d-%q-%v-%x-%.2f-%5s|%-5s|" "a" 3 "q" true 255 1.5 "r" "l" }}|{{ print "a" 1 2 "b" "c" }}
{{ replace "aXbX" "X" "y" 1 }}|{{ replaceRE "^[0-9]{4}-" "" "2020-x" }}|{{ replaceRE `(\w+)-(\d+)` "$2-${1}" "ab-12" }}|{{ findRE "[0-9]+" "a1b22" }}
{{ md5 .Name }}|{{ sha1 .Name }}|{{ sha256 .Name }}|{{ getenv "HUGO_TEST" }}
{{ path.Base .File.Dir }}|{{ path.Dir "a/b/" }}|{{ path.Ext "a.b.c" }}|{{ path.Join "a" "../b" }}
{{ (now.AddDate 0 1 7).Format "2006-01-02" }}|{{ now.Year }}|{{ now.Month }}|{{ now.YearDay }}|{{ printf "%02d" now.Month }}|{{ now.Unix }}
{{ split "a-b" "-" }}|{{ index (split "a-b" "-") 1 }}|{{ first 1 (slice 1 2) }}|{{ delimit (after 1 (split .Name "-")) " " }}|{{ seq 3 }}|{{ dict "b" 1 "a" (slice 2) }}
{{ add 1 2 }}|{{ div 7 2 }}|{{ div 7.0 2 }}|{{ mod 7 3 }}|{{ mul 1.5 2 }}|{{ int "12" }}|{{ len "abé" }}|{{ 1e10 }}
{{ eq 1 1.0 }}|{{ eq "a" "b" "a" }}|{{ gt 3 2 }}|{{ and 1 0 }}|{{ or 0 "a" }}|{{ not 0 }}|{{ default "x" "" }}|{{ default "x" false }}|{{ cond true 1 2 }}
{{ jsonify (dict "a" (slice 1 "<")) }}|{{ with $x := 3 }}{{ $x }}{{ end }}|{{ range slice 1 2 3 }}{{ if eq . 2 }}{{ continue }}{{ end }}{{ . }}{{ end }}
E
both "the functions" text/my-post.md

# Which archetype it is.
echo 'the theme has the kind: {{ .Type }}' >themes/one/archetypes/talk.md
echo 'another theme' >themes/two/archetypes/talk.md
echo 'the second theme' >themes/two/archetypes/tale.md
both "the kind's archetype of a theme goes first" talk/a.md
both "themes in their order" tale/a.md
mkdir -p archetypes/sub
echo 'sub {{ .Type }}' >archetypes/sub/k.md
both "an archetype in a directory" --kind sub/k blog/k.md
printf '+++\ntitle = "{{ .Name }}"\r\ndate = {{ .Date }}\n+++' >archetypes/toml.md
both "a TOML archetype" toml/a.md
printf '{\n  "title": "{{ .Name }}"\n}\n' >archetypes/json.md
both "a JSON archetype" json/a.md
printf '{{< figure src="x.png" >}}\n{{ .Name }}\n' >archetypes/short.md
both "an archetype that begins with a shortcode" short/a.md
printf '\n{{%% note "a" %%}}\nx\n{{%% /note %%}}\n' >archetypes/note.md
both "an archetype that begins with another" note/a.md
printf '{{ with .Name }}---\ntitle: {{ . }}\n---\n{{ end }}' >archetypes/act.md
both "an archetype that begins with an action" act/a.md
printf '{{ "{" }}\n"title": "{{ .Name }}"\n}\n' >archetypes/brace.md
both "an archetype that makes JSON" brace/a.md

# Directories.
mkdir -p archetypes/ev/empty themes/one/archetypes/ev/img
echo 'index {{ .Name }} {{ .Type }} {{ .File.Path }}' >archetypes/ev/index.md
echo 'not this one' >themes/one/archetypes/ev/index.md
echo 'other {{ .Name }}' >themes/one/archetypes/ev/other.md
printf '\211PNG\r\n\0{{ x }}' >themes/one/archetypes/ev/img/a.png
echo '{{ nope }}' >archetypes/ev/data.txt
both "a directory, over that of a theme" --kind ev events/one
both "a page with an extension is none" --kind ev events/two.md
mkdir archetypes/default
echo 'the default directory {{ .Name }}' >archetypes/default/index.md
both "the default directory" text/x
both "a directory in a directory" --kind ev a/b/c

# Languages.
mkdir "$WORK/two" && cd "$WORK/two" || exit 1
mkdir -p archetypes content/en content/de
cat >hugo.yaml <<'E'
defaultContentLanguage: en
title: both
languages:
  en: {weight: 2, contentDir: content/en, title: English, languageName: En}
  de: {weight: 1, contentDir: content/de, params: {owner: D}}
E
echo '{{ .Name }} {{ .Lang }} {{ .Site.Title }} {{ .Site.Language.Lang }} {{ .Site.Language.Weight }}[{{ .Site.Language.LanguageName }}] {{ .Section }} {{ .Site.Params.owner }}' \
	>archetypes/default.md
both "a page of a language" content/en/blog/x.md
both "a page of another" content/de/blog/x/index.md
mkdir "$WORK/three" && cd "$WORK/three" || exit 1
mkdir -p archetypes content/blog
cat >hugo.yaml <<'E'
defaultContentLanguage: en
languages: {en: {weight: 1}, zh: {weight: 2}}
E
cp "$WORK/two/archetypes/default.md" archetypes
both "a language in the name" blog/x.zh.md
both "and of a bundle" blog/x/index.zh.md
done_testing
