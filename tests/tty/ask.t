# SPDX-License-Identifier: ISC
# What ssh asks is asked on the terminal, whatever the standard files are.
. "$TOP/tests/lib.sh"
command -v python3 >/dev/null 2>&1 || {
	skip "questions" "no python3"
	done_testing
	exit 0
}
site=$WORK/site
site_with_remote "$site" "$TOP/examples/site"
(cd "$site" && . "$TOP/tests/ui/ask.sh")
cd "$site" || exit 1
cat >"$WORK/answer.py" <<'P'
import os, pty, sys, termios
# Answers to what ends in a question mark or colon, in turn; None: hang up.
answers = sys.argv[1:]
pid, fd = pty.fork()
if pid == 0:
    os.set_inheritable(os.dup(0), True) # somebody must have it open
    null = os.open('/dev/null', os.O_RDWR)
    for n in 0, 1, 2:
        os.dup2(null, n)
    os.execv(os.environ['GALLEY'], ['galley', 'sync'])
said = b''
hidden = []
while True:
    try:
        data = os.read(fd, 65536)
    except OSError:
        break
    if not data:
        break
    said += data
    if answers and said.rstrip().endswith((b'?', b':')) and said.endswith(b' '):
        hidden.append('no' if termios.tcgetattr(fd)[3] & termios.ECHO else 'yes')
        os.write(fd, (answers.pop(0) + '\n').encode())
        said += b'>'
status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
print(status, *hidden)
sys.stderr.write(said.decode())
P
run python3 "$WORK/answer.py" yes wrong 'páss word'
is "$out" "0 no yes yes" "a host, a wrong and the right passphrase"
like "$err" "*ED25519 key fingerprint is SHA256:*(yes/no/*)? *yes*passphrase for key 'id': *" \
	"the questions are ssh's"
case $err in
*wrong* | *páss*) ok 1 "secrets are not echoed" "$err" ;;
*) ok 0 "secrets are not echoed" ;;
esac
run python3 "$WORK/answer.py" no
is "$out" "4 no" "a host that is refused"
# Without a terminal nobody is asked.
run python3 -c 'import os, sys
os.setsid()
os.execv(os.environ["GALLEY"], ["galley", "sync"])'
is "$status" 4 "without a terminal"
like "$err" "*Host key verification failed*" "it fails with ssh's words"
is "$(ls -d "$WORK"/galley-* 2>/dev/null)" "" "no socket is left behind"

done_testing
