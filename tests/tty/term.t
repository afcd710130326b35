# A real terminal: colours, keys, resize, suspend, clipboard, and giving it back.
. tests/lib.sh

command -v tmux >/dev/null 2>&1 || {
	skip "terminal" "no tmux"
	done_testing
	exit 0
}

site=$WORK/site
mkdir -p "$site/content/posts"
printf 'title = "Ink"\n' >"$site/hugo.toml"
printf -- '---\ntitle: First 中文\n---\n[x](https://example.org/%%7Ea)\n' >"$site/content/posts/a.md"
printf -- '---\ntitle: Second\n---\nx\n' >"$site/content/posts/b.md"

unset TMUX
t() {
	tmux -S "$WORK/s" -f /dev/null "$@"
}
trap 't kill-server 2>/dev/null' EXIT
t new-session -d -x 70 -y 12 "env PS1='$ ' sh"
t set -g default-terminal tmux-256color

screen() {
	t capture-pane -p
}

# await PATTERN NAME: until the screen is like that, or a minute is over.
await() {
	end=$(($(date +%s) + 60))
	while :; do
		now=$(screen)
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

keys() {
	t send-keys "$@"
}

# What a shell is to say when galley is over.
over='echo status=$? $(stty -a | grep -oE -- "-?(icanon|echo|isig) ")'

cat >"$WORK/run" <<S
#!/bin/sh
echo \$\$ >'$WORK/pid'
exec '$GALLEY' -C '$site'
S

# start [NAME=VALUE...]: galley in the shell; then its status.
start() {
	keys -R
	t clear-history
	keys "clear; env $* sh $WORK/run; $over" Enter
}

start TERM=tmux-256color
await '*Ink   2 pages*First 中文*Second*more*' "the first screen"
sed 's/Second/Changed/' "$site/content/posts/b.md" >"$WORK/b" &&
	mv "$WORK/b" "$site/content/posts/b.md"
await '*Changed*' "what another program changes is seen"
keys '?'
await '*Keys   browse*' "a key arrives"
keys Escape
await '*Ink*' "Esc alone is Esc"
t resize-window -x 40 -y 10
await '*Ink   2 pages*more*' "resized"
t resize-window -x 70 -y 12
keys :
keys -l "$(printf '\033[200~he\rlp\033[201~')"
await '*:he lp*' "a paste is text"
keys C-c
await '*more*' "Ctrl-C cancels"
keys C-z
await '*topped*' "Ctrl-Z stops it"
keys "clear; fg; $over" Enter
await '*Ink   2 pages*more*' "and fg brings it back"
keys -l "$(printf '\033[Ma !')"
await '*Ink*' "the wheel is taken"
keys -l "$(printf '\033[M &#\033[M#&#\033[M &#\033[M#&#')"
await '*Preview*' "two clicks in one go are a double click"
keys Escape
await '*Ink*more*' "and back"
keys q
await '*status=0*icanon*' "q gives the terminal back"
case $(screen) in
*-icanon* | *-echo* | *-isig*) ok 1 "as it was" "$(screen)" ;;
*) ok 0 "as it was" ;;
esac

signals='TERM:143 HUP:129 INT:130'
# A sanitizer has an end of its own for these.
case $GALLEY in
*/san-*) ;;
*) signals="$signals SEGV:139 ABRT:134" ;;
esac
for sig in $signals; do
	start TERM=tmux-256color
	await '*Ink   2 pages*' "started for ${sig%:*}"
	kill -"${sig%:*}" "$(cat "$WORK/pid")"
	await "*status=${sig#*:}*icanon*" "${sig%:*} ends it"
	case $(screen) in
	*Ink* | *-icanon* | *-echo*)
		ok 1 "${sig%:*} gives the terminal back" "$(screen)"
		;;
	*) ok 0 "${sig%:*} gives the terminal back" ;;
	esac
done

colours() {
	t capture-pane -p -e
}
bar() { # NAME PATTERN ENVIRONMENT...
	name=$1 pattern=$2
	shift 2
	start "$@"
	await '*Ink   2 pages*' "starts with $name"
	like "$(colours)" "$pattern" "colours with $name"
	keys q
	await '*status=0*' "ends with $name"
}
esc=$(printf '\033')
bar "256 colours" "*$esc[[]38;5;*" TERM=xterm-256color
# Its entry is in a package of its own on some systems.
if infocmp xterm-direct >/dev/null 2>&1; then
	bar "true colour" "*$esc[[]38;2;*" TERM=xterm-256color \
		COLORTERM=truecolor
else
	skip "true colour" "no terminfo entry xterm-direct"
fi
bar "8 colours" "*$esc[[]44m*" TERM=xterm
bar "no colours" "*$esc[[]*7m*" TERM=vt100
bar "NO_COLOR" "*$esc[[]*7m*" TERM=tmux-256color NO_COLOR=1

# tmux takes what is copied where it may.
t set -s set-clipboard on
start
await '*Ink   2 pages*First*' "starts for the clipboard"
keys j Enter
await '*Preview*First*' "a page is read"
keys Tab y
await '*copied: https://example.org/%7Ea*' "its link is copied"
is "$(t show-buffer)" "https://example.org/%7Ea" "the terminal has it"
keys q q
await '*status=0*' "and is left"

start TERM=dumb
await '*cannot move its cursor*status=2*' "a dumb terminal is refused"
start TERM=nonesuch
await '*no terminfo entry describes*status=2*' "and an unknown one"

done_testing
