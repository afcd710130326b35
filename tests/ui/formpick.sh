cat >galley.yaml <<'S'
fields:
  posts:
    cover: {type: image}
    related: {type: page}
    also: {type: page, several: true}
    level: {type: choice, allowed: [easy, medium, hard], strict: true}
    ages: {type: choices, allowed: [child, teen, adult]}
    rating: {type: float, min: 0, max: 5}
    opens: {type: time}
    steps: {type: maps}
S
sed -i '2i\
cover: press.png\
related: /posts/the-smell-of-ink\
also: [/about]\
level: easy\
weight: 20\
rating: 3.5\
opens: 09:30\
steps:\
  - name: One   # first\
    minutes: 5\
  - name: Two\
    minutes: 10' content/en/posts/first-proof/index.md
git add -A
git commit -qm picks
