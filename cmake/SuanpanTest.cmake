# suanpan_test(NAME LABELS ... SOURCES ... DEPS ...)
#
# One test program = one CTest test. LABELS: unit, scenario, cli, property, fault, smoke, slow or
# lint; add `rocksdb` where the test touches RocksDB, so that the tsan run can leave it out.
function(suanpan_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LABELS;SOURCES;DEPS")
  suanpan_program(${name} SOURCES ${arg_SOURCES} DEPS ${arg_DEPS} GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE
    SUANPAN_SOURCE_DIR="${PROJECT_SOURCE_DIR}" SUANPAN_BINARY_DIR="${PROJECT_BINARY_DIR}")
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 1200)
  # The suite is the same in each run; the slow one draws a seed, and RapidCheck prints it.
  # A sanitizer takes many times as long and looks for other faults: fewer histories do.
  if("property" IN_LIST arg_LABELS)
    set(rapidcheck "seed=20250801")
    if(SUANPAN_SANITIZE)
      string(APPEND rapidcheck " max_success=25")
    endif()
    set_tests_properties(${name} PROPERTIES ENVIRONMENT "RC_PARAMS=${rapidcheck}")
  endif()
endfunction()

# suanpan_everywhere(NAME [VARIABLE=VALUE...])
#
# The same program once more, in the slow suite, where with SUANPAN_EVERY_BYTE it leaves out none of
# the places it could try.
function(suanpan_everywhere name)
  get_test_property(${name} LABELS labels)
  add_test(NAME ${name}_everywhere COMMAND ${name})
  set(slow slow)
  if("rocksdb" IN_LIST labels)
    list(APPEND slow rocksdb)
  endif()
  set_tests_properties(${name}_everywhere PROPERTIES LABELS "${slow}" TIMEOUT 3600
    ENVIRONMENT "SUANPAN_EVERY_BYTE=1;${ARGN}")
endfunction()

# What `./dev demo` builds: the program, and what examples/ adds with add_dependencies().
add_custom_target(suanpan_demo)

# Everything that `./dev fuzz` builds.
add_custom_target(suanpan_fuzzers)

# suanpan_fuzz(NAME SOURCES ... DEPS ... CORPUS DIR)
#
# A driver that defines LLVMFuzzerTestOneInput. Under SUANPAN_FUZZ it is a libFuzzer program;
# otherwise a small main runs it over every file of the corpus, as a smoke test of the suite.
function(suanpan_fuzz name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "CORPUS" "SOURCES;DEPS")
  cmake_path(ABSOLUTE_PATH arg_CORPUS)
  if(NOT IS_DIRECTORY "${arg_CORPUS}")
    message(FATAL_ERROR "suanpan_fuzz(${name}): no corpus folder ${arg_CORPUS}")
  endif()
  if(SUANPAN_FUZZ)
    suanpan_program(${name} SOURCES ${arg_SOURCES} DEPS ${arg_DEPS})
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/fuzz")
    file(WRITE "${PROJECT_BINARY_DIR}/fuzz/${name}.corpus" "${arg_CORPUS}\n")
    add_dependencies(suanpan_fuzzers ${name})
  else()
    suanpan_program(${name} SOURCES ${arg_SOURCES} DEPS suanpan_fuzz_main ${arg_DEPS})
    add_test(NAME ${name} COMMAND ${name} "${arg_CORPUS}")
    set_tests_properties(${name} PROPERTIES LABELS smoke TIMEOUT 600)
  endif()
endfunction()

# Everything that `./dev bench` runs.
add_custom_target(suanpan_benches)

# suanpan_bench(NAME SOURCES ... DEPS ...)
#
# A Google Benchmark program in build/PRESET/bench/, which measures its peers in the same run, and a
# smoke test of it: shortest time, and SUANPAN_BENCH_SMOKE=1, at which a bench takes its smallest
# input. A peer that is not installed is told as absent and fails nothing. A bench reports a wrong
# result by SkipWithError, which the program itself does not turn into an exit code.
function(suanpan_bench name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPS")
  suanpan_program(${name} SOURCES ${arg_SOURCES}
    DEPS ${arg_DEPS} benchmark::benchmark benchmark::benchmark_main)
  target_compile_definitions(${name} PRIVATE
    SUANPAN_SOURCE_DIR="${PROJECT_SOURCE_DIR}" SUANPAN_BINARY_DIR="${PROJECT_BINARY_DIR}")
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bench")
  add_dependencies(suanpan_benches ${name})
  add_test(NAME ${name}_smoke COMMAND ${name} --benchmark_min_time=0.001)
  set_tests_properties(${name}_smoke PROPERTIES LABELS "smoke;rocksdb" TIMEOUT 600
    ENVIRONMENT SUANPAN_BENCH_SMOKE=1 FAIL_REGULAR_EXPRESSION "ERROR OCCURRED")
endfunction()
