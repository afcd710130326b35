/* SPDX-License-Identifier: ISC */
/*
 * Formulas of TeX as a line of text: common symbols in Unicode, what is raised
 * or lowered where there are such letters, fractions with a slash.  What is not
 * known stays as it is written.
 */
#include "md_priv.h"

#include <string.h>

#include "mem.h"
#include "text.h"

#define DEPTH_MAX 12

static const char *const symbols[][2] = {{"alpha", "α"}, {"beta", "β"},
    {"gamma", "γ"}, {"delta", "δ"}, {"epsilon", "ϵ"}, {"varepsilon", "ε"},
    {"zeta", "ζ"}, {"eta", "η"}, {"theta", "θ"}, {"vartheta", "ϑ"},
    {"iota", "ι"}, {"kappa", "κ"}, {"lambda", "λ"}, {"mu", "μ"}, {"nu", "ν"},
    {"xi", "ξ"}, {"pi", "π"}, {"rho", "ρ"}, {"sigma", "σ"}, {"varsigma", "ς"},
    {"tau", "τ"}, {"upsilon", "υ"}, {"phi", "ϕ"}, {"varphi", "φ"}, {"chi", "χ"},
    {"psi", "ψ"}, {"omega", "ω"}, {"Gamma", "Γ"}, {"Delta", "Δ"},
    {"Theta", "Θ"}, {"Lambda", "Λ"}, {"Xi", "Ξ"}, {"Pi", "Π"}, {"Sigma", "Σ"},
    {"Upsilon", "Υ"}, {"Phi", "Φ"}, {"Psi", "Ψ"}, {"Omega", "Ω"}, {"le", "≤"},
    {"leq", "≤"}, {"ge", "≥"}, {"geq", "≥"}, {"ne", "≠"}, {"neq", "≠"},
    {"ll", "≪"}, {"gg", "≫"}, {"lt", "<"}, {"gt", ">"}, {"approx", "≈"},
    {"equiv", "≡"}, {"sim", "∼"}, {"simeq", "≃"}, {"cong", "≅"},
    {"propto", "∝"}, {"pm", "±"}, {"mp", "∓"}, {"times", "×"}, {"div", "÷"},
    {"cdot", "·"}, {"ast", "∗"}, {"star", "⋆"}, {"circ", "∘"}, {"bullet", "∙"},
    {"oplus", "⊕"}, {"otimes", "⊗"}, {"wedge", "∧"}, {"land", "∧"},
    {"vee", "∨"}, {"lor", "∨"}, {"neg", "¬"}, {"lnot", "¬"}, {"cap", "∩"},
    {"cup", "∪"}, {"setminus", "∖"}, {"subset", "⊂"}, {"subseteq", "⊆"},
    {"supset", "⊃"}, {"supseteq", "⊇"}, {"in", "∈"}, {"notin", "∉"},
    {"ni", "∋"}, {"emptyset", "∅"}, {"varnothing", "∅"}, {"forall", "∀"},
    {"exists", "∃"}, {"nexists", "∄"}, {"infty", "∞"}, {"partial", "∂"},
    {"nabla", "∇"}, {"sum", "∑"}, {"prod", "∏"}, {"coprod", "∐"}, {"int", "∫"},
    {"iint", "∬"}, {"iiint", "∭"}, {"oint", "∮"}, {"bigcup", "⋃"},
    {"bigcap", "⋂"}, {"to", "→"}, {"rightarrow", "→"}, {"leftarrow", "←"},
    {"gets", "←"}, {"leftrightarrow", "↔"}, {"Rightarrow", "⇒"},
    {"implies", "⇒"}, {"Leftarrow", "⇐"}, {"Leftrightarrow", "⇔"}, {"iff", "⇔"},
    {"mapsto", "↦"}, {"uparrow", "↑"}, {"downarrow", "↓"},
    {"longrightarrow", "⟶"}, {"longleftarrow", "⟵"}, {"ldots", "…"},
    {"dots", "…"}, {"cdots", "⋯"}, {"vdots", "⋮"}, {"ddots", "⋱"},
    {"prime", "′"}, {"hbar", "ℏ"}, {"ell", "ℓ"}, {"Re", "ℜ"}, {"Im", "ℑ"},
    {"aleph", "ℵ"}, {"angle", "∠"}, {"perp", "⊥"}, {"parallel", "∥"},
    {"mid", "∣"}, {"vert", "|"}, {"Vert", "‖"}, {"lvert", "|"}, {"rvert", "|"},
    {"langle", "⟨"}, {"rangle", "⟩"}, {"lfloor", "⌊"}, {"rfloor", "⌋"},
    {"lceil", "⌈"}, {"rceil", "⌉"}, {"lbrace", "{"}, {"rbrace", "}"},
    {"top", "⊤"}, {"bot", "⊥"}, {"vdash", "⊢"}, {"models", "⊨"},
    {"therefore", "∴"}, {"because", "∵"}, {"degree", "°"}, {"backslash", "\\"},
    {"colon", ":"}, {"quad", "  "}, {"qquad", "    "},
    /* Functions. */
    {"sin", "sin"}, {"cos", "cos"}, {"tan", "tan"}, {"log", "log"},
    {"ln", "ln"}, {"lg", "lg"}, {"exp", "exp"}, {"lim", "lim"}, {"max", "max"},
    {"min", "min"}, {"sup", "sup"}, {"inf", "inf"}, {"det", "det"},
    {"dim", "dim"}, {"gcd", "gcd"}, {"arg", "arg"}, {"bmod", "mod"},
    {"mod", "mod"}, {"arcsin", "arcsin"}, {"arccos", "arccos"},
    {"arctan", "arctan"}, {"Pr", "Pr"},
    /* What only says how it looks. */
    {"left", ""}, {"right", ""}, {"big", ""}, {"Big", ""}, {"bigl", ""},
    {"bigr", ""}, {"displaystyle", ""}, {"textstyle", ""}, {"limits", ""},
    {"nolimits", ""}, {"nonumber", ""}, {"notag", ""}};

