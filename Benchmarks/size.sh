#!/usr/bin/env bash
# Scores our capacities beside the rules of rightsize_bench.py, on its series and on others, and times the sizing of many
# instances; then has `solve capacity` decide there. See README.md. `make bench-size` builds what it runs first; it needs
# Python 3 and no packages.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/.."

PLIMSOLL=${PLIMSOLL:-.build/release/plimsoll}
BENCH=${BENCH:-.build/release/bench-size}
ORACLES=${ORACLES:-../shared/oracles}
TRACES=${TRACES:-../shared/traces}
PYTHON=${PYTHON:-python3}

missing() {
  echo "missing $1" >&2
  exit 66
}
for program in "$PLIMSOLL" "$BENCH"; do [ -x "$program" ] || missing "$program; run make bench-size"; done
[ -e "$ORACLES/rightsize_bench.py" ] || missing "$ORACLES/rightsize_bench.py; ORACLES=folder names another folder"
[ -d "$TRACES/rightsize" ] || missing "$TRACES/rightsize; TRACES=folder names another folder"
command -v "$PYTHON" >/dev/null || missing "python3; install with: sudo apt-get install python3"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

echo "$(uname -sm), $(getconf _NPROCESSORS_ONLN) cores, load $(cut -d' ' -f1 /proc/loadavg 2>/dev/null || echo unknown)"
"$BENCH" speed
"$PYTHON" Benchmarks/size_peer.py "$ORACLES" "$BENCH" "$TRACES/rightsize" "The series of rightsize_bench.py:" must-win
mkdir "$folder/scaled" "$folder/held"
"$BENCH" scaled "$TRACES/rightsize" "$folder/scaled"
"$PYTHON" Benchmarks/size_peer.py "$ORACLES" "$BENCH" "$folder/scaled" "The same series at three other scales:"
"$BENCH" held-out "$TRACES" "$folder/held"
"$PYTHON" Benchmarks/size_peer.py "$ORACLES" "$BENCH" "$folder/held" \
  "$(ls "$folder/held" | wc -l) other series (memory, disk, network, requests):"

echo
echo "plimsoll solve capacity, asked by rightsize_bench.py, over the best single peer (bars: rolling 0.80, one-shot 0.90):"
for mode in rolling oneshot; do
  "$PYTHON" -B "$ORACLES/rightsize_bench.py" ask --command "$PLIMSOLL solve capacity" --data "$TRACES" --mode $mode |
    grep '^FIGURE' | tee "$folder/$mode"
done
awk -F'mean_ratio=' '/mean_ratio=/ { split($2, part, " "); if (part[1] > ($0 ~ /mode=rolling/ ? 0.80 : 0.90)) failed = 1 }
  END { exit failed }' "$folder/rolling" "$folder/oneshot"
