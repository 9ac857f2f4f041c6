#include "src/sha256_wide.h"

#include "src/sha256_message.h"
#include "suanpan/base/invariant.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace suanpan::proof {

#if defined(__x86_64__)

// The header of g++ 12 makes its undefined vectors in a way that it warns of itself: by the first
// name with -O2, by the second with -O1. clang knows the first alone.
#pragma GCC diagnostic ignored "-Wuninitialized"
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

namespace {

constexpr std::size_t kLanes = 16;

/// Words A to H of sixteen running hashes: row i has the i-th word of each.
struct WideState {
  alignas(64) std::array<std::array<std::uint32_t, kLanes>, 8> rows;

  void Start(std::size_t lane) {
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i][lane] = kSha256Initial[i];
  }
  [[nodiscard]] Hash32 HashOf(std::size_t lane) const {
    std::array<std::uint32_t, 8> words{};
    for (std::size_t i = 0; i < words.size(); ++i) words[i] = rows[i][lane];
    return HashOfWords(words);
  }
};

using Blocks = std::array<const std::uint8_t*, kLanes>;

/// Sixteen vectors; an array of its own, since std::array drops the type's alignment.
struct Rows {
  __m512i at[kLanes];
};

[[gnu::target("avx512f,avx512bw"), gnu::always_inline]] inline __m512i ThreeXor(__m512i a,
                                                                                __m512i b,
                                                                                __m512i c) {
  return _mm512_ternarylogic_epi32(a, b, c, 0x96);
}

// The functions of FIPS 180-4 section 4.1.2.
[[gnu::target("avx512f,avx512bw"), gnu::always_inline]] inline __m512i BigSigma0(__m512i x) {
  return ThreeXor(_mm512_ror_epi32(x, 2), _mm512_ror_epi32(x, 13), _mm512_ror_epi32(x, 22));
}
[[gnu::target("avx512f,avx512bw"), gnu::always_inline]] inline __m512i BigSigma1(__m512i x) {
  return ThreeXor(_mm512_ror_epi32(x, 6), _mm512_ror_epi32(x, 11), _mm512_ror_epi32(x, 25));
}
[[gnu::target("avx512f,avx512bw"), gnu::always_inline]] inline __m512i SmallSigma0(__m512i x) {
  return ThreeXor(_mm512_ror_epi32(x, 7), _mm512_ror_epi32(x, 18), _mm512_srli_epi32(x, 3));
}
[[gnu::target("avx512f,avx512bw"), gnu::always_inline]] inline __m512i SmallSigma1(__m512i x) {
  return ThreeXor(_mm512_ror_epi32(x, 17), _mm512_ror_epi32(x, 19), _mm512_srli_epi32(x, 10));
}
[[gnu::target("avx512f,avx512bw"), gnu::always_inline]] inline __m512i Choose(__m512i x, __m512i y,
                                                                              __m512i z) {
  return _mm512_ternarylogic_epi32(x, y, z, 0xca);
}
[[gnu::target("avx512f,avx512bw"), gnu::always_inline]] inline __m512i Majority(__m512i x,
                                                                                __m512i y,
                                                                                __m512i z) {
  return _mm512_ternarylogic_epi32(x, y, z, 0xe8);
}
[[gnu::target("avx512f,avx512bw"), gnu::always_inline]] inline __m512i Add(__m512i a, __m512i b) {
  return _mm512_add_epi32(a, b);
}

/// Turns sixteen blocks into sixteen rows: row i has the i-th word of each block, big-endian read.
[[gnu::target("avx512f,avx512bw"), gnu::always_inline]] inline Rows Transpose(
    const Blocks& blocks) {
  const __m512i swap =
      _mm512_broadcast_i32x4(_mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203));
  Rows in;
#pragma GCC unroll 16
  for (std::size_t i = 0; i < kLanes; ++i)
    in.at[i] = _mm512_shuffle_epi8(_mm512_loadu_si512(blocks[i]), swap);
  Rows four;  // in each 128-bit part: word j of four blocks
#pragma GCC unroll 4
  for (std::size_t i = 0; i < kLanes; i += 4) {
    const __m512i a = _mm512_unpacklo_epi32(in.at[i], in.at[i + 1]);
    const __m512i b = _mm512_unpackhi_epi32(in.at[i], in.at[i + 1]);
    const __m512i c = _mm512_unpacklo_epi32(in.at[i + 2], in.at[i + 3]);
    const __m512i d = _mm512_unpackhi_epi32(in.at[i + 2], in.at[i + 3]);
    four.at[i] = _mm512_unpacklo_epi64(a, c);
    four.at[i + 1] = _mm512_unpackhi_epi64(a, c);
    four.at[i + 2] = _mm512_unpacklo_epi64(b, d);
    four.at[i + 3] = _mm512_unpackhi_epi64(b, d);
  }
  Rows out;  // part k of four.at[j] has words 4k + j
