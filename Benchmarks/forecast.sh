#!/usr/bin/env bash
# Scores our forecasts beside those of statsforecast, on series whose future is known. See README.md. `make bench-forecast`
# builds what it runs first; statsforecast is installed with pip into .build.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/.."

PLIMSOLL=${PLIMSOLL:-.build/release/plimsoll}
TRACES=${TRACES:-../shared/traces}
SETS=${SETS:-m4,web hourly,web 5 minutes,nab hourly,nab 5 minutes}
PEERS=${PEERS-SeasonalNaive,MSTL,AutoETS}
BENCH=${BENCH:-.build/release/bench-forecast}
SEED=${SEED:-1001}
COUNT=${COUNT:-60}

missing() {
  echo "missing $1" >&2
  exit 66
}
for program in "$PLIMSOLL" "$BENCH"; do
  [ -x "$program" ] || missing "$program; run make bench-forecast"
done
for folder in m4 web nab; do
  [ -d "$TRACES/$folder" ] || missing "$TRACES/$folder; TRACES=folder names another folder"
done
. Benchmarks/python.sh
need_python "numpy statsforecast" "numpy, statsforecast"

echo "plimsoll $("$PLIMSOLL" --version), $(uname -sm), $(getconf _NPROCESSORS_ONLN) cores, load $(cut -d' ' -f1 /proc/loadavg 2>/dev/null || echo unknown)"
echo
echo "Cost on day 10: made-up histories, $COUNT seeds from $SEED, on which nothing was chosen"
echo
"$BENCH" month-ends "$SEED" "$COUNT"
echo
echo "The same of seeds 1 to 40, on which the widths were chosen"
echo
"$BENCH" month-ends 1 40
echo
"$PYTHON" -B Benchmarks/forecast_peer.py "$TRACES" "$PLIMSOLL" solve forecast --sets "$SETS" --peers "$PEERS" --must-win
