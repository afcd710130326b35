# SPDX-License-Identifier: ISC
# Pictures drawn in the cells of the screen and of a printed page, where what
# draws them is installed; boxes, where it is not or is not wanted.
. "$TOP/tests/lib.sh"

site=$WORK/site
mkdir -p "$site/content/posts/a" "$site/static"
printf 'title = "Ink"\n' >"$site/hugo.toml"
# 64x64, its left half red, the right one blue.
picture() {
	printf '\107\111\106\070\071\141\100\000\100\000\360\000\000\377\000'
	printf '\000\000\000\377\054\000\000\000\000\100\000\100\000\000\002\244'
	printf '\204\217\251\213\341\017\243\234\220\331\233\250\336\021\173\313'
	printf '\205\332\107\146\342\131\225\052\312\006\352\332\236\157\031\313'
	printf '\363\127\213\067\236\163\273\327\363\375\056\301\315\220\130\244'
	printf '\034\101\311\311\222\321\164\076\025\121\311\224\132\115\135\017'
	printf '\131\355\026\320\175\174\271\141\327\030\134\076\243\303\352\262'
	printf '\171\354\156\247\317\161\372\034\176\377\326\361\154\173\237\337'
	printf '\045\367\247\227\267\265\107\070\150\130\170\165\250\230\310\270'
	printf '\070\325\010\371\050\031\371\064\151\131\211\171\271\224\311\271'
	printf '\351\331\171\364\051\032\112\072\072\124\212\172\252\232\372\263'
	printf '\352\332\012\373\272\023\113\073\153\133\173\163\253\233\313\273'
	printf '\073\343\126\000\000\073'
}
picture >"$site/content/posts/a/rb.gif"
cp "$site/content/posts/a/rb.gif" "$site/static/cover.gif"
{
	printf -- '---\ntitle: First\ndate: 2024-01-02\nimages: [/cover.gif]\n'
	printf -- '---\nAbove it.\n\n![two halves](rb.gif)\n\n'
	printf '![none](none.gif)\n\n![cut](cut.gif)\n'
} >"$site/content/posts/a/index.md"
head -c 20 "$site/content/posts/a/rb.gif" >"$site/content/posts/a/cut.gif"

"$GALLEY" galley-picture probe
if [ $? = 0 ]; then there=yes; else there=no; fi
need() {
	[ "$there" = yes ] && return
	skip "$1" "no chafa or gdk-pixbuf"
	return 1
}
script() {
	cat >"$WORK/t.script"
	run "$GALLEY" -C "$site" --script "$WORK/t.script"
}

# What stands on the screen, less what is beside the page.
boxes='
  Above it.

  ┌ picture  rb.gif  64x64 ──────────────────────────────┐
  │ two halves                                           │
  └──────────────────────────────────────────────────────┘

  ┌ picture  none.gif  missing ──────────────────────────┐
  │ none                                                 │
  └──────────────────────────────────────────────────────┘

  ┌ picture  cut.gif  64x64 ─────────────────────────────┐
  │ cut                                                  │
  └──────────────────────────────────────────────────────┘'
text() { sed -n '/^  Above it/,$p'; }
page() { sed -n 's/^|\(.*[^ ]\) *|$/\1/p; s/^| *|$//p' | sed '$d' | text | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}'; }

script <<'S'
size 60x40
Enter
snapshot
S
is "$status" 0 "a page with pictures, without colours"
is "
$(printf '%s\n' "$out" | page)" "$boxes" "there are boxes"

run "$GALLEY" -C "$site" show --width 60 content/posts/a/index.md
is "
$(printf '%s\n' "$out" | text)" "$boxes" "as it is printed"
like "$out" "*cover /cover.gif 64x64*" "the cover is named"
run "$GALLEY" -C "$site" show --width 60 --pictures always content/posts/a
is "
$(printf '%s\n' "$out" | text)" "$boxes" "without colours there are none, whatever is said"
run "$GALLEY" -C "$site" show --pictures maybe content/posts/a
is "$status" 2 "--pictures has three words"

# The columns of pictures' cells, row by row.
cells() { sed -n 's/^:.*picture \([0-9-]*\).*/\1/p' | tr '\n' ' '; }
if need "drawn"; then
	script <<'S'
size 60x40
colours 16777216
Enter
styles
S
	is "$status" 0 "with colours"
	is "$(printf '%s\n' "$out" | cells)" \
		"2-9 2-9 2-9 2-9 26-33 26-33 26-33 26-33 " \
		"the cover below the facts, the picture in its box"
	like "$out" "*   not drawn: broken, or there is no loader for it   *" "why one is not drawn stands there"
	like "$out" "*two halves*none.gif*missing*" "words and all else stay"

	# As much of it as there is; none in the fewest rows.
	script <<'S'
size 60x12
colours 256
Enter j j j j j
expect Above it.
styles
PgDn PgDn PgDn
styles
size 60x7
styles
S
	is "$(printf '%s\n' "$out" | cells | tr ' ' '\n' |
		sort -u | tr '\n' ' ')" "2-5 26-33 " "in few rows"

	mkdir -p "$HOME/.config/galley"
	echo 'preview.pictures: off' >"$HOME/.config/galley/config.yaml"
	script <<'S'
size 60x40
colours 256
Enter
snapshot
S
	is "
$(printf '%s\n' "$out" | page)" "$boxes" "preview.pictures: off leaves boxes"
	rm "$HOME/.config/galley/config.yaml"

	run env COLORTERM= "$GALLEY" -C "$site" show --width 60 --color always \
		--pictures always content/posts/a
	like "$out" "*[34]8;5;196*[34]8;5;21*" "printed in 256 colours"
	run env COLORTERM=truecolor "$GALLEY" -C "$site" show --width 60 \
		--color always --pictures always content/posts/a
	like "$out" "*[34]8;2;25?;?;?*[34]8;2;?;?;25?*" "and in all of them"
	is "$(printf '%s\n' "$out" | sed 's/\x1b\[[0-9;]*m//g; s/ *$//' |
		grep -c '^  │ .*│$')" 11 "its frame is whole"
	run "$GALLEY" -C "$site" show --color always content/posts/a
	case $out in *';5;196'*) found=1 ;; *) found=0 ;; esac
	ok "$found" "no terminal: none unless it is said"
fi
done_testing
