#!/usr/bin/env bash
# Holds the weekly ring against the program that has its optimum, and times both. See README.md. `make bench-schedule` builds
# what it runs first; it needs Python 3 with numpy and scipy, whose milp is HiGHS.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/.."

PLIMSOLL=${PLIMSOLL:-.build/release/plimsoll}
ORACLES=${ORACLES:-../shared/oracles}
SEED=${SEED:-7}
COUNT=${COUNT:-200}

missing() {
  echo "missing $1" >&2
  exit 66
}
[ -x "$PLIMSOLL" ] || missing "$PLIMSOLL; run make bench-schedule"
[ -e "$ORACLES/schedule_oracle.py" ] || missing "$ORACLES/schedule_oracle.py; ORACLES=folder names another folder"
source Benchmarks/python.sh
need_python "numpy scipy" "numpy, scipy"

echo "plimsoll $("$PLIMSOLL" --version), $(uname -sm), $(getconf _NPROCESSORS_ONLN) cores, load $(cut -d' ' -f1 /proc/loadavg 2>/dev/null || echo unknown)"
"$PYTHON" -B Benchmarks/schedule_peer.py "$ORACLES" "$PLIMSOLL" "$SEED" "$COUNT"

# Weeks that nothing was learned on: TRACES of requests a minute, and SEEDS synthetic loads.
"$PYTHON" -B Benchmarks/schedule_heldout.py "$PLIMSOLL" ${TRACES:-../shared/traces/web/*.csv} --seeds "${SEEDS:-3}"
