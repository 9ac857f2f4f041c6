#pragma once

// NameTable: names and their ids, 1, 2, 3 ... in order of introduction. Used for a book's interned
// names and for the local names of one command. One thread at a time uses it, except that TextOf
// may be asked by others meanwhile for names which they know to stay: those of accepted entries.

#include <array>
#include <atomic>
#include <bit>
#include <cstdint>
#include <deque>
#include <memory>
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
    return id.value() == 0 || id.value() > count() ? std::string_view{} : NameAt(id.value()).text;
  }
  [[nodiscard]] std::uint32_t count() const { return count_.load(std::memory_order_relaxed); }
  /// Forgets the names after the first `count`.
  void Truncate(std::uint32_t count);

 private:
  struct Name {
    std::string_view text;
    std::uint32_t hash = 0;
  };
  struct Slot {
    std::uint32_t id = 0;  // 0 = free
    std::uint32_t hash = 0;
  };
  /// Names are in chunks of 64, 128, 256 ... which stay where they are.
  struct Place {
    std::size_t chunk;
    std::size_t offset;
  };
  static constexpr std::size_t kFirstChunk = 64;

  [[nodiscard]] static Place PlaceOf(std::uint32_t id) {
    const std::size_t number = kFirstChunk + id - 1;
    const auto chunk = static_cast<std::size_t>(std::bit_width(number / kFirstChunk)) - 1;
    return {chunk, number - (kFirstChunk << chunk)};
  }
  [[nodiscard]] const Name& NameAt(std::uint32_t id) const {
    const Place place = PlaceOf(id);
    return chunks_[place.chunk][place.offset];
  }
  [[nodiscard]] Name& NameAt(std::uint32_t id) {
    const Place place = PlaceOf(id);
    return chunks_[place.chunk][place.offset];
  }
  [[nodiscard]] std::size_t SlotOf(std::string_view text, std::uint32_t hash) const;
  void Grow();

  std::deque<std::string> owned_;
  std::array<std::unique_ptr<Name[]>, 27> chunks_;  // enough for every id
  /// Relaxed: whoever knows that a name stays was told so after it was written.
  std::atomic<std::uint32_t> count_ = 0;
  std::vector<Slot> slots_;  // size a power of two, at most half full
};

}  // namespace suanpan::schema
