#!/usr/bin/env bash
# Times the import of a price list of BYTES (1 GB), store included, beside looking at every byte of it once: the best of
# RUNS runs, interleaved, with peak memory. The list is synthetic (generate_prices.py, SEED). See README.md.
# `make bench-prices` builds the command first. Everything is written to a temporary folder (TMPDIR), about 1.2 GB.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/.."

PLIMSOLL=${PLIMSOLL:-.build/release/plimsoll}
BYTES=${BYTES:-1000000000}
SEED=${SEED:-20261101}
RUNS=${RUNS:-3}

missing() {
  echo "missing $1" >&2
  exit 66
}
[ -x "$PLIMSOLL" ] || missing "$PLIMSOLL; run make release"
command -v python3 >/dev/null || missing "python3, which makes the list; install with: sudo apt-get install python3"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
source Benchmarks/measure.sh
list=$folder/prices.csv
store=$folder/store.sqlite

import() { "$PLIMSOLL" import --store "$store" prices "$@" "$list"; }
import_all() { import; }
import_region() { import --region eu-central-1; }
count_lines() { wc -l <"$list"; }

# Notes one run of a function under its name: the microseconds it took. Each starts without a store.
timed() {
  rm -f "$store" "$store-wal" "$store-shm"
  local before=${EPOCHREALTIME/./}
  "$1" >"$folder/$1.out"
  echo $((${EPOCHREALTIME/./} - before)) >>"$folder/$1.times"
}
best() { sort -n "$folder/$1.times" | head -n 1; }
row() { printf '| %-34s | %10s | %9s | %8s | %-22s |\n' "$@"; }
# what, function, memory, bar
line() { row "$1" "$(milliseconds "$(best "$2")")" "$((size / $(best "$2"))) MB/s" "$3" "$4"; }

echo "plimsoll $("$PLIMSOLL" --version), $(uname -sm), $(getconf _NPROCESSORS_ONLN) cores, load $(cut -d' ' -f1 /proc/loadavg)"
python3 Benchmarks/generate_prices.py --bytes "$BYTES" --seed "$SEED" --out "$list"
size=$(wc -c <"$list")
echo "a synthetic list of $((size / 1000000)) MB, seed $SEED; the best of $RUNS, interleaved"

# Memory first, which warms the caches as well.
all_peak=$(peak "$PLIMSOLL" import --store "$store" prices "$list")
rm -f "$store" "$store-wal" "$store-shm"
region_peak=$(peak "$PLIMSOLL" import --store "$store" prices --region eu-central-1 "$list")
for ((run = 0; run < RUNS; run++)); do
  timed import_all
  timed import_region
  timed count_lines
done

cat "$folder/import_all.out"
echo
row "what" "time" "speed" "memory" "bar"
row "---" "--:" "--:" "--:" "---"
line "import prices, store included" import_all "$(mebibytes "$all_peak")" "150 MB/s; 300 MB"
line "import prices, no row of a region" import_region "$(mebibytes "$region_peak")" ""
line "wc -l" count_lines "" ""
