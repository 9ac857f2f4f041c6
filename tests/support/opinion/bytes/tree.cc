#include "support/opinion/bytes/tree.h"

#include <openssl/evp.h>

#include <string>

namespace suanpan::opinion::bytes {
namespace {

Hash Sha256(std::string_view bytes) {
  Hash hash{};
  EVP_Digest(bytes.data(), bytes.size(), hash.data(), nullptr, EVP_sha256(), nullptr);
  return hash;
}

std::string TextOf(const Hash& hash) { return {hash.begin(), hash.end()}; }

/// Of the leaves [begin, end), of which there is one at least.
Hash RootBetween(const std::vector<Hash>& leaves, std::size_t begin, std::size_t end) {
  if (end - begin == 1) return leaves[begin];
  std::size_t left = 1;  // the largest power of two below the number of leaves
  while (left * 2 < end - begin) left *= 2;
  return Sha256('\x01' + TextOf(RootBetween(leaves, begin, begin + left)) +
                TextOf(RootBetween(leaves, begin + left, end)));
}

}  // namespace

Hash LeafHash(std::string_view entry) { return Sha256('\0' + std::string{entry}); }

Hash RootOf(const std::vector<Hash>& leaves) {
  return leaves.empty() ? Sha256("") : RootBetween(leaves, 0, leaves.size());
}

}  // namespace suanpan::opinion::bytes
