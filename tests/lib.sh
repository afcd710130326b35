# Shell tests: each is a file tests/*/*.t, run by tests/run from the top of the
# tree as `sh FILE`, that sources this and prints TAP.
#   GALLEY    the program, absolute
#   WORK      an empty directory of the test's own, removed afterwards
#   TOP       the top of the tree, absolute
#   CORPUS    the optional corpus; use `need_corpus`
# HOME and git's configuration are the sandbox's, the clock is fixed.
set -u
tests=0

# ok STATUS NAME [DETAIL...]: one test line; the details are shown on failure.
ok() {
	tests=$((tests + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $tests - $2"
	else
		echo "not ok $tests - $2"
		shift 2
		for line; do
			printf '%s\n' "$line" | sed 's/^/# /'
		done
	fi
}

skip() {
	tests=$((tests + 1))
	echo "ok $tests - $1 # SKIP $2"
}

# is GOT WANT NAME: exactly equal.
is() {
	if [ "$1" = "$2" ]; then
		ok 0 "$3"
	else
		ok 1 "$3" "got:  $1" "want: $2"
	fi
}

# like GOT PATTERN NAME: a shell pattern matches.
like() {
	case $1 in
	$2) ok 0 "$3" ;;
	*) ok 1 "$3" "got:  $1" "want: $2" ;;
	esac
}

# same FILE FILE NAME: byte for byte.
same() {
	if cmp -s "$1" "$2"; then
		ok 0 "$3"
	else
		ok 1 "$3" "$(diff -u "$2" "$1" | head -40)"
	fi
}

# run COMMAND...: leaves $out, $err and $status.
run() {
	"$@" >"$WORK/.out" 2>"$WORK/.err"
	status=$?
	out=$(cat "$WORK/.out")
	err=$(cat "$WORK/.err")
}

need_corpus() {
	[ -e "$CORPUS/$1" ] || {
		skip "${2:-$1}" "no corpus"
		done_testing
		exit 0
	}
}

done_testing() {
	echo "1..$tests"
}

# site_with_remote DIR FROM: DIR becomes a repository with FROM's files, with
# a bare repository DIR.git as origin, all of it pushed.
site_with_remote() {
	mkdir -p "$1" && cp -R "$2/." "$1" && chmod -R u+w "$1" &&
		git init -q -b main "$1" &&
		git -C "$1" add -A && git -C "$1" commit -q -m "first" &&
		git init -q --bare -b main "$1.git" &&
		git -C "$1" remote add origin "$1.git" &&
		git -C "$1" push -q -u origin main
}
