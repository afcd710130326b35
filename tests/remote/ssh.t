# Remotes over ssh: git's own command line, and a real ssh with a real sshd,
# which is started for each connection and listens on no port.
. tests/lib.sh

command -v ssh >/dev/null || {
	skip "ssh" "no ssh"
	done_testing
	exit 0
}
sshd=$(PATH=$PATH:/usr/sbin:/usr/local/sbin command -v sshd) || sshd=
site=$WORK/site
site_with_remote "$site" examples/site
bare=$site.git
cd "$site" || exit 1
post=$(grep -rl '^draft: true' content | head -1)

# What git gives to ssh for an address, and what we do.
cat >"$WORK/record" <<'E'
#!/bin/sh
for a; do printf '<%s>' "$a"; done >>"$RECORD"
echo >>"$RECORD"
exit 255
E
chmod +x "$WORK/record"
RECORD=$WORK/recorded
export RECORD
given() { # COMMAND...
	: >"$RECORD"
	GIT_SSH_VARIANT=ssh GIT_SSH_COMMAND="$WORK/record" "$@" >/dev/null 2>&1
	cat "$RECORD"
}
different=
for url in blog:s.git ssh://blog/~/s.git git+ssh://blog/s.git \
	ssh+git://u@blog:2222/p/s.git user@blog:s.git '[user@host:22]:p/s' \
	'[host:22]:p' '[::1]:p' 'user@[::1]:p' 'user@[host:22]:p' \
	'ssh://user@[::1]:22/p' 'ssh://[::1]/p' 'host:~user/x' \
	'host:/~user/x' 'ssh://host/~user/x' 'ssh://h%41st/a%20b' \
	"host:it's!" 'ssh://host:/x' 'ssh://host:abc/x' 'ssh://host' \
	'ssh://-oX/x' '-oX:y' 'host:-x' 'ssh://host/-x' '[user@::1]:p' \
	'a:b:c' 'a::b' 'u@v@host:x' 'ssh://host//abs' '[host]:p' '[h:22]p' \
	'ssh://u%40x@h/p' 'ssh://host/x%' 'ssh://host/%2fetc'; do
	git config remote.origin.url "$url"
	theirs=$(given git -c protocol.version=0 fetch origin)
	ours=$(given "$GALLEY" sync)
	[ "$ours" = "$theirs" ] ||
		different="$different$url: $ours, git: $theirs
"
done
is "$different" "" "an address means what git makes of it"
git config remote.origin.url ssh://u:secret@host/x
is "$(given "$GALLEY" sync)" "<u@host><git-upload-pack '/x'>" \
	"a password is on no command line"

# Which program: the environment, the configuration, the path.
mkdir "$WORK/bin"
printf '#!/bin/sh\necho "$0" >"$RECORD.by"\nexit 255\n' >"$WORK/bin/ssh"
chmod +x "$WORK/bin/ssh"
for name in plink mine; do
	cp "$WORK/bin/ssh" "$WORK/bin/$name"
done
by() {
	rm -f "$RECORD.by"
	PATH=$WORK/bin:$PATH "$@" >/dev/null 2>&1
	basename "$(cat "$RECORD.by")"
}
git config remote.origin.url blog:s.git
is "$(by "$GALLEY" sync)" ssh "ssh as it is found"
is "$(by env GIT_SSH=mine "$GALLEY" sync)" mine "GIT_SSH"
git config core.sshCommand "plink -x"
is "$(by env GIT_SSH=mine "$GALLEY" sync)" plink "core.sshCommand before it"
is "$(by env GIT_SSH_COMMAND="mine -y" "$GALLEY" sync)" mine \
	"GIT_SSH_COMMAND before that"
git config remote.origin.url ssh://blog:7/s
cp "$WORK/record" "$WORK/bin/plink"
: >"$RECORD"
PATH=$WORK/bin:$PATH "$GALLEY" sync >/dev/null 2>&1
is "$(cat "$RECORD")" "<-x><-P><7><blog><git-upload-pack '/s'>" \
	"plink has its own letter for a port"
git config ssh.variant simple
run "$GALLEY" sync
like "$err" "*variant simple takes no port*" "the simple variant has none"
git config --unset ssh.variant
git config --unset core.sshCommand

