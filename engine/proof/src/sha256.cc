// The low-level functions are deprecated since OpenSSL 3.0 but neither removed nor slow: the EVP
// calls of 3.0 cost two to three times as much on messages of an entry's size, because of the
// look-up of the algorithm and the indirection of its context. Only this file asks for the API
// of 1.1.
#define OPENSSL_API_COMPAT 0x10100000L

#include "suanpan/proof/sha256.h"

#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <type_traits>

#include "src/sha256_lanes.h"
#include "src/sha256_wide.h"
#include "suanpan/base/invariant.h"

namespace suanpan::proof {

namespace {

SHA256_CTX* Context(std::array<std::uint8_t, 112>& bytes) {
  static_assert(sizeof(SHA256_CTX) == sizeof bytes && alignof(SHA256_CTX) <= 8);
  static_assert(std::is_trivial_v<SHA256_CTX>);
  return reinterpret_cast<SHA256_CTX*>(bytes.data());
}

void Start(SHA256_CTX& context, HashTag tag) {
  SHA256_Init(&context);
  SHA256_Update(&context, &tag, 1);
}

Hash32 End(SHA256_CTX& context) {
  Hash32 hash;
  SHA256_Final(hash.bytes.data(), &context);
  return hash;
}

/// As many as a piece of 256 leaves has (tree.cc).
constexpr std::size_t kPairsTogether = 128;

/// hashes[i] = SHA-256(tag || messages[i]).
void HashMany(HashTag tag, std::span<const ByteSpan> messages, std::span<Hash32> hashes,
              HashWay way) {
  SUANPAN_INVARIANT(messages.size() == hashes.size() && CanHash(way));
  if (way == HashWay::kSixteenAtATime) return HashWide(tag, messages, hashes);
  if (way == HashWay::kTwoAtATime) return HashLanes(tag, messages, hashes);
  for (std::size_t i = 0; i < messages.size(); ++i) hashes[i] = TaggedHash(tag, {messages[i]});
}

}  // namespace

Sha256Hasher::Sha256Hasher() { Reset(); }

void Sha256Hasher::Reset() { SUANPAN_INVARIANT(SHA256_Init(Context(context_)) == 1); }

void Sha256Hasher::Update(ByteSpan bytes) {
  SHA256_Update(Context(context_), bytes.data(), bytes.size());
}

void Sha256Hasher::Update(HashTag tag) { SHA256_Update(Context(context_), &tag, 1); }

Hash32 Sha256Hasher::Finish() {
  const Hash32 hash = End(*Context(context_));
  Reset();
  return hash;
}

Hash32 Sha256(ByteSpan bytes) {
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, bytes.data(), bytes.size());
  return End(context);
}

Hash32 LeafHash(ByteSpan entry) {
  SHA256_CTX context;
  Start(context, HashTag::kLeaf);
  SHA256_Update(&context, entry.data(), entry.size());
  return End(context);
}

Hash32 NodeHash(const Hash32& left, const Hash32& right) {
  return NodeHash(HashTag::kNode, left, right);
}

Hash32 NodeHash(HashTag tag, const Hash32& left, const Hash32& right) {
  SHA256_CTX context;
  Start(context, tag);
  SHA256_Update(&context, left.bytes.data(), left.bytes.size());
  SHA256_Update(&context, right.bytes.data(), right.bytes.size());
  return End(context);
}

bool CanHash(HashWay way) {
  switch (way) {
    case HashWay::kOneByOne:
      return true;
    case HashWay::kTwoAtATime:
      return HaveShaLanes();
    case HashWay::kSixteenAtATime:
      return HaveWideSha();
  }
  return false;
}

HashWay HashWayFor(std::size_t messages) {
  if (messages >= kWideMessagesMin && HaveWideSha()) return HashWay::kSixteenAtATime;
  return HaveShaLanes() ? HashWay::kTwoAtATime : HashWay::kOneByOne;
}

void LeafHashes(std::span<const ByteSpan> entries, std::span<Hash32> leaves, HashWay way) {
  HashMany(HashTag::kLeaf, entries, leaves, way);
}

void NodeHashes(HashTag tag, std::span<const Hash32> children, std::span<Hash32> parents,
                HashWay way) {
  SUANPAN_INVARIANT(children.size() == 2 * parents.size());
  static_assert(sizeof(Hash32) == 32, "two neighbours are 64 bytes without a gap");
  std::array<ByteSpan, kPairsTogether> pairs;
  for (std::size_t begin = 0; begin < parents.size(); begin += kPairsTogether) {
    const std::size_t count = std::min(kPairsTogether, parents.size() - begin);
    for (std::size_t i = 0; i < count; ++i)
      pairs.at(i) = {children[2 * (begin + i)].bytes.data(), 2 * sizeof(Hash32)};
    HashMany(tag, std::span{pairs}.first(count), parents.subspan(begin, count), way);
  }
}

Hash32 TaggedHash(HashTag tag, std::initializer_list<ByteSpan> parts) {
  SHA256_CTX context;
  Start(context, tag);
  for (const ByteSpan part : parts) SHA256_Update(&context, part.data(), part.size());
  return End(context);
}

const Hash32& EmptyRoot() {
  static const Hash32 root = Sha256({});
  return root;
}

}  // namespace suanpan::proof
