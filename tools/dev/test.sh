# shellcheck shell=bash
# ./dev test: build a preset, run its CTest tests, end with "N passed, N failed" and, where some
# were, ", N skipped".

preset_of_variant() {
  case $1 in
    dev | slow) echo dev ;;
    clang) echo clang-dev ;;
    asan | tsan | release) echo "$1" ;;
    *) die "unknown test variant '$1'; one of: asan tsan clang release slow, or none" ;;
  esac
}

# CTest's summary line, "97% tests passed, 2 tests failed out of 60", as "PASSED FAILED SKIPPED".
# CTest counts a skipped test among the passed ones; here it is neither.
ctest_counts() {
  local skipped
  skipped=$(grep -c '\*\*\*Skipped' "$1")
  sed -nE 's/^[0-9]+% tests passed, ([0-9]+) tests? failed out of ([0-9]+).*/\1 \2/p' "$1" |
    awk -v skipped="$skipped" 'END { if (NR) print $2 - $1 - skipped, $1, skipped }'
}

# Says which cases inside passed tests were skipped: those over ../shared, where it is absent.
tell_skipped_cases() {
  local log="build/$1/Testing/Temporary/LastTest.log" cases
  [ -f "$log" ] || return 0
  cases=$(sed -nE 's/^\[  SKIPPED \] ([^ ]+) \([0-9]+ ms\)$/\1/p' "$log" | sort -u)
  [ -n "$cases" ] || return 0
  echo "-- skipped inside tests that passed (each says why in $log):"
  sed 's/^/     /' <<<"$cases"
}

run_ctest() {
  local variant=$1 preset=$2 wrapper=() select=(--preset "$2")
  export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_stack_use_after_return=1:strict_string_checks=1}
  export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}
  export TSAN_OPTIONS=${TSAN_OPTIONS:-second_deadlock_stack=1}
  [ "$variant" = slow ] &&
    select=(--test-dir "build/$preset" -L slow --no-tests=error --output-on-failure)
  # The thread sanitizer of g++ 12 cannot map its shadow under the wide address randomisation of
  # new kernels.
  [ "$preset" = tsan ] && setarch -R true 2>/dev/null && wrapper=(setarch -R)
  run_step "test $variant" "test-$variant" \
    "${wrapper[@]}" ctest "${select[@]}" -j "$(jobs_count)" \
    --output-junit "$PWD/build/log/test-$variant.xml"
}

# What a variant needs of another preset: instructions are counted of the release build.
build_besides() {
  [ "$1" != slow ] || build_preset release counted_work
}

verb_test() {
  local variant=${1:-dev} preset status=0 passed=0 failed=0 skipped=0
  preset=$(preset_of_variant "$variant") || exit 2
  need_packages build test
  [ "$variant" = slow ] && need_packages slow
  # Headers are compiled alone by one preset of each compiler; more would show nothing new.
  local targets=(all)
  case $preset in dev | clang-dev) targets+=(all_verify_interface_header_sets) ;; esac
  if build_preset "$preset" "${targets[@]}" && build_besides "$variant"; then
    DEV_LOG_LINES=200 run_ctest "$variant" "$preset" || status=1
    read -r passed failed skipped < <(
      ctest_counts "build/log/test-$variant.log"
      echo 0 0 0 # no summary: nothing ran
    )
    tell_skipped_cases "$preset"
    [ "$status" -ne 0 ] && [ "$failed" -eq 0 ] && failed=1
  else
    status=1 failed=1
  fi
  if [ "$skipped" -eq 0 ]; then
    echo "$passed passed, $failed failed"
  else
    echo "$passed passed, $failed failed, $skipped skipped"
  fi
  return "$status"
}
