#!/usr/bin/env bash
# Asks questions of synthetic fleets of SIZES services, imported with their samples of two months: does the time a
# service stay the same as the fleet grows? Medians of RUNS, processor time and peak memory, beside looking at every
# byte of the same samples. See README.md. `make bench-fleet` builds the command first. Everything is written to a
# temporary folder (TMPDIR), about 250 MB, or to the folder that KEEP names, which stays.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/.."

PLIMSOLL=${PLIMSOLL:-.build/release/plimsoll}
SIZES=${SIZES:-60 240 1000}
SEED=${SEED:-20261101}
CANDIDATES=${CANDIDATES:-list}
QUESTIONS=${QUESTIONS:-rightsize cost what-if review}
RUNS=${RUNS:-3}
LIMIT=${LIMIT:-600}
PATIENCE=${PATIENCE:-30}
MONTH=2026-10
limit_reached=75

missing() {
  echo "missing $1" >&2
  exit 66
}
[ -x "$PLIMSOLL" ] || missing "$PLIMSOLL; run make release"
command -v python3 >/dev/null || missing "python3, which makes the fleets; install with: sudo apt-get install python3"
for question in $QUESTIONS; do
  case $question in
    rightsize | cost | what-if | review) ;;
    *)
      echo "QUESTIONS: found $question, expected some of rightsize cost what-if review" >&2
      exit 64
      ;;
  esac
done

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# shellcheck source=Benchmarks/measure.sh
source Benchmarks/measure.sh
fleets=${KEEP:-$folder}

empty() { rm -f "$1" "$1-wal" "$1-shm"; }
# A command that ends by itself when it has had LIMIT seconds of the processor.
limited() { bash -c 'ulimit -t "$0"; exec "$@"' "$LIMIT" "$@"; }
ask() {
  local question=$1
  shift
  case $question in
    import) empty "$store" && "$@" "$PLIMSOLL" import --store "$store" dataset "$fleet" ;;
    rightsize | cost) "$@" "$PLIMSOLL" "$question" --store "$store" --month "$MONTH" ;;
    what-if) "$@" "$PLIMSOLL" what-if --store "$store" --month "$MONTH" --users 1500 ;;
    review) "$@" "$PLIMSOLL" review --store "$store" --month "$MONTH" --out "$fleet/report" ;;
    peer) zcat "$fleet/utilisation/instances.csv.gz" | wc -l ;;
  esac
}

# Milliseconds that a question took and those of the processor, in the middle of RUNS runs. One that takes longer than
# PATIENCE seconds is not asked again. Fails for a question that ran into the limit; any other failure ends the run.
timed() {
  local run status TIMEFORMAT='%R %U %S'
  : >"$folder/runs"
  for ((run = 0; run < RUNS; run++)); do
    status=0
    { time ask "$1" limited >"$folder/answer" 2>"$folder/errors"; } 2>"$folder/time" || status=$?
    # 128 + SIGXCPU or SIGKILL, with which the limit ends.
    if ((status == 152 || status == 137)); then return "$limit_reached"; fi
    if ((status > 0)); then
      echo "$1 of $size services failed with $status:" >&2
      cat "$folder/errors" >&2
      exit 70
    fi
    awk '{ printf "%d %d\n", 1000 * $1, 1000 * ($2 + $3) }' "$folder/time" >>"$folder/runs"
    if awk -v most="$PATIENCE" '{ sum += $1 } END { exit sum <= 1000 * most }' "$folder/runs"; then break; fi
  done
  sort -n "$folder/runs" | awk '{ all[NR] = $0 } END { print all[int((NR + 1) / 2)] }'
}

# What is asked of a question at most: processor time a service, in hundredths of that at the smallest size; and of
# 1,000 services, milliseconds, mebibytes and kilobytes of report.md. A dash asks for nothing.
bars() {
  case $1 in
    rightsize) echo "130 5000 1024 -" ;;
    review) echo "130 15000 1024 60" ;;
    cost | what-if) echo "130 - 1024 -" ;;
    *) echo "- - - -" ;;
  esac
}
# What a bar is called, where the value is above it.
above() { if [ "$1" != - ] && [ "$2" -gt "$1" ]; then echo " $3,"; fi; }

