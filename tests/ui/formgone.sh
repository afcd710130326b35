# Others have taken the post away.
git clone -q ../site.git ../other
cd ../other
git rm -qr content/en/posts/first-proof
git commit -qam "Take it away" && git push -q
rm -rf ../other
