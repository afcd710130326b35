cat >galley.yaml <<'Y'
fields:
  posts:
    status: {type: draft, words: [draft, live]}
Y
sed -i 's/^draft: true/status: draft\ndraft: true/' \
	content/en/posts/how-a-galley-travels/index.md
git add . && git commit -qm "a field of our own"
