# suanpan_test(NAME LABELS ... SOURCES ... DEPS ...)
#
# One test program = one CTest test. LABELS: unit, scenario, cli, property, fault, smoke, slow, lint; add `rocksdb`
# where the test touches RocksDB, so that the tsan run can leave it out.
function(suanpan_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LABELS;SOURCES;DEPS")
  suanpan_program(${name} SOURCES ${arg_SOURCES} DEPS ${arg_DEPS} GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE
    SUANPAN_SOURCE_DIR="${PROJECT_SOURCE_DIR}" SUANPAN_BINARY_DIR="${PROJECT_BINARY_DIR}")
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 600)
endfunction()
