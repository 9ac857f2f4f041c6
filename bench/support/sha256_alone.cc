#include "support/sha256_alone.h"

// The functions that take a context by value are faster than their successors, and deprecated.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#include <chrono>
#include <cstring>

namespace suanpan::bench {
namespace {

using Digest = std::array<std::uint8_t, 32>;

Digest HashLeaf(std::string_view entry) {
  constexpr std::uint8_t kTag = 0;
  ::SHA256_CTX context;
  Digest digest;
  ::SHA256_Init(&context);
  ::SHA256_Update(&context, &kTag, 1);
  ::SHA256_Update(&context, entry.data(), entry.size());
  ::SHA256_Final(digest.data(), &context);
  return digest;
}

Digest HashNode(const Digest& left, const Digest& right) {
  std::array<std::uint8_t, 65> message{1};
  std::memcpy(message.data() + 1, left.data(), 32);
  std::memcpy(message.data() + 33, right.data(), 32);
  ::SHA256_CTX context;
  Digest digest;
  ::SHA256_Init(&context);
  ::SHA256_Update(&context, message.data(), message.size());
  ::SHA256_Final(digest.data(), &context);
  return digest;
}

/// Joins the two subtrees at the right edge.
void Join(std::vector<Digest>& edge) {
  const Digest right = edge.back();
  edge.pop_back();
  edge.back() = HashNode(edge.back(), right);
}

}  // namespace

std::string Sha256Alone(std::initializer_list<std::string_view> parts) {
  ::SHA256_CTX context;
  ::SHA256_Init(&context);
  for (const std::string_view part : parts) ::SHA256_Update(&context, part.data(), part.size());
  std::string digest(32, '\0');
  ::SHA256_Final(reinterpret_cast<unsigned char*>(digest.data()), &context);
  return digest;
}

double HashTreeAlone(const std::vector<std::string>& entries, Hash32& root) {
  const auto begin = std::chrono::steady_clock::now();
  std::vector<Digest> edge;
  std::uint64_t size = 0;
  for (const std::string& entry : entries) {
    edge.push_back(HashLeaf(entry));
    for (std::uint64_t rest = ++size; rest % 2 == 0; rest /= 2) Join(edge);
  }
  while (edge.size() > 1) Join(edge);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  if (!edge.empty()) std::memcpy(root.bytes.data(), edge.front().data(), 32);
  return seconds.count();
}

}  // namespace suanpan::bench