/* Commands whose argument is shown as it is, or with a mark on it. */
static const char *const wrappers[][2] = {{"text", ""}, {"textbf", ""},
    {"textit", ""}, {"textrm", ""}, {"texttt", ""}, {"mathrm", ""},
    {"mathbf", ""}, {"mathit", ""}, {"mathsf", ""}, {"mathtt", ""},
    {"mathcal", ""}, {"mathfrak", ""}, {"boldsymbol", ""}, {"operatorname", ""},
    {"mbox", ""}, {"boxed", ""}, {"hat", "\u0302"}, {"widehat", "\u0302"},
    {"bar", "\u0304"}, {"overline", "\u0304"}, {"tilde", "\u0303"},
    {"dot", "\u0307"}, {"ddot", "\u0308"}, {"vec", "\u20d7"}};

static const char raised[][2][4] = {{"0", "⁰"}, {"1", "¹"}, {"2", "²"},
    {"3", "³"}, {"4", "⁴"}, {"5", "⁵"}, {"6", "⁶"}, {"7", "⁷"}, {"8", "⁸"},
    {"9", "⁹"}, {"+", "⁺"}, {"-", "⁻"}, {"=", "⁼"}, {"(", "⁽"}, {")", "⁾"},
    {"n", "ⁿ"}, {"i", "ⁱ"}, {"a", "ᵃ"}, {"b", "ᵇ"}, {"c", "ᶜ"}, {"d", "ᵈ"},
    {"e", "ᵉ"}, {"k", "ᵏ"}, {"m", "ᵐ"}, {"p", "ᵖ"}, {"t", "ᵗ"}, {"x", "ˣ"},
    {"y", "ʸ"}, {"T", "ᵀ"}, {"′", "′"}};

static const char lowered[][2][4] = {{"0", "₀"}, {"1", "₁"}, {"2", "₂"},
    {"3", "₃"}, {"4", "₄"}, {"5", "₅"}, {"6", "₆"}, {"7", "₇"}, {"8", "₈"},
    {"9", "₉"}, {"+", "₊"}, {"-", "₋"}, {"=", "₌"}, {"(", "₍"}, {")", "₎"},
    {"a", "ₐ"}, {"e", "ₑ"}, {"h", "ₕ"}, {"i", "ᵢ"}, {"j", "ⱼ"}, {"k", "ₖ"},
    {"l", "ₗ"}, {"m", "ₘ"}, {"n", "ₙ"}, {"o", "ₒ"}, {"p", "ₚ"}, {"r", "ᵣ"},
    {"s", "ₛ"}, {"t", "ₜ"}, {"u", "ᵤ"}, {"v", "ᵥ"}, {"x", "ₓ"}};

