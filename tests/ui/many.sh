for i in $(seq 10 54); do
	printf -- '---\ntitle: Draft %s\ndraft: true\n---\n![](a%s.png)\n' $i $i >content/en/posts/d$i.md
done
git add -A
git commit -qm drafts
git push -q
