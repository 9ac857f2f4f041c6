#include "src/sha256_lanes.h"

#include <cstring>

#include "suanpan/base/invariant.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace suanpan::proof {

#if defined(__x86_64__)

namespace {

constexpr std::size_t kBlock = 64;

/// The round constants (FIPS 180-4 section 4.2.2), four to a vector.
alignas(16) constexpr std::array<std::uint32_t, 64> kRound = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/// A running hash as the instructions hold it: words A B E F and C D G H, the first named highest.
struct State {
  alignas(16) std::array<std::uint32_t, 4> abef;
  alignas(16) std::array<std::uint32_t, 4> cdgh;
};

/// The initial hash value (FIPS 180-4 section 5.3.3), words A to H.
constexpr State kInitial = {{0x9b05688c, 0x510e527f, 0xbb67ae85, 0x6a09e667},
                            {0x5be0cd19, 0x1f83d9ab, 0xa54ff53a, 0x3c6ef372}};

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
      word, _mm_load_si128(reinterpret_cast<const __m128i*>(kRound.data() + 4 * group)));
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

/// A message on its way: hands out its blocks, the tag before its bytes and the padding behind.
class Message {
 public:
  void Start(HashTag tag, ByteSpan bytes, Hash32* hash) {
    state_ = kInitial;
    tag_ = tag;
    bytes_ = bytes;
    hash_ = hash;
    next_ = 0;
    end_ = (1 + bytes.size() + 1 + sizeof(std::uint64_t) + kBlock - 1) / kBlock;
  }
  /// Valid until the next call.
  const std::uint8_t* NextBlock() {
    const std::size_t begin = kBlock * next_++;  // in the message, of which byte 0 is the tag
    const std::size_t size = 1 + bytes_.size();
    if (begin != 0 && begin + kBlock <= size) return bytes_.data() + begin - 1;
    buffer_.fill(0);
    const std::size_t skip = begin == 0 ? 1 : 0;
    if (begin == 0) buffer_[0] = static_cast<std::uint8_t>(tag_);
    if (begin + skip < size) {
      const std::size_t count = std::min(kBlock, size - begin) - skip;
      std::memcpy(buffer_.data() + skip, bytes_.data() + (begin + skip - 1), count);
    }
    if (begin <= size && size < begin + kBlock) buffer_[size - begin] = 0x80;
    if (next_ == end_) {
      const std::uint64_t bits = __builtin_bswap64(8 * static_cast<std::uint64_t>(size));
      std::memcpy(buffer_.data() + kBlock - sizeof bits, &bits, sizeof bits);
    }
    return buffer_.data();
  }
  [[nodiscard]] bool done() const { return next_ == end_; }
  void Finish() {
    const std::array<std::uint32_t, 8> words = {state_.abef[3], state_.abef[2], state_.cdgh[3],
                                                state_.cdgh[2], state_.abef[1], state_.abef[0],
                                                state_.cdgh[1], state_.cdgh[0]};
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::uint32_t big = __builtin_bswap32(words[i]);
      std::memcpy(hash_->bytes.data() + 4 * i, &big, sizeof big);
    }
  }
  [[nodiscard]] State& state() { return state_; }

 private:
  State state_;
  alignas(16) std::array<std::uint8_t, kBlock> buffer_;
  ByteSpan bytes_;
  Hash32* hash_ = nullptr;
  std::size_t next_ = 0;  ///< block
  std::size_t end_ = 0;
  HashTag tag_ = HashTag::kLeaf;
};

/// Two lanes over `count` messages, the i-th of which is `bytes_of(i)`: a lane that is done takes
/// the next, so that messages of any lengths keep both busy until the last.
template <class BytesOf>
void HashAll(HashTag tag, std::size_t count, const BytesOf& bytes_of, std::span<Hash32> hashes) {
  std::array<Message, 2> lanes;
  std::size_t started = 0;
  const auto start = [&](Message& lane) {
    if (started == count) return false;
    lane.Start(tag, bytes_of(started), &hashes[started]);
    ++started;
    return true;
  };
  auto& [first, second] = lanes;
  bool first_runs = start(first);
  bool second_runs = start(second);
  while (first_runs && second_runs) {
    const std::uint8_t* const block = first.NextBlock();
    MixTwo(first.state(), block, second.state(), second.NextBlock());
    if (first.done()) first.Finish(), first_runs = start(first);
    if (second.done()) second.Finish(), second_runs = start(second);
  }
  if (!first_runs && !second_runs) return;
  Message& last = first_runs ? first : second;
  while (!last.done()) MixOne(last.state(), last.NextBlock());
  last.Finish();
}

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

void HashLanes(HashTag tag, std::span<const ByteSpan> messages, std::span<Hash32> hashes) {
  SUANPAN_INVARIANT(messages.size() == hashes.size());
  HashAll(
      tag, messages.size(), [&](std::size_t i) { return messages[i]; }, hashes);
}

void HashPairs(HashTag tag, std::span<const Hash32> children, std::span<Hash32> parents) {
  SUANPAN_INVARIANT(children.size() == 2 * parents.size());
  static_assert(sizeof(Hash32) == 32, "two neighbours are 64 bytes without a gap");
  const auto pair = [&](std::size_t i) {
    return ByteSpan{children[2 * i].bytes.data(), 2 * sizeof(Hash32)};
  };
  HashAll(tag, parents.size(), pair, parents);
}

#else

bool HaveShaLanes() { return false; }

void HashLanes(HashTag, std::span<const ByteSpan>, std::span<Hash32>) {
  SUANPAN_INVARIANT(false, "no SHA extensions here");
}

void HashPairs(HashTag, std::span<const Hash32>, std::span<Hash32>) {
  SUANPAN_INVARIANT(false, "no SHA extensions here");
}

#endif

}  // namespace suanpan::proof
