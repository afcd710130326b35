# Remotes over http and https: nginx, fcgiwrap and git's own http-backend, on
# ports of this test alone.
. tests/lib.sh

PATH=$PATH:/usr/sbin:/usr/local/sbin
backend=$(git --exec-path)/git-http-backend
for program in nginx fcgiwrap openssl "$backend"; do
	command -v "$program" >/dev/null || {
		skip "http" "no $(basename "$program")"
		done_testing
		exit 0
	}
done
for v in http_proxy https_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY all_proxy \
	CURL_CA_BUNDLE SSL_CERT_FILE SSL_CERT_DIR; do
	unset "$v"
done

web=$WORK/web
mkdir "$web"
site=$WORK/site
site_with_remote "$site" examples/site
mv "$site.git" "$web/site.git"
bare=$web/site.git

# A private authority, and a server that it vouches for.
keys=$WORK/keys
mkdir "$keys"
(cd "$keys" && exec 2>/dev/null &&
	openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem \
		-subj /CN=authority -days 2 &&
	openssl req -newkey rsa:2048 -nodes -keyout key -out request \
		-subj /CN=localhost &&
	echo 'subjectAltName=DNS:localhost,IP:127.0.0.1' >names &&
	openssl x509 -req -in request -CA ca.pem -CAkey ca.key \
		-CAcreateserial -out cert.pem -days 2 -extfile names)
printf 'ada:%s\n' "$(openssl passwd -apr1 'pass word')" >"$keys/passwd"

# serve PORT: PORT plain, PORT + 1 with TLS 1.3 alone.
serve() {
	user=
	[ "$(id -u)" = 0 ] && user="user root;"
	run=$WORK/run
	git="fastcgi_pass unix:$run.fcgi;
		fastcgi_param SCRIPT_FILENAME $backend;
		fastcgi_param GIT_PROJECT_ROOT $web;
		fastcgi_param GIT_HTTP_EXPORT_ALL 1;
		fastcgi_param HOME $HOME;
		fastcgi_param PATH_INFO \$1;
		fastcgi_param QUERY_STRING \$query_string;
		fastcgi_param REQUEST_METHOD \$request_method;
		fastcgi_param CONTENT_TYPE \$content_type;
		fastcgi_param CONTENT_LENGTH \$content_length;
		fastcgi_param REMOTE_USER ada;"
	cat >"$run.conf" <<E
$user
pid $run.pid;
error_log $run.log;
worker_processes 1;
events {}
http {
	log_format a '\$request_method \$uri \$status \$http_x_team \$http_user_agent';
	access_log $run.access a;
	client_max_body_size 1m;
	client_body_temp_path $run.1;
	proxy_temp_path $run.2;
	fastcgi_temp_path $run.3;
	uwsgi_temp_path $run.4;
	scgi_temp_path $run.5;
	server {
		listen 127.0.0.1:$1;
		rewrite ^/moved/(.*) http://127.0.0.1:$1/git/\$1 redirect;
		location ~ ^/open(/.*) { $git }
		location ~ ^/git(/.*) {
			auth_basic git;
			auth_basic_user_file $keys/passwd;
			$git
		}
		location /plain { default_type text/plain; return 403 "not today\\nnor ever"; }
		location /page { default_type text/html; return 200 "hello"; }
		location /broken { return 500; }
	}
	server {
		listen 127.0.0.1:$(($1 + 1)) ssl;
		ssl_certificate $keys/cert.pem;
		ssl_certificate_key $keys/key;
		ssl_protocols TLSv1.3;
		location ~ ^/open(/.*) { $git }
	}
}
E
	nginx -c "$run.conf" -e "$run.log" 2>/dev/null
}
fcgiwrap -s "unix:$WORK/run.fcgi" >/dev/null 2>&1 &
fcgi=$!
trap 'kill "$(cat "$WORK/run.pid")" "$fcgi"' EXIT
port=$((20000 + $$ % 30000))
tries=0
until serve "$port"; do
	port=$((port + 7)) tries=$((tries + 1))
	[ "$tries" -lt 20 ] || {
		ok 1 "nginx starts" "$(cat "$WORK/run.log")"
		done_testing
		exit 1
	}
done
# Both are there when their sockets are.
tries=0
until [ -S "$WORK/run.fcgi" ] && [ -s "$WORK/run.pid" ]; do
	tries=$((tries + 1))
	[ "$tries" -lt 300 ] || break
	sleep 0.1
done
plain=http://127.0.0.1:$port
tls=https://localhost:$((port + 1))

cd "$site" || exit 1
post=$(grep -rl '^draft: true' content | head -1)
to() {
	git remote set-url origin "$1"
}

to "$plain/open/site.git"
git config http.extraHeader "X-Team: words"
run "$GALLEY" publish "$post"
is "$status" 0 "publish over http"
is "$(git -C "$bare" show "main:$post" | grep '^draft')" "draft: false" \
	"the post is out"
is "$(git status -sb)" "## main...origin/main" "nothing is left"
like "$(grep POST "$WORK/run.access")" "*receive-pack 200 words git/*" \
	"http.extraHeader and a user agent are sent"
hook() {
	printf '#!/bin/sh\n%s\n' "$2" >"$bare/hooks/$1"
	chmod +x "$bare/hooks/$1"
}
hook pre-receive 'echo closed; exit 1'
run "$GALLEY" unpublish "$post"
is "$status" 4 "refused there"
like "$err" "*remote: closed*origin refused main: pre-receive hook declined*" \
	"with the reason"
