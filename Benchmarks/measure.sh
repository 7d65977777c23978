# What the benchmarks measure and print with; sourced by them, with a folder for what is in between in $folder.

# KiB that a command held at most: from GNU time, or else from the kernel's high-water mark while it runs.
peak() {
  if /usr/bin/time -f %M true 2>/dev/null >&2; then
    /usr/bin/time -f %M -o "$folder/peak" "$@" >/dev/null
    tail -n 1 "$folder/peak"
    return
  fi
  "$@" >/dev/null &
  local process=$! most=0 now
  while now=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$process/status" 2>/dev/null) && [ -n "$now" ]; do
    most=$now
    sleep 0.01
  done
  wait "$process"
  echo "$most"
}

milliseconds() { printf '%d.%d ms' $(($1 / 1000)) $(($1 % 1000 / 100)); }
ratio() { printf '%d.%02d' $(($1 / $2)) $(($1 * 100 / $2 % 100)); }
mebibytes() { printf '%d MiB' $((($1 + 512) / 1024)); }
