# SPDX-License-Identifier: ISC
# `galley show`: the lines are as long as on the screen, or as asked for.
. "$TOP/tests/lib.sh"
site=$WORK/site
cp -R "$TOP/examples/site" "$site"
cd "$site" && rm -f galley.yaml || exit 1
printf -- '---\ntitle: Long\n---\n' >content/en/long.md
i=0
while [ "$i" -lt 60 ]; do
	printf 'word%s ' "$i" >>content/en/long.md
	i=$((i + 1))
done
longest() {
	"$GALLEY" show "$@" content/en/long.md |
		awk '!/word/ { next } { sub(/ +$/, "") } length > n { n = length } END { print n }'
}
# The words are 6 bytes and a blank; 2 columns stand before the text.
between() { # LOW HIGH NAME COMMAND...
	low=$1 high=$2 name=$3
	shift 3
	n=$(longest "$@")
	[ "$n" -ge "$low" ] && [ "$n" -le "$high" ]
	ok $? "$name" "the longest line has $n columns"
}
between 72 78 "as preview.measure is by itself"
printf 'preview:\n  measure: 50\n' >galley.yaml
between 46 52 "as preview.measure says"
between 34 40 "narrower, if that is asked for" --width 40
between 114 120 "wider, too" --width 120
echo 'preview: {measure: many}' >galley.yaml
between 72 78 "settings that are wrong do not hide the post"
run "$GALLEY" show --width 9 content/en/long.md
is "$status" 2 "too narrow"
run "$GALLEY" show content/en/none.md
is "$status" 3 "not there"
like "$err" "galley: *none.md*" "is said"

done_testing
