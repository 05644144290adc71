# paritet: how many years until parity, and what would change that?
# `make help` lists the goals; tools/configure.sh finds out about the machine.

VARIANT ?= release
PREFIX  ?= /usr/local
LIBDIR  ?= $(PREFIX)/lib
ifeq ($(origin CC),default)
CC := $(if $(filter clang tsan fuzz,$(VARIANT)),clang,gcc)
endif
export VARIANT CC CPPFLAGS CFLAGS LDFLAGS

.DELETE_ON_ERROR:
.SECONDARY:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules
.PHONY: all help deps deps-dev demo gallery check check-danish check-bare install uninstall clean \
        format format-check po-update bench bench-accuracy bench-scenarios same-bytes races faults \
        dist reproducible check-package lint

all:

# ---- Goals that change what the others find (they run first, and the rest in a make of its own)

before := $(filter clean deps deps-dev,$(MAKECMDGOALS))
after  := $(filter-out $(before),$(MAKECMDGOALS))

clean:
	rm -rf build out paritet

deps:
	@tools/deps.sh run

deps-dev: deps
	@tools/deps.sh dev

ifneq ($(and $(before),$(after)),)
.PHONY: $(after) and-then
$(after): and-then ; @:
and-then: $(before)
	@$(MAKE) --no-print-directory $(after)
else

# ---- What the machine has

# Variants with a compiler of their own have answers of their own, so that no build undoes another.
CONFIG := build/config$(if $(filter clang tsan fuzz,$(VARIANT)),-clang).mk
ifneq ($(filter-out clean deps deps-dev help format format-check lint po-update check-bare uninstall dist reproducible,\
         $(or $(MAKECMDGOALS),all)),)
include $(CONFIG)
# Whoever only builds and installs needs no test library.
NEEDED := $(strip $(MISSING) $(if $(filter check%,$(MAKECMDGOALS)),$(MISSING_FOR_CHECK)))
config-key := $(strip $(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS))
ifneq ($(MAKE_RESTARTS),)
$(if $(NEEDED),$(error not installed: $(NEEDED); run 'make deps' first))
else ifneq ($(NEEDED)|$(CONFIG_KEY),|$(config-key))
$(CONFIG): always
endif
endif

$(CONFIG): tools/configure.sh
	@mkdir -p $(@D)
	@CONFIG_KEY='$(config-key)' tools/configure.sh > $@
.PHONY: always

# ---- Flags

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
            -Wpointer-arith -Wcast-qual -Wwrite-strings -Wundef -Wvla \
            -Wformat=2 -Wno-format-nonliteral -Werror=format-security -Wdate-time

# Contracted products would make printed digits depend on the instruction set.
ALL_CFLAGS   = -std=gnu11 $(WARNINGS) -ffp-contract=off -fopenmp $(CFLAGS_$(VARIANT)) $(CFLAGS)
ALL_CPPFLAGS = -D_GNU_SOURCE -Iinclude -Isrc $(LIB_CFLAGS) $(CPPFLAGS)
ALL_LDFLAGS  = $(LDFLAGS_$(VARIANT)) $(LDFLAGS)

# The folder must not leave a trace in what is built, nor the hour or the order of files in a folder.
CFLAGS_release  = -O2 -g $(HARDEN_CFLAGS) '-ffile-prefix-map=$(CURDIR)=.'
LDFLAGS_release = $(HARDEN_LDFLAGS)
CFLAGS_debug    = -O0 -g3
KERNEL_release  = -O3
CFLAGS_san      = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
                  -fno-sanitize-recover=all
CFLAGS_cov      = -O0 -g --coverage -include tests/support/coverage.h
# What a second compiler makes of it: tests/scripts/same-bytes.sh.
CFLAGS_clang    = -O2 -g
KERNEL_clang    = -O3
# Only clang's OpenMP tells the sanitizer of its locks: tests/scripts/races.sh.
CFLAGS_tsan     = -O1 -g -fno-omit-frame-pointer -fsanitize=thread
# libFuzzer is clang's: `make fuzz`. TRACE=no, for a build from the beginning: twice as many executions, as
# comparisons are not looked at.
CFLAGS_fuzz     = -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined \
                  -fno-sanitize-recover=all $(if $(filter no,$(TRACE)),-fno-sanitize-coverage=trace-cmp)
