#!/usr/bin/env bash
# Scores our capacities beside the rules of rightsize_bench.py, on its series and on others, and times the sizing of many
# instances. See README.md. `make bench-size` builds what it runs first; it needs Python 3 and no packages.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/.."

BENCH=${BENCH:-.build/release/bench-size}
ORACLES=${ORACLES:-../shared/oracles}
TRACES=${TRACES:-../shared/traces}
PYTHON=${PYTHON:-python3}

missing() {
  echo "missing $1" >&2
  exit 66
}
[ -x "$BENCH" ] || missing "$BENCH; run make bench-size"
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
  "Held out, $(ls "$folder/held" | wc -l) other series (memory, disk, network, requests):"
