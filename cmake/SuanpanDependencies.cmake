# Everything foreign, found once. docs/dependencies.md says why each was chosen. Imported targets
# are SYSTEM, so their headers never meet our warnings.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
find_package(OpenSSL 3 REQUIRED COMPONENTS Crypto)
find_package(RocksDB REQUIRED)
find_package(FlatBuffers REQUIRED)
find_package(simdjson REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(ZLIB REQUIRED)
# The prefix keeps these variables apart from those of the find modules that RocksDB brings along.
pkg_check_modules(pc_lz4 REQUIRED IMPORTED_TARGET liblz4)
pkg_check_modules(pc_xxhash REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(pc_re2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(pc_utf8proc REQUIRED IMPORTED_TARGET libutf8proc)

if(SUANPAN_DEVELOPER)
  find_package(GTest REQUIRED)
  find_package(benchmark REQUIRED)
  find_package(rapidcheck REQUIRED)
endif()

# Debian's libcsv ships neither CMake nor pkg-config files.
find_path(SUANPAN_CSV_INCLUDE_DIR csv.h REQUIRED)
find_library(SUANPAN_CSV_LIBRARY csv REQUIRED)
add_library(suanpan_csv UNKNOWN IMPORTED)
set_target_properties(suanpan_csv PROPERTIES
  IMPORTED_LOCATION "${SUANPAN_CSV_LIBRARY}"
  INTERFACE_INCLUDE_DIRECTORIES "${SUANPAN_CSV_INCLUDE_DIR}")
