# SPDX-License-Identifier: ISC
# A team's own field that tells drafts: draft, undraft, publish and unpublish
# turn it, and Hugo's flag with it.
. "$TOP/tests/lib.sh"
site=$WORK/site
mkdir -p "$site/content/posts" && cd "$site" || exit 1
printf 'baseURL = "https://x.example/"\n' >hugo.toml

# post NAME LINE...: a post with these lines in its front matter.
post() {
	name=$1
	shift
	printf '%s\n' --- "title: $name" "$@" 'tags: [a] # kept' --- Text \
		>"content/posts/$name.md"
}
# turns NAME COMMAND LINE...: what the command prints of that post.
turns() {
	name=$1 command=$2
	shift 2
	run "$GALLEY" "$command" "posts/$name"
	want=$(for line; do printf 'content/posts/%s.md:%s\n' "$name" "$line"; done)
	is "$status:$out" "0:$want" "$name: $command"
}

# Words, as galley.yaml has them.
cat >galley.yaml <<'END'
fields:
  posts:
    status: {type: draft, words: [draft, live]}
END
post words 'status: draft'
post both 'status: draft' 'draft: true'
post third 'status: review' 'draft: true'
post without
turns words undraft '3: -status: draft' '3: +status: live'
turns words undraft
turns words draft '3: -status: live' '3: +status: draft' '4: +draft: true'
turns both undraft '3: -status: draft' '4: -draft: true' \
	'3: +status: live' '4: +draft: false'
turns both draft '3: -status: live' '4: -draft: false' \
	'3: +status: draft' '4: +draft: true'
turns third undraft '4: -draft: true' '4: +draft: false'
turns third draft '3: -status: review' '4: -draft: false' \
	'3: +status: draft' '4: +draft: true'
turns without undraft
turns without draft '3: +status: draft' '4: +draft: true'

# published: false, as the posts have it; a date is no flag.
rm galley.yaml content/posts/*
post off 'published: false'
post on 'published: true'
post dated 'published: 2026-01-02'
post plain 'draft: true'
post unlike 'published: false' 'draft: false'
turns off undraft '3: -published: false' '3: +published: true'
turns on draft '3: -published: true' '3: +published: false' '4: +draft: true'
turns dated draft '4: +draft: true'
turns unlike draft '4: -draft: false' '4: +draft: true'
turns plain undraft '3: -draft: true' '3: +draft: false'

# Out, and back.
rm content/posts/*
cat >galley.yaml <<'END'
fields:
  posts:
    status: {type: draft, words: [draft, live]}
    lead: {required_to_publish: true}
END
post one 'lead: x' 'status: draft' 'draft: true' 'lastmod: 2026-01-02'
post two 'lead: x' 'status: draft'
post three 'status: draft'
git init -q -b main . && git add . && git commit -qm x
run "$GALLEY" check
is "$(printf '%s\n' "$out" | grep -c 'error:\|warning: lead')" 0 \
	"a draft by the team's field owes nothing"
run "$GALLEY" publish --no-push posts/one posts/two
is "$status" 0 "published" "$err"
is "$(git log -1 --format=%s)" "publish: one and 1 more" "as what is new"
is "$(git diff -U0 HEAD~ | grep '^[-+] *[a-z]' | sed 's/: 2026-11.*/: now/')" \
"-status: draft
-draft: true
-lastmod: 2026-01-02
+status: live
+draft: false
+lastmod: now
-status: draft
+status: live" "both fields"
run "$GALLEY" unpublish --no-push posts/two
is "$status:$(git diff -U0 HEAD~ | grep '^[-+] *[a-z]')" "0:-status: live
+status: draft
+draft: true" "unpublished"
is "$(sed -n 2,6p content/posts/two.md)" "title: two
lead: x
status: draft
draft: true
tags: [a] # kept" "and the flag is where the others have it"
run "$GALLEY" publish --no-push posts/three
is "$status" 1 "what is required before publishing is"
like "$err" "*lead: it is needed before publishing*" "said"
done_testing
