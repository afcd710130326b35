/* SPDX-License-Identifier: ISC */
/*
 * Content to measure with, the same in every run: gen N DIR writes N page
 * bundles below DIR, as the posts of a blog in English and Chinese are, some
 * with a picture beside them; gen -b BYTES FILE writes one Markdown text.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static uint32_t seed = 1;

static uint32_t
below(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

static const char *const words[] = {"module", "runtime", "memory", "sandbox",
    "host", "function", "thread", "compiler", "release", "board", "half",
    "time", "version", "flash", "careful", "reader", "table", "before",
    "device", "only", "stack", "buffer", "socket", "answer", "developer"};
static const char *const han[] = {"运行时", "模块", "内存", "沙箱", "性能",
    "编译", "社区", "开源", "项目", "介绍", "设备", "边缘计算", "安全", "我们",
    "在", "这里", "讨论", "如何", "使用", "构建", "应用", "程序", "挑战"};
static const char *const tags[] = {"wasm", "aot", "jit", "embedded", "iot",
    "cloud", "security", "社区", "release", "video", "rust", "simd"};

#define PICK(list) (list)[below(sizeof(list) / sizeof((list)[0]))]

static void
phrase(FILE *f, unsigned n)
{
	int chinese = below(3) == 0;

	for (unsigned i = 0; i < n; i++)
		if (chinese)
			fputs(PICK(han), f);
		else
			fprintf(f, "%s%s", i ? " " : "", PICK(words));
}

static void
sentence(FILE *f)
{
	phrase(f, 4 + below(8));
	fprintf(f, " **%s** and [%s](https://example.org/%u). ", PICK(words),
	    PICK(words), below(1000));
}

static void
block(FILE *f)
{
	unsigned kind = below(20), n = 2 + below(5);

	switch (kind) {
	case 0:
	case 1:
		fprintf(f, "%.*s ", (int)(1 + n % 3), "####");
		phrase(f, n);
		break;
	case 2:
	case 3:
		for (unsigned i = 0; i < n; i++) {
			fputs("- ", f);
			phrase(f, 6);
			fputc('\n', f);
		}
		break;
	case 4:
		fputs("```c\n", f);
		for (unsigned i = 0; i < n; i++)
			fprintf(f, "    %s_%s(%u);\n", PICK(words), PICK(words),
			    below(4096));
		fputs("```\n", f);
		break;
	case 5:
		fputs("| a | b | c |\n|---|---|---|\n", f);
		for (unsigned i = 0; i < n; i++)
			fprintf(f, "| %s | %s | %u |\n", PICK(words), PICK(han),
			    below(100));
		break;
	case 6:
		fputs("> ", f);
		sentence(f);
		break;
	case 7:
		fputs("![A picture](open.png \"Its title\")", f);
		break;
	default:
		for (unsigned i = 0; i < n; i++)
			sentence(f);
	}
	fputs("\n\n", f);
}

static void
body(FILE *f, long bytes)
{
	long end = ftell(f) + bytes;

	while (ftell(f) < end)
		block(f);
}

static void
list(FILE *f, const char *key, unsigned n)
{
	int lines = n > 0 && below(7) == 0;

	fprintf(f, "%s:%s", key, lines ? "\n" : " [");
	for (unsigned i = 0; i < n; i++)
		fprintf(f, lines ? "  - %s\n" : "%s\"%s\"",
		    lines ? PICK(tags)
		    : i   ? ", "
			  : "",
		    PICK(tags));
	if (!lines)
		fputs("]\n", f);
}

static void
quoted(FILE *f, const char *key, unsigned n)
{
	const char *mark = below(3) ? "\"" : "";

	fprintf(f, "%s: %s", key, mark);
	phrase(f, n);
	fprintf(f, "%s\n", mark);
}

static void
front_matter(FILE *f)
{
	char date[32];

	snprintf(date, sizeof(date), "%u-%02u-%02uT%02u:%02u:00+08:00",
	    2015 + below(13), 1 + below(12), 1 + below(28), below(24),
	    below(60));
	fputs("---\n", f);
	quoted(f, "title", 3 + below(5));
	quoted(f, "description", 12);
	quoted(f, "excerpt", 12);
	fprintf(f, "date: %s\nlastmod: %s\ndraft: %s\nweight: %u\n", date, date,
	    below(10) < 3 ? "true" : "false", 1 + below(100));
	list(f, "images", below(2));
	list(f, "categories", 1);
	list(f, "tags", below(6));
	list(f, "contributors", 1 + below(2));
	fputs("pinned: false\nhomepage: false\nmermaid: false\n", f);
	if (below(3) == 0)
		fputs("event_date: \"2024/05/16 13:00 - 17:00\"\n"
		      "event_location: Virtual Event\n",
		    f);
	if (below(20) == 0)
		fputs("# a comment\nparams:\n  author: Ada\n  links: {a: b}\n",
		    f);
	fputs("---\n\n", f);
}

static FILE *
create(const char *path)
{
	FILE *f = fopen(path, "w");

	if (!f) {
		fprintf(stderr, "gen: %s: %s\n", path, strerror(errno));
		exit(2);
	}
	return f;
}

static void
post(const char *dir, unsigned i)
{
	char path[4096];
	const char *a = PICK(words), *b = PICK(words);
	int n =
	    snprintf(path, sizeof(path) - 16, "%s/%s-%s-%06u", dir, a, b, i);
	FILE *f;

	mkdir(path, 0777);
	snprintf(path + n, 16, "/index.md");
	f = create(path);
	front_matter(f);
	body(f, 1024L << below(5));
	fclose(f);
	if (i % 3 == 0) {
		snprintf(path + n, 16, "/open.png");
		f = create(path);
		fputs("\x89PNG\r\n\x1a\n", f);
		fclose(f);
	}
}

int
main(int argc, char **argv)
{
	FILE *f;

	if (argc == 4 && strcmp(argv[1], "-b") == 0) {
		f = create(argv[3]);
		body(f, atol(argv[2]));
		fclose(f);
		return 0;
	}
	if (argc != 3) {
		fprintf(stderr, "usage: gen N DIR | gen -b BYTES FILE\n");
		return 2;
	}
	for (unsigned i = 0; i < (unsigned)atol(argv[1]); i++)
		post(argv[2], i);
	return 0;
}
