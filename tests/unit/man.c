/* SPDX-License-Identifier: ISC */
/* The manual pages name every command, key, option of a table, and setting. */
#include "../test.h"

#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "cli.h"
#include "command.h"
#include "check.h"
#include "conf.h"
#include "field.h"
#include "mem.h"
#include "screen.h"
#include "theme.h"

static const char *
top(void)
{
	const char *dir = getenv("TOP");

	return dir ? dir : ".";
}

/* A page, without the marks that keep punctuation from being punctuation. */
static char *
read_page(const char *name)
{
	char *page = test_read(test_path(top(), name)), *to = page;

	for (const char *s = page; *s;)
		if (strncmp(s, "\\&", 2) == 0)
			s += 2;
		else
			*to++ = *s++;
	*to = '\0';
	return page;
}

/* Whether the page has the line. */
static bool
has_line(const char *page, const char *line)
{
	size_t len = strlen(line);

	for (const char *s = page; s; s = strchr(s, '\n')) {
		s += *s == '\n';
		if (strncmp(s, line, len) == 0 &&
		    (s[len] == '\n' || s[len] == ' ' || s[len] == '\0'))
			return true;
	}
	return false;
}

static void
must_have(const char *page, const char *name, const char *line)
{
	if (!has_line(page, line))
		fail_msg("%s has no line '%s'", name, line);
}

static void
commands_are_described(void **state)
{
	char *page = read_page("man/galley.1");
	const struct cli_command *c;
	size_t n;

	(void)state;
	c = cli_commands(&n);
	assert_true(n > 10);
	for (size_t i = 0; i < n; i++) {
		char *line = xasprintf(".It Ic %s", c[i].name);

		must_have(page, "galley.1", line);
		/* Every option of the usage line, by its name. */
		for (const char *s = c[i].usage; (s = strstr(s, "--"));) {
			size_t len = strcspn(s, " |]");
			char *option =
			    xasprintf("Fl -%.*s", (int)len - 2, s + 2);

			if (!strstr(page, option))
				fail_msg(
				    "galley.1: %s lacks %s", c[i].name, option);
			free(option);
			s += len;
		}
		free(line);
	}
	free(page);
}

static void
table_is_described(const char *page, const struct command *table)
{
	for (; table->name; table++) {
		if (!*table->name)
			continue;
		char *line = xasprintf(".It Ic %s", table->name);
		char *keys = xasprintf(".Pq Li %s", table->keys);

		must_have(page, "galley.1", line);
		if (table->keys && *table->keys)
			must_have(page, "galley.1", keys);
		free(keys);
		free(line);
	}
}

static void
screens_are_described(void **state)
{
	static const struct screen *const screens[] = {&browse_screen,
	    &preview_screen, &card_screen, &form_screen, &publish_screen,
	    &new_screen, &merge_screen, &unsaved_screen, &diff_screen,
	    &help_screen};
	char *page = read_page("man/galley.1");

	(void)state;
	table_is_described(page, app_commands());
	for (size_t i = 0; i < NITEMS(screens); i++)
		if (screens[i]->commands)
			table_is_described(page, screens[i]->commands);
	free(page);
}

static void
styles_are_described(void **state)
{
	char *page = read_page("man/galley.5");

	(void)state;
	for (int i = 0; i < STYLES; i++) {
		char *line = xasprintf(".It Cm %s", theme_style_name(i));

		must_have(page, "galley.5", line);
		free(line);
	}
	free(page);
}

static void
settings_are_described(void **state)
{
	char *page = read_page("man/galley.5");
	const struct conf_row *rows;
	size_t n;

	(void)state;
	rows = conf_rows(&n);
	assert_true(n > 3);
	for (size_t i = 0; i < n; i++) {
		char *line = xasprintf(".It Ic %s", rows[i].name);

		must_have(page, "galley.5", line);
		free(line);
	}
	for (size_t i = 0; field_setting_at(i); i++) {
		char *line = xasprintf(".It Ic %s", field_setting_at(i)->name);

		must_have(page, "galley.5", line);
		free(line);
	}
	for (int i = 0; i < FIELD_TYPES; i++) {
		enum field_type type = (enum field_type)i;
		char *line = xasprintf(".It Cm %s\n%s", field_type_name(type),
		    field_type_help(type));

		if (!strstr(page, line))
			fail_msg("galley.5 lacks '%s'", line);
		free(line);
	}
	free(page);
}

static void
rules_are_described(void **state)
{
	char *page = read_page("man/galley.5");
	const struct check_rule *rules;
	size_t n;

	(void)state;
	rules = check_rules(&n);
	for (size_t i = 0; i < n; i++) {
		char *line = xasprintf(".It Ic %s Pq %s\n%s\n", rules[i].name,
		    check_severity_name(rules[i].severity), rules[i].help);

		if (!strstr(page, line))
			fail_msg("galley.5 lacks '%s'", line);
		free(line);
	}
	free(page);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(commands_are_described),
	    cmocka_unit_test(screens_are_described),
	    cmocka_unit_test(settings_are_described),
	    cmocka_unit_test(styles_are_described),
	    cmocka_unit_test(rules_are_described),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