rm "$bare/hooks/pre-receive"

# Logins: in the address, in a helper, by asking, in netrc.
to "http://ada:pass%20word@127.0.0.1:$port/git/site.git"
run "$GALLEY" sync
is "$status" 0 "a login in the address"
to "http://ada:wrong@127.0.0.1:$port/git/site.git"
run "$GALLEY" sync
is "$status" 4 "a wrong one"
like "$err" "*$plain/git/site.git does not take the login" "is said"
case $err in
*wrong*) ok 1 "without the password" "$err" ;;
*) ok 0 "without the password" ;;
esac
to "$plain/git/site.git"
run "$GALLEY" sync
is "$status" 4 "without a login"
like "$err" "*127.0.0.1:$port asks for a name and a password*" "it is asked for"
printf '#!/bin/sh\necho "$*" >>"%s/asked"\ncase $* in User*) echo ada ;; *) echo "pass word" ;; esac\n' \
	"$WORK" >"$WORK/ask"
chmod +x "$WORK/ask"
git config credential.helper "store --file=$WORK/store"
run env GIT_ASKPASS="$WORK/ask" "$GALLEY" sync
is "$status" 0 "an answer"
is "$(cat "$WORK/asked")" "Username for '$plain': 
Password for 'http://ada@127.0.0.1:$port': " "each is asked once"
is "$(cat "$WORK/store")" "http://ada:pass%20word@127.0.0.1%3a$port" \
	"the helper keeps what was right"
run "$GALLEY" sync
is "$status" 0 "and gives it"
echo "http://ada:stale@127.0.0.1%3a$port" >"$WORK/store"
run env GIT_ASKPASS="$WORK/ask" "$GALLEY" sync
is "$status" 0 "a stale one is asked for anew"
is "$(cat "$WORK/store")" "http://ada:pass%20word@127.0.0.1%3a$port" \
	"and kept"
printf '#!/bin/sh\necho x >>"%s/wrong"\necho wrong\n' "$WORK" >"$WORK/ask"
: >"$WORK/store"
run env GIT_ASKPASS="$WORK/ask" "$GALLEY" sync
is "$status" 4 "wrong for ever"
is "$(grep -c x "$WORK/wrong")" 6 "three tries"
git config --unset credential.helper
echo "machine 127.0.0.1 login ada password 'pass word'" >"$HOME/.netrc"
sed -i.old 's/.pass word./"pass word"/' "$HOME/.netrc"
chmod 600 "$HOME/.netrc"
run "$GALLEY" sync
is "$status" 0 "a login in netrc"
rm -f "$HOME/.netrc" "$HOME/.netrc.old"
to "http://ada:pass%20word@127.0.0.1:$port/moved/site.git"
run "$GALLEY" sync
is "$status" 0 "a redirection is followed"
git config http.followRedirects false
run "$GALLEY" sync
like "$err" "*answers with status 302*" "unless that is not wanted"
git config --unset http.followRedirects

# What is no repository.
to "$plain/open/other.git"
run "$GALLEY" sync
like "$err" "galley: origin: $plain/open/other.git is not there, *" "404"
to "$plain/plain"
run "$GALLEY" sync
like "$err" "*this login may not do that: not today" "403 with a reason"
to "$plain/page"
run "$GALLEY" sync
like "$err" "*$plain/page answers with text/html: is it *" "a web page"
to "$plain/broken"
run "$GALLEY" sync
like "$err" "*answers with status 500*" "a broken server"
to "http://127.0.0.1:1/x"
run "$GALLEY" sync
is "$status" 4 "nobody there"
like "$err" "*Failed to connect to 127.0.0.1 port 1*" "is said"

# TLS 1.3 with a certificate of our own.
to "$tls/open/site.git"
run "$GALLEY" sync
is "$status" 4 "an unknown authority"
like "$err" "*SSL certificate problem*" "is refused"
git config "http.$tls/.sslCAInfo" ../keys/ca.pem
run "$GALLEY" sync
is "$status" 0 "http.<url>.sslCAInfo, from the top of the work tree"
git config --unset "http.$tls/.sslCAInfo"
cp "$keys/ca.pem" "$HOME/ca.pem"
git config http.sslCAInfo '~/ca.pem'
run "$GALLEY" sync
is "$status" 0 "http.sslCAInfo at home"
git config http.sslCAInfo /nowhere
run env GIT_SSL_CAINFO="$keys/ca.pem" "$GALLEY" publish "$post"
is "$status" 0 "GIT_SSL_CAINFO before it"
git config --unset http.sslCAInfo
git config http.sslVerify false
run "$GALLEY" sync
is "$status" 0 "http.sslVerify off"
git config --unset http.sslVerify
run env GIT_SSL_NO_VERIFY=1 "$GALLEY" sync
is "$status" 0 "GIT_SSL_NO_VERIFY"

to "$plain/open/site.git"
head -c 2000000 /dev/urandom >big
git add big
git commit -q -m big
run "$GALLEY" sync
is "$status" 4 "more than the server takes"
like "$err" "*too large*" "is said"
is "$(git fsck --no-dangling 2>&1)" "" "the repository is sound"
is "$(git -C "$bare" fsck --no-dangling 2>&1)" "" "so is the other"

done_testing
