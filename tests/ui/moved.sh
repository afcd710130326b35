git clone -q ../site.git ../other
echo "By somebody else." >>../other/content/en/about/index.md
git -C ../other commit -qam "about: a line"
git -C ../other push -q
rm -rf ../other
