# shellcheck shell=bash
# The verbs other than test; bench has a file of its own.

# shellcheck source=/dev/null
. tools/dev/bench.sh

verb_build() {
  local preset=${1:-dev}
  local targets=()
  check_preset "$preset"
  [ "$preset" = fuzz ] && targets=(suanpan_fuzzers)
  build_preset "$preset" "${targets[@]}" || return 1
  [ -x "build/$preset/suanpan" ] && note "the program: build/$preset/suanpan"
  return 0
}

verb_demo() {
  local script=examples/community-year/demo.sh
  [ -x "$script" ] || { echo "dev: $script is missing" >&2; exit 3; }
  need_packages build
  configure release && build_preset release suanpan_demo || return 1
  "$script" "build/release" "$@"
}

verb_lint() {
  need_packages build test
  # The analyser reads the compile commands and the generated headers of the dev preset.
  configure dev && build_preset dev suanpan_generated || return 1
  tools/lint/run "$@"
}

verb_fmt() {
  need_packages test
  local files
  mapfile -d '' -t files < <(
    find . \( -name build -o -name .git -o -name .cache \) -prune -o \
      \( -name '*.cc' -o -name '*.h' \) -type f -print0
  )
  clang-format -i -- "${files[@]}" && note "formatted ${#files[@]} files"
}

is_program() { [ -f "$1" ] && [ -x "$1" ]; }

verb_fuzz() {
  local wanted=${1:-} seconds=${2:-60} driver name status=0 found=0
  case $seconds in *[!0-9]* | "") die "SECONDS is a whole number" ;; esac
  build_preset fuzz suanpan_fuzzers || return 1
  mkdir -p build/fuzz/found
  for driver in build/fuzz/fuzz/*; do
    name=${driver##*/}
    is_program "$driver" || continue
    [ -z "$wanted" ] || [ "$wanted" = "$name" ] || continue
    found=$((found + 1))
    fuzz_one "$name" "$driver" "$seconds" || status=1
  done
  [ "$found" -gt 0 ] || die "no fuzz driver${wanted:+ named $wanted}"
  return "$status"
}

# New inputs go to build/fuzz/corpus/NAME; the corpus of the repository is only read.
fuzz_one() {
  local name=$1 driver=$2 seconds=$3 corpus
  corpus=$(cat "$driver.corpus")
  mkdir -p "build/fuzz/corpus/$name"
  run_step "fuzz $name for $seconds s" "fuzz-$name" "$driver" -max_total_time="$seconds" \
    -artifact_prefix=build/fuzz/found/ "build/fuzz/corpus/$name" "$corpus"
}

verb_clean() {
  rm -rf build
  note "removed build/"
}
