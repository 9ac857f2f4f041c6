#include "suanpan/engine/key_filter.h"

#include <algorithm>

#include "suanpan/base/bytes.h"

namespace suanpan::engine {
namespace {

constexpr int kBitsOfKey = 6;

/// Spreads every bit of a word over all of it (the finalizer of MurmurHash3, by Austin Appleby).
std::uint64_t Mix(std::uint64_t word) {
  word = (word ^ word >> 33U) * 0xff51'afd7'ed55'8ccdU;
  word = (word ^ word >> 33U) * 0xc4ce'b9fe'1a85'ec53U;
  return word ^ word >> 33U;
}

/// Where a key's bits are: a line, and in it a mask for each of its words.
struct Place {
  std::size_t line = 0;
  std::array<std::uint64_t, 8> masks{};

  Place(BookNo book, NameId source, const Uuid& uuid) {
    const std::uint64_t owner = std::uint64_t{book.value()} << 32U | source.value();
    const std::uint64_t high = LoadLittle<std::uint64_t>(uuid.bytes.data());
    const std::uint64_t low = LoadLittle<std::uint64_t>(uuid.bytes.data() + 8);
    const std::uint64_t first = Mix(Mix(high ^ owner) + low);
    line = first >> 48U;
    std::uint64_t bits = Mix(first);
    for (int i = 0; i < kBitsOfKey; ++i, bits >>= 9U)
      masks[bits >> 6U & 7U] |= std::uint64_t{1} << (bits & 63U);
  }
};

}  // namespace

void KeyFilter::Add(BookNo book, NameId source, const Uuid& uuid) {
  const Place place{book, source, uuid};
  for (std::size_t i = 0; i < place.masks.size(); ++i) lines_[place.line][i] |= place.masks[i];
}

bool KeyFilter::MayHave(BookNo book, NameId source, const Uuid& uuid) const {
  const Place place{book, source, uuid};
  std::uint64_t missing = 0;
  for (std::size_t i = 0; i < place.masks.size(); ++i)
    missing |= place.masks[i] & ~lines_[place.line][i];
  return missing == 0;
}

}  // namespace suanpan::engine
