#pragma once

// Choices that follow from one number alone, so that a printed step reproduces them.

#include <cstdint>
#include <string>
#include <vector>

namespace suanpan::opinion {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  /// SplitMix64.
  std::uint64_t Next() {
    state_ += 0x9E37'79B9'7F4A'7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58'476D'1CE4'E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D0'49BB'1331'11EBU;
    return z ^ (z >> 31U);
  }
  /// 0 to count - 1.
  int Below(int count) { return static_cast<int>(Next() % static_cast<std::uint64_t>(count)); }
  int Between(int min, int max) { return min + Below(max - min + 1); }
  bool OneIn(int count) { return Below(count) == 0; }

  template <class T>
  const T& Of(const std::vector<T>& list) {
    return list[static_cast<std::size_t>(Below(static_cast<int>(list.size())))];
  }
  std::string Word(const std::vector<std::string>& words) { return Of(words); }

 private:
  std::uint64_t state_;
};

}  // namespace suanpan::opinion
