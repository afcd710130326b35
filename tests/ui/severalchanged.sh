# Others have pushed changes of two of the posts, one of them in the same field.
git clone -q ../site.git ../other
cd ../other
sed -i.bak -e 's/^tags: .*/tags: ["theirs"]/' \
	content/en/posts/how-a-galley-travels/index.md
sed -i.bak -e 's/^title: .*/title: "Another title"/' \
	content/en/posts/the-smell-of-ink/index.md
rm -f content/en/posts/*/*.bak
git commit -qam "Say more" && git push -q
rm -rf ../other
