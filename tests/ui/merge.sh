# Somebody has pushed a change of the same post.
git clone -q ../site.git ../other
cd ../other
f=content/en/posts/first-proof/index.md
sed -i.bak -e 's/^title: .*/title: "The Very First Proof" # longer/' \
	-e 's/^draft: .*/draft: true/' -e 's/^excerpt: .*/excerpt: Short/' $f
echo "A line from there." >>$f
git commit -qam "Say more" && git push -q
rm -rf ../other