static const char doubled[][2][5] = {{"N", "ℕ"}, {"Z", "ℤ"}, {"Q", "ℚ"},
    {"R", "ℝ"}, {"C", "ℂ"}, {"P", "ℙ"}, {"E", "𝔼"}, {"H", "ℍ"}};

/* A formula that is being read. */
struct formula {
	const char *s;
	size_t len, at;
	int depth;
};

static void convert(struct formula *, struct buf *);

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void
skip_blanks(struct formula *f)
{
	while (f->at < f->len && (f->s[f->at] == ' ' || f->s[f->at] == '\n'))
		f->at++;
}

/* Where the group that begins at at ends: its closing brace, or len. */
static size_t
group_end(const struct formula *f, size_t at, char open, char close)
{
	int depth = 0;

	for (size_t i = at; i < f->len; i++) {
		if (f->s[i] == '\\')
			i++;
		else if (f->s[i] == open)
			depth++;
		else if (f->s[i] == close && --depth == 0)
			return i;
	}
	return f->len;
}

static void command(struct formula *, struct buf *);

/* An argument: a group, a command or a sign. */
static void
argument(struct formula *f, struct buf *b)
{
	struct formula inner = {.s = f->s, .depth = f->depth + 1};
	size_t end;

	skip_blanks(f);
	if (f->at >= f->len || f->depth >= DEPTH_MAX)
		return;
	if (f->s[f->at] == '{') {
		end = group_end(f, f->at, '{', '}');
		inner.at = f->at + 1;
		inner.len = end;
		convert(&inner, b);
		f->at = end < f->len ? end + 1 : end;
	} else if (f->s[f->at] == '\\') {
		f->depth++;
		command(f, b);
		f->depth--;
	} else {
		end = text_next(f->s + f->at, f->len - f->at);
		buf_add(b, f->s + f->at, end);
		f->at += end;
	}
}

static bool
is_simple(const struct buf *b)
{
	for (size_t i = 0; i < b->len; i++)
		if (strchr(" +-=/<>*", b->data[i]))
			return false;
	return true;
}

/* In brackets, if it is more than a name or a number. */
static void
bracketed(struct buf *b, const struct buf *what)
{
	bool simple = is_simple(what);

	if (!simple)
		buf_putc(b, '(');
	buf_add(b, buf_text(what), what->len);
	if (!simple)
		buf_putc(b, ')');
}

/* Each sign by its other form; false: there is none of one. */
static bool
put_small(struct buf *b, const struct buf *what, const char table[][2][4],
    size_t ntable)
{
	size_t from = b->len, n, k;

	for (size_t i = 0; i < what->len; i += n) {
		n = text_next(what->data + i, what->len - i);
		for (k = 0; k < ntable; k++)
			if (strlen(table[k][0]) == n &&
			    !memcmp(table[k][0], what->data + i, n))
				break;
		if (k == ntable) {
			b->len = from;
			return false;
		}
		buf_puts(b, table[k][1]);
	}
	return what->len > 0;
}

/* What stands behind "^" or "_". */
static void
script(struct formula *f, struct buf *b)
{
	bool up = f->s[f->at++] == '^';
	struct buf what = {0};

	argument(f, &what);
	if (up ? !put_small(b, &what, raised, NITEMS(raised))
	       : !put_small(b, &what, lowered, NITEMS(lowered))) {
		buf_putc(b, up ? '^' : '_');
		bracketed(b, &what);
	}
	buf_dispose(&what);
}

static void
fraction(struct formula *f, struct buf *b)
{
	struct buf part = {0};

	argument(f, &part);
	bracketed(b, &part);
	buf_putc(b, '/');
	buf_clear(&part);
	argument(f, &part);
	bracketed(b, &part);
	buf_dispose(&part);
}

static void
root(struct formula *f, struct buf *b)
{
	struct buf part = {0};
	size_t end;

	skip_blanks(f);
	if (f->at < f->len && f->s[f->at] == '[') {
		end = group_end(f, f->at, '[', ']');
		buf_add(&part, f->s + f->at + 1,
		    end > f->at + 1 ? end - f->at - 1 : 0);
		f->at = end < f->len ? end + 1 : end;
		if (!put_small(b, &part, raised, NITEMS(raised)))
			buf_add(b, buf_text(&part), part.len);
	}
	buf_puts(b, "√");
	buf_clear(&part);
	argument(f, &part);
	bracketed(b, &part);
	buf_dispose(&part);
}

