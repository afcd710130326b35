cat >../site.git/hooks/pre-receive <<'H'
#!/bin/sh
# Declines the first two times.
[ -e closed2 ] && exit 0
[ -e closed ] && touch closed2
touch closed
echo "main is closed on Wednesdays" >&2
exit 1
H
chmod +x ../site.git/hooks/pre-receive
