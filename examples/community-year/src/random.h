#pragma once

// Integer random numbers that are equal everywhere: SplitMix64 (public domain, Sebastiano Vigna)
// with multiply-shift reduction. The generators and distributions of the standard library differ
// between libraries and are not used.

#include <cstdint>

namespace suanpan::community_year {

class Random {
 public:
  /// Streams of one seed are independent for practical purposes.
  Random(std::uint64_t seed, std::uint64_t stream) : state_(Mix(seed) ^ Mix(~stream)) {}

  std::uint64_t Next() { return Mix(state_ += kStep); }

  /// 0 .. bound - 1; bound > 0. The bias of at most bound / 2^64 does not matter here.
  std::uint32_t Below(std::uint32_t bound) {
    const auto product = static_cast<UnsignedWide>(Next()) * bound;
    return static_cast<std::uint32_t>(product >> 64U);
  }
  /// low .. high, both included.
  std::int64_t Between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(Below(static_cast<std::uint32_t>(high - low + 1)));
  }
  bool PerMille(std::uint32_t chance) { return Below(1000) < chance; }

 private:
  __extension__ using UnsignedWide = unsigned __int128;
  static constexpr std::uint64_t kStep = 0x9e3779b97f4a7c15U;

  static constexpr std::uint64_t Mix(std::uint64_t z) {
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
  }

  std::uint64_t state_;
};

}  // namespace suanpan::community_year