/* A letter of a set of numbers. */
static void
blackboard(struct formula *f, struct buf *b)
{
	struct buf what = {0};
	size_t k = 0;

	argument(f, &what);
	while (
	    k < NITEMS(doubled) && strcmp(doubled[k][0], buf_text(&what)) != 0)
		k++;
	buf_puts(b, k < NITEMS(doubled) ? doubled[k][1] : buf_text(&what));
	buf_dispose(&what);
}

/* With a mark on it, if it is one sign. */
static void
wrapped(struct formula *f, struct buf *b, const char *mark)
{
	struct buf what = {0};

	argument(f, &what);
	buf_add(b, buf_text(&what), what.len);
	if (*mark && text_width(buf_text(&what), what.len) == 1)
		buf_puts(b, mark);
	buf_dispose(&what);
}

static bool
is(const char *s, size_t len, const char *name)
{
	return strlen(name) == len && memcmp(s, name, len) == 0;
}

/* One that is no letter: "\,", "\\", "\{". */
static void
control_sign(struct formula *f, struct buf *b)
{
	char c = f->s[f->at++];

	if (c == '\\')
		buf_putc(b, '\n');
	else if (strchr(",:;> \n", c))
		buf_putc(b, ' ');
	else if (c == '|')
		buf_puts(b, "‖");
	else if (c == '!')
		return;
	else if (!(c & 0x80) && strchr("{}%$&#_[]()", c))
		buf_putc(b, c);
	else {
		buf_putc(b, '\\');
		f->at--;
	}
}

/* Those that take arguments; false: it is none. */
static bool
structure(struct formula *f, struct buf *b, const char *name, size_t n)
{
	struct buf ignored = {0};

	if (is(name, n, "frac") || is(name, n, "dfrac") || is(name, n, "tfrac"))
		fraction(f, b);
	else if (is(name, n, "sqrt"))
		root(f, b);
	else if (is(name, n, "mathbb"))
		blackboard(f, b);
	else if (is(name, n, "begin") || is(name, n, "end"))
		argument(f, &ignored);
	else {
		for (size_t i = 0; i < NITEMS(wrappers); i++)
			if (is(name, n, wrappers[i][0])) {
				wrapped(f, b, wrappers[i][1]);
				return true;
			}
		return false;
	}
	buf_dispose(&ignored);
	return true;
}

static void
command(struct formula *f, struct buf *b)
{
	const char *name = f->s + ++f->at;
	size_t n = 0;

	if (f->at >= f->len) {
		buf_putc(b, '\\');
		return;
	}
	while (f->at + n < f->len && is_letter(name[n]))
		n++;
	if (n == 0) {
		control_sign(f, b);
		return;
	}
	f->at += n;
	if (structure(f, b, name, n))
		return;
	for (size_t i = 0; i < NITEMS(symbols); i++) {
		if (!is(name, n, symbols[i][0]))
			continue;
		buf_puts(b, symbols[i][1]);
		/* \left. is no bracket at all. */
		if (!*symbols[i][1] && f->at < f->len && f->s[f->at] == '.')
			f->at++;
		return;
	}
	buf_putc(b, '\\');
	buf_add(b, name, n);
}

static bool
after_blank(const struct buf *b)
{
	return b->len == 0 || b->data[b->len - 1] == ' ' ||
	       b->data[b->len - 1] == '\n';
}

static void
convert(struct formula *f, struct buf *b)
{
	while (f->at < f->len) {
		char c = f->s[f->at];

		if (c == '\\') {
			command(f, b);
		} else if (c == '^' || c == '_') {
			script(f, b);
		} else if (c == '{' && f->depth < DEPTH_MAX) {
			argument(f, b);
		} else if (c == ' ' || c == '\n' || c == '~') {
			if (!after_blank(b))
				buf_putc(b, ' ');
			f->at++;
		} else if (c == '\'') {
			buf_puts(b, "′");
			f->at++;
		} else {
			if (c != '&' && c != '{' && c != '}')
				buf_putc(b, c);
			f->at++;
		}
	}
}

void
md_math_text(struct buf *b, const char *tex, size_t len)
{
	struct formula f = {.s = tex, .len = len};

	convert(&f, b);
}
