# SPDX-License-Identifier: ISC
# What another window writes is on the screen, and no key was pressed.
. tests/lib.sh

command -v tmux >/dev/null 2>&1 || {
	skip "reload" "no tmux"
	done_testing
	exit 0
}

site=$WORK/site
posts=$site/content/posts
mkdir -p "$posts"
printf 'title = "Ink"\n' >"$site/hugo.toml"
# post NAME TITLE TEXT: a file, written to its end before it has its name.
post() {
	mkdir -p "$(dirname "$posts/$1")"
	printf -- '---\ntitle: %s\n---\n%s\n' "$2" "$3" >"$WORK/new" &&
		mv "$WORK/new" "$posts/$1"
}
post a.md First "It was a dark night."
post b.md Second "Nothing."

unset TMUX
t() {
	tmux -S "$WORK/s" -f /dev/null "$@"
}
trap 't kill-server 2>/dev/null' EXIT
t new-session -d -x 70 -y 12 "TERM=tmux-256color '$GALLEY' -C '$site'"

# await PATTERN NAME: until the screen is like that, or a minute is over.
await() {
	end=$(($(date +%s) + 60))
	while :; do
		now=$(t capture-pane -p)
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

await '*Ink   2 pages*First*Second*more*' "the list"
post c/index.md Third "In a new directory."
await '*Ink   3 pages*First*Second*Third*' "a new bundle is in the list"
mkdir -p "$posts/deep/er" && post deep/er/d.md Fourth "Deeper."
await '*Ink   4 pages*Fourth*' "so is one in new directories"
post deep/er/d.md Fifth "Deeper."
await '*Fifth*' "which are watched"
rm -r "$posts/deep"
await '*Ink   3 pages*' "gone again"
t send-keys g
t send-keys Enter
await '*Preview*dark night*' "the preview"
post a.md First "It was a bright day."
await '*bright day*' "replaced, as editors do"
printf -- '---\ntitle: First\n---\nIt was dusk.\n' >"$posts/a.md"
await '*It was dusk*' "written in place"
printf 'And it rained.\n' >>"$posts/a.md"
await '*It was dusk. And it rained*' "appended to"
# Written, but not closed.
exec 9>"$posts/a.md"
printf -- '---\ntitle: First\n---\nAll night.\n' >&9
await '*All night*' "by who keeps it open"
exec 9>&-
rm "$posts/a.md"
await '*o such file*' "removed"
post a.md First "Back again."
await '*Back again*' "and back"
t send-keys q
await '*Ink   3 pages*' "the list again"
t send-keys q

done_testing
