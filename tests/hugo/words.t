# SPDX-License-Identifier: ISC
# Hugo as oracle: `galley show` prints the words of every page that Hugo makes
# of it, in their order, and no others but the furniture that galley(1) names.
# Of each page the content alone is compared.  WORDS_SITE=DIR adds a site.
. "$TOP/tests/lib.sh"

command -v hugo >/dev/null || {
	skip "words of Hugo's pages" "no hugo"
	done_testing
	exit 0
}
LC_ALL=C
export LC_ALL

# build DIR: Hugo's pages of the site are in DIR/public, the content alone;
# $pages lists those that come from a file.
build() {
	rm -rf "$1/public"
	mkdir -p "$1/layouts/_default"
	find "$1/layouts" "$1"/themes/*/layouts -name '*.html' 2>/dev/null |
		grep -v -e /shortcodes/ -e /_shortcodes/ -e /partials/ \
			-e /_markup/ | tr '\n' '\0' | xargs -0 rm -f
	for name in single list; do
		cat >"$1/layouts/_default/$name.html"
	done <<'L'
{{ if .File }}galley-page {{ .File.Filename }}
{{ .Content }}{{ end }}
L
	cp "$1/layouts/_default/single.html" "$1/layouts/_default/list.html"
	cp "$1/layouts/_default/single.html" "$1/layouts/index.html"
	HOME=$WORK hugo --quiet -D -F -E -s "$1" --cacheDir "$WORK/hugo-cache" \
		>"$WORK/hugo.log" 2>&1
	find "$1/public" -name '*.html' | sort |
		tr '\n' '\0' | xargs -0 grep -l '^galley-page ' >"$WORK/pages"
}

# stubs DIR: what templates and diagrams add is not compared: the template of
# every shortcode shows what is inside as Markdown, diagrams are text.
stubs() {
	find "$1/content" -name '*.md' -exec \
		sed -i.old 's/^\([ >]*```\) *mermaid/\1text/' {} +
	find "$1/content" -name '*.old' -exec rm {} +
	find "$1/layouts" "$1"/themes/*/layouts -path '*/shortcodes/*' \
		-type f -exec rm {} + 2>/dev/null
	mkdir -p "$1/layouts/shortcodes"
	find "$1/content" -name '*.md' -exec cat {} + >"$WORK/bodies"
	for name in $(sed -e 's/{{[<%]/\
&/g' "$WORK/bodies" |
		sed -n 's,^{{[<%] *\([A-Za-z0-9_-][A-Za-z0-9_/-]*\).*,\1,p' |
		sort -u); do
		case " figure gist highlight param ref relref tweet twitter \
			vimeo youtube instagram " in *" $name "*) continue ;; esac
		mkdir -p "$(dirname "$1/layouts/shortcodes/$name")"
		if grep -q "{{[<%] */ *$name *[>%]}}" "$WORK/bodies"; then
			echo '{{ .Page.RenderString (dict "display" "block")' \
				'.Inner }}'
		fi >"$1/layouts/shortcodes/$name.html"
	done
}

# differ PAGE HTML: what the two say of it; a line of figures is added to
# $WORK/figures: words, missing, invented.
differ() {
	sed 1d "$2" | awk -v from=html -f "$TOP/tests/hugo/words.awk" |
		sed 's/^.//' >"$WORK/hugo.words"
	"$GALLEY" show --width 10000 --color never "$1" >"$WORK/show" \
		2>"$WORK/show.err" || cat "$WORK/show.err"
	awk -v from=show -v codes="$codes" -f "$TOP/tests/hugo/words.awk" \
		"$WORK/show" >"$WORK/marked"
	sed 's/^.//' "$WORK/marked" >"$WORK/show.words"
	diff "$WORK/hugo.words" "$WORK/show.words" >"$WORK/words.diff"
	awk -v page="${1#"$site"/}" -v marked="$WORK/marked" \
		-v hugo="$WORK/hugo.words" -v figures="$WORK/figures" '
	BEGIN {
		while ((getline line < marked) > 0)
			mark[++m] = line
		while ((getline line < hugo) > 0)
			word[++n] = line
	}
	function join(v, from, to, skip, s, i) {
		for (i = from; i <= to; i++)
			s = s " " substr(v[i], skip)
		return s
	}
	/^[0-9]/ {
		split($0, side, /[acd]/)
		if (split(side[1], h, ",") < 2)
			h[2] = h[1]
		if (split(side[2], g, ",") < 2)
			g[2] = g[1]
		miss = $0 ~ /a/ ? 0 : h[2] - h[1] + 1
		more = 0
		if ($0 !~ /d/)
			for (i = g[1]; i <= g[2]; i++)
				more += mark[i] ~ /^=/
		if (miss + more == 0)
			next
		missing += miss
		invented += more
		out = out "  hugo:  " join(word, h[1] - 3, h[2] + 2, 1) "\n" \
		    "  galley:" join(mark, g[1] - 3, g[2] + 2, 2) "\n"
	}
	END {
		print n + 0, missing + 0, invented + 0 >>figures
		if (missing + invented > 0)
			printf "%s: %d words, %d missing, %d invented\n%s",
			    page, n, missing, invented, out
	}' "$WORK/words.diff"
}

# agree DIR NAME
agree() {
	site=$1
	stubs "$site"
	codes=$(cd "$site" && ls layouts/shortcodes themes/*/layouts/shortcodes \
		2>/dev/null | sed -n 's/[.][^.]*$//p' | tr '\n' '|')
	codes="${codes}figure|youtube|vimeo|gist|tweet|param|ref|relref"
	build "$site"
	[ -s "$WORK/pages" ]
	ok $? "Hugo makes pages of $2" "$(head -20 "$WORK/hugo.log")"
	: >"$WORK/figures"
	while IFS= read -r html; do
		page=$(sed -n '1s/^galley-page //p' "$html")
		differ "$page" "$html"
	done <"$WORK/pages" >"$WORK/differences"
	figures=$(awk '{
		n += $1; missing += $2; invented += $3
	} END {
		printf "%d pages, %d words, %d missing, %d invented", NR, n,
		    missing, invented
		exit !(n > 0 && missing * 200 <= n && invented == 0)
	}' "$WORK/figures")
	ok $? "words of $2: $figures" "$(head -${WORDS_LINES:-100} "$WORK/differences")"
	[ -z "${WORDS_SITE:-}" ] || cat "$WORK/differences"
}

if [ -n "${WORDS_SITE:-}" ]; then
	cp -R "$WORDS_SITE" "$WORK/site" && chmod -R u+w "$WORK/site"
	agree "$WORK/site" "$WORDS_SITE"
	done_testing
	exit 0
fi

cp -R "$TOP/examples/site" "$WORK/example" && chmod -R u+w "$WORK/example"
agree "$WORK/example" "the example"

cp -R "$TOP/tests/hugo/words" "$WORK/own" && chmod -R u+w "$WORK/own"
# All emoji by all their names.
{
	printf -- '---\ntitle: emoji\n---\n'
	sed -e '/^# /d' -e 's/^[^ ]*//' "$TOP/src/md_emoji.txt" | tr ' ' '\n' |
		sed -e '/^$/d' -e 's/\(.*\)[*]$/:\1_tone1: :\1_tone5:/' \
			-e 's/^[^:].*/:&:/'
} >"$WORK/own/content/p/emoji.md"
agree "$WORK/own" "a site with everything"

need_corpus wamr.dev "words of another site"
cp -R "$CORPUS/wamr.dev" "$WORK/corpus" && chmod -R u+w "$WORK/corpus"
agree "$WORK/corpus" "another site"
done_testing
