# SPDX-License-Identifier: ISC
# The words of a page, one a line, with the offset that each is optional at.
#   awk -v from=html -f words.awk FILE     of Hugo's HTML, its tags stripped
#   awk -v from=show -f words.awk FILE     of what `galley show` prints
# Each line is "=word", or "+word" for furniture: words that only galley has
# (galley(1), Preview).  Run under LC_ALL=C: text is bytes here.

# Superscripts and subscripts as the signs that they are of.
function plain_signs(text, i) {
	if (text !~ /[\302\342\341\313]/)
		return text
	for (i = 1; i < nsmall; i += 2)
		gsub(small[i], small[i + 1], text)
	return text
}

function emit(mark, text, parts, n, i) {
	# Blanks that are no ASCII, and what has no width.
	gsub(/\302\240|\342\200[\200-\212]|\343\200\200/, " ", text)
	gsub(/\342\200[\213-\217]|\342\201\240|\357\273\277|\302\255/, "", text)
	# Lines and boxes that are drawn.
	gsub(/\342[\224\225][\200-\277]|\342\226[\214\217]/, " ", text)
	# Boxes to tick, small signs, brackets around readings.
	gsub(/\342\230[\220\221]/, " ", text)
	text = plain_signs(text)
	# A footnote's number stands apart from the word before it.
	gsub(/\[[0-9]+\]/, " & ", text)
	# What is written without blanks is compared sign by sign.
	gsub(/[\343-\357][\200-\277][\200-\277]/, " & ", text)
	gsub(/[\360-\364][\200-\277][\200-\277][\200-\277]/, " & ", text)
	n = split(text, parts, /[ \t\r\n\f]+/)
	for (i = 1; i <= n; i++)
		if (parts[i] != "")
			print mark parts[i]
}

# ---- HTML
function utf8(n) {
	if (n == 0 || n > 1114111)
		return "\357\277\275"
	if (n < 128)
		return sprintf("%c", n)
	if (n < 2048)
		return sprintf("%c%c", 192 + int(n / 64), 128 + n % 64)
	if (n < 65536)
		return sprintf("%c%c%c", 224 + int(n / 4096),
		    128 + int(n / 64) % 64, 128 + n % 64)
	return sprintf("%c%c%c%c", 240 + int(n / 262144),
	    128 + int(n / 4096) % 64, 128 + int(n / 64) % 64, 128 + n % 64)
}

function hex(s, i, n) {
	s = tolower(s)
	for (i = 1; i <= length(s); i++)
		n = n * 16 + index("0123456789abcdef", substr(s, i, 1)) - 1
	return n
}

