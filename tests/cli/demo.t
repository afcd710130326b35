# SPDX-License-Identifier: ISC
# The demo without a terminal runs the whole journey and prints it.
. "$TOP/tests/lib.sh"
run sh "$TOP/examples/demo"
is "$status" 0 "the demo ends well"
for line in '$ galley list' '*How a Galley Travels*' \
	'*index.md:2: -title: "How a Galley Travels"' \
	'*index.md:9: +tags: \["proof", "journey"\]' \
	'*index.md:6: +draft: false' '*file     ~ *  +4 -4' \
	'Published  ???????  https://tidewater.example/posts/proof-then-print/' \
	'+title: "Proof, then print"' 'refs/heads/main *'; do
	found=1
	while IFS= read -r got; do
		# shellcheck disable=SC2254
		case $got in $line) found=0 ;; esac
	done <"$WORK/.out"
	ok $found "it prints: $line"
done
like "$err" "*remote: deploying refs/heads/main at *" "the hook is heard"
is "$(ls -d "$WORK"/galley-demo-* 2>/dev/null)" "" "it leaves nothing behind"
# Packages: what is missing is said, and nothing is installed unasked.
mkdir "$WORK/bin"
for c in sh sed grep id env cat printf; do
	ln -s "$(command -v $c)" "$WORK/bin/"
done
run env PATH="$WORK/bin" DEPS=no sh "$TOP/.ci/deps" build </dev/null
is "$status" 1 "DEPS=no with something missing"
like "$out" "*DEPS=no: nothing is installed*libgit2-dev*" "names the packages"
run env PATH="$WORK/bin" sh "$TOP/.ci/deps" build test </dev/null
is "$status" 1 "an unknown system"
like "$out" "*no package manager that is known*libcmocka-dev*" "gets the list"
for m in apt-get:libmd4c-dev dnf:md4c-devel pacman:md4c apk:md4c-dev; do
	printf '#!/bin/sh\necho "RUN $*"\n' >"$WORK/bin/${m%%:*}"
	printf '#!/bin/sh\nshift 0; "$@"\n' >"$WORK/bin/sudo"
	chmod +x "$WORK/bin/${m%%:*}" "$WORK/bin/sudo"
	sed -i '1a [ "$1" = -n ] && shift' "$WORK/bin/sudo"
	run env PATH="$WORK/bin" sh "$TOP/.ci/deps" build </dev/null
	like "$out" "*to be installed with ${m%%:*}:*${m#*:}*RUN *${m#*:}*" \
		"${m%%:*} is asked for its own names"
	rm "$WORK/bin/${m%%:*}"
done
done_testing
