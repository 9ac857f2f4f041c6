# shellcheck shell=bash
# How ./dev speaks: one line per step on stdout; the step's output goes to build/log/ and is shown
# only on failure.

note() { printf '%s\n' "-- $*"; }
interrupted() {
  printf '\n%s\n' "dev: interrupted" >&2
  exit 130
}
die() {
  printf '%s\n' "dev: $*" >&2
  exit 2
}

# Keeps the newest line of a long step visible on a terminal; elsewhere it prints nothing.
follow() {
  local line columns
  if [ ! -t 1 ]; then
    cat >/dev/null
    return
  fi
  columns=$(tput cols 2>/dev/null || echo 80)
  while IFS= read -r line; do
    printf '\r\033[K   %s' "${line:0:$((columns - 4))}"
  done
  printf '\r\033[K'
}

# run_step TITLE LOGNAME COMMAND...: returns the command's status after showing the log's end.
run_step() {
  local title=$1 log=build/log/$2.log began=$SECONDS status=0
  shift 2
  mkdir -p build/log
  printf '%s' "-- $title ..."
  [ -t 1 ] && printf '\n'
  "$@" 2>&1 </dev/null | tee "$log" | follow || status=${PIPESTATUS[0]}
  if [ "$status" -eq 0 ]; then
    [ -t 1 ] && printf '%s' "   $title:"
    printf ' done in %s s\n' $((SECONDS - began))
    return 0
  fi
  [ "$status" -eq 130 ] && interrupted
  printf ' FAILED (status %s); the end of %s:\n' "$status" "$log"
  tail -n "${DEV_LOG_LINES:-60}" "$log" | sed 's/^/   | /'
  return "$status"
}

# Compilers of this code take up to 2 GiB each.
jobs_count() {
  local cores memory_kib jobs
  cores=$(nproc 2>/dev/null || echo 1)
  memory_kib=$(awk '/^MemTotal:/ {print $2}' /proc/meminfo 2>/dev/null)
  jobs=$(("${memory_kib:-4194304}" / 2097152))
  [ "$jobs" -lt 1 ] && jobs=1
  [ "$jobs" -gt "$cores" ] && jobs=$cores
  echo "$jobs"
}
