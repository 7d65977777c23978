# Everything starts here. `make review` and `make test` set up a fresh Debian-like machine with Swift 6.1 or later.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := review
.PHONY: review test test-external guide install uninstall dist test-dist lint format bench bench-import bench-prices bench-mix bench-size bench-buy bench-schedule bench-simulate bench-forecast bench-fleet bench-kill fuzz dataset prices system-packages release clean

MONTH   ?= 2026-10
DATASET ?= datasets/sketchy-chain
STORE   ?= .plimsoll/store.sqlite
KILLS   ?= 50
KILL_ROWS ?= 2000000
KILL_SEED ?= 1
OUT     ?= reports/sketchy-chain-$(MONTH)
PREFIX  ?= /usr/local
DESTDIR ?=
SHARE    = $(DESTDIR)$(PREFIX)/share

# Linked whole, the C library too: nothing is looked up or moved before the command starts, half of its start-up time.
RELEASE  = -c release --product plimsoll -Xswiftc -static-executable
# What goes to other machines leaves the C library to them, as its makers advise.
DIST     = -c release --product plimsoll -Xswiftc -static-stdlib
IMPORTS  = --explicit-target-dependency-import-check error
PLIMSOLL = .build/release/plimsoll

# The store is filled anew, so that a price or a key taken out of a file is missing and not remembered.
review: release
	@rm -f $(STORE) $(STORE)-wal $(STORE)-shm
	@$(PLIMSOLL) import --store $(STORE) dataset $(DATASET)
	@$(PLIMSOLL) import --store $(STORE) prices pricing/aws/*.csv
	@echo
	@$(PLIMSOLL) review --store $(STORE) --month $(MONTH) --out $(OUT)

release: system-packages
	@swift build $(RELEASE) $(IMPORTS)

test: system-packages
	swift build --build-tests $(IMPORTS)
	swift test --skip-build

# Judged by other people's programs, which are installed with pip into .build: every report in JSON by jsonschema, exported
# schedules and policies by cfn-lint and by a moto server that AWS's command line talks to, rules by promtool.
TEST_PYTHON = .build/test-venv/bin/python
test-external: system-packages
	swift build --product plimsoll $(IMPORTS)
	@[ -x $(TEST_PYTHON) ] || python3 -m venv .build/test-venv
	@$(TEST_PYTHON) -c 'import jsonschema, cfnlint, moto.server, awscli, yaml' 2>/dev/null || \
	  $(TEST_PYTHON) -m pip install --quiet --disable-pip-version-check jsonschema cfn-lint 'moto[server]' awscli pyyaml
	$(TEST_PYTHON) Tests/Schemas/check-json --plimsoll .build/debug/plimsoll
	$(TEST_PYTHON) Tests/Schemas/check-export --plimsoll .build/debug/plimsoll --promtool "$$(.ci/promtool)"

# The pages of the guide that are made from the code. Recording fails, so that nobody takes it for a test.
guide: system-packages
	swift build --build-tests $(IMPORTS)
	PLIMSOLL_RECORD=1 swift test --skip-build --filter GuideTests/pagesAreFresh

# The command, its manual pages and its completions for bash, zsh and fish, all made from the command itself.
install: release
	@.ci/install $(PLIMSOLL) $(DESTDIR)$(PREFIX)

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/plimsoll $(SHARE)/man/man1/plimsoll.1 $(SHARE)/man/man1/plimsoll-*.1
	rm -f $(SHARE)/bash-completion/completions/plimsoll $(SHARE)/zsh/site-functions/_plimsoll
	rm -f $(SHARE)/fish/vendor_completions.d/plimsoll.fish

# A tarball for machines without Swift: linked statically but for the C library, with the price book.
dist: system-packages
	@.ci/dist $(DIST) $(IMPORTS)

# Unpacks the tarball into a root that holds nothing but the C library, and reviews a month there.
test-dist:
	@.ci/test-dist

lint:
	swift format lint --strict --recursive Sources Tests Package.swift datasets/generator Benchmarks/forecast Benchmarks/mix Benchmarks/size Benchmarks/simulate
	@.ci/lint-traps

format:
	swift format --in-place --recursive Sources Tests Package.swift datasets/generator Benchmarks/forecast Benchmarks/mix Benchmarks/size Benchmarks/simulate

# The synthetic dataset from its seed; the committed files are these bytes (GoldenReportTests proves it).
dataset:
	swift build -c release --product generate-dataset
	.build/release/generate-dataset --seed 20261101 --out $(DATASET)
	gzip -n -9 -f $(DATASET)/utilisation/*.csv

# The price book from collected facts (FACTS=folder; see pricing/README.md).
prices:
	python3 pricing/build_price_book.py $(FACTS)

bench: release
	Benchmarks/review.sh

# Beside DuckDB, which it installs with pip into .build; ROWS, ROWS_LARGE=0, YEAR_RESOURCES and RUNS change what is run.
bench-import: release
	Benchmarks/import.sh

# A synthetic price list of BYTES (1 GB) from SEED, beside wc -l; RUNS changes how often.
bench-prices: release
	Benchmarks/prices.sh

# Beside HiGHS, which it installs with scipy into .build, and policies on traces; SEED, COUNT, ORACLES and TRACES change
# what is run.
bench-mix: release
	swift build $(RELEASE:plimsoll=bench-mix) $(IMPORTS)
	Benchmarks/mix.sh

# Beside the peers' rules of rightsize_bench.py; ORACLES and TRACES change what is run.
bench-size: release
	swift build $(RELEASE:plimsoll=bench-size) $(IMPORTS)
	Benchmarks/size.sh

# Beside the peers' rules and the hindsight of buy_forward.py, with numpy and HiGHS in .build; ORACLES and TRACES change what
# is run.
bench-buy: release
	Benchmarks/buy.sh

# Beside schedule_oracle.py, with numpy and HiGHS in .build; ORACLES, SEED and COUNT change what is run.
bench-schedule: release
	Benchmarks/schedule.sh

# Beside replay_oracle.py and a bare loop; ORACLES, SEEDS, COUNT and VASIM_PYTHON change what is run.
bench-simulate: release
	swift build $(RELEASE:plimsoll=bench-simulate) $(IMPORTS)
	Benchmarks/simulate.sh

# Beside statsforecast, which it installs with pip into .build, and month ends of made-up histories; TRACES, SETS, PEERS, SEED and
# COUNT change what is run.
bench-forecast: release
	swift build $(RELEASE:plimsoll=bench-forecast) $(IMPORTS)
	Benchmarks/forecast.sh

# Synthetic fleets of SIZES services from SEED; RUNS, QUESTIONS, CANDIDATES, LIMIT and KEEP change what is run.
bench-fleet: release
	Benchmarks/fleet.sh

# Kills KILLS imports of KILL_ROWS samples, and KILLS of every other kind of import, of forget and of the review, at random
# moments and (with strace) at random system calls; each must leave what was there before or all that is new. Flips six bits
# for each kill, and imports three times as many files at once into new stores.
bench-kill: release
	swift build --build-tests $(IMPORTS)
	PLIMSOLL_COMMAND=$(CURDIR)/$(PLIMSOLL) PLIMSOLL_KILLS=$(KILLS) PLIMSOLL_KILL_ROWS=$(KILL_ROWS) \
	  PLIMSOLL_KILL_SEED=$(KILL_SEED) swift test --skip-build --filter "Killed(Import|Command)Tests|FlippedBitsTests|StoreAccessTests/parallel"

# Each parser for SECONDS_EACH (60); the address sanitizer has a build of its own. Leaks are not looked for:
# XCTest, which runs beside Swift Testing, leaks by itself. What was freed is kept as long as 64 MB hold it.
fuzz: system-packages
	ASAN_OPTIONS=detect_leaks=0:quarantine_size_mb=64 PLIMSOLL_FUZZ_SECONDS=$${SECONDS_EACH:-60} \
	  swift test --sanitize=address --scratch-path .build-fuzz --filter FuzzTests

system-packages:
	@.ci/system-packages

clean:
	rm -rf .build .plimsoll
