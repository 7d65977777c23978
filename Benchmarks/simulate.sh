#!/usr/bin/env bash
# Holds the replay of scaling policies against the program that specifies it, and times a year of minutes. See README.md.
# `make bench-simulate` builds what it runs first; it needs Python 3 and no packages. VASIM_PYTHON, a Python with vasim, and
# VASIM_TRACE add its simulator.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/.."

PLIMSOLL=${PLIMSOLL:-.build/release/plimsoll}
BENCH=${BENCH:-.build/release/bench-simulate}
ORACLES=${ORACLES:-../shared/oracles}
PYTHON=${PYTHON:-python3}
SEEDS=${SEEDS:-11 22 33}
COUNT=${COUNT:-300}

missing() {
  echo "missing $1" >&2
  exit 66
}
for program in "$PLIMSOLL" "$BENCH"; do [ -x "$program" ] || missing "$program; run make bench-simulate"; done
[ -e "$ORACLES/replay_oracle.py" ] || missing "$ORACLES/replay_oracle.py; ORACLES=folder names another folder"
command -v "$PYTHON" >/dev/null || missing "python3; install with: sudo apt-get install python3"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
oracle() { "$PYTHON" -B "$ORACLES/replay_oracle.py" "$@"; }

echo "plimsoll $("$PLIMSOLL" --version), $(uname -sm), $(getconf _NPROCESSORS_ONLN) cores, load $(cut -d' ' -f1 /proc/loadavg 2>/dev/null || echo unknown)"
compared() {
  "$PLIMSOLL" solve replay <"$1" >"$folder/answers.jsonl"
  oracle compare "$1" "$folder/answers.jsonl" | sed "s/^FIGURE compare/$2: equal in every figure/"
}
compared "$ORACLES/replay.jsonl" "replay.jsonl"
for seed in $SEEDS; do
  oracle gen "$seed" "$COUNT" --answers >"$folder/problems.jsonl"
  compared "$folder/problems.jsonl" "seed $seed"
done

oracle gen-year 1 >"$folder/year.jsonl"
"$BENCH" year "$folder/year.jsonl"
compared "$folder/year.jsonl" "the year of seed 1, by replay_oracle.py too"
oracle time-year 1 | sed 's/^FIGURE time-year/replay_oracle.py:/'

if [ -n "${VASIM_PYTHON:-}" ]; then
  "$VASIM_PYTHON" -B "$ORACLES/vasim_beside.py" ${VASIM_TRACE:+--trace "$VASIM_TRACE"} | sed 's/^FIGURE vasim/VASIM, vertical only:/'
fi
