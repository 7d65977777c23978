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

missing() {
  echo "missing $1" >&2
  exit 66
}
[ -x "$PLIMSOLL" ] || missing "$PLIMSOLL; run make bench-forecast"
for folder in m4 web nab; do
  [ -d "$TRACES/$folder" ] || missing "$TRACES/$folder; TRACES=folder names another folder"
done
. Benchmarks/python.sh
need_python "numpy statsforecast" "numpy, statsforecast"

echo "plimsoll $("$PLIMSOLL" --version), $(uname -sm), $(getconf _NPROCESSORS_ONLN) cores, load $(cut -d' ' -f1 /proc/loadavg 2>/dev/null || echo unknown)"
"$PYTHON" -B Benchmarks/forecast_peer.py "$TRACES" "$PLIMSOLL" solve forecast --sets "$SETS" --peers "$PEERS" --must-win
