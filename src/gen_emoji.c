/* SPDX-License-Identifier: ISC */
/*
 * Makes the table of md_emoji.c out of src/md_emoji.txt, on its standard input:
 * all names in order in one string, all emoji in another, and where each begins
 * there.  No pointers: they would have to be relocated at every start.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAMES 8192
#define BYTES 65536 /* places are 16 bits */

struct entry {
	char name[64];
	unsigned text;
};

struct table {
	struct entry v[NAMES];
	size_t n;
	char texts[BYTES];
	size_t ntexts;
};

static int
compare(const void *a, const void *b)
{
	return strcmp(
	    ((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

static void
fail(const char *why)
{
	fprintf(stderr, "gen_emoji: %s\n", why);
	exit(1);
}

static unsigned
add_text(struct table *t, const char *s, size_t len)
{
	size_t at = t->ntexts;

	if (at + len + 1 > BYTES)
		fail("too many emoji");
	memcpy(t->texts + at, s, len);
	t->texts[at + len] = '\0';
	t->ntexts += len + 1;
	return (unsigned)at;
}

static void
add_name(struct table *t, const char *name, int tone, unsigned text)
{
	struct entry *e = &t->v[t->n++];
	int n;

	if (t->n == NAMES)
		fail("too many names");
	n = tone ? snprintf(e->name, sizeof(e->name), "%s_tone%d", name, tone)
		 : snprintf(e->name, sizeof(e->name), "%s", name);
	if (n < 0 || (size_t)n >= sizeof(e->name))
		fail("a name is too long");
	e->text = text;
}

/* The emoji with a colour of skin after its first sign. */
static unsigned
add_tone(struct table *t, const char *emoji, int tone)
{
	char s[128];
	size_t first = 1, rest;
	int n;

	while ((emoji[first] & 0xc0) == 0x80)
		first++;
	rest = first;
	if (!strncmp(emoji + rest, "\xef\xb8\x8f", 3))
		rest += 3;
	n = snprintf(s, sizeof(s), "%.*s\xf0\x9f\x8f%c%s", (int)first, emoji,
	    0xba + tone, emoji + rest);
	if (n < 0 || (size_t)n >= sizeof(s))
		fail("an emoji is too long");
	return add_text(t, s, (size_t)n);
}

static void
read_line(struct table *t, char *line)
{
	static const char blanks[] = " \n";
	char *emoji = strtok(line, blanks), *name;
	unsigned text, tones[5] = {0};
	size_t len;

	if (!emoji)
		return;
	text = add_text(t, emoji, strlen(emoji));
	while ((name = strtok(NULL, blanks))) {
		len = strlen(name);
		if (name[len - 1] != '*') {
			add_name(t, name, 0, text);
			continue;
		}
		name[len - 1] = '\0';
		for (int i = 0; i < 5; i++) {
			if (!tones[i])
				tones[i] = add_tone(t, emoji, i + 1);
			add_name(t, name, i + 1, tones[i]);
		}
	}
}

static void
print_bytes(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		printf("%d,%s", (unsigned char)s[i], i % 20 == 19 ? "\n" : "");
}

int
main(void)
{
	static struct table t;
	char line[1024];
	size_t at = 0;

	add_text(&t, "", 0); /* no emoji begins at 0 */
	while (fgets(line, sizeof(line), stdin))
		if (strncmp(line, "# ", 2) != 0)
			read_line(&t, line);
	qsort(t.v, t.n, sizeof(t.v[0]), compare);
	printf(
	    "/* Made by gen_emoji. */\nstatic const char emoji_names[] = {\n");
	for (size_t i = 0; i < t.n; i++)
		print_bytes(t.v[i].name, strlen(t.v[i].name));
	printf("};\nstatic const uint16_t emoji_at[][2] = {\n");
	for (size_t i = 0; i < t.n; i++) {
		printf("{%zu,%u},\n", at, t.v[i].text);
		at += strlen(t.v[i].name);
	}
	if (at >= BYTES)
		fail("the names are too long");
	printf("{%zu,0}};\nstatic const unsigned char emoji_texts[] = {\n", at);
	print_bytes(t.texts, t.ntexts);
	printf("};\n");
	return fflush(stdout) != 0 || ferror(stdout);
}
