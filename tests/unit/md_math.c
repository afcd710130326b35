/* SPDX-License-Identifier: ISC */
/* Formulas: where they are, and what is shown of them. */
#include "../test.h"

#include <stdlib.h>
#include <string.h>

#include "md.h"
#include "md_priv.h"
#include "mem.h"

static void
says(const char *tex, const char *want)
{
	struct buf b = {0};

	md_math_text(&b, tex, strlen(tex));
	assert_string_equal(buf_text(&b), want);
	buf_dispose(&b);
}

static void
makes_text_of_tex(void **state)
{
	(void)state;
	says("\\alpha \\le \\beta^2 + x_i", "α ≤ β² + xᵢ");
	says("e^{i\\pi} + 1 = 0", "e^iπ + 1 = 0");
	says("\\frac{a}{b}", "a/b");
	says("\\frac{a+b}{2c}", "(a+b)/2c");
	says("\\sum_{i=1}^{n} i^2 \\to \\infty", "∑ᵢ₌₁ⁿ i² → ∞");
	says("\\sqrt{x+1} \\sqrt[3]{y} \\sqrt 2", "√(x+1) ³√y √2");
	says("A \\times B \\in \\mathbb{R}^{n}", "A × B ∈ ℝⁿ");
	says("\\left( \\hat{x} \\right) f'(x)", "( x\u0302 ) f′(x)");
	says("\\text{if } x > 0", "if x > 0");
	says("x^{q+\\beta} y_{max}", "x^(q+β) yₘₐₓ");
	says("\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}",
	    "a = b \nc = d ");
	says("O(n \\log n)", "O(n log n)");
	says("\\unknown{x} \\{a\\} 5\\%", "\\unknownx {a} 5%");
	says("\\frac{1}", "1/");
	says("x^", "x^");
	says("a\\", "a\\");
	says("{{{{{{{{{{{{{{{{{{{{x", "x");
}

static struct md_options
options(void)
{
	return (struct md_options){
	    .width = 40,
	    .nmath = 4,
	    .math = {{"\\[", "\\]", true}, {"$$", "$$", true},
		{"\\(", "\\)", false}, {"$", "$", false}},
	};
}

static void
is_shown(const struct md_options *opt, const char *body, const char *want)
{
	struct err err = {0};
	struct doc *d = md_render(body, strlen(body), opt, &err);
	struct buf b = {0};

	assert_non_null(d);
	for (size_t i = 0; i < doc_lines(d); i++) {
		size_t len;
		const char *s = doc_line(d, i, &len);

		buf_add(&b, s, len);
		buf_putc(&b, '\n');
	}
	assert_string_equal(buf_text(&b), want);
	buf_dispose(&b);
	doc_free(d);
}

static void
finds_formulas(void **state)
{
	struct md_options on = options(), off = {.width = 40};

	(void)state;
	is_shown(&on, "Let $a_1 * b_2 * c$ be \\(x^2\\).\n",
	    "  Let a₁ * b₂ * c be x².\n");
	is_shown(&off, "Let $a_1 * b_2$ be.\n", "  Let $a_1 * b_2$ be.\n");
	is_shown(&on, "Sum:\n$$\n\\sum x \\\\\ny\n$$\nand so on\n",
	    "  Sum:\n\n      ∑ x\n      y\n\n  and so on\n");
	is_shown(&on,
	    "\\[ a \\le b \\]\n\n# On $x^2$\n\n| $a$ |\n|---|\n| $$b$$ |\n",
	    "      a ≤ b\n\n  On x²\n  ━━━━━\n\n  ┌───┐\n  │ a │\n  ├───┤\n"
	    "  │ b │\n  └───┘\n");
	/* A formula ends in its paragraph, and there is none in code. */
	is_shown(
	    &on, "It costs $5.\n\nAnd $6.\n", "  It costs $5.\n\n  And $6.\n");
	is_shown(&on, "`$a` $b^2$ ``$`` \\$c\n", "  $a b² $ $c\n");
	is_shown(&on, "    $x^2$\n", "  ▏ $x^2$\n");
	is_shown(&on, "```\n$x^2$\n```\n$y^2$\n", "  ▏ $x^2$\n\n  y²\n");
	is_shown(&on, "- $a^2$\n- $$b$$\n", "  • a²\n  •     b\n");
	/* What is in one can do no harm. */
	is_shown(&on, "$a\x1b[31m\xff$\n", "  a\ufffd[31m\ufffd\n");
}

static void
takes_time_by_length_alone(void **state)
{
	static const char *const units[] = {
	    "$", "\\( ", "\\[", "`` ` ", "$$ $", "{^{_\\frac{", "\\sqrt["};
	struct md_options opt = options();

	(void)state;
	for (size_t i = 0; i < NITEMS(units); i++) {
		struct err err;
		struct buf b = {0};
		struct doc *d;

		buf_puts(&b, "$ ");
		while (b.len < 300000)
			buf_puts(&b, units[i]);
		buf_puts(&b, " $\n");
		d = md_render(b.data, b.len, &opt, &err);
		assert_non_null(d);
		doc_free(d);
		buf_dispose(&b);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(makes_text_of_tex),
	    cmocka_unit_test(finds_formulas),
	    cmocka_unit_test(takes_time_by_length_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
