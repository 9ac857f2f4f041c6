# suanpan_library(NAME HEADERS ... SOURCES ... DEPS ... PRIVATE_DEPS ...)
#
# One module: target suanpan_NAME, alias suanpan::NAME, public headers below include/, C++20 without
# extensions; its own headers are included as "src/...". HEADERS are checked alone by
# all_verify_interface_header_sets. A module without SOURCES is an interface library.
function(suanpan_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "HEADERS;SOURCES;DEPS;PRIVATE_DEPS")
  set(target suanpan_${name})
  if(arg_SOURCES)
    add_library(${target} STATIC ${arg_SOURCES})
    set(scope PUBLIC)
    target_include_directories(${target} PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
    target_link_libraries(${target} PRIVATE suanpan_warnings ${arg_PRIVATE_DEPS})
    set_target_properties(${target} PROPERTIES LINKER_LANGUAGE CXX)
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  add_library(suanpan::${name} ALIAS ${target})
  target_sources(${target} ${scope} FILE_SET HEADERS BASE_DIRS include FILES ${arg_HEADERS})
  target_compile_features(${target} ${scope} cxx_std_20)
  target_link_libraries(${target} ${scope} suanpan_sanitize ${arg_DEPS})
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF VERIFY_INTERFACE_HEADER_SETS ON)
endfunction()

# suanpan_program(TARGET SOURCES ... DEPS ...): an executable of ours.
function(suanpan_program target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPS")
  add_executable(${target} ${arg_SOURCES})
  target_compile_features(${target} PRIVATE cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  target_link_libraries(${target} PRIVATE suanpan_warnings suanpan_sanitize ${arg_DEPS})
endfunction()

# suanpan_precompile(TARGET HEADER...)
#
# The headers that most sources of TARGET read, read once: a third of a build is saved so. A source
# includes what it uses all the same.
function(suanpan_precompile target)
  target_precompile_headers(${target} PRIVATE ${ARGN})
  # g++ 12 forgets then that what it inlines stands in headers of the system, whose strings it
  # believes to be overrun.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow
      -Wno-stringop-overread -Wno-maybe-uninitialized)
  endif()
endfunction()