function entity(s) {
	if (s ~ /^#[xX][0-9a-fA-F]+$/)
		return utf8(hex(substr(s, 3)))
	if (s ~ /^#[0-9]+$/)
		return utf8(substr(s, 2) + 0)
	return s in named ? named[s] : "&" s ";"
}

function decode(s, out, at) {
	out = ""
	while (match(s, /&(#[xX]?)?[0-9a-zA-Z]+;/)) {
		out = out substr(s, 1, RSTART - 1) \
		    entity(substr(s, RSTART + 1, RLENGTH - 2))
		s = substr(s, RSTART + RLENGTH)
	}
	return out s
}

# What stands beside another block, or is one of its own.
function is_block(name) {
	return index(" address article aside audio blockquote br button " \
	    "caption center dd details dialog div dl dt fieldset figcaption " \
	    "figure footer form h1 h2 h3 h4 h5 h6 header hr iframe img input " \
	    "li main nav ol option p pre section summary table tbody td " \
	    "textarea tfoot th thead tr ul video ", " " name " ") > 0
}

function is_unseen(name, tag) {
	return index(" audio canvas datalist iframe meter noscript object progress script " \
	    "style svg template title video ", " " name " ") > 0 ||
	    (tag ~ /[ \t\n]hidden([ \t\n=>\/]|$)/ && name !~ /^(br|img|input)$/)
}

function on_tag(tag, name, close_it) {
	close_it = tag ~ /^\//
	name = tolower(tag)
	sub(/^\//, "", name)
	sub(/[^a-z0-9-].*/, "", name)
	if (unseen != "") {
		if (name == unseen && unseen !~ /^(script|style)$/ && !close_it)
			depth++
		if (name == unseen && close_it && --depth == 0)
			unseen = ""
		return
	}
	if (!close_it && is_unseen(name, tag) && tag !~ /\/$/) {
		unseen = name
		depth = 1
		text = text " "
		return
	}
	# A reading without brackets has them here.
	if (name == "rt" && !close_it && text !~ /\($/) {
		text = text "("
		ruby = 1
	} else if (name == "rt" && close_it && ruby) {
		text = text ")"
		ruby = 0
	}
	if (name == "q")
		text = text (close_it ? "\342\200\235" : "\342\200\234")
	if (is_block(name)) {
		emit("=", decode(text))
		text = ""
	} else if (name == "sup" && tag ~ /id="?fnref/) {
		text = text "["
		note = 1
	} else if (name == "sup" && note) {
		text = text "]"
		note = 0
	}
}

# Where the tag that s begins with ends, 0: not in s.
function tag_end(s, i, n, c, q) {
	n = length(s)
	for (i = 1; i <= n; i++) {
		c = substr(s, i, 1)
		if (q != "") {
			if (c == q)
				q = ""
		} else if (c == ">") {
			return i
		} else if ((c == "\"" || c == "'") && before == "=") {
			q = c
		}
		if (c !~ /[ \t\n]/)
			before = c
	}
	return 0
}

function on_text(s) {
	if (unseen == "")
		text = text s
}

function html_piece(s, end) {
	if (comment) {
		if (!match(s, /--!?>/))
			return
		comment = 0
		on_text(substr(s, RSTART + RLENGTH))
		return
	}
	if (pending != "")
		s = pending "<" s
	else if (unseen ~ /^(script|style)$/ &&
	    tolower(substr(s, 1, length(unseen) + 1)) != "/" unseen)
		return
	pending = ""
	if (substr(s, 1, 3) == "!--") {
		comment = 1
		s = substr(s, 4)
		html_piece(s ~ /^-?>/ ? "--" substr(s, index(s, ">")) : s)
	} else if (s !~ /^[\/!?a-zA-Z]/) {
		on_text("<" s)
	} else if ((end = tag_end(s)) > 0) {
		on_tag(substr(s, 1, end - 1))
		on_text(substr(s, end + 1))
	} else {
		pending = s
	}
}

# ---- galley show
function furniture(s) {
	emit("+", s)
}

# Text in a line: labels in square brackets are furniture.
function line_text(s, at, end) {
	gsub(/\[raw HTML omitted\]/, "\001&\002", s)
	while (match(s, labels)) {
		emit("=", substr(s, 1, RSTART - 1))
		furniture(substr(s, RSTART, RLENGTH))
		s = substr(s, RSTART + RLENGTH)
	}
	emit("=", s)
}

# Bullets and numbers of items, then text; bare has no bars of quotations.
function plain_line(s, bare) {
	if (match(bare, "^ *((\342\200\242|\342\227[\200-\277]|" \
	    "\342\226[\252\270\271\276]|[0-9]+[.]|\342\230[\220\221])( +|$))+")) {
		furniture(substr(bare, 1, RLENGTH))
		s = substr(bare, RLENGTH + 1)
	}
	line_text(s)
}

# A cell may have several lines: a row is read cell by cell.
function end_row(i, k, n, lines) {
	for (i = 1; i <= ncells; i++) {
		n = split(cell[i], lines, /\n/)
		for (k = 1; k <= n; k++)
			plain_line(lines[k], lines[k])
		cell[i] = ""
	}
	ncells = 0
}

# Lines between edges are rows; where there are edges between rows, what is
# between two of them is one.
function end_table(many, i, k, parts, n) {
	many = edges > 1
	for (i = 1; i <= nrows; i++) {
		if (row[i] ~ /^\342\224\234/ || !many)
			end_row()
		n = split(row[i], parts, /\342\224\202/) - 2 - bars
		for (k = 1; k <= n; k++)
			cell[k] = cell[k] "\n" parts[k + 1 + bars]
		if (n > ncells)
			ncells = n
	}
	end_row()
	table = nrows = edges = 0
}

function table_line(s) {
	if (s ~ /\342\224\224\342\224\200/) {
		end_table()
		return
	}
	if (match(s, /\342\224\234\342\224\200/)) {
		edges++
		s = substr(s, RSTART)
	}
	row[++nrows] = s
}

function show_line(s, bare) {
	bare = s
	gsub(/\342\224\202/, " ", bare)
	if (head) {
		if (s ~ /^ *$/ && seen)
			head = 0
		seen = seen || s !~ /^ *$/
	} else if (table) {
		table_line(s)
	} else if (match(bare, /^ *\342\224\214\342\224[\200\254]/)) {
		table = 1
		bars = split(s, parts, /\342\224\202/) - 1
	} else if (bare ~ /^ *\342\224\214 [^\342]/) {
		furniture(s)
		box = 1
	} else if (box && bare ~ /^ *\342\224\224/) {
		box = 0
	} else if (box && s ~ /\342\224\202 *$/) {
		furniture(s)
	} else if (s ~ / (summary ends here|raw HTML omitted)/) {
		furniture(s)
	} else {
		plain_line(s, bare)
	}
}

BEGIN {
	nsmall = split("\302\271 1 \302\262 2 \302\263 3 \342\201\260 0 " \
	    "\342\201\264 4 \342\201\265 5 \342\201\266 6 \342\201\267 7 " \
	    "\342\201\270 8 \342\201\271 9 \342\201\272 + \342\201\273 - " \
	    "\342\201\274 = \342\201\275 ( \342\201\276 ) \342\201\277 n " \
	    "\342\201\261 i \313\243 x \342\202\200 0 \342\202\201 1 " \
	    "\342\202\202 2 \342\202\203 3 \342\202\204 4 \342\202\205 5 " \
	    "\342\202\206 6 \342\202\207 7 \342\202\210 8 \342\202\211 9 " \
	    "\342\202\212 + \342\202\213 - \342\202\214 = \342\202\215 ( " \
	    "\342\202\216 ) \342\202\223 x \342\202\231 n \341\265\242 i",
	    small, " ")
	n = split("amp & lt < gt > quot \" apos ' nbsp \302\240 copy \302\251 " \
	    "reg \302\256 middot \302\267 deg \302\260 times \303\227 " \
	    "laquo \302\253 raquo \302\273 eacute \303\251 auml \303\244 " \
	    "ouml \303\266 uuml \303\274 szlig \303\237 " \
	    "ldquo \342\200\234 rdquo \342\200\235 lsquo \342\200\230 " \
	    "rsquo \342\200\231 ndash \342\200\223 mdash \342\200\224 " \
	    "hellip \342\200\246 bull \342\200\242 trade \342\204\242 " \
	    "rarr \342\206\222 larr \342\206\220 uarr \342\206\221 " \
	    "darr \342\206\223 harr \342\206\224 le \342\211\244 " \
	    "ge \342\211\245 ne \342\211\240 check \342\234\223 " \
	    "euro \342\202\254 ensp \342\200\202 emsp \342\200\203 " \
	    "thinsp \342\200\211 zwj \342\200\215 zwnj \342\200\214", v, " ")
	for (i = 1; i < n; i += 2)
		named[v[i]] = v[i + 1]
	labels = "\\[((missing )?/?(picture|iframe|video|audio|" codes ")" \
	    "( [^]]*)?|raw HTML omitted)\\]"
	head = 1
	if (from == "html")
		RS = "<"
}

from == "html" && NR == 1 { on_text($0); next }
from == "html" { html_piece($0); next }
{ show_line($0) }

END {
	if (from == "html")
		emit("=", decode(text))
}
