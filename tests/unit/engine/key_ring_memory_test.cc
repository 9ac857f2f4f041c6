// What a book's keys take in memory, counted where it is asked for: keys that are not in the index
// yet, and streams, whose number nothing but the callers bounds.

#include <gtest/gtest.h>
#include <malloc.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <new>

#include "suanpan/engine/key_ring.h"

namespace {

std::atomic<std::int64_t> bytes_in_use = 0;

}  // namespace

void* operator new(std::size_t size) {
  void* const made = std::malloc(size);
  if (made == nullptr) throw std::bad_alloc{};
  bytes_in_use += static_cast<std::int64_t>(::malloc_usable_size(made));
  return made;
}
void operator delete(void* made) noexcept {
  bytes_in_use -= static_cast<std::int64_t>(::malloc_usable_size(made));
  std::free(made);
}
void operator delete(void* made, std::size_t) noexcept { operator delete(made); }

namespace suanpan::engine {
namespace {

// The bounds that engine/README.md states.
constexpr std::int64_t kBytesAStream = 256;    ///< that counts up without gaps
constexpr std::int64_t kBytesAnInterval = 16;  ///< of counters, each further one
constexpr std::int64_t kBytesAKey = 256;       ///< until the index has it

/// What `work` leaves in use.
template <class Work>
std::int64_t BytesOf(const Work& work) {
  const std::int64_t before = bytes_in_use;
  work();
  return bytes_in_use - before;
}

BoundKey Counted(std::uint32_t stream, std::uint64_t counter) {
  return {NameId{1}, store::CommandKey::OfStream(NameId{stream}, counter)};
}

TEST(KeyRingMemory, OfStreamsIsSoMuchForEachHoweverFarTheyCount) {
  constexpr std::uint32_t kStreams = 10'000;
  KeyRing ring;
  const auto count_on = [&](std::uint64_t from, std::uint64_t to) {
    return BytesOf([&] {
      for (std::uint32_t stream = 1; stream <= kStreams; ++stream) {
        for (std::uint64_t n = from; n <= to; ++n) ring.Learn(Counted(stream, n));
      }
    });
  };
  const std::int64_t made = count_on(1, 2);
  std::cout << made / kStreams << " bytes a stream\n";
  EXPECT_LE(made, kStreams * kBytesAStream);
  EXPECT_EQ(count_on(3, 50), 0) << "further counters cost nothing";
}

TEST(KeyRingMemory, OfAStreamWithGapsIsBounded) {
  constexpr auto kMax = static_cast<std::int64_t>(store::CounterSet::kIntervalsMax);
  KeyRing ring;
  std::int64_t most = 0;
  const std::int64_t before = bytes_in_use;
  for (std::uint64_t n = 1; n <= 4 * store::CounterSet::kIntervalsMax; ++n) {
    ring.Learn(Counted(1, 2 * n));
    most = std::max(most, bytes_in_use - before);
  }
  std::cout << most << " bytes at most\n";
  EXPECT_LE(most, kBytesAStream + kMax * kBytesAnInterval + 2 * 4096) << "in whole pages";
  EXPECT_GE(most, kMax * kBytesAnInterval / 2) << "or the gaps were none";
}

TEST(KeyRingMemory, OfKeysIsGivenBackWhenTheIndexHasThem) {
  constexpr std::uint64_t kKeys = 100'000;
  KeyRing ring;
  std::uint64_t seq = 0;
  const auto bind = [&] {
    return BytesOf([&] {
      for (std::uint64_t n = 0; n < kKeys; ++n, ++seq) ring.Bind(Counted(1, seq), Seq{seq + 1});
    });
  };
  const std::int64_t bound = bind();
  std::cout << bound / static_cast<std::int64_t>(kKeys) << " bytes a key\n";
  EXPECT_LE(bound, static_cast<std::int64_t>(kKeys) * kBytesAKey);
  ring.Trim(Seq{seq});
  // The table that they were in stays: of pointers, for the most there ever were.
  const std::int64_t kept = BytesOf([&] {
    for (int round = 0; round < 5; ++round) {
      (void)bind();
      ring.Trim(Seq{seq});
    }
  });
  EXPECT_LE(kept, 4096) << "rounds of keys leave nothing behind";
}

}  // namespace
}  // namespace suanpan::engine
