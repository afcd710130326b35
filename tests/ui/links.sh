# SPDX-License-Identifier: ISC
# A post with links of all kinds, the newest.
mkdir -p content/en/posts/links static
printf 'PDF' >static/guide.pdf
printf '#!/bin/sh' >static/tool.sh
printf 'GIF' >content/en/posts/links/press.gif
cat >content/en/posts/links/index.md <<'P'
---
title: Links
date: 2027-01-01
---

By path [the proof](../first-proof/), by ref [travels]({{< ref "posts/how-a-galley-travels" >}}), a heading [below](#far-below) and one [there](/posts/how-a-galley-travels/#no-such).

Broken: [gone](../gone/), [script](javascript:alert(1)). Made by Hugo: [tag](/tags/proof/). Files: [guide](/guide.pdf), [tool](/tool.sh), [gif](press.gif).

Outside: <https://example.org/a/very/long/address/that/goes/over/more/than/one/line?of=this&screen=yes> and [by mail](mailto:ines@tidewater.example). A note[^1].

## Far below

Some words to scroll over.

Some more words to scroll over.

[^1]: The words of the note.
P
