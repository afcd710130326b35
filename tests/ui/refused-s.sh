cat >../site.git/hooks/pre-receive <<'H'
#!/bin/sh
[ -e closed ] && exit 0
touch closed
echo "main is closed on Wednesdays" >&2
exit 1
H
chmod +x ../site.git/hooks/pre-receive
