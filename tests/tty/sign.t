# SPDX-License-Identifier: ISC
# A key that the agent has not unlocked: its passphrase is asked for by us.
. "$TOP/tests/lib.sh"
for need in python3 gpg gpg-agent; do
	command -v $need >/dev/null 2>&1 || {
		skip "signing" "no $need"
		done_testing
		exit 0
	}
done
GNUPGHOME=$WORK/g
export GNUPGHOME
mkdir -m 700 "$GNUPGHOME"
trap 'gpgconf --kill all 2>/dev/null' EXIT
gpg --quiet --batch --pinentry-mode loopback --passphrase 'a secret' \
	--quick-gen-key 'Ada Author <ada@example.org>' ed25519 sign \
	2>"$WORK/gpg.err" || {
	skip "signing" "gpg makes no key here: $(tail -1 "$WORK/gpg.err")"
	done_testing
	exit 0
}
lock() { gpgconf --kill gpg-agent; }
site=$WORK/site
site_with_remote "$site" "$TOP/examples/site"
cd "$site" || exit 1
post=content/en/posts/how-a-galley-travels/index.md
git config user.signingkey ada@example.org
git config commit.gpgsign true

cat >"$WORK/answer.py" <<'P'
import os, pty, sys, termios
# Answers to what ends in a colon, in turn.
answers, argv = sys.argv[1].split('|'), sys.argv[2:]
pid, fd = pty.fork()
if pid == 0:
    os.execv(os.environ['GALLEY'], ['galley'] + argv)
said, hidden = b'', []
while True:
    try:
        data = os.read(fd, 65536)
    except OSError:
        break
    if not data:
        break
    said += data
    if answers and said.endswith(b': '):
        hidden.append('no' if termios.tcgetattr(fd)[3] & termios.ECHO else 'yes')
        os.write(fd, (answers.pop(0) + '\n').encode())
        said += b'>'
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), *hidden)
sys.stderr.write(said.decode())
P

lock
head=$(git rev-parse HEAD) was=$(cat $post)
run python3 "$WORK/answer.py" 'one|two|three' publish $post
is "${out%% *}" 4 "three wrong ones are enough"
is "$out" "4 yes yes yes" "and none of them is shown"
like "$err" "*Passphrase of the key ada@example.org: *That was not it.*" \
	"it says what it asks for"
is "$(git rev-parse HEAD):$(cat $post)" "$head:$was" \
	"no commit, nothing is changed"
lock
run python3 "$WORK/answer.py" 'wrong|a secret' publish $post
is "$out" "0 yes yes" "a wrong and the right one"
run git verify-commit HEAD
is "$status" 0 "signed"
is "$(git rev-parse HEAD)" "$(git rev-parse origin/main)" "and pushed"
case $err in
*"a secret"*) ok 1 "not shown" "$err" ;;
*) ok 0 "not shown" ;;
esac
# The agent knows it now.
"$GALLEY" set $post weight=3 >/dev/null 2>&1
run "$GALLEY" publish $post </dev/null
is "$status" 0 "unlocked: nobody is asked"
run git verify-commit HEAD
is "$status" 0 "and it is signed"
# Nobody there.
lock
"$GALLEY" set $post weight=4 >/dev/null 2>&1
head=$(git rev-parse HEAD)
run python3 -c 'import os, sys
os.setsid()
os.execv(os.environ["GALLEY"], ["galley", "publish"] + sys.argv[1:])' $post </dev/null
is "$status:$(git rev-parse HEAD)" "4:$head" "without a terminal: never unsigned"
like "$err" "*gpg failed to sign*" "and gpg's reason is said"

# Replayed commits are signed again.
lock
git clone -q "$site.git" "$WORK/other" 2>/dev/null
(cd "$WORK/other" && git config commit.gpgsign false && echo x >other.txt &&
	git add . && git commit -qm theirs && git push -q) 2>/dev/null
run python3 "$WORK/answer.py" 'a secret' publish $post
is "$out" "0 yes" "a commit and its replay, asked once"
run git verify-commit HEAD
is "$status:$(git log -1 --format=%s HEAD~1)" "0:theirs" "the replay is signed"
is "$(ls "${TMPDIR:-/tmp}" | grep '^galley-sign')" "" "no payload is left"
is "$(git fsck 2>&1 | grep -v '^notice\|^dangling')" "" "the repository is whole"
done_testing