[ -n "$sshd" ] || {
	skip "real ssh" "no sshd"
	done_testing
	exit 0
}
# As root it wants its directory.
[ "$(id -u)" = 0 ] && mkdir -p /run/sshd
keys=$WORK/keys
mkdir "$keys"
ssh-keygen -q -t ed25519 -N '' -f "$keys/host"
ssh-keygen -q -t ed25519 -N '' -f "$keys/other"
ssh-keygen -q -t rsa -N '' -f "$keys/rsa"
ssh-keygen -q -t ecdsa -N '' -f "$keys/agent"
ssh-keygen -q -t ed25519 -N 'pass word' -f "$keys/locked"
cat "$keys/rsa.pub" "$keys/locked.pub" "$keys/agent.pub" >"$keys/authorized"
cat >"$keys/sshd" <<E
HostKey $keys/host
AuthorizedKeysFile $keys/authorized
StrictModes no
UsePAM no
PermitRootLogin yes
PasswordAuthentication no
KbdInteractiveAuthentication no
E
# config KEY: the Host of the alias.
config() {
	cat >"$keys/config" <<E
Host blog
  HostName localhost
  User $(id -un)
  HostKeyAlias blog
  ProxyCommand $sshd -i -f $keys/sshd
  UserKnownHostsFile $keys/known
  GlobalKnownHostsFile /dev/null
  IdentitiesOnly yes
  IdentityFile $keys/$1
E
}
known() {
	echo "blog $(cat "$keys/$1.pub")" >"$keys/known"
}
config rsa
known host
cat >"$WORK/bin/ssh" <<E
#!/bin/sh
exec $(command -v ssh) -F $keys/config "\$@"
E
PATH=$WORK/bin:$PATH
export PATH
unset SSH_AUTH_SOCK

git config remote.origin.url "blog:$bare"
run "$GALLEY" sync
is "$status" 0 "a host alias and an RSA key: fetch"
hook() {
	printf '#!/bin/sh\n%s\n' "$2" >"$bare/hooks/$1"
	chmod +x "$bare/hooks/$1"
}
hook post-receive 'printf "building \033[31mthe site\033[0m\n"'
run "$GALLEY" publish "$post"
is "$status" 0 "publish"
like "$err" "*remote: building the site*" "what the remote's hook says"
is "$(git -C "$bare" show "main:$post" | grep '^draft')" "draft: false" \
	"the post is out"
is "$(git status -sb)" "## main...origin/main" "nothing is left"
hook pre-receive 'echo closed; exit 1'
run "$GALLEY" unpublish "$post"
is "$status" 4 "refused there"
like "$err" "*remote: closed*not pushed: origin refused main: pre-receive hook declined; sync tries again" \
	"with the reason"
rm "$bare/hooks/pre-receive"
run "$GALLEY" sync
is "$status" 0 "sync finishes it"

cp "$bare/hooks/post-receive" "$WORK/keep"
rm -f "$bare/hooks/post-receive"
git config remote.origin.receivepack "env MARK=1 git-receive-pack"
hook post-receive 'echo "mark $MARK"'
run "$GALLEY" publish "$post"
like "$err" "*remote: mark 1*" "receivepack with arguments"
git config --unset remote.origin.receivepack

known other
run "$GALLEY" sync
is "$status" 4 "a host key that changed is never accepted"
like "$err" "*REMOTE HOST IDENTIFICATION HAS CHANGED*origin: Host key verification failed*" \
	"the whole warning is shown"
: >"$keys/known"
run "$GALLEY" sync
like "$err" "*Host key verification failed*" "nor one that is not known"
is "$(cat "$keys/known")" "" "nothing is written down"
known host
config other
run "$GALLEY" sync
is "$status" 4 "a key that is not let in"
like "$err" "*Permission denied (publickey)*" "is said in ssh's words"
config agent
sed '/IdentityFile/d' "$keys/config" >"$keys/c"
echo "  IdentityFile $keys/agent.pub" >>"$keys/c"
mv "$keys/c" "$keys/config"
eval "$(ssh-agent)" >/dev/null
ssh-add -q "$keys/agent"
mv "$keys/agent" "$keys/agent.away"
run "$GALLEY" sync
is "$status" 0 "a key that the agent has"
kill "$SSH_AGENT_PID"
unset SSH_AUTH_SOCK SSH_AGENT_PID
config rsa

run env GIT_SSH_COMMAND='echo Welcome; ssh' "$GALLEY" sync
is "$status" 4 "a login shell that greets"
like "$err" "*the server printed \"Welcome\" before the git protocol*" \
	"is named as that"
run env GIT_SSH_COMMAND=nonesuch "$GALLEY" sync
like "$err" "*nonesuch*not found*" "a program that is not there"
git config remote.origin.url blog:/nowhere
run "$GALLEY" sync
like "$err" "galley: origin: '/nowhere' does not appear to be a git repository" \
	"a repository that is not there"
git config remote.origin.url "ssh://blog$bare"
run "$GALLEY" sync
is "$status" 0 "the same as an address with a scheme"
is "$(git fsck --no-dangling 2>&1)" "" "the repository is sound"
is "$(git -C "$bare" fsck --no-dangling 2>&1)" "" "so is the other"

done_testing