row() { printf '| %8s | %-9s | %11s | %11s | %10s | %10s | %8s | %6s | %9s | %-27s | %-24s |\n' "$@"; }
hundredths() { printf '%d.%02d' $(($1 / 100)) $(($1 % 100)); }

declare -A smallest
# size, question: a row, when the question was answered within the limit.
line() {
  local measured wall processor kibibytes a_service status=0 report="" growth="" bar="" missed=""
  local -a most
  measured=$(timed "$1") || status=$?
  if ((status == limit_reached)); then
    row "$size" "$1" "" "> $((LIMIT * 1000)) ms" "" "" "" "" "" "" "not answered"
    return
  fi
  ((status == 0)) || exit "$status"
  read -r wall processor <<<"$measured"
  kibibytes=$(ask "$1" peak)
  # In microseconds.
  a_service=$((processor * 1000 / size))
  if [ "$1" = review ]; then report=$(wc -c <"$fleet/report/report.md"); fi
  read -r -a most <<<"$(bars "$1")"
  if [ -z "${smallest[$1]:-}" ]; then
    smallest[$1]=$a_service
  else
    growth=$((a_service * 100 / smallest[$1]))
    [ "${most[0]}" = - ] || bar="$(hundredths "${most[0]}"),"
    missed=$(above "${most[0]}" "$growth" growth)
    growth=$(hundredths "$growth")
  fi
  if ((size == 1000)); then
    [ "${most[1]}" = - ] || bar+=" $((most[1] / 1000)) s,"
    [ "${most[2]}" = - ] || bar+=" ${most[2]} MiB,"
    [ "${most[3]}" = - ] || bar+=" ${most[3]} KB,"
    missed+=$(above "${most[1]}" "$wall" time)$(above "${most[2]}" $((kibibytes / 1024)) memory)
    missed+=$(above "${most[3]}" $(((${report:-0} + 999) / 1000)) report)
  fi
  bar=${bar# }
  missed=${missed# }
  row "$size" "$1" "$wall ms" "$processor ms" "$(hundredths $((a_service / 10))) ms" "$growth" \
    "$(mebibytes "$kibibytes")" "$(ratio "$processor" "$peer")" "${report:+$(((report + 999) / 1000)) KB}" "${bar%,}" \
    "${missed%,}"
}

# Of the oversized instances, how many are told to be smaller, and of the others, how many.
verdicts() {
  "$PLIMSOLL" rightsize --store "$store" --month "$MONTH" --format csv |
    awk -F, -v size="$size" '
      NR == FNR { if (FNR > 1) { oversized[$1] = $5 == "yes"; total[oversized[$1]]++ } next }
      $2 == "recommended" && $4 > 0 { found[oversized[$1]]++ }
      END {
        printf "%d services: %d of %d oversized ones found, %d of %d others to be smaller\n",
          size, found[1], total[1], found[0], total[0]
      }' "$fleet/truth.csv" -
}

cores=$(getconf _NPROCESSORS_ONLN)
load=$(cut -d' ' -f1 /proc/loadavg 2>/dev/null || echo unknown)
echo "plimsoll $("$PLIMSOLL" --version), $(uname -sm), $cores cores, load $load"
echo "synthetic fleets, seed $SEED, candidates: $CANDIDATES; median of $RUNS; peer: zcat and wc -l of the samples"
echo
row services question time processor "a service" "x smallest" memory "x peer" report.md bar missed
row --: --- --: --: --: --: --: --: --: --- ---
for size in $SIZES; do
  fleet=$fleets/$size
  store=$fleet/store.sqlite
  echo "generating and importing $size services" >&2
  python3 Benchmarks/generate_fleet.py --services "$size" --seed "$SEED" --candidates "$CANDIDATES" --out "$fleet"
  read -r _ peer <<<"$(timed peer)"
  line import
  "$PLIMSOLL" import --store "$store" prices pricing/aws/*.csv >/dev/null
  for question in $QUESTIONS; do line "$question"; done
  if [ "$CANDIDATES" = list ]; then verdicts >>"$folder/verdicts"; fi
  [ -n "${KEEP:-}" ] || rm -rf "$fleet"
done
if [ -e "$folder/verdicts" ]; then
  echo
  cat "$folder/verdicts"
fi
