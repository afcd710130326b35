# The remote has changed the same posts: fields and text are merged, and what
# cannot be is said, with nothing done.
. tests/lib.sh

site=$WORK/site
mkdir -p "$WORK/made/content/posts"
cd "$WORK/made" || exit 1
echo "baseURL = 'https://blog.example/'" >hugo.toml
post=content/posts/one.md
cat >"$post" <<'P'
---
title: One
tags: [a, b, c]
lastmod: 2026-01-02
draft: true # soon
---
First.

Second.

Third.
P
cd "$TOP" || exit 1
site_with_remote "$site" "$WORK/made"
bare=$site.git
git clone -q "$bare" "$WORK/theirs"
cd "$site" || exit 1
theirs() { # SED-SCRIPT: edit, commit and push as somebody else
	(cd "$WORK/theirs" && git pull -q && sed -i "$1" "$post" &&
		git commit -qam theirs && git push -q) 2>/dev/null
}
sound() {
	is "$(git fsck --no-dangling --no-progress 2>&1
		git -C "$bare" fsck --no-dangling --no-progress 2>&1
		git status --porcelain)" "" "$1: sound and clean"
}

# Neighbouring lines, which a merge by lines cannot do.
theirs 's/^tags:.*/tags: [a, c, theirs]/; s/^lastmod.*/lastmod: 2026-05-05/
s/^First/The first/'
sed -i 's/^tags:.*/tags: [a, b, c, mine]/; s/^Third/The third/' "$post"
run "$GALLEY" publish "$post"
is "$status" 0 "fields are merged"
is "$(git -C "$bare" show "main:$post" | sed 's/^\(lastmod: ....\).*/\1/')" \
	"---
title: One
tags: [a, c, theirs, mine]
lastmod: 2026
draft: false # soon
---
The first.

Second.

The third." "lists as sets, the later lastmod, the text of both"
like "$(grep '^lastmod' "$post")" "lastmod: 2026-11-25*" "which is ours"
sound "merged"

# A title that both changed.
theirs 's/^title.*/title: Theirs/; s/^Second/Their second/'
sed -i 's/^title.*/title: Mine/; s/^Second/My second/' "$post"
before=$(cksum "$post")
run "$GALLEY" publish --no-push "$post"
commit=$(git rev-parse HEAD)
before=$(cksum "$post")
run "$GALLEY" sync
is "$status" 4 "what cannot be merged"
is "$err" "galley: conflict with origin/main in $post: nothing was changed; S in galley shows both sides, or git pull --rebase" \
	"is one line that names the post"
is "$(cksum "$post"; git rev-parse HEAD)" "$before
$commit" "nothing is half done"
sound "conflict"

# Decided on the screen.
cat >"$WORK/keys" <<'K'
size 80x20
S
expect Changed here and on the remote
snapshot both
Enter
expect left to decide
Esc
expect Mine
refuse left to decide
S
m
expect 1 to decide
t
snapshot decided
Enter
expect pushed 1 commit
K
run "$GALLEY" --script "$WORK/keys"
is "$status" 0 "decided piece by piece"
like "$out" "*mine*Mine*theirs*Theirs*" "both sides are shown"
is "$(git -C "$bare" show "main:$post" | sed -n '/^title/p;/econd/p')" \
	"title: Mine
Their second." "each as it was chosen"
sound "decided"

# By the editor, and a file that one side has removed.
theirs 's/^title.*/title: Theirs again/; s/^Their second/Second by them/'
sed -i 's/^title.*/title: Mine again/; s/^Their second/Second by me/' "$post"
run "$GALLEY" publish --no-push "$post"
cat >"$WORK/ed" <<'E'
#!/bin/sh
sed -i '/^<<<<<<</d; /^=======/d; /^>>>>>>>/d' "$1"
E
chmod +x "$WORK/ed"
printf '%s\n' S e 'expect the fields first' m e Enter "expect pushed 1 commit" >"$WORK/keys"
EDITOR=$WORK/ed run "$GALLEY" --script "$WORK/keys"
is "$status" 0 "decided in the editor"
is "$(git -C "$bare" show "main:$post" | sed -n '/^title/p;/econd/p')" \
	"title: Mine again
Second by them.
Second by me." "as it was edited"
sound "edited"
(cd "$WORK/theirs" && git pull -q && git rm -q "$post" &&
	git commit -qm gone && git push -q) 2>/dev/null
echo more >>"$post"
run "$GALLEY" publish --no-push "$post"
run "$GALLEY" sync
is "$status" 4 "a post that they removed and we changed"
printf '%s\n' S "expect (not there)" m Enter "expect pushed 1 commit" >"$WORK/keys"
run "$GALLEY" --script "$WORK/keys"
is "$status" 0 "is decided as a whole"
is "$(git -C "$bare" show "main:$post" | tail -1)" "more" "and stays"
sound "removed"
done_testing
