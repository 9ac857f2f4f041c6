#pragma once

#include <cstdint>

namespace suanpan::instructions {

/// Tells callgrind, under which this program runs with --instr-atstart=no, to count from here on in
/// all threads, or no longer. Nothing happens without callgrind.
///
/// This is the request of <valgrind/callgrind.h>, whose encoding is fixed for each processor: the
/// rotations sum up to none, and nobody else exchanges a register with itself behind them. Made
/// here so that every build has the program and none needs valgrind.
inline void Request(std::uint64_t what) {
#if defined(__x86_64__)
  const std::uint64_t call[] = {
      (std::uint64_t{'C'} << 24U | std::uint64_t{'T'} << 16U) + what, 0, 0, 0, 0, 0};
  std::uint64_t answer = 0;
  __asm__ volatile(
      "rolq $3, %%rdi; rolq $13, %%rdi; rolq $61, %%rdi; rolq $51, %%rdi\n\t"
      "xchgq %%rbx, %%rbx"
      : "+d"(answer)
      : "a"(&call[0])
      : "cc", "memory");
#else
  static_cast<void>(what);
#endif
}

inline void StartCounting() { Request(4); }
inline void StopCounting() { Request(5); }

}  // namespace suanpan::instructions
