# Hugo as oracle: `galley list --all --format csv` and `hugo list all` say the
# same, row for row, byte for byte.
. "$TOP/tests/lib.sh"

command -v hugo >/dev/null || {
	skip "rows of hugo list all" "no hugo"
	done_testing
	exit 0
}

# page FILE FIELD...: a page below content/, of these lines of front matter.
page() {
	file=content/$1
	shift
	mkdir -p "$(dirname "$file")"
	{
		echo '---'
		for field; do
			printf '%s\n' "$field"
		done
		echo '---'
		echo 'Text.'
	} >"$file"
}

# agree NAME: both list the site in the current directory alike.
agree() {
	# Newer versions add two columns, kind and section.
	hugo list all 2>"$WORK/hugo.err" |
		sed -n -e '/permalink,kind,section$/,$s/,[^,]*,[^,]*$//' \
			-e '/^path,slug,/,$p' \
			>"$WORK/hugo.csv"
	"$GALLEY" list --all --format csv >"$WORK/galley.csv" 2>&1
	rows=$(wc -l <"$WORK/hugo.csv")
	[ "$rows" -gt 1 ]
	ok $? "hugo lists $1" "$(cat "$WORK/hugo.err")"
	same "$WORK/galley.csv" "$WORK/hugo.csv" "$1"
}

mkdir "$WORK/one" && cd "$WORK/one" || exit 1
cat >hugo.toml <<'E'
baseURL = "https://example.org/sub/"
title = "One"
timeZone = "Asia/Tokyo"
[permalinks]
blog = "/blog/:year/:slug/"
notes = "/n/:title/"
old = "/o/:year/:month/:day/:weekdayname/:monthname/:yearday/:section/:sections/:filename/"
E
page _index.md 'title: Home'
page blog/_index.md 'title: Blog'
page blog/bundle/index.md 'title: "Bundle One"' 'date: 2020-01-01' \
	'slug: -my-slug-'
page blog/bundle/extra.md 'title: Extra'
page blog/bundle/in/index.md 'title: Nested'
page blog/nodate.md 'title: No Date, "quoted"'
page blog/zones.md 'title: Zones' 'date: 2021-03-04T10:00:00' \
	'publishDate: 2021-03-05T10:00:00Z' \
	'expiryDate: 2022-01-01T00:00:00-05:00'
page blog/future.md 'title: Future' 'date: 2099-01-01T00:00:00+02:00' \
	'draft: true'
page blog/only-publish.md 'title: Only publish' 'publishDate: 2021-01-01'
page blog/only-lastmod.md 'title: Only lastmod' 'lastmod: 2021-06-01'
page notes/a.md 'title: "Hello, World! A/B #c"' 'weight: 5'
page notes/untitled.md 'draft: true'
page notes/中文.md 'title: 云原生：时代，“沙箱”'
page notes/party.md 'title: 🎉 party — time'
page notes/accent.md 'title: Äpfel ß'
page notes/dots.md 'title: .hidden..'
page notes/up.md 'title: a/../b'
page notes/blanks.md 'title: "  lead -- trail  "'
page 'old/Sub Dir/Post_One.md' 'title: T' 'date: 2021-03-04T23:00:00-05:00'
page old/b/c/index.md 'title: T' 'date: 1999-12-31'
page deep/a/b/x.md 'title: deep'
page section/sub/_index.md 'title: Sub'
page section/sub/y.md 'title: why'
page 'Top Page.md' 'title: top'
page html.html 'title: html'
page negative.md 'title: negative' 'weight: -3'
page headless/index.md 'title: headless' 'headless: true'
page norender.md 'title: no render' '_build:' '  render: never'
page nolist.md 'title: no list' '_build:' '  list: never'
page fraction.md 'title: fraction' 'date: 2021-03-04T10:00:00.123+02:00'
page seconds.md 'title: seconds' 'date: 20231015'
page spaced.md 'title: spaced' 'date: "2023-10-15 10:00:00 +0100"'
page aliases.md 'title: 2020-01-01' 'unpublishdate: 2020-01-01' \
	'modified: 2021-01-01' 'pubdate: 2022-01-01'
page unpublished.md 'title: unpublished' 'published: false'
page published.md 'title: published' 'published: 2020-01-01'
page d2.md 'title: d2' 'draft: "yes"'
page d3.md 'title: d3' 'DRAFT: "1"'
page d4.md 'title: d4' 'draft: [true]'
page d5.md 'title: [a]' 'draft: 1' 'weight: "7"'
page d6.md 'title: 1.50' 'draft: 0' 'published: false'
page url1.md 'title: url' 'url: /Foo Bar/Baz'
page url2.md 'title: url' 'url: foo/x.html'
page url3.md 'title: url' 'url: /a/../b/é/'
page slug/s1.md 'title: slug' 'slug: "Föö Bár!"'
page slug/s2.md 'title: slug' 'slug: a/b'
page slug/s3.md 'title: slug' 'slug: index'
page slug/s4.md 'title: slug' 'linkTitle: a first one'
echo 'no front matter' >content/plain.md
echo '<p>not a page</p>' >content/raw.html
printf '\357\273\277\n---\r\ntitle: bom\r\n---\r\n' >content/bom.md
printf '+++\ntitle = "toml"\ndate = 2020-01-01T10:00:00Z\n+++\n' \
	>content/toml.md
