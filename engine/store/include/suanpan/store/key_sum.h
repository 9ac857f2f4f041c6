#pragma once

#include <cstdint>

#include "suanpan/store/keys.h"

namespace suanpan::store {

/// A fingerprint of one binding; never 0.
[[nodiscard]] std::uint64_t KeyPrint(const KeyBinding& binding);

/// Digest of a set of bindings that does not depend on their order: the log gives them by sequence,
/// the key index by key. Two sets of bindings that differ by any damage have different sums, but
/// for a chance of 2^-128. No defence against somebody who chooses the bindings: whoever can write
/// to the index can write to the log.
class KeySum {
 public:
  /// Each binding once.
  void Add(const KeyBinding& binding);
  /// Bindings added.
  [[nodiscard]] std::uint64_t count() const { return count_; }

  friend bool operator==(const KeySum&, const KeySum&) = default;

 private:
  std::uint64_t count_ = 0;
  std::uint64_t low_ = 0;
  std::uint64_t high_ = 0;
};

}  // namespace suanpan::store
