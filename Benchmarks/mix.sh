#!/usr/bin/env bash
# Times the solvers of the purchase mix beside HiGHS, has their answers priced by the oracle that has the optimum, and
# plays policies of buying on recorded demand. See README.md. `make bench-mix` builds what it runs first.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/.."

PLIMSOLL=${PLIMSOLL:-.build/release/plimsoll}
BENCH=${BENCH:-.build/release/bench-mix}
ORACLES=${ORACLES:-../shared/oracles}
TRACES=${TRACES:-../shared/traces}

missing() {
  echo "missing $1" >&2
  exit 66
}
for program in "$PLIMSOLL" "$BENCH"; do [ -x "$program" ] || missing "$program; run make bench-mix"; done
[ -e "$ORACLES/mix_oracle.py" ] || missing "$ORACLES/mix_oracle.py; ORACLES=folder names another folder"
[ -d "$TRACES/bitbrains" ] || missing "$TRACES/bitbrains; TRACES=folder names another folder"

# numpy and scipy, whose milp is HiGHS.
source Benchmarks/python.sh
need_python "numpy scipy" "numpy, scipy"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cores=$(getconf _NPROCESSORS_ONLN)
load=$(cut -d' ' -f1 /proc/loadavg 2>/dev/null || echo unknown)
echo "plimsoll $("$PLIMSOLL" --version), $(uname -sm), $cores cores, load $load"
echo "HiGHS of scipy $("$PYTHON" -c 'import scipy; print(scipy.__version__)'); medians over problems, ours of medians of 21"
echo
"$PYTHON" Benchmarks/mix_peer.py "$ORACLES" "$PLIMSOLL" "$BENCH"

echo
echo "Commitments of a whole account, HiGHS with ${HIGHS_SECONDS:=60} seconds for each problem:"
HIGHS_SECONDS=$HIGHS_SECONDS "$PYTHON" Benchmarks/account_peer.py time "$PLIMSOLL" "$BENCH"

echo
echo "Whole accounts, from an inventory through plimsoll mix, beside the pooled optimum of HiGHS:"
"$PYTHON" Benchmarks/account_fleets.py "$PLIMSOLL"

echo
echo "Problems with a known optimum, purchases priced by mix_oracle.py:"
for problems in "$ORACLES"/mix-*.jsonl; do
  "$PLIMSOLL" solve mix <"$problems" >"$folder/answers.jsonl"
  "$PYTHON" -B "$ORACLES/mix_oracle.py" price "$problems" "$folder/answers.jsonl" |
    sed "s/^FIGURE price/$(basename "$problems" .jsonl)/"
done

echo
"$BENCH" forward "$TRACES"
