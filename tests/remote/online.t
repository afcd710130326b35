# SPDX-License-Identifier: ISC
# After the push: the page is asked for until it is the new one.
. "$TOP/tests/lib.sh"
command -v python3 >/dev/null 2>&1 || {
	skip "waiting for a page" "no python3"
	done_testing
	exit 0
}

# Serves posts from the bare repository as a site would; the first requests
# still get what the commit before had.  Writes its port; ends with its input.
cat >"$WORK/server.py" <<'P'
import html, http.server, os, subprocess, sys, threading
bare, late = sys.argv[1], sys.argv[2]
def text(rev, name):
    r = subprocess.run(['git', '--git-dir', bare, 'show', f'{rev}:content/posts/{name}.md'],
        capture_output=True)
    return r.stdout.decode() if r.returncode == 0 else None
class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        name = self.path.strip('/').split('/')[-1]
        left = int(open(late).read())
        open(late, 'w').write(str(max(0, left - 1)))
        open(late + '.asked', 'a').write(self.path + '\n')
        post = text('main~1' if left else 'main', name)
        if not post or 'draft: true' in post:
            self.send_error(404)
            return
        front, body = post.split('---\n', 2)[1:]
        title = front.split('title: ')[1].split('\n')[0].strip('"')
        page = f'''<!doctype html><html><head><title>{title} | A site</title>
<script>if (1 < 2) document.write("nothing")</script></head><body><nav>Home</nav>
<article><h1>{html.escape(title)}</h1><p>{html.escape(body).replace("--", "–").replace("'", "’")}
</p></article></body></html>'''.encode()
        self.send_response(200)
        self.send_header('Content-Type', 'text/html; charset=utf-8')
        self.send_header('Content-Length', str(len(page)))
        self.end_headers()
        self.wfile.write(page)
    def log_message(self, *args):
        pass
server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Site)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
sys.stdin.read()
P
site=$WORK/site
mkdir -p "$WORK/from/content/posts"
echo 0 >"$WORK/late"
mkfifo "$WORK/in" "$WORK/port"
python3 "$WORK/server.py" "$site.git" "$WORK/late" <"$WORK/in" >"$WORK/port" 2>/dev/null &
exec 9>"$WORK/in"
read -r port <"$WORK/port"
printf 'baseURL: http://127.0.0.1:%s/\n' "$port" >"$WORK/from/hugo.yaml"
cat >"$WORK/from/content/posts/one.md" <<'T'
---
title: "One"
date: 2026-01-02
draft: true
---
It's the first line -- of a post that says something.
T
site_with_remote "$site" "$WORK/from"
cd "$site" || exit 1
unset http_proxy HTTP_PROXY all_proxy ALL_PROXY
one=content/posts/one.md
asked() { wc -l <"$WORK/late.asked" | tr -d ' '; }

echo 2 >"$WORK/late"
run "$GALLEY" publish --wait $one
is "$status" 0 "a new page" "$err"
like "$out" "*Published *
Online" "and it is said"
is "$(asked):$(sort -u "$WORK/late.asked")" "3:/posts/one/" "asked for until it was there"

sed -i 's/something/“quite another” thing, and more of it/' $one
echo 1 >"$WORK/late"
run "$GALLEY" publish --wait $one
is "$status:$(asked)" "0:5" "a changed one: the old page is not it"

"$GALLEY" set $one 'weight=4' >/dev/null
run "$GALLEY" publish --wait $one
is "$status" 0 "no text is new"
like "$out" "*its text does not tell*" "and that is said"

echo 100 >"$WORK/late"
printf 'publish:\n  wait: 1\n' >galley.yaml
echo "Never to be seen." >>$one
run "$GALLEY" publish --wait $one
is "$status:$(git rev-parse HEAD)" "3:$(git rev-parse origin/main)" \
	"too late: published all the same"
like "$err" "*/posts/one/: not online after 1 s: it is still the old page" "the reason"
like "$out" "Published *" "and what was done"

echo 0 >"$WORK/late"
run "$GALLEY" unpublish --wait $one
is "$status" 0 "taken back"
like "$out" "*Offline" "and gone"

printf -- '---\ntitle: Later\ndate: 2999-01-01\n---\nText.\n' >content/posts/later.md
run "$GALLEY" publish --wait content/posts/later.md
is "$status" 1 "scheduled: nobody waits"
like "$err" "*ahead*" "and it says why"

sed -i 's|^baseURL.*|baseURL: /blog/|' hugo.yaml
printf -- '---\ntitle: Two\ndate: 2026-01-01\n---\nText.\n' >content/posts/two.md
run "$GALLEY" publish --wait content/posts/two.md
is "$status" 3 "no address"
like "$err" "*set baseURL*" "what to do"
exec 9>&-
wait
done_testing