#pragma GCC unroll 4
  for (std::size_t j = 0; j < 4; ++j) {
    const __m512i a = _mm512_shuffle_i32x4(four.at[j], four.at[4 + j], 0x88);
    const __m512i b = _mm512_shuffle_i32x4(four.at[j], four.at[4 + j], 0xdd);
    const __m512i c = _mm512_shuffle_i32x4(four.at[8 + j], four.at[12 + j], 0x88);
    const __m512i d = _mm512_shuffle_i32x4(four.at[8 + j], four.at[12 + j], 0xdd);
    out.at[j] = _mm512_shuffle_i32x4(a, c, 0x88);
    out.at[4 + j] = _mm512_shuffle_i32x4(b, d, 0x88);
    out.at[8 + j] = _mm512_shuffle_i32x4(a, c, 0xdd);
    out.at[12 + j] = _mm512_shuffle_i32x4(b, d, 0xdd);
  }
  return out;
}

/// Sixteen rounds from `first` on. `rows` has the schedule of the sixteen before, or the block.
[[gnu::target("avx512f,avx512bw"), gnu::always_inline]] inline void SixteenRounds(
    Rows& state, Rows& rows, std::size_t first) {
#pragma GCC unroll 16
  for (std::size_t i = 0; i < kLanes; ++i) {
    __m512i& word = rows.at[i];
    if (first != 0) {
      word = Add(Add(word, SmallSigma0(rows.at[(i + 1) % kLanes])),
                 Add(rows.at[(i + 9) % kLanes], SmallSigma1(rows.at[(i + 14) % kLanes])));
    }
    // Words A to H move up a place each round; here the names do.
    const auto place = [i](std::size_t name) { return (name + 8 * kLanes - i) % 8; };
    const __m512i e = state.at[place(4)];
    const __m512i round = _mm512_set1_epi32(static_cast<int>(kSha256Rounds[first + i]));
    __m512i& h = state.at[place(7)];
    h = Add(Add(Add(h, word), Add(round, BigSigma1(e))),
            Choose(e, state.at[place(5)], state.at[place(6)]));
    state.at[place(3)] = Add(state.at[place(3)], h);
    const __m512i a = state.at[place(0)];
    h = Add(h, Add(BigSigma0(a), Majority(a, state.at[place(1)], state.at[place(2)])));
  }
}

/// Mixes a block into each of the sixteen hashes.
[[gnu::target("avx512f,avx512bw")]] void MixSixteen(WideState& hashes, const Blocks& blocks) {
  Rows rows = Transpose(blocks);
  Rows state;
#pragma GCC unroll 8
  for (std::size_t i = 0; i < 8; ++i) state.at[i] = _mm512_load_si512(hashes.rows[i].data());
  SixteenRounds(state, rows, 0);
  for (std::size_t first = 16; first < 64; first += 16) SixteenRounds(state, rows, first);
#pragma GCC unroll 8
  for (std::size_t i = 0; i < 8; ++i) {
    const __m512i before = _mm512_load_si512(hashes.rows[i].data());
    _mm512_store_si512(hashes.rows[i].data(), Add(state.at[i], before));
  }
}

}  // namespace

bool HaveWideSha() {
  static const bool have =
      __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0;
  return have;
}

// A lane that is done takes the next message. Lanes without one mix in a block that nobody reads.
void HashWide(HashTag tag, std::span<const ByteSpan> messages, std::span<Hash32> hashes) {
  SUANPAN_INVARIANT(messages.size() == hashes.size());
  static constexpr std::array<std::uint8_t, kSha256Block> kNothing{};
  std::array<Sha256Message, kLanes> lanes;
  std::array<Hash32*, kLanes> results{};  // null: the lane has no message
  WideState state{};
  Blocks blocks;
  blocks.fill(kNothing.data());
  std::size_t started = 0;
  std::size_t running = 0;
  const auto start = [&](std::size_t lane) {
    results[lane] = started < messages.size() ? &hashes[started] : nullptr;
    if (started == messages.size()) return blocks[lane] = kNothing.data(), void();
    lanes[lane].Start(tag, messages[started++]);
    state.Start(lane);
    ++running;
  };
  for (std::size_t lane = 0; lane < kLanes; ++lane) start(lane);
  while (running > 0) {
    for (std::size_t lane = 0; lane < kLanes; ++lane)
      if (results[lane] != nullptr) blocks[lane] = lanes[lane].NextBlock();
    MixSixteen(state, blocks);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      if (results[lane] == nullptr || !lanes[lane].done()) continue;
      *results[lane] = state.HashOf(lane);
      --running;
      start(lane);
    }
  }
}

#else

bool HaveWideSha() { return false; }

void HashWide(HashTag, std::span<const ByteSpan>, std::span<Hash32>) {
  SUANPAN_INVARIANT(false, "no AVX-512 here");
}

#endif

}  // namespace suanpan::proof
