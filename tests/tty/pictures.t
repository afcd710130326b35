# SPDX-License-Identifier: ISC
# Pictures in a real terminal: in the nearest of 256 colours, or in all of them,
# and boxes where there are fewer.
. "$TOP/tests/lib.sh"
command -v tmux >/dev/null 2>&1 || {
	skip "pictures" "no tmux"
	done_testing
	exit 0
}
"$GALLEY" galley-picture probe || {
	skip "pictures" "no chafa or gdk-pixbuf"
	done_testing
	exit 0
}

site=$WORK/site
mkdir -p "$site/content"
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
picture >"$site/content/rb.gif"
printf -- '---\ntitle: Only\n---\n![two halves](rb.gif)\n' \
	>"$site/content/a.md"

unset TMUX
t() {
	tmux -S "$WORK/s" -f /dev/null "$@"
}
trap 't kill-server 2>/dev/null' EXIT

# await PATTERN NAME: until the screen is like that, or a minute is over.
await() {
	end=$(($(date +%s) + 60))
	while :; do
		now=$(t capture-pane -p -e)
		case $now in
		$1)
			ok 0 "$2"
			return
			;;
		esac
		[ "$(date +%s)" -ge "$end" ] && break
	done
	ok 1 "$2" "want: $1" "$now"
}

# preview NAME PATTERN ENVIRONMENT...: what is sent for the page
preview() {
	name=$1 pattern=$2
	shift 2
	t new-window "exec env $* '$GALLEY' -C '$site'"
	await '*Ink*1 page*Only*' "starts with $name"
	t send-keys Enter
	await "$pattern" "drawn with $name"
	t kill-window
}

t new-session -d -x 70 -y 24 cat
esc=$(printf '\033')
preview "256 colours" "*rb.gif*$esc[[]*8;5;196*8;5;21*two halves*" \
	TERM=xterm-256color
if infocmp xterm-direct >/dev/null 2>&1; then
	preview "all colours" "*rb.gif*8;2;25?;?;?m*8;2;?;?;25?m*two halves*" \
		TERM=xterm-256color COLORTERM=truecolor
else
	skip "all colours" "no terminfo entry xterm-direct"
fi
preview "8 colours" "*rb.gif*64x64*two halves*" TERM=xterm
case $now in
*8\;5\;196* | *8\;2\;25*) ok 1 "there is a box" "$now" ;;
*) ok 0 "there is a box" ;;
esac
done_testing
