#!/usr/bin/env bash
# Times the import of utilisation, and percentiles from the store, beside DuckDB and beside doing almost nothing with the
# same bytes: medians of RUNS runs, interleaved, with peak memory. See README.md. `make bench-import` builds the command
# first. Everything is written to a temporary folder (TMPDIR), which takes about 6 GB; 14 GB with ROWS_LARGE.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/.."

PLIMSOLL=${PLIMSOLL:-.build/release/plimsoll}
GENERATOR=${GENERATOR:-../shared/oracles/gen_samples.py}
ROWS=${ROWS:-20000000}
ROWS_LARGE=${ROWS_LARGE:-100000000}
YEAR_RESOURCES=${YEAR_RESOURCES:-500}
RUNS=${RUNS:-3}

missing() {
  echo "missing $1" >&2
  exit 66
}
[ -x "$PLIMSOLL" ] || missing "$PLIMSOLL; run make release"
[ -e "$GENERATOR" ] || missing "$GENERATOR, the generator of samples; GENERATOR=file names another"

source Benchmarks/python.sh
need_python "duckdb numpy" "duckdb, numpy"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
source Benchmarks/measure.sh
samples=$folder/samples.csv
store=$folder/store.sqlite
database=$folder/peer.duckdb

empty() { rm -f "$1" "$1-wal" "$1-shm"; }
import() { "$PLIMSOLL" import --store "$store" utilisation --service fleet "$1"; }
import_plain() { import "$samples"; }
import_packed() { import "$samples.gz"; }
import_peer() { "$PYTHON" Benchmarks/duckdb_peer.py import "$samples" "$database"; }
count_lines() { wc -l <"$samples"; }
count_packed() { zcat "$samples.gz" | wc -l; }
query() { "$PLIMSOLL" series --store "$store" --format csv; }
query_peer() { "$PYTHON" Benchmarks/duckdb_peer.py query "$database"; }
start() { "$PLIMSOLL" --version; }
one_series() { "$PLIMSOLL" series --store "$store" --service fleet --resource "$resource" --metric cpu_percent; }
all_series() { "$PLIMSOLL" series --store "$store" --percentiles 99.5 --format csv; }

# Notes one run of a function under its name: the microseconds it took.
timed() {
  local before=${EPOCHREALTIME/./}
  "$1" >/dev/null
  echo $((${EPOCHREALTIME/./} - before)) >>"$folder/$1.times"
}
# The same for a peer that prints its microseconds.
told() { "$1" >>"$folder/$1.times"; }
# The middle of the noted runs of a function.
median() { sort -n "$folder/$1.times" | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }

peak_import() {
  empty "$store"
  peak "$PLIMSOLL" import --store "$store" utilisation --service fleet "$1"
}

generate() { "$PYTHON" "$GENERATOR" "$@"; }
# A million rows as `20 million`, anything else as it is.
rows() { if (($1 % 1000000)); then echo "$1"; else echo "$(($1 / 1000000)) million"; fi; }
microseconds() { printf '%d.%03d ms' $(($1 / 1000)) $(($1 % 1000)); }
row() { printf '| %-32s | %12s | %8s | %-26s | %12s | %8s | %7s | %-14s |\n' "$@"; }
# what, function, its memory, peer in words, its function, its memory, bar
against() {
  local own peer
  own=$(median "$2") peer=$(median "$5")
  row "$1" "$(milliseconds "$own")" "$3" "$4" "$(milliseconds "$peer")" "$6" "$(ratio "$peer" "$own")" "$7"
}
alone() { row "$1" "$2" "$3" "" "" "" "" "$4"; }

cores=$(getconf _NPROCESSORS_ONLN)
load=$(cut -d' ' -f1 /proc/loadavg 2>/dev/null || echo unknown)
echo "plimsoll $("$PLIMSOLL" --version), $(uname -sm), $cores cores, load $load"
echo "DuckDB $("$PYTHON" -c 'import duckdb; print(duckdb.__version__)') at 2 threads; median of $RUNS, interleaved"

