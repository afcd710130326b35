# SPDX-License-Identifier: ISC
# Scripted screens: tests/ui/NAME.keys on a fresh copy of the example site must
# print tests/ui/NAME.screen, byte for byte; `make accept` rewrites those.
. "$TOP/tests/lib.sh"
export GIT_AUTHOR_DATE="2026-11-25T12:00:00Z" GIT_COMMITTER_DATE="2026-11-25T12:00:00Z"

cat >"$WORK/editor" <<'S'
#!/bin/sh
echo "A line from the editor." >>"$1"
S
chmod +x "$WORK/editor"
# A browser in the terminal; a script's set-up says what else happens meanwhile.
cat >"$WORK/w3m" <<'S'
#!/bin/sh
printf '%s\n' "$@" >>"${0%/*}/opened"
[ ! -e .git/meanwhile ] || . ./.git/meanwhile
S
chmod +x "$WORK/w3m"
export BROWSER="no-such-browser:$WORK/w3m -T 'text/html' %s" EDITOR="$WORK/editor" XDG_STATE_HOME="$WORK/state"

for keys in "$TOP"/tests/ui/*.keys; do
	name=$(basename "$keys" .keys)
	site=$WORK/site
	site_with_remote "$site" "$TOP/examples/site"
	git -C "$site" remote set-url origin ../site.git
	printf '#!/bin/sh\necho deploying the site\n' >"$site.git/hooks/post-receive"
	chmod +x "$site.git/hooks/post-receive"
	# A script may have a set-up of its own, in shell, run in the site.
	if [ -e "${keys%.keys}.sh" ]; then
		(cd "$site" && . "${keys%.keys}.sh") >/dev/null 2>&1
	fi
	(cd "$site" && "$GALLEY" --script "$keys") >"$WORK/got" 2>"$WORK/err"
	status=$?
	if [ -n "${ACCEPT:-}" ]; then
		cp "$WORK/got" "${keys%.keys}.screen"
	fi
	same "$WORK/got" "${keys%.keys}.screen" "$name"
	is "$status:$(cat "$WORK/err")" "0:" "$name: ends well"
	is "$(find "$site" -name '.*.galley-*')" "" "$name: no file is left"
	# What the script left behind, where it says so.
	if [ -e "${keys%.keys}.diff" ] || grep -q '^# diff$' "$keys"; then
		git -C "$site" log -1 --format=%s >"$WORK/diff"
		git -C "$site" diff -U0 HEAD~1 2>/dev/null | grep '^[-+]' >>"$WORK/diff"
		[ -n "${ACCEPT:-}" ] && cp "$WORK/diff" "${keys%.keys}.diff"
		same "$WORK/diff" "${keys%.keys}.diff" "$name: what was committed"
	fi
	# What it saved, byte for byte.
	if grep -q '^# saved$' "$keys"; then
		git -C "$site" diff -U0 HEAD | grep '^[-+]' >"$WORK/saved"
		[ -n "${ACCEPT:-}" ] && cp "$WORK/saved" "${keys%.keys}.saved"
		same "$WORK/saved" "${keys%.keys}.saved" "$name: what was saved"
	fi
	# What it opened in the browser.
	if grep -q '^# opened$' "$keys"; then
		[ -n "${ACCEPT:-}" ] && cp "$WORK/opened" "${keys%.keys}.opened"
		same "$WORK/opened" "${keys%.keys}.opened" "$name: what was opened"
	fi
	rm -rf "$site" "$site.git" "$WORK/state" "$WORK/opened"
done
done_testing
