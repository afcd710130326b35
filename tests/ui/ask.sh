# A remote over ssh that asks whether a host is known and for a passphrase, as
# ssh does.
cat >../ssh <<'E'
#!/bin/sh
answer=$("$SSH_ASKPASS" "The authenticity of host 'blog (192.0.2.7)' can't be established.
ED25519 key fingerprint is SHA256:e+gUn1WxsDowYirCDwOpl/8IicXLjJy86TWMz8+gOlM.
This key is not known by any other names.
Are you sure you want to continue connecting (yes/no/[fingerprint])? ")
[ "$answer" = yes ] || {
	echo "Host key verification failed." >&2
	exit 255
}
for try in 1 2 3; do
	secret=$("$SSH_ASKPASS" "Enter passphrase for key 'id': ") || break
	[ "$secret" = "páss word" ] && {
		for service; do :; done
		exec sh -c "$service"
	}
done
echo "ada@blog: Permission denied (publickey)." >&2
exit 255
E
chmod +x ../ssh
git config core.sshCommand ../ssh
git remote set-url origin "blog:$PWD.git"
