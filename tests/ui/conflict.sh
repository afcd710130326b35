# The remote has changed the title and a passage that are changed here too.
git clone -q ../site.git ../theirs
(cd ../theirs && sed -i 's/^title:.*/title: "How a Galley Went"/' content/en/posts/how-a-galley-travels/index.md &&
	git commit -qam theirs && git push -q)
rm -rf ../theirs
sed -i 's/^title:.*/title: "How a Galley Goes"/' content/en/posts/how-a-galley-travels/index.md
"$GALLEY" publish --no-push content/en/posts/how-a-galley-travels
