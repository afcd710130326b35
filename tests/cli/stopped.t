# SPDX-License-Identifier: ISC
# Ctrl-C, a full disk, others at work: all is as before, or what was done is
# said.
. "$TOP/tests/lib.sh"
post=content/en/posts/first-proof/index.md

# hook PATH SCRIPT
hook() {
	printf '#!/bin/sh\n%s\n' "$2" >"$1" && chmod +x "$1"
}

# now: the post, HEAD, the index and the work tree in words.
now() {
	git rev-parse HEAD
	git ls-files -s
	git status --porcelain
	git hash-object "$post"
}

# stop SIGNAL FILE COMMAND...: sent once FILE is there; $status, $err.
stop() {
	signal=$1 file=$2
	shift 2
	rm -f "$file"
	# A shell's background jobs ignore SIGINT, what they start too.
	python3 -c '
import os, signal, sys, time
sig, file = sys.argv[1:3]
pid = os.fork()
if pid == 0:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.execvp(sys.argv[3], sys.argv[3:])
while not os.path.exists(file):
    time.sleep(0.01)
os.kill(pid, getattr(signal, "SIG" + sig))
status = os.waitpid(pid, 0)[1]
sys.exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 99)
' "$signal" "$file" "$@" >"$WORK/.out" 2>"$WORK/.err"
	status=$?
	err=$(cat "$WORK/.err")
}

# draft_site NAME: a site whose post is a draft there.
draft_site() {
	site_with_remote "$WORK/$1" "$TOP/examples/site"
	cd "$WORK/$1" || exit 1
	"$GALLEY" draft "$post" >/dev/null
	git commit -qam "a draft" && git push -q
	echo other >staged.txt && git add staged.txt
}

if command -v python3 >/dev/null; then
	draft_site local
	hook .git/hooks/pre-commit \
		"echo checking; : >'$WORK/here'; sleep 60"
	now >"$WORK/before"
	for signal in INT TERM HUP; do
		case $signal in
		INT) want=130 ;;
		TERM) want=143 ;;
		HUP) want=129 ;;
		esac
		stop $signal "$WORK/here" "$GALLEY" publish "$post"
		is "$status" $want "SIG$signal in a hook: the status"
		like "$err" "hook: checking*galley: stopped before the commit; nothing is changed" \
			"SIG$signal in a hook: said"
		now >"$WORK/after"
		same "$WORK/after" "$WORK/before" \
			"SIG$signal in a hook: all is as before"
	done
	[ ! -e .git/index.lock ]
	ok $? "no lock is left"
	rm .git/hooks/pre-commit

	hook "$WORK/local.git/hooks/post-receive" \
		": >'$WORK/here'; sleep 60"
	stop INT "$WORK/here" "$GALLEY" publish --atomic "$post"
	is "$status" 130 "SIGINT while pushing: the status"
	like "$err" "*committed $(git rev-parse --short=7 HEAD); stopped while pushing: the remote may have it or not; sync finishes it" \
		"SIGINT while pushing: said"
	is "$(git --git-dir="$WORK/local.git" rev-parse main)" \
		"$(git rev-parse HEAD)" "what readers may have is not undone"
	rm "$WORK/local.git/hooks/post-receive"
	run "$GALLEY" sync
	is "$status" 0 "sync finishes it"
else
	skip "signals" "no python3"
fi

# Another program moves the branch while the hook runs.
draft_site race
hook .git/hooks/pre-commit \
	'git update-ref HEAD $(git commit-tree -m other -p HEAD HEAD^{tree})'
git hash-object "$post" >"$WORK/before"
run "$GALLEY" publish "$post"
is "$status" 4 "the branch moved meanwhile: refused"
git hash-object "$post" >"$WORK/after"
same "$WORK/after" "$WORK/before" "the branch moved meanwhile: the file"
is "$(git log -1 --format=%s)" other "the branch moved meanwhile: theirs stays"

# What cannot be read is not taken for a lock to remove.
if [ "$(id -u)" -ne 0 ]; then
	draft_site unreadable
	chmod a-r "$post"
	run "$GALLEY" status
	like "$err" "galley: */$post: cannot be read; make it readable*" \
		"a file that cannot be read"
	chmod u+r "$post"
else
	skip "a file that cannot be read" "root reads all"
fi

# Detached HEAD.
draft_site detached
git checkout -q --detach
run "$GALLEY" sync
like "$status $err" "4 galley: no branch is checked out*git switch*" \
	"sync without a branch"

# A disk with less and less room.
disk=$WORK/disk
mkdir "$disk"
if mount -t tmpfs -o size=900k tmpfs "$disk" 2>/dev/null; then
	mkdir "$disk/site" && cd "$disk/site" || exit 1
	git init -q -b main . && echo 'title = "x"' >hugo.toml
	post=content/a.md
	mkdir content && printf -- '---\ntitle: A\ndraft: true\n---\n' >$post
	git add -A && git commit -qm first
	now >"$WORK/before"
	bad=
	for free in 0 4 8 12 16 20 24 28 32 36 40; do
		dd if=/dev/zero of="$disk/fill" bs=1k count=900 2>/dev/null
		size=$(wc -c <"$disk/fill")
		truncate -s $((size - free * 1024)) "$disk/fill"
		run "$GALLEY" publish --no-push $post
		rm "$disk/fill"
		if [ "$status" -ne 0 ]; then
			now >"$WORK/after"
			cmp -s "$WORK/after" "$WORK/before" ||
				bad="$bad $free:$err"
		else
			git reset -q --hard HEAD~1
		fi
		git gc -q --prune=now
	done
	is "$bad" "" "a full disk: all is as before"
	is "$status" 0 "with room enough it is committed"
	cd / && umount "$disk"
else
	skip "a full disk" "tmpfs cannot be mounted"
fi
done_testing