printf '{\n"title": "json", "draft": true\n}\ntext\n' >content/json.md
echo text >content/notes.txt
page .hidden.md 'title: hidden'
page '#hash.md' 'title: hidden'
page x.md~ 'title: hidden'
agree "a site of one language"

mkdir "$WORK/many" && cd "$WORK/many" || exit 1
mkdir -p config/_default
cat >config/_default/config.yaml <<'E'
baseURL: https://example.org
defaultContentLanguage: en
defaultContentLanguageInSubdir: true
uglyURLs: true
removePathAccents: true
permalinks:
  blog: /b/:slugorfilename/
E
cat >config/_default/languages.yaml <<'E'
en: {weight: 1}
fr: {weight: 2}
de: {weight: 3, disabled: true}
E
page about.md 'title: About'
page about.fr.md 'title: À propos'
page about.de.md 'title: Über'
page about.xx.md 'title: xx'
page blog/p/index.md 'title: p'
page blog/p/index.fr.md 'title: p' 'slug: Pé'
page blog/q.fr.md 'title: q' 'url: foo/x/'
page blog/r.fr.md 'title: r' 'url: /foo/y'
page 'É Ab/Ço.md' 'title: accents'
agree "a site of many languages"

mkdir "$WORK/dirs" && cd "$WORK/dirs" || exit 1
cat >config.yaml <<'E'
disablePathToLower: true
frontmatter:
  date: [":filename", ":default"]
  publishDate: [released, ":default"]
languages:
  en:
    contentDir: content/english
    baseURL: https://en.example.org
    weight: 1
  fr:
    contentDir: content/french
    baseURL: https://fr.example.org/s
    weight: 2
E
page english/a.md 'title: a'
page english/A/B.md 'title: b'
page french/a.md 'title: a'
page french/b/index.md 'title: b'
page english/p/2020-02-03-Some-Name.md 'title: x' 'released: 2021-01-01'
page english/p/2020-02-04-b/index.md 'title: x' 'date: 2022-02-02'
page english/p/2020-02-05.md 'title: x'
agree "a site with a directory and a host for each language"

mkdir "$WORK/own" && cd "$WORK/own" || exit 1
cat >config.yaml <<'E'
baseURL: "https://exämple.org/a b"
contentDir: content/en
defaultContentLanguage: en
disableLanguages: [nl]
frontmatter:
  publishDate: [publishDate, event]
permalinks:
  blog: /b/:title/
  docs: /d/:title/
languages:
  en: {weight: 1, contentDir: content/en}
  fr:
    weight: 2
    contentDir: content/fr
    disablePathToLower: true
    removePathAccents: true
    timeZone: Asia/Tokyo
    permalinks:
      blog: /fr-blog/:title/
  ja: {weight: 3, contentDir: content/ja, uglyURLs: true}
  nl: {weight: 4, contentDir: content/en/nl}
E
for language in en fr ja; do
	page $language/blog/P.md 'title: T É' 'date: 2020-01-01'
	page $language/docs/b/index.md 'title: T É' 'event: 2021-01-01'
	page "$language/A é/Q.md" 'title: q' 'pubdate: 2021-01-01'
done
page en/nl/n.md 'title: in the directory of a disabled language'
page en/epoch.md 'title: e' 'date: 1970-01-01'
page en/before.md 'title: b' 'date: 1969-01-01'
page en/zero.md 'title: z' 'date: 0001-01-01'
page en/float.md 'title: 1e3'
page en/floats.md 'title: .5'
page en/x/index.xx.md 'title: bundle without a language of the site'
page en/…/a.md 'title: a directory that leaves no name'
page en/….md 'title: a name that leaves none'
echo 'text' >content/en/text.html
echo '<!-- a comment -->' >content/en/comment.html
: >content/en/empty.html
agree "a site with settings for each language"

mkdir "$WORK/rootleaf" && cd "$WORK/rootleaf" || exit 1
echo 'baseURL = "https://example.org/"' >hugo.toml
page index.md 'title: all else is in this bundle'
page a.md 'title: a'
page b/index.md 'title: b'
agree "a site whose content is one bundle"

need_corpus wamr.dev "the reference site"
mkdir "$WORK/corpus" && cp -R "$CORPUS/wamr.dev/." "$WORK/corpus" &&
	chmod -R u+w "$WORK/corpus" && cd "$WORK/corpus" || exit 1
# Its templates are not part of the corpus.
mkdir -p layouts/shortcodes
for shortcode in alert details email mermaid toc video; do
	: >"layouts/shortcodes/$shortcode.html"
done
agree "the reference site"
done_testing
