cat >>content/en/about/index.md <<'S'
More.
S
sed -i '2i\
summary: |\
  One line.\
\
  Another, 中文。\
params:\
  author: {name: Ada, url: "https://a.example"}\
resources:\
  - src: a.png   # the first\
    title: A\
  - src: b.png\
    title: B' content/en/about/index.md
git commit -qam nested
