#include "suanpan/engine/key_filter.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <new>

#include "suanpan/base/bytes.h"

namespace suanpan::engine {
namespace {

constexpr int kBitsOfKey = 6;
constexpr std::size_t kLargePage = std::size_t{2} << 20U;

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

KeyFilter::KeyFilter() {
  // On two large pages where the system has them: each look-up goes to another line, and with small
  // pages what is waited for is where they are.
  void* const memory = std::aligned_alloc(kLargePage, kLines * sizeof(Line));
  if (memory == nullptr) throw std::bad_alloc{};
#if defined(MADV_HUGEPAGE)
  (void)::madvise(memory, kLines * sizeof(Line), MADV_HUGEPAGE);
#endif
  lines_.reset(new (memory) Line[kLines]{});
}

void KeyFilter::Release::operator()(Line* lines) const { std::free(lines); }

void KeyFilter::Add(BookNo book, NameId source, const Uuid& uuid) {
  const Place place{book, source, uuid};
  Line& line = lines_[place.line];
  for (std::size_t i = 0; i < place.masks.size(); ++i) line.words[i] |= place.masks[i];
}

void KeyFilter::Prefetch(BookNo book, NameId source, const Uuid& uuid) const {
  __builtin_prefetch(&lines_[Place{book, source, uuid}.line]);
}

bool KeyFilter::MayHave(BookNo book, NameId source, const Uuid& uuid) const {
  const Place place{book, source, uuid};
  const Line& line = lines_[place.line];
  std::uint64_t missing = 0;
  for (std::size_t i = 0; i < place.masks.size(); ++i) missing |= place.masks[i] & ~line.words[i];
  return missing == 0;
}

}  // namespace suanpan::engine
