#include "src/sha256_lanes.h"

#include "src/sha256_message.h"
#include "suanpan/base/invariant.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace suanpan::proof {

#if defined(__x86_64__)

namespace {

/// A running hash as the instructions hold it: words A B E F and C D G H, the first named highest.
struct State {
  alignas(16) std::array<std::uint32_t, 4> abef;
  alignas(16) std::array<std::uint32_t, 4> cdgh;
};

constexpr State StateOf(const std::array<std::uint32_t, 8>& words) {
  const auto [a, b, c, d, e, f, g, h] = words;
  return {{f, e, b, a}, {h, g, d, c}};
}

/// One message's registers while a block is mixed in.
struct Lane {
  __m128i abef;
  __m128i cdgh;
  __m128i words[4];  ///< of the message schedule, the last sixteen; std::array drops its alignment
};

[[gnu::target("sha,sse4.1"), gnu::always_inline]] inline Lane Load(const State& state,
                                                                   const std::uint8_t* block) {
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  Lane lane;
  lane.abef = _mm_load_si128(reinterpret_cast<const __m128i*>(state.abef.data()));
  lane.cdgh = _mm_load_si128(reinterpret_cast<const __m128i*>(state.cdgh.data()));
  for (int i = 0; i < 4; ++i) {
    const __m128i word = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block) + i);
    lane.words[i] = _mm_shuffle_epi8(word, swap);
  }
  return lane;
}

/// Rounds 4 group to 4 group + 3. From group 4 on the schedule is a step ahead of what was loaded.
[[gnu::target("sha,sse4.1"), gnu::always_inline]] inline void FourRounds(Lane& lane,
                                                                         std::size_t group) {
  __m128i& word = lane.words[group % 4];
  if (group >= 4) {
    const __m128i before = lane.words[(group + 3) % 4];
    const __m128i middle = _mm_alignr_epi8(before, lane.words[(group + 2) % 4], 4);
    word = _mm_sha256msg1_epu32(word, lane.words[(group + 1) % 4]);
    word = _mm_sha256msg2_epu32(_mm_add_epi32(word, middle), before);
  }
  const __m128i mixed = _mm_add_epi32(
      word, _mm_load_si128(reinterpret_cast<const __m128i*>(kSha256Rounds.data() + 4 * group)));
  lane.cdgh = _mm_sha256rnds2_epu32(lane.cdgh, lane.abef, mixed);
  lane.abef = _mm_sha256rnds2_epu32(lane.abef, lane.cdgh, _mm_shuffle_epi32(mixed, 0x0e));
}

[[gnu::target("sha,sse4.1"), gnu::always_inline]] inline void Store(const Lane& lane,
                                                                    State& state) {
  auto* abef = reinterpret_cast<__m128i*>(state.abef.data());
  auto* cdgh = reinterpret_cast<__m128i*>(state.cdgh.data());
  _mm_store_si128(abef, _mm_add_epi32(lane.abef, _mm_load_si128(abef)));
  _mm_store_si128(cdgh, _mm_add_epi32(lane.cdgh, _mm_load_si128(cdgh)));
}

[[gnu::target("sha,sse4.1")]] void MixOne(State& state, const std::uint8_t* block) {
  Lane lane = Load(state, block);
#pragma GCC unroll 16
  for (std::size_t group = 0; group < 16; ++group) FourRounds(lane, group);
  Store(lane, state);
}

[[gnu::target("sha,sse4.1")]] void MixTwo(State& first, const std::uint8_t* first_block,
                                          State& second, const std::uint8_t* second_block) {
  Lane a = Load(first, first_block);
  Lane b = Load(second, second_block);
#pragma GCC unroll 16
  for (std::size_t group = 0; group < 16; ++group) {
    FourRounds(a, group);
    FourRounds(b, group);
  }
  Store(a, first);
  Store(b, second);
}

/// One message on its way.
struct Running {
  Sha256Message message;
  State state;
  Hash32* hash = nullptr;

  void Finish() const {
    const auto [f, e, b, a] = state.abef;
    const auto [h, g, d, c] = state.cdgh;
    *hash = HashOfWords({a, b, c, d, e, f, g, h});
  }
};

}  // namespace

bool HaveShaLanes() {
  static const bool have = [] {
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    const bool base = __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & bit_SSE4_1) != 0;
    return base && __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & bit_SHA) != 0;
  }();
  return have;
}

// A lane that is done takes the next message, so that those of any lengths keep both busy until the
// last.
void HashLanes(HashTag tag, std::span<const ByteSpan> messages, std::span<Hash32> hashes) {
  SUANPAN_INVARIANT(messages.size() == hashes.size());
  std::array<Running, 2> lanes;
  std::size_t started = 0;
  const auto start = [&](Running& lane) {
    if (started == messages.size()) return false;
    lane.message.Start(tag, messages[started]);
    lane.state = StateOf(kSha256Initial);
    lane.hash = &hashes[started++];
    return true;
  };
  auto& [first, second] = lanes;
  bool first_runs = start(first);
  bool second_runs = start(second);
  while (first_runs && second_runs) {
    const std::uint8_t* const block = first.message.NextBlock();
    MixTwo(first.state, block, second.state, second.message.NextBlock());
    if (first.message.done()) first.Finish(), first_runs = start(first);
    if (second.message.done()) second.Finish(), second_runs = start(second);
  }
  if (!first_runs && !second_runs) return;
  Running& last = first_runs ? first : second;
  while (!last.message.done()) MixOne(last.state, last.message.NextBlock());
  last.Finish();
}

#else

bool HaveShaLanes() { return false; }

void HashLanes(HashTag, std::span<const ByteSpan>, std::span<Hash32>) {
  SUANPAN_INVARIANT(false, "no SHA extensions here");
}

#endif

}  // namespace suanpan::proof
