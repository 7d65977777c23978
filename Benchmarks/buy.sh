#!/usr/bin/env bash
# Has `solve buy` decide every month of recorded demand, and prints the cost over the best in hindsight beside the rules of
# others. See README.md. `make bench-buy` builds what it runs first; it needs Python 3 with numpy and scipy, whose linprog is
# HiGHS.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/.."

PLIMSOLL=${PLIMSOLL:-.build/release/plimsoll}
ORACLES=${ORACLES:-../shared/oracles}
TRACES=${TRACES:-../shared/traces}

missing() {
  echo "missing $1" >&2
  exit 66
}
[ -x "$PLIMSOLL" ] || missing "$PLIMSOLL; run make bench-buy"
[ -e "$ORACLES/buy_forward.py" ] || missing "$ORACLES/buy_forward.py; ORACLES=folder names another folder"
[ -d "$TRACES/bitbrains" ] || missing "$TRACES/bitbrains; TRACES=folder names another folder"
source Benchmarks/python.sh
need_python "numpy scipy" "numpy, scipy"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

echo "plimsoll $("$PLIMSOLL" --version), $(uname -sm), $(getconf _NPROCESSORS_ONLN) cores, load $(cut -d' ' -f1 /proc/loadavg 2>/dev/null || echo unknown)"
"$PYTHON" -B "$ORACLES/buy_forward.py" play --command "$PLIMSOLL solve buy" --data "$TRACES" --stretch | tee "$folder/played"
echo "bars: traces 1.012 and 1.010, shaved ice 1.040 in the mean and 1.070 at worst"
awk '/^FIGURE buy/ {
    for (field = 2; field <= NF; field++) { split($field, part, "="); figure[part[1]] = part[2] }
    if (figure["set"] == "traces_x1") bar = 1.012; else if (figure["set"] == "traces_x3") bar = 1.010; else bar = 1.040
    if (figure["ours"] > bar || (figure["set"] == "shaved_ice" && figure["ours_worst"] > 1.070)) failed = 1
  }
  END { exit failed }' "$folder/played"
