# shellcheck shell=bash
# ./dev bench [--quick] [NAME...]: runs the programs of bench/, each by its name with or without
# _bench, and prints one table (bench_table.py). Work files, Google Benchmark's own JSON, bench.json
# and table.txt are in build/bench/.

run_bench() {
  local name=$1 repetitions=$2 out=$3 log=build/log/bench-$1.log
  # The programs make their directories below the current one: build/ is on the disk in question.
  mkdir -p build/bench/work build/log
  rm -f "$out"
  run_step "$name" "bench-$name" env -C build/bench/work "$PWD/build/release/bench/$name" \
    --benchmark_repetitions="$repetitions" \
    --benchmark_min_time="${SUANPAN_BENCH_QUICK:+0.}1" --benchmark_out="$PWD/$out" \
    --benchmark_out_format=json || return 1
  # Google Benchmark leaves a bench that found a wrong result with exit code 0.
  ! grep -q 'ERROR OCCURRED' "$log"
}

# The programs that NAMEs stand for; all of them without one.
bench_programs() {
  local program name wanted
  for program in build/release/bench/*_bench; do
    is_program "$program" || continue
    name=${program##*/}
    [ $# -eq 0 ] && echo "$name"
    for wanted in "$@"; do
      [ "${wanted%_bench}" = "${name%_bench}" ] && echo "$name"
    done
  done
}

verb_bench() {
  local quick=() repetitions=5 names status=0 name
  if [ "${1:-}" = --quick ]; then
    quick=(--quick) repetitions=3
    export SUANPAN_BENCH_QUICK=1
    shift
  fi
  for name in "$@"; do
    [ -f "bench/${name%_bench}_bench.cc" ] || die "no bench named '$name'; see bench/README.md"
  done
  need_packages build bench
  # Anew, since a peer's library may have come since the last time.
  configure release && run_step "look for peers" configure-release cmake --preset release &&
    build_preset release suanpan_benches || return 1
  mapfile -t names < <(bench_programs "$@")
  [ "${#names[@]}" -gt 0 ] || die "no bench was built"
  rm -rf build/bench/work build/bench/*_bench.json
  for name in "${names[@]}"; do
    # Millions of events are not quick; by its name it is run all the same.
    [ -n "${quick[*]}" ] && [ $# -eq 0 ] && [ "$name" = scale_bench ] && continue
    run_bench "$name" "$repetitions" "build/bench/$name.json" || status=1
  done
  rm -rf build/bench/work
  python3 -B tools/dev/bench_table.py build/bench "${quick[@]}" || status=1
  return "$status"
}
