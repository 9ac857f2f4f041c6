#pragma once

// A message cut into the blocks of SHA-256, for code that hashes several at a time.

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "suanpan/base/bytes.h"
#include "suanpan/proof/sha256.h"

namespace suanpan::proof {

inline constexpr std::size_t kSha256Block = 64;

/// The round constants (FIPS 180-4 section 4.2.2).
alignas(64) inline constexpr std::array<std::uint32_t, 64> kSha256Rounds = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/// The initial hash value (FIPS 180-4 section 5.3.3), words A to H.
inline constexpr std::array<std::uint32_t, 8> kSha256Initial = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

/// Hands out the blocks of tag || bytes || padding (FIPS 180-4 section 5.1.1): those inside the
/// bytes in place, the first and the last from a buffer of its own.
class Sha256Message {
 public:
  void Start(HashTag tag, ByteSpan bytes) {
    tag_ = tag;
    bytes_ = bytes;
    next_ = 0;
    end_ = (1 + bytes.size() + 1 + sizeof(std::uint64_t) + kSha256Block - 1) / kSha256Block;
  }
  /// Not called once done; valid until the next call.
  [[nodiscard]] const std::uint8_t* NextBlock() {
    const std::size_t begin = kSha256Block * next_++;  // in the message, of which byte 0 is the tag
    const std::size_t size = 1 + bytes_.size();
    if (begin != 0 && begin + kSha256Block <= size) return bytes_.data() + begin - 1;
    buffer_.fill(0);
    const std::size_t tag_bytes = begin == 0 ? 1 : 0;
    if (begin == 0) buffer_[0] = static_cast<std::uint8_t>(tag_);
    if (begin + tag_bytes < size) {
      const std::size_t count = std::min(kSha256Block, size - begin) - tag_bytes;
      std::memcpy(buffer_.data() + tag_bytes, bytes_.data() + (begin + tag_bytes - 1), count);
    }
    if (begin <= size && size < begin + kSha256Block) buffer_[size - begin] = 0x80;
    if (next_ == end_) {
      const std::uint64_t bits = __builtin_bswap64(8 * static_cast<std::uint64_t>(size));
      std::memcpy(buffer_.data() + kSha256Block - sizeof bits, &bits, sizeof bits);
    }
    return buffer_.data();
  }
  [[nodiscard]] bool done() const { return next_ == end_; }

 private:
  alignas(16) std::array<std::uint8_t, kSha256Block> buffer_;
  ByteSpan bytes_;
  std::size_t next_ = 0;  ///< block
  std::size_t end_ = 0;
  HashTag tag_ = HashTag::kLeaf;
};

/// The hash that the words A to H are.
[[nodiscard]] inline Hash32 HashOfWords(const std::array<std::uint32_t, 8>& words) {
  Hash32 hash;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::uint32_t big = __builtin_bswap32(words[i]);
    std::memcpy(hash.bytes.data() + 4 * i, &big, sizeof big);
  }
  return hash;
}

}  // namespace suanpan::proof
