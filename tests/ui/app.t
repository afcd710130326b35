# The frame around the screens: loop, hint line, help, commands, keys.
. tests/lib.sh

site=$WORK/site
mkdir -p "$site/content/posts/a" "$site/content/posts/b"
printf 'title = "Ink"\n' >"$site/hugo.toml"
printf -- '---\ntitle: First\ndate: 2024-01-02\n---\nx\n' \
	>"$site/content/posts/a/index.md"
printf -- '---\ntitle: Second\ndate: 2024-01-01\ndraft: true\n---\nx\n' \
	>"$site/content/posts/b/index.md"

# galley with the script on standard input
script() {
	cat >"$WORK/t.script"
	run "$GALLEY" -C "$site" --script "$WORK/t.script"
}

script <<'E2'
size 60x10
expect Ink   2 pages
expect First
# nothing is known of these keys
Insert Ctrl-G
snapshot
E2
is "$status" 0 "a script runs to its end"
is "$(printf '%s\n' "$out" | wc -l)" 11 "a snapshot is a header and the rows"
is "$(printf '%s\n' "$out" | head -1)" "== 60x10" "the header names the size"
like "$out" '*no git*' "without a repository it says so"

script <<'E2'
size 40x10
?
expect Keys   browse
expect browse
G
expect Draw the screen again
g
expect browse
Esc
expect Ink
E2
is "$status:$err" "0:" "help fits on 40x10 and scrolls"

script <<'E2'
:
type hel
Tab
expect :help
Enter
expect Keys   browse
:
type clo
Enter
refuse Keys   browse
:
type nonsense
Enter
expect no command 'nonsense' here
j
refuse no command
E2
is "$status:$err" "0:" "commands run by name, completed by Tab"

script <<'E2'
paste q:q\n?
expect Ink
refuse Keys
: 
paste he\nlp
expect :he lp
Ctrl-C
refuse :he
E2
is "$status:$err" "0:" "pasted text is no command"

# A pasted end of a line is a blank wherever text is typed, and accepts nothing.
script <<'E2'
f
Enter
paste  one\ntwo\t\nthree\n
expect First one two three
expect Enter accept
Esc
refuse three
Esc
/
paste sec\nond\n
expect sec ond
expect Enter keep
Esc
n
paste A title\nin two lines\n
expect title: A title in two lines
Enter
expect directory: posts/a-title-in-two-lines
Esc
expect no post was made
E2
is "$status:$err" "0:" "pasted lines are one text"

script <<'E2'
size 1x1
j ? j Esc
size 3x2
? G Esc
size 5x3
? G Esc : x Esc
size 9x4
? Esc
size 200x80
expect First
E2
is "$status:$err" "0:" "survives any size"

script <<'E2'
? q
expect Ink
q
expect not reached
E2
is "$status:$err" "0:" "q goes back, at the first screen it quits"

# A screen that has something to lose is asked, whatever is above or below it.
script <<'E2'
f
expect Fields
Enter
type x
Enter
? 
expect Keys   fields
:
type exit
Enter
expect not saved
refuse Keys
Esc
expect Fields
q
expect not saved
Ctrl-C
:
type exit
Enter
expect s save  d discard
j
expect s save  d discard
D
expect not reached
E2
is "$status:$err" "0:" "exit asks on its way down, and goes on"
like "$(cat "$site/content/posts/a/index.md")" '*title: First
*' "what was discarded is not written"

script <<'E2'
expect nothing like that
E2
is "$status" 1 "a failed expectation is status 1"
like "$err" "galley: *t.script:1: the screen does not have 'nothing like that'" \
	"and says file, line and what"

script <<'E2'
j
foo bar
E2
is "$status" 2 "an unknown line is refused before all else"
like "$err" "galley: *t.script:2: 'foo' is no key" "and named"

# A file that others change is read again by F5.
cat >"$WORK/ed" <<'E2'
#!/bin/sh
sed 's/First/Edited/' "$1" >"$1.new" && mv "$1.new" "$1"
printf -- '---\ntitle: Third\n---\n' >"$1.md"
mv "$1.md" "${1%/a/index.md}/c.md"
E2
chmod +x "$WORK/ed"
EDITOR=$WORK/ed
export EDITOR
script <<'E2'
expect First
e
refuse First
expect Edited
expect Third
expect 3 pages
E2
is "$status:$err" "0:" "what the editor did is seen"
EDITOR=false
script <<'E2'
e
expect the editor ended with status 1
E2
is "$status:$err" "0:" "an editor that fails is told"

# The user's keys.
mkdir -p "$HOME/.config/galley"
conf=$HOME/.config/galley/config.yaml
cat >"$conf" <<'E2'
keys:
  help: [F2, x]
  reload: j
E2
script <<'E2'
expect F2 more
x
G
expect F2 x
F2
? F1
refuse Keys
E2
is "$status:$err" "0:" "keys can be given to other commands"
printf 'keys:\n  fly: F2\n' >"$conf"
script </dev/null
is "$status" 2 "a command that is not there is wrong use"
like "$err" "galley: *keys: there is no command 'fly'*" "and named"
printf 'keys:\n  help: Hyper-x\n' >"$conf"
script </dev/null
is "$status" 2 "a key that is not there is wrong use"
like "$err" "galley: *keys: 'Hyper-x' is no key (for help)*" "and named"
rm "$conf"

# The command line of the screens.
run "$GALLEY" -C "$site"
is "$status" 2 "without a terminal it is wrong use"
like "$err" "galley: *galley help*" "which names the help"
run "$GALLEY" --version
like "$out" "galley [0-9]*.[0-9]*.[0-9]*" "says its version"
run "$GALLEY" --nonsense
is "$status" 2 "an unknown option is wrong use"
run "$GALLEY" -C
is "$status" 2 "a missing argument is wrong use"
run "$GALLEY" -C "$WORK/nowhere"
is "$status" 2 "a directory that is not there is wrong use"
: >"$WORK/empty.script"
run "$GALLEY" -C / --script "$WORK/empty.script"
is "$status" 3 "not a site is status 3"

# Text needs no UTF-8 locale.
printf 'snapshot\n' >"$WORK/t.script"
mkdir -p "$site/content/posts/中"
printf -- '---\ntitle: 中文标题\n---\n' >"$site/content/posts/中/index.md"
LC_ALL=C
export LC_ALL
run "$GALLEY" -C "$site" --script "$WORK/t.script"
like "$out" "*中文标题*" "Chinese is shown in the C locale too"

done_testing
