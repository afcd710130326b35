# SPDX-License-Identifier: ISC
# What the command line writes for other programs is raw, but not on a terminal.
. "$TOP/tests/lib.sh"
site=$WORK/site
mkdir -p "$site/content"
printf 'title = "Ink"\n' >"$site/hugo.toml"
printf -- '---\ntitle: "\\e[31mred\\nand\\u009b1m"\n---\n' >"$site/content/a.md"
cp "$site/content/a.md" "$site/content/$(printf 'b\033[1m.md')"
cd "$site" || exit 1

esc=$(printf '\033')
for args in "get a.md title" "list --format csv" "list --format paths"; do
	# shellcheck disable=SC2086
	run "$GALLEY" $args
	like "$out" "*$esc[[][0-9]*m*" "$args: to another program as it is"
done
command -v python3 >/dev/null 2>&1 || {
	skip "on a terminal" "no python3"
	done_testing
	exit 0
}
cat >"$WORK/terminal.py" <<'P'
import os, pty, subprocess, sys
master, slave = pty.openpty()
galley = subprocess.Popen([os.environ['GALLEY']] + sys.argv[1:], stdout=slave)
os.close(slave)
while True:
    try:
        data = os.read(master, 65536)
    except OSError: # the other end is closed
        break
    if not data:
        break
    sys.stdout.buffer.write(data)
sys.exit(galley.wait())
P
for args in "get a.md title" "list --format csv" "list --format paths" \
	"get a.md" "list"; do
	# shellcheck disable=SC2086
	python3 "$WORK/terminal.py" $args </dev/null >"$WORK/out" 2>&1
	is "$?:$(grep Error "$WORK/out")" "0:" "$args: runs on a terminal"
	LC_ALL=C tr -d '\n\r\040-\176\200-\377' <"$WORK/out" >"$WORK/ctl"
	[ -s "$WORK/out" ] && [ ! -s "$WORK/ctl" ] &&
		! LC_ALL=C grep -q "$(printf '\302\233')" "$WORK/out"
	ok $? "$args: harmless there" "$(od -c "$WORK/out" | head -5)"
done
done_testing
