# Warnings and sanitizers, linked PRIVATE by every target of ours and seen by nobody else.
add_library(suanpan_warnings INTERFACE)
target_compile_options(suanpan_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast
  -Woverloaded-virtual -Wimplicit-fallthrough -Werror
  $<$<CXX_COMPILER_ID:Clang>:-Wthread-safety>
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond>)

# __int128 (products of amounts) and designated initialisers with defaults are part of our language
# on both compilers.
target_compile_options(suanpan_warnings INTERFACE
  $<$<CXX_COMPILER_ID:GNU>:-Wno-missing-field-initializers>
  $<$<CXX_COMPILER_ID:Clang>:-Wno-missing-field-initializers>)

# In optimised builds g++ 12 warns of strings that overlap themselves (its defect 105329) and of
# variants that are never read uninitialised.
target_compile_options(suanpan_warnings INTERFACE
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>:-Wno-restrict;-Wno-maybe-uninitialized>)

add_library(suanpan_sanitize INTERFACE)
if(SUANPAN_FUZZ)
  # Coverage for libFuzzer everywhere; only the drivers link its main (suanpan_fuzz).
  target_compile_options(suanpan_sanitize INTERFACE -fsanitize=fuzzer-no-link)
  target_link_options(suanpan_sanitize INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(SUANPAN_SANITIZE)
  target_compile_options(suanpan_sanitize INTERFACE
    -fsanitize=${SUANPAN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(suanpan_sanitize INTERFACE -fsanitize=${SUANPAN_SANITIZE})
endif()
