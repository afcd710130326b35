# Programs that ended in the middle of forms: one with two posts, and another
# program has written to one of them since; one whose edits were saved after all.
p=content/en/posts
cat >"$WORK/first.keys" <<'K'
/
type first proof
Enter
f
Enter
type  and mine
Enter
a
type weight
Enter
type 3
K
GALLEY_NOW=2026-11-24T20:00:00Z "$GALLEY" --script "$WORK/first.keys"
cat >"$WORK/second.keys" <<'K'
Esc
/
type smell
Enter
f
Enter
type , mine
K
GALLEY_NOW=2026-11-25T11:00:00Z "$GALLEY" --script "$WORK/second.keys"
cat >"$WORK/third.keys" <<'K'
Esc
/
type how a
Enter
f
Enter
type  now
K
GALLEY_NOW=2026-11-25T11:30:00Z "$GALLEY" --script "$WORK/third.keys"
"$GALLEY" set $p/how-a-galley-travels/index.md title="How a Galley Travels now"
sed -i.bak 's/^title: .*/title: Theirs # theirs/' $p/first-proof/index.md
rm $p/first-proof/index.md.bak
# Killed while it saved: what is left beside the files.
: >$p/.gone.md.galley-7ffffff0-0123abcd
echo half >$p/how-a-galley-travels/.index.md.galley-7ffffff0-0123abcd
