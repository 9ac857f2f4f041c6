#pragma once

#include <cstdint>
#include <cstdlib>

namespace suanpan::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif
#else
inline constexpr bool kSanitized = false;
#endif

/// Whether a test leaves out none of the places it could try, as it does in the slow suite.
[[nodiscard]] inline bool Everywhere() { return std::getenv("SUANPAN_EVERY_BYTE") != nullptr; }

/// One of how many places a test tries: each in the slow suite; a third of the `ordinary` under a
/// sanitizer, which takes many times as long and looks for other faults.
[[nodiscard]] inline std::uint64_t Stride(std::uint64_t ordinary) {
  if (Everywhere()) return 1;
  return kSanitized ? 3 * ordinary : ordinary;
}

/// How many of the cases that Stride() leaves must have come to something, at least.
[[nodiscard]] constexpr int Least(int ordinary) { return kSanitized ? ordinary / 3 : ordinary; }

}  // namespace suanpan::test
