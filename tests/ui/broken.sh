mkdir -p content/en/posts/broken
printf -- '---\ntitle: "x\ndraft: true\n---\nText.\n' >content/en/posts/broken/index.md
printf -- '---\ntitle: "evil \\e[2J\\e]0;t\\a\\u202Egnp"\ndate: 2026-01-02\n---\n\033[31mred\033[0m \302\233 \377 end\n' >content/en/posts/evil.md