$(if $(CFLAGS_$(VARIANT)),,\
  $(error VARIANT is '$(VARIANT)'; use debug, release, san, cov, clang, tsan or fuzz))

# ---- Files

BUILD     := build/$(VARIANT)
LIBRARY   := $(BUILD)/libparitet.a
PROGRAM   := $(BUILD)/paritet
ROOMS     := base input barometer trend scenario simulate answer output
CATALOGUE := $(patsubst po/%.po,build/gen/catalogue_%.c,$(wildcard po/*.po))
STYLE     := build/gen/page_css.c
SOURCES   := $(sort $(wildcard $(foreach room,$(ROOMS),src/$(room)/*.c src/$(room)/*/*.c)) $(CATALOGUE) $(STYLE))
VERSION    = $(shell sed -n 's/^\#define PT_VERSION "\(.*\)"/\1/p' include/paritet/*.h)

objects   = $(patsubst %.c,$(BUILD)/obj/%.o,$1)
LIB_OBJ  := $(call objects,$(SOURCES))
CLI_OBJ  := $(call objects,$(sort $(wildcard src/cli/*.c)))
TEST_OBJ := $(call objects,$(wildcard tests/support/*.c))
MANUAL   := $(patsubst docs/man/%.in,$(BUILD)/man/%,$(sort $(wildcard docs/man/paritet*.[1-9].in)))
COMPLETION := $(addprefix $(BUILD)/completion/,paritet.bash paritet.zsh paritet.fish)
BENCHES  := $(patsubst tests/bench/%.c,$(BUILD)/bench/%,$(wildcard tests/bench/*.c))
FUZZ     := $(patsubst tests/fuzz/fuzz_%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
TESTS    := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/test_*.c))

say = $(if $(V),,@printf '  %-4s %s\n' $1 $@;)

# ---- Building

all: $(LIBRARY) $(PROGRAM)
ifeq ($(VARIANT),release)
all: paritet
endif
all: $(BUILD)/bench_simulate $(COMPLETION) $(MANUAL)

paritet: $(PROGRAM)
	@ln -sf build/release/paritet $@

$(LIBRARY): $(LIB_OBJ)
	$(call say,ar)rm -f $@ && $(AR) $(AR_FLAGS) $@ $^

$(PROGRAM): $(CLI_OBJ) $(LIBRARY)
	$(call say,link)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

# The program knows its commands and options best.
$(BUILD)/completion/paritet.%: $(PROGRAM)
	@mkdir -p $(@D)
	$(call say,sh)$(PROGRAM) --lang en completion $* -o $@

$(BUILD)/manual: $(call objects,$(sort $(wildcard tools/manual/*.c))) \
                 $(filter-out %/main.o,$(CLI_OBJ)) $(LIBRARY)
	$(call say,link)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/man/%: docs/man/%.in docs/man/options.in $(BUILD)/manual
	@mkdir -p $(@D)
	$(call say,man)$(BUILD)/manual $< docs/man/options.in > $@

$(BUILD)/tests/%: $(BUILD)/obj/tests/unit/%.o $(TEST_OBJ) $(LIBRARY)
	@mkdir -p $(@D)
	$(call say,link)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBS) -lcmocka

# The program with brackets that miss, so that it goes over its draws again: tests/scripts/misses.sh.
MISSES := $(BUILD)/tests/paritet-misses
$(BUILD)/obj/misses/sieve.o: src/simulate/sieve.c Makefile $(CONFIG)
	@mkdir -p $(@D)
	$(call say,cc)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -DPT_SIEVE_ERRORS=0.3 -MMD -MP -c -o $@ $<
$(MISSES): $(BUILD)/obj/misses/sieve.o $(CLI_OBJ) $(LIBRARY)
	@mkdir -p $(@D)
	$(call say,link)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/bench/%: $(BUILD)/obj/tests/bench/%.o $(LIBRARY)
	@mkdir -p $(@D)
	$(call say,link)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

# Targets with libFuzzer's own main, or with one that replays files; fuzz.c says why calls are wrapped.
WRAPPED    := open read __read_chk close fstat stat gzdopen gzread gzclose gzerror
fuzz-flags := $(WRAPPED:%=-Wl,--wrap=%)
ifeq ($(VARIANT),fuzz)
fuzz-flags += -fsanitize=fuzzer
else
$(FUZZ): $(BUILD)/obj/tests/fuzz/replay.o
endif
$(BUILD)/fuzz/%: $(BUILD)/obj/tests/fuzz/fuzz_%.o $(BUILD)/obj/tests/fuzz/fuzz.o $(LIBRARY)
	@mkdir -p $(@D)
	$(call say,link)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $(filter %.o,$^) $(fuzz-flags) $(LIBRARY) $(LIBS)

$(BUILD)/simulate_gsl: tests/bench/peers/simulate_gsl.c $(CONFIG)
	$(call say,link)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(LIBS)

$(BUILD)/bench_simulate: $(BUILD)/bench/bench_simulate
	@ln -sf bench/bench_simulate $@

$(BUILD)/obj/tests/%.o: ALL_CPPFLAGS += -Itests

# Kernels are compiled once for each instruction set; src/base/isa.c says which one runs.
$(BUILD)/obj/src/simulate/order_statistics.o \
$(BUILD)/obj/src/%_portable.o: ALL_CFLAGS += $(KERNEL_$(VARIANT))
$(BUILD)/obj/src/%_avx2.o: ALL_CFLAGS += $(KERNEL_$(VARIANT)) $(AVX2_CFLAGS)
$(BUILD)/obj/src/%_avx512.o: ALL_CFLAGS += $(KERNEL_$(VARIANT)) $(AVX512_CFLAGS)

$(BUILD)/obj/%.o: %.c Makefile $(CONFIG)
	@mkdir -p $(@D)
	$(call say,cc)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

build/gen/catalogue_%.c: po/%.po tools/po2c.sh
	@mkdir -p $(@D)
	$(call say,po)tools/po2c.sh $< > $@

build/gen/page_css.c: src/output/document/page.css tools/css2c.sh
	@mkdir -p $(@D)
	$(call say,css)tools/css2c.sh $< pt_page_css > $@

-include $(patsubst %.o,%.d,$(LIB_OBJ) $(CLI_OBJ) $(TEST_OBJ) $(BUILD)/obj/misses/sieve.o \
           $(call objects,$(wildcard tools/manual/*.c)) \
           $(FUZZ:$(BUILD)/fuzz/%=$(BUILD)/obj/tests/fuzz/fuzz_%.o) \
           $(TESTS:$(BUILD)/tests/%=$(BUILD)/obj/tests/unit/%.o) \
           $(BENCHES:$(BUILD)/bench/%=$(BUILD)/obj/tests/bench/%.o))

# ---- Using and testing

gallery: all
	@PARITET=$(if $(filter release,$(VARIANT)),./paritet,$(PROGRAM)) tools/gallery.sh

demo: all
	@PARITET=$(if $(filter release,$(VARIANT)),./paritet,$(PROGRAM)) tools/demo.sh

check: all $(TESTS) $(MISSES) $(BENCHES) $(FUZZ)
	@tests/run.sh $(ONLY)

# The same in a Danish locale: decimal comma, aa after z, other words of the system.
check-danish: all $(TESTS) $(BENCHES) $(FUZZ)
	@locale -a | grep -qi '^da_DK\.utf-\?8$$' || { echo "no locale da_DK.UTF-8: make deps-dev"; exit 1; }
	@CHECK_LOCALE=da_DK.UTF-8 tests/run.sh $(ONLY)

# How good the forecasts are: every row of the accuracy table, with the command that gave it.
bench-accuracy: all $(BENCHES)
	@tests/bench/accuracy.sh

bench-scenarios: all
	@tests/bench/many-scenarios.sh 200 20000 20

# How fast the engine is beside R, numpy and GSL, how it grows, and the trend lines; writes docs/benchmarks.md.
bench: all $(BUILD)/simulate_gsl $(BUILD)/bench/paths $(BUILD)/bench/fits
	@tests/bench/speed.sh
	@tests/bench/growth.sh
	@tests/bench/fits.sh

# The builds that tests/scripts/same-bytes.sh compares are all made; in `make check` those that are
# there are compared.
same-bytes: all
	@for other in release san clang; do env -u CC $(MAKE) --no-print-directory VARIANT=$$other all || exit; done
	@ALL=1 tests/scripts/same-bytes.sh

races:
	@env -u CC $(MAKE) --no-print-directory VARIANT=tsan all
	@tests/races.sh

# clang-tidy and cppcheck; what they are not asked has its reason beside it.
lint:
	@tests/lint.sh

# Killed at N random moments and at every step; a short form is in `make check`.
faults: all
	@N=$(or $(N),100) tests/scripts/faults.sh

# Every EVERY-th allocation of every command fails: nothing half made, in the sanitizers' build nothing
# lost. A short form is in `make check`.
faults-memory: all
	@EVERY=$(or $(EVERY),1) tests/scripts/no-memory.sh
.PHONY: faults-memory

# Every law of tests/unit/test_laws_*.c on CASES drawn cases; `make check` tries a few of each.
properties: $(filter $(BUILD)/tests/test_laws_%,$(TESTS))
	@SEED=$(SEED) tests/properties.sh $(or $(CASES),1000)
.PHONY: properties

# R makes the values of tests/reference again.
reference: $(BUILD)/tests/test_trend_reference $(BUILD)/tests/test_reference
	@tests/reference.sh
.PHONY: reference

# Random bytes into every reader, and through the whole program; `make check` replays a corpus.
fuzz:
	@env -u CC $(MAKE) --no-print-directory VARIANT=fuzz fuzz-targets
	@tests/fuzz/run.sh $(if $(RUNS),RUNS=$(RUNS),$(or $(SECONDS),60)) $(ONLY)
.PHONY: fuzz fuzz-targets
fuzz-targets: $(FUZZ)

# What the tests reach, line by line and branch by branch; every test runs, with counters (gcov).
coverage:
	@$(MAKE) --no-print-directory VARIANT=cov coverage-run
.PHONY: coverage coverage-run
coverage-run: all $(TESTS) $(MISSES) $(BENCHES) $(FUZZ)
	@tests/coverage.sh $(ONLY)

check-bare:
	@tests/bare.sh

# ---- Packaging

# What is committed, and nothing else; the bytes depend on the commit alone.
DIST := paritet-$(VERSION)
dist:
	@mkdir -p build/dist
	@git diff --quiet HEAD || echo "note: what is not committed is left out"
	git -c tar.umask=0022 archive --format=tar --prefix=$(DIST)/ HEAD | gzip -9n > build/dist/$(DIST).tar.gz
	@echo "build/dist/$(DIST).tar.gz"

# The same bytes from folders of other names, at other hours, by other users' habits.
reproducible:
	@tests/reproducible.sh

# The Debian packages: built, looked at by lintian, and used and removed in a bare system (root).
check-package: all
	@tests/package.sh


po-update:
	@mkdir -p build
	tools/po-template.sh > build/paritet.pot
	msgmerge --quiet --update --backup=none --no-wrap --no-fuzzy-matching po/da.po build/paritet.pot

# CI pins the version, because each version of clang-format has a taste of its own.
CLANG_FORMAT ?= clang-format-14
FORMATTED = $(wildcard include/paritet/*.h src/*/*.[ch] src/*/*/*.[ch] tests/unit/*.c tests/bench/*.c tests/bench/peers/*.c \
            tests/fuzz/*.[ch] tools/manual/*.[ch] \
            tests/support/*.[ch] tests/support/*/*.c docs/examples/library/*.c)

format:
	$(CLANG_FORMAT) -i $(FORMATTED)

format-check:
	$(CLANG_FORMAT) --dry-run --Werror $(FORMATTED)

# ---- Installing

prefix   = $(DESTDIR)$(PREFIX)
libdir   = $(DESTDIR)$(LIBDIR)
examples = $(prefix)/share/doc/paritet/examples
SHELLS   = $(addprefix $(prefix)/share/,bash-completion/completions/paritet \
             zsh/site-functions/_paritet fish/vendor_completions.d/paritet.fish)
SAMPLES := $(sort $(wildcard models/* scenarios/*.yaml scenarios/*/*.yaml data/*))

install: all
	install -d $(prefix)/bin $(libdir)/pkgconfig $(prefix)/include/paritet
	install -m755 $(PROGRAM) $(prefix)/bin
	install -m644 $(LIBRARY) $(libdir)
	install -m644 $(sort $(wildcard include/paritet/*.h)) $(prefix)/include/paritet
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR:$(PREFIX)/%=$${prefix}/%)|' -e 's|@VERSION@|$(VERSION)|' \
	    tools/paritet.pc.in > $(libdir)/pkgconfig/paritet.pc
	chmod 644 $(libdir)/pkgconfig/paritet.pc
	for page in $(MANUAL); do section=$(prefix)/share/man/man$${page##*.}; \
	    install -d $$section && install -m644 $$page $$section || exit; done
	install -d $(dir $(SHELLS))
	install -m644 $(BUILD)/completion/paritet.bash $(word 1,$(SHELLS))
	install -m644 $(BUILD)/completion/paritet.zsh $(word 2,$(SHELLS))
	install -m644 $(BUILD)/completion/paritet.fish $(word 3,$(SHELLS))
	for file in $(SAMPLES); do folder=$(examples)/$$(dirname $$file); \
	    install -d $$folder && install -m644 $$file $$folder || exit; done

uninstall:
	rm -f $(prefix)/bin/paritet $(libdir)/libparitet.a $(libdir)/pkgconfig/paritet.pc
	rm -f $(foreach page,$(MANUAL),$(prefix)/share/man/man$(subst .,,$(suffix $(page)))/$(notdir $(page)))
	rm -f $(SHELLS)
	rm -rf $(prefix)/include/paritet $(prefix)/share/doc/paritet

endif

help:
	@echo 'make              build the program (./paritet) and the library'
	@echo 'make deps demo    install what is missing, build, and answer for Copenhagen in out/'
	@echo 'make deps check   run every test; ends with "N passed, N failed, N skipped"'
	@echo 'make deps-dev     install the tools that only the tests and the formatter use'
	@echo 'make install      into PREFIX ($(PREFIX)), below DESTDIR; uninstall takes it out again'
	@echo 'make clean        remove build/, out/ and ./paritet'
	@echo
	@echo 'check ONLY=text   only the tests whose name holds the text; V=1 names each test'
	@echo 'check UPDATE=1    rewrite tests/cli/*/*/expected from what the program says now'
	@echo 'bench-scenarios   200 scenarios in one run, against running them alone'
	@echo 'bench             how fast the engine is beside R, numpy and GSL: docs/benchmarks.md'
	@echo 'same-bytes        the same numbers from gcc, clang and the sanitizers'"'"' build, for any threads'
	@echo 'races             ThreadSanitizer on simulate, report and backtest (clang)'
	@echo 'lint              clang-tidy and cppcheck on src/'
	@echo 'faults N=100      killed at N random moments, and at each step: what is left behind'
	@echo 'faults-memory     each allocation of each command fails (EVERY=k: each k-th; also VARIANT=san)'
	@echo 'properties        laws of the numbers on CASES=1000 drawn cases each, from SEED=...'
	@echo 'reference         R makes the values of tests/reference again, and how far we are from them'
	@echo 'fuzz SECONDS=60   random bytes into each reader and through the whole program (clang); or RUNS=n'
	@echo 'bench-accuracy    how good the forecasts are, row by row; needs the folder PARITET_SHARED'
	@echo 'gallery           draw docs/gallery.md anew, with its pictures'
	@echo 'check-danish      make check in a Danish locale'
	@echo 'coverage          what the tests reach: lines and branches of each room (gcov)'
	@echo 'check-bare        demo and check in a bare Debian 12 (root, slow)'
	@echo 'check-package     the Debian packages: built, checked, used, removed, in bare systems (root)'
	@echo 'reproducible      built in two folders: the same bytes'
	@echo 'dist              the tarball of what is committed, in build/dist'
	@echo 'po-update         bring po/da.po up to date with the messages in src/'
	@echo 'format            clang-format in place; format-check only looks'
	@echo 'VARIANT=          release (default), debug, san (ASan, UBSan), cov (gcov), clang, tsan or fuzz'
