# galley: GNU make.
#   make demo      try it: install what is missing, build, open a scratch site
#   make test      install what is missing, build, run all tests
#   make all       build only
# Knobs: PREFIX DESTDIR CC CFLAGS SAN=address,undefined WERROR=1 DEPS=no B=dir
#        LAZY_GIT=no LAZY_CURL=no (link with libgit2, with libcurl: do not load
#        them when they are used) STATIC=no (link with shared libraries alone)
VERSION = 0.1.0

PREFIX     ?= /usr/local
BINDIR     ?= $(PREFIX)/bin
MANDIR     ?= $(PREFIX)/share/man
DOCDIR     ?= $(PREFIX)/share/doc/galley
PKG_CONFIG ?= pkg-config
# Runs on the machine that builds, where that is another one.
CC_FOR_BUILD ?= $(CC)
CFLAGS     ?= -O2 -g

CORE_PKGS = yaml-0.1 md4c
UI_PKGS   = ncursesw
TEST_PKGS = cmocka

WARN = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wvla -Wformat=2 -Wpointer-arith -Wundef -Wwrite-strings \
	-Wno-missing-field-initializers
ifdef WERROR
WARN += -Werror
endif

B = build
ifdef SAN
comma := ,
B := $(B)/san-$(subst $(comma),-,$(SAN))
CFLAGS  += -O1 -fno-omit-frame-pointer -fsanitize=$(SAN) \
	-fno-sanitize-recover=all
LDFLAGS += -fsanitize=$(SAN)
endif

pkg_cflags = $(shell $(PKG_CONFIG) --cflags $(1) 2>/dev/null)
pkg_libs   = $(shell $(PKG_CONFIG) --libs $(1) 2>/dev/null)

# Where it can be, libgit2 is loaded when a repository is opened, not at start.
ifeq ($(shell uname -s),Linux)
LAZY_GIT   ?= yes
endif
ifeq ($(LAZY_GIT),yes)
GIT_CFLAGS := $(call pkg_cflags,libgit2) -DLAZY_GIT='"$(shell \
	$(PKG_CONFIG) --variable=libdir libgit2 2>/dev/null)"'
GIT_LIBS   := -ldl
else
GIT_CFLAGS := $(call pkg_cflags,libgit2)
GIT_LIBS   := $(call pkg_libs,libgit2)
endif

# So is libcurl when something is asked over http.
ifeq ($(shell uname -s),Linux)
LAZY_CURL  ?= yes
endif
ifeq ($(LAZY_CURL),yes)
CURL_CFLAGS := $(call pkg_cflags,libcurl) -DLAZY_CURL='"$(shell \
	$(PKG_CONFIG) --variable=libdir libcurl 2>/dev/null)"'
CURL_LIBS   := -ldl
else
CURL_CFLAGS := $(call pkg_cflags,libcurl)
CURL_LIBS   := $(call pkg_libs,libcurl)
endif

# What draws pictures is always loaded, and by a process of its own.
ifeq ($(shell uname -s),Linux)
PICTURE_LIBS := -ldl
endif

# Half the time of a short command goes to the dynamic linker: what has many
# symbols, and few of them are used, is linked in where there is an archive.
ifeq ($(shell uname -s),Linux)
STATIC     ?= yes
endif
archive = $(filter /%,$(shell $(CC) -print-file-name=lib$(1).a 2>/dev/null))
ifeq ($(STATIC),yes)
linked = $(foreach l,$(1),$(if \
	$(and $(filter $(2),$(l)),$(call archive,$(l:-l%=%))),-l:lib$(l:-l%=%).a,$(l)))
else
linked = $(1)
endif

CPPFLAGS   += -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE -D_DARWIN_C_SOURCE \
	-DVERSION='"$(VERSION)"' -Isrc -Iui -I$(B)/gen
PKG_CFLAGS := $(filter-out -D_XOPEN_SOURCE% -D_DEFAULT_SOURCE%, \
	$(call pkg_cflags,$(CORE_PKGS) $(UI_PKGS))) $(GIT_CFLAGS) \
	$(CURL_CFLAGS)
