cat >../site.git/hooks/pre-receive <<'P'
#!/bin/sh
while read old new ref; do
	case $ref in
	refs/heads/main) echo "main is protected" >&2; exit 1 ;;
	*) echo "Create a pull request: https://git.example/blog/pull/new/${ref#refs/heads/}" ;;
	esac
done
P
chmod +x ../site.git/hooks/pre-receive
