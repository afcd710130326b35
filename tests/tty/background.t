# SPDX-License-Identifier: ISC
# A terminal that says that its background is light gets the light theme.
. "$TOP/tests/lib.sh"
command -v python3 >/dev/null 2>&1 || {
	skip "background" "no python3"
	done_testing
	exit 0
}
site_with_remote "$WORK/site" "$TOP/examples/site"
cat >"$WORK/answer.py" <<'P'
import fcntl, os, pty, select, struct, sys, termios, time
answer, want = sys.argv[1].encode().decode('unicode_escape').encode(), sys.argv[2].encode()
pid, fd = pty.fork()
if pid == 0:
    os.environ['TERM'] = 'xterm-256color'
    os.execv(os.environ['GALLEY'], ['galley'])
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', 20, 80, 0, 0))
out, asked, end = b'', False, time.time() + 60
while time.time() < end and not (asked and want in out):
    if select.select([fd], [], [], 0.1)[0]:
        out += os.read(fd, 65536)
    if not asked and b'\x1b]11;?' in out:
        asked = True
        os.write(fd, answer)
os.write(fd, b'q')
os.waitpid(pid, 0)
print('asked' if asked else 'not asked', 'found' if want in out else 'not found')
P
cd "$WORK/site" || exit 1
# The accent's nearest of 256 colours: 25 on light, 110 on dark.
is "$(python3 "$WORK/answer.py" '\033]11;rgb:ffff/ffff/eeee\033\\' '[38;5;25m')" \
	"asked found" "light"
is "$(python3 "$WORK/answer.py" '\033]11;rgb:1e1e/1e1e/2e2e\007' '[38;5;110m')" \
	"asked found" "dark"
done_testing
