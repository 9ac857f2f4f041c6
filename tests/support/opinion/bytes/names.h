#pragma once

// The names of a book, numbered from 1 as they first occur.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "support/opinion/bytes/slip.h"

namespace suanpan::opinion::bytes {

class Names {
 public:
  explicit Names(Slip slip) : slip_(slip) {}

  /// The number of a name, which gets the next one where it is new; 0 for an empty text.
  std::uint32_t Number(const std::string& name) {
    if (name.empty()) return 0;
    const auto [place, is_new] = numbers_.try_emplace(name, Next());
    if (is_new) texts_.push_back(name);
    return place->second;
  }
  /// In the order of their numbers.
  [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }

 private:
  [[nodiscard]] std::uint32_t Next() const {
    return static_cast<std::uint32_t>(texts_.size()) + (slip_ == Slip::kNamesFromZero ? 0 : 1);
  }

  Slip slip_;
  std::map<std::string, std::uint32_t> numbers_;
  std::vector<std::string> texts_;
};

}  // namespace suanpan::opinion::bytes
