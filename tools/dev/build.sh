# shellcheck shell=bash
# Configure and build one preset; a preset's files stay in build/PRESET.

PRESETS="dev clang-dev asan tsan fuzz release"

groups_of_preset() {
  case $1 in
    dev | release | tsan) echo "build" ;;
    *) echo "build clang" ;;
  esac
}

check_preset() {
  case " $PRESETS " in
    *" $1 "*) ;;
    *) die "unknown preset '$1'; one of: $PRESETS" ;;
  esac
}

# Ninja configures again by itself when a CMake file changed; this covers a first run, a checkout
# that moved, changed presets, and a run that was interrupted.
configure() {
  local preset=$1 launcher=()
  if [ -f "build/$preset/build.ninja" ] && [ "build/$preset/build.ninja" -nt CMakePresets.json ] &&
    grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" "build/$preset/CMakeCache.txt"; then
    return
  fi
  if ! grep -qsxF "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" "build/$preset/CMakeCache.txt"; then
    rm -rf "build/$preset/CMakeCache.txt" "build/$preset/CMakeFiles"
  fi
  command -v ccache >/dev/null && launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
  run_step "configure $preset" "configure-$preset" cmake --preset "$preset" "${launcher[@]}"
}

# build_preset PRESET [TARGET...]
build_preset() {
  local preset=$1 jobs targets=()
  shift
  [ $# -gt 0 ] && targets=(--target "$@")
  # shellcheck disable=SC2046 # the groups are words
  need_packages $(groups_of_preset "$preset")
  configure "$preset" || return 1
  jobs=$(jobs_count)
  run_step "build $preset (-j$jobs${*:+, $*})" "build-$preset" \
    cmake --build "build/$preset" -j "$jobs" "${targets[@]}"
}
