#pragma once

// NameTable: names and their ids, 1, 2, 3 ... in order of introduction. Used for a book's interned
// names and for the local names of one command. Not synchronised.

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "suanpan/schema/names.h"

namespace suanpan::schema {

class NameTable final : public NameReader {
 public:
  NameTable();

  /// Id of a name, or 0.
  [[nodiscard]] NameId Find(std::string_view text) const;
  /// Id of a name, given one if it is new. The text is copied; views of it stay valid until it is
  /// truncated away.
  NameId Intern(std::string_view text);
  [[nodiscard]] std::string_view TextOf(NameId id) const override {
    return id.value() == 0 || id.value() > views_.size() ? std::string_view{}
                                                         : views_[id.value() - 1];
  }
  [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(views_.size()); }
  /// Texts by id - 1.
  [[nodiscard]] std::span<const std::string_view> texts() const { return views_; }
  /// Forgets the names after the first `count`.
  void Truncate(std::uint32_t count);

 private:
  [[nodiscard]] std::size_t SlotOf(std::string_view text) const;
  void Grow();

  std::deque<std::string> owned_;
  std::vector<std::string_view> views_;
  std::vector<std::uint32_t> slots_;  // id, 0 = free; size a power of two, at most half full
};

}  // namespace suanpan::schema
