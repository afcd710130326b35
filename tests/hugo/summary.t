# SPDX-License-Identifier: ISC
# Hugo as oracle: the summary of every page, whether there is more, its plain
# text's words and minutes are what `galley show --summary --json` tells.
# SUMMARY_SITE=DIR tries that site.
. "$TOP/tests/lib.sh"

command -v hugo >/dev/null || {
	skip "summaries of Hugo's pages" "no hugo"
	done_testing
	exit 0
}
LC_ALL=C
export LC_ALL

# build DIR: what Hugo tells of the pages is in DIR/public/**/index.html.
build() {
	mkdir -p "$1/layouts/_default"
	find "$1/layouts" "$1"/themes/*/layouts -name '*.html' 2>/dev/null |
		grep -v -e /shortcodes/ -e /_shortcodes/ | tr '\n' '\0' |
		xargs -0 rm -f
	cat >"$1/layouts/_default/single.html" <<'L'
{{ with .File }}galley-page {{ .Filename }}
{{ with $.Page }}{
  "truncated": {{ .Truncated }},
  "words": {{ .WordCount }},
  "fuzzyWords": {{ .FuzzyWordCount }},
  "minutes": {{ .ReadingTime }}
}
{{ .Summary | plainify | htmlUnescape | safeHTML }}{{ end }}{{ end }}
L
	cp "$1/layouts/_default/single.html" "$1/layouts/_default/list.html"
	cp "$1/layouts/_default/single.html" "$1/layouts/index.html"
	HOME=$WORK hugo --quiet -D -F -E -s "$1" --cacheDir "$WORK/hugo-cache" \
		>"$WORK/hugo.log" 2>&1
	find "$1/public" -name '*.html' | sort | tr '\n' '\0' |
		xargs -0 grep -l '^galley-page ' >"$WORK/pages"
}

# Shortcodes of the site's own are what is in them, as Markdown.
stubs() {
	find "$1/layouts" "$1"/themes/*/layouts -path '*/shortcodes/*' \
		-type f -exec rm {} + 2>/dev/null
	mkdir -p "$1/layouts/shortcodes"
	find "$1/content" -name '*.md' -exec cat {} + >"$WORK/bodies"
	<"$WORK/bodies" sed -e 's/{{[<%]/\
&/g' | sed -n 's,^{{[<%] *\([A-Za-z0-9_-][A-Za-z0-9_/-]*\).*,\1,p' |
		sort -u >"$WORK/names"
	while read -r name; do
		case " figure gist highlight param ref relref vimeo youtube " in
		*" $name "*) continue ;;
		esac
		mkdir -p "$(dirname "$1/layouts/shortcodes/$name")"
		if grep -q "{{[<%] */ *$name *[>%]}}" "$WORK/bodies"; then
			echo '{{ .Page.RenderString' \
				'.Inner }}'
		fi >"$1/layouts/shortcodes/$name.html"
	done <"$WORK/names"
}

# The words of a text, a line each: blanks are told by others.
one_a_line() {
	tr -s ' \n\t' '\n\n\n' | sed '/^$/d'
}

agree() {
	stubs "$1"
	build "$1"
	[ -s "$WORK/pages" ]
	ok $? "Hugo tells of the pages of $2" "$(head -20 "$WORK/hugo.log")"
	: >"$WORK/differences"
	n=0 same=0
	while IFS= read -r html; do
		page=$(sed -n '1s/^galley-page //p' "$html")
		sed -n '2,/^}$/p' "$html" >"$WORK/want"
		sed '1,/^}$/d' "$html" | one_a_line >>"$WORK/want"
		"$GALLEY" show --summary --json "$page" >"$WORK/json" \
			2>"$WORK/err" || cat "$WORK/err" >>"$WORK/differences"
		{
			echo "{"
			grep -e '^  "truncated"' -e '^  "words"' \
				-e '^  "fuzzyWords"' -e '^  "minutes"' \
				"$WORK/json"
			echo "}"
			sed -n 's/^  "summary": "\(.*\)",$/\1/p' "$WORK/json" |
				sed -e 's/\\n/ /g' -e 's/\\t/ /g' \
				-e 's/\\"/"/g' -e 's/\\\\/\\/g' |
				one_a_line
		} >"$WORK/got"
		n=$((n + 1))
		if diff "$WORK/want" "$WORK/got" >"$WORK/diff"; then
			same=$((same + 1))
		else
			echo "${page#"$1"/}" >>"$WORK/differences"
			head -20 "$WORK/diff" >>"$WORK/differences"
		fi
	done <"$WORK/pages"
	[ "$n" -gt 0 ] && [ "$same" -ge $((n - ${3:-0})) ]
	ok $? "summaries of $2: $same of $n pages" \
		"$(head -${SUMMARY_LINES:-100} "$WORK/differences")"
}

if [ -n "${SUMMARY_SITE:-}" ]; then
	cp -R "$SUMMARY_SITE" "$WORK/site" && chmod -R u+w "$WORK/site"
	agree "$WORK/site" "$SUMMARY_SITE"
	cat "$WORK/differences"
	done_testing
	exit 0
fi

cp -R "$TOP/examples/site" "$WORK/example" && chmod -R u+w "$WORK/example"
agree "$WORK/example" "the example"

cp -R "$TOP/tests/hugo/words" "$WORK/words" && chmod -R u+w "$WORK/words"
agree "$WORK/words" "a site with everything"

cp -R "$TOP/tests/hugo/summary" "$WORK/own" && chmod -R u+w "$WORK/own"
agree "$WORK/own" "a site of summaries"

need_corpus wamr.dev "summaries of another site"
cp -R "$CORPUS/wamr.dev" "$WORK/corpus" && chmod -R u+w "$WORK/corpus"
agree "$WORK/corpus" "another site"
done_testing