echo "generating $(rows "$ROWS") rows" >&2
generate --rows "$ROWS" --out "$samples" >&2
gzip -k "$samples"
size=$(($(wc -c <"$samples") / 1000000))
echo "$(rows "$ROWS") rows, $size MB, gzip $(($(wc -c <"$samples.gz") / 1000000)) MB"
echo

# Memory first, which warms the caches as well: the files are read, and all programs have run once.
own_peak=$(peak_import "$samples")
packed_peak=$(peak_import "$samples.gz")
peer_peak=$(peak "$PYTHON" Benchmarks/duckdb_peer.py import "$samples" "$database")
query_peak=$(peak "$PLIMSOLL" series --store "$store" --format csv)
query_peer_peak=$(peak "$PYTHON" Benchmarks/duckdb_peer.py query "$database")
query >"$folder/series.csv"
same=$("$PYTHON" Benchmarks/duckdb_peer.py compare "$database" "$folder/series.csv")

for ((run = 0; run < RUNS; run++)); do
  empty "$store"
  timed import_packed
  timed count_packed
  empty "$store"
  timed import_plain
  told import_peer
  timed count_lines
  timed query
  told query_peer
done

row "what" "plimsoll" "memory" "beside" "peer" "memory" "times" "bar"
row "---" "--:" "--:" "---" "--:" "--:" "--:" "---"
name="$(rows "$ROWS") rows"
against "import, $name" import_plain "$(mebibytes "$own_peak")" "DuckDB, CREATE TABLE AS" import_peer \
  "$(mebibytes "$peer_peak")" "4; 400 MB"
against "" import_plain "" "wc -l" count_lines "" ""
against "import, gzip" import_packed "$(mebibytes "$packed_peak")" "zcat and wc -l" count_packed "" "1; 400 MB"
against "p50, p95, p99, max of all" query "$(mebibytes "$query_peak")" "DuckDB, quantile_disc, max" query_peer \
  "$(mebibytes "$query_peer_peak")" "5"
alone "series that agree exactly" "$same" "" "all"
rm -f "$samples" "$samples.gz" "$database" "$database.wal"

if ((ROWS_LARGE > 0)); then
  echo "generating $(rows "$ROWS_LARGE") rows" >&2
  generate --rows "$ROWS_LARGE" --out "$samples" >&2
  large_peak=$(peak_import "$samples")
  alone "import, $(rows "$ROWS_LARGE") rows" "" "$(mebibytes "$large_peak")" "400 MB"
  rm -f "$samples"
fi

if ((YEAR_RESOURCES > 0)); then
  # Four metrics each, and 365 days of 288 samples; straight into the store, for the text would take 14 GB.
  count=$((YEAR_RESOURCES * 4))
  echo "importing $count series of 365 days, as they are generated" >&2
  empty "$store"
  generate --rows $((count * 105120)) --ticks 105120 --order series | import - >&2
  status=$("$PLIMSOLL" status --store "$store")
  resource=$("$PLIMSOLL" series --store "$store" --metric cpu_percent --format csv | sed -n '2s/^[^,]*,\([^,]*\),.*/\1/p')
  for ((run = 0; run < RUNS * 5; run++)); do
    timed start
    timed one_series
  done
  all_peak=$(peak "$PLIMSOLL" series --store "$store" --percentiles 99.5 --format csv)
  for ((run = 0; run < RUNS; run++)); do timed all_series; done
  one=$(($(median one_series) - $(median start)))
  alone "$count series, 365 days, 5 min" "$(sed -n 's/.* \([0-9.]*\) bytes a sample.*/\1 B/p' <<<"$status")" "" "1.5 B a sample"
  alone "p99.5 of all of them" "$(milliseconds "$(median all_series)")" "$(mebibytes "$all_peak")" ""
  # Two threads share the work, and the process starts and prints: what is left for one series, read and ranked.
  alone "... for one of them, on a thread" "$(microseconds $((2 * $(median all_series) / count)))" "" "1 ms"
  alone "one alone, less cold start" "$(milliseconds "$one")" "" ""
fi
