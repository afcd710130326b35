# SPDX-License-Identifier: ISC
# A post whose words are wrapped, the newest.
mkdir -p content/en/posts/wrapped
cat >content/en/posts/wrapped/index.md <<'P'
---
title: Wrapped
date: 2027-01-01
---

The quick brown fox jumps over the lazy dog and goes on to the naïve café of the town.

> A quotation that is wrapped, too, has a bar before each of its lines, which is no part of it.

活版印刷是一种古老的印刷方法它使用金属活字排成版面然后上墨再压印到纸上一个字一个字地印

- one item that ends
- here begins another

| a | b |
|---|---|
| left cell | right cell |

~~~
a line of code that is longer than the screen is wide so that it is cut somewhere
~~~

The last line has a fox.
P
