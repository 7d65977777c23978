#!/usr/bin/env bash
# Times plimsoll beside peers doing the least that the same work can be: medians of RUNS runs, peak memory, ratios.
# See README.md. Needs bash 5, gzip and sqlite3; `make bench` builds the command first.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/.."

PLIMSOLL=.build/release/plimsoll
DATASET=${DATASET:-datasets/sketchy-chain}
MONTH=${MONTH:-2026-10}
RUNS=${RUNS:-5}

[ -x "$PLIMSOLL" ] || { echo "missing $PLIMSOLL; run make release" >&2; exit 66; }
command -v sqlite3 >/dev/null || { echo "missing sqlite3, the peer of the cold start" >&2; exit 66; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
source Benchmarks/measure.sh
store=$folder/store.sqlite
samples=("$DATASET"/utilisation/*.csv.gz)

start() { "$PLIMSOLL" --version; }
start_peer() { sqlite3 --version; }
start_nothing() { /bin/true; }
import() {
  rm -f "$store" "$store-wal" "$store-shm"
  "$PLIMSOLL" import --store "$store" dataset "$DATASET"
}
import_peer() { zcat "${samples[@]}" | wc -l; }
review() { "$PLIMSOLL" review --store "$store" --month "$MONTH" --out "$folder/report"; }
what_if() { "$PLIMSOLL" what-if --store "$store" --month "$MONTH" --users 5000; }
cost() { "$PLIMSOLL" cost --store "$store" --month "$MONTH"; }
rightsize() { "$PLIMSOLL" rightsize --store "$store" --month "$MONTH"; }
mix() { "$PLIMSOLL" mix --store "$store" --month "$MONTH"; }

# Microseconds that a function takes, in the middle of RUNS runs; one run before them warms the caches.
median() {
  local run before
  "$1" >/dev/null
  for ((run = 0; run < RUNS; run++)); do
    before=${EPOCHREALTIME/./}
    "$1" >/dev/null
    echo $((${EPOCHREALTIME/./} - before))
  done | sort -n | sed -n "$(((RUNS + 1) / 2))p"
}

row() { printf '| %-34s | %11s | %-29s | %9s | %6s |\n' "$@"; }
against() { row "$1" "$(milliseconds "$2")" "$3" "$(milliseconds "$4")" "$(ratio "$2" "$4")"; }
# A question, beside the milliseconds that were asked for when this was built.
asked() { against "$1" "$(median "$2")" "bar" $(($3 * 1000)); }
alone() { row "$1" "$2" "" "" ""; }

cores=$(getconf _NPROCESSORS_ONLN)
echo "plimsoll $("$PLIMSOLL" --version), $(uname -sm), $cores cores, load $(cut -d' ' -f1 /proc/loadavg 2>/dev/null || echo unknown)"
echo "median of $RUNS; dataset $DATASET, $(import_peer) lines in ${#samples[@]} files"
echo
row "what" "plimsoll" "beside" "peer" "ratio"
row "---" "--:" "---" "--:" "--:"
cold=$(median start)
against "cold start, --version" "$cold" "sqlite3 --version" "$(median start_peer)"
against "" "$cold" "/bin/true" "$(median start_nothing)"
against "import of the dataset" "$(median import)" "zcat and wc -l of its samples" "$(median import_peer)"
"$PLIMSOLL" import --store "$store" prices pricing/aws/*.csv >/dev/null
asked "what-if --users 5000" what_if 50
asked "cost" cost 50
asked "rightsize" rightsize 120
asked "mix" mix 150
asked "review" review 250
alone "peak memory, review" "$(mebibytes "$(peak "$PLIMSOLL" review --store "$store" --month "$MONTH" --out "$folder/report")")"
alone "peak memory, what-if" "$(mebibytes "$(peak "$PLIMSOLL" what-if --store "$store" --month "$MONTH" --users 5000)")"
rm -f "$store"
alone "peak memory, import" "$(mebibytes "$(peak "$PLIMSOLL" import --store "$store" dataset "$DATASET")")"
alone "store, without prices" "$(mebibytes $(($(stat -c %s "$store" 2>/dev/null || stat -f %z "$store") / 1024)))"