CORE_LIBS  := $(call pkg_libs,$(CORE_PKGS)) \
	$(call linked,-lunistring,-lunistring) $(GIT_LIBS) $(CURL_LIBS) \
	$(PICTURE_LIBS)
UI_LIBS    := $(call linked,$(call pkg_libs,$(UI_PKGS)),-lncursesw -ltinfo)
TEST_LIBS   = $(call pkg_libs,$(TEST_PKGS))
COMPILE     = $(CC) $(CPPFLAGS) $(PKG_CFLAGS) -std=c17 $(WARN) $(CFLAGS) \
	-pthread -MMD -MP

# src/gen_*.c are programs that make a header at build time.
CORE  = $(patsubst %.c,$(B)/%.o,$(filter-out src/gen_%,$(wildcard src/*.c)))
UI    = $(patsubst %.c,$(B)/%.o,$(wildcard ui/*.c))
TESTS = $(patsubst tests/unit/%.c,$(B)/tests/%,$(wildcard tests/unit/*.c))
# ui/term*.c alone know curses; ui/main.c picks the face.
TERM_OBJS = $(patsubst %.c,$(B)/%.o,$(wildcard ui/term*.c))
UI_PURE = $(filter-out $(B)/ui/main.o $(TERM_OBJS),$(UI))

all: $(B)/galley

$(B)/galley: $(B)/ui/main.o $(TERM_OBJS) $(B)/libui.a $(B)/libgalley.a
	$(CC) $(LDFLAGS) -pthread -o $@ $^ $(UI_LIBS) $(CORE_LIBS) $(LDLIBS)

$(B)/libgalley.a: $(CORE)
	@rm -f $@
	$(AR) rcs $@ $(CORE)

$(B)/gen/text_%.h: src/gen_%.c src/text_priv.h
	@mkdir -p $(@D)
	$(CC_FOR_BUILD) $(CPPFLAGS) $(PKG_CFLAGS) -std=c17 $(WARN) \
		-o $(B)/gen/gen_$* $< \
		$(filter-out -fsanitize%,$(LDFLAGS)) -lunistring
	$(B)/gen/gen_$* >$@.new
	mv $@.new $@

$(B)/src/text.o: $(B)/gen/text_width.h
$(B)/src/text_break.o: $(B)/gen/text_break.h

$(B)/gen/md_emoji_table.h: src/gen_emoji.c src/md_emoji.txt
	@mkdir -p $(@D)
	$(CC_FOR_BUILD) $(CPPFLAGS) -std=c17 $(WARN) -o $(B)/gen/gen_emoji $< \
		$(filter-out -fsanitize%,$(LDFLAGS))
	$(B)/gen/gen_emoji <src/md_emoji.txt >$@.new
	mv $@.new $@

$(B)/src/md_emoji.o: $(B)/gen/md_emoji_table.h

$(B)/gen/repo_calls.h: src/gen_calls.awk $(filter-out %_lib.c,$(wildcard src/repo*.c))
	@mkdir -p $(@D)
	awk -f $^ >$@.new
	cmp -s $@.new $@ || cp $@.new $@

$(patsubst %.c,$(B)/%.o,$(wildcard src/repo*.c)): $(B)/gen/repo_calls.h

$(B)/libui.a: $(UI_PURE)
	@rm -f $@
	$(AR) rcs $@ $(UI_PURE)

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<

# No curses here: an engine or screen file that calls it does not link.
$(B)/tests/%: $(B)/tests/unit/%.o $(B)/tests/test.o $(B)/libui.a \
		$(B)/libgalley.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -pthread -o $@ $^ $(TEST_LIBS) $(CORE_LIBS) $(LDLIBS)

# All of src/ and ui/ but the two, in one program: nothing is left out because
# nobody asked for it, as it would be of a library.
$(B)/tests/pure: $(B)/tests/pure.o $(UI_PURE) $(CORE)
	$(CC) $(LDFLAGS) -pthread -o $@ $^ $(CORE_LIBS) $(LDLIBS)

tests: $(TESTS) $(B)/tests/pure

# What is missing is installed, in a make of its own: what pkg-config says is
# read when make starts.
demo:
	@sh .ci/deps build
	@$(MAKE) --no-print-directory all
	@GALLEY=$(abspath $(B))/galley sh examples/demo $(SITE)

test:
	@sh .ci/deps build test
	@$(MAKE) --no-print-directory check-tests

# T="name ..." runs the tests whose names have it; WRAP="valgrind ..." goes
# before each unit program and before galley; VERBOSE=1 names them all.
check-tests: all tests
	@B=$(B) sh tests/run $(T)

# The rules of the house: who may include whom, style, manual pages.
check: all $(B)/tests/pure
	@B=$(B) sh tests/check

accept: all tests
	@B=$(B) ACCEPT=1 sh tests/run $(T)

# Ratios to peers and to floors; minutes. Knobs: ROUNDS, POSTS.
bench: all $(patsubst tests/bench/%.c,$(B)/bench/%,$(wildcard tests/bench/*.c))
	@B=$(B) sh tests/bench/run
$(B)/bench/%: tests/bench/%.c $(B)/libgalley.a
	@mkdir -p $(@D)
	$(COMPILE) $(LDFLAGS) -o $@ $< $(B)/libgalley.a $(CORE_LIBS) $(LDLIBS)

san:
	@$(MAKE) --no-print-directory SAN=address,undefined check-tests
	@$(MAKE) --no-print-directory SAN=thread check-tests

VALGRIND = valgrind -q --leak-check=full --errors-for-leak-kinds=definite \
	--error-exitcode=99 --suppressions=$(abspath tests/valgrind.supp)
valgrind: all tests
	@B=$(B) WRAP="$(VALGRIND)" TEST_TIMEOUT=900 sh tests/run $(T)

# FUZZ_SECONDS each; needs clang.
FUZZERS = $(patsubst tests/fuzz/%.c,$(B)/fuzz/%,$(wildcard tests/fuzz/*.c))
FUZZ_SECONDS ?= 20
fuzz:
	@$(MAKE) --no-print-directory CC=clang B=build/fuzz-clang \
		SAN=address,undefined,fuzzer-no-link fuzz-run
fuzz-run: $(FUZZERS)
	@B=$(B) SECONDS_EACH=$(FUZZ_SECONDS) sh tests/fuzz/run
$(B)/fuzz/%: tests/fuzz/%.c $(B)/libgalley.a
	@mkdir -p $(@D)
	$(COMPILE) -fsanitize=fuzzer $(LDFLAGS) -o $@ $< $(B)/libgalley.a \
		$(CORE_LIBS) $(LDLIBS)

install: all
	install -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(MANDIR)/man1 \
		$(DESTDIR)$(MANDIR)/man5 $(DESTDIR)$(DOCDIR)
	install -m 755 $(B)/galley $(DESTDIR)$(BINDIR)/galley
	install -m 644 man/galley.1 $(DESTDIR)$(MANDIR)/man1/galley.1
	install -m 644 man/galley.5 $(DESTDIR)$(MANDIR)/man5/galley.5
	install -m 644 README.md LICENSE $(DESTDIR)$(DOCDIR)
	cp -R examples $(DESTDIR)$(DOCDIR)

uninstall:
	rm -f $(DESTDIR)$(BINDIR)/galley $(DESTDIR)$(MANDIR)/man1/galley.1 \
		$(DESTDIR)$(MANDIR)/man5/galley.5
	rm -rf $(DESTDIR)$(DOCDIR)

clean:
	rm -rf build

.PHONY: all tests demo test check-tests check accept bench san valgrind fuzz \
	fuzz-run install uninstall clean
.SECONDARY:
-include $(wildcard $(B)/*/*.d $(B)/*/*/*.d)
