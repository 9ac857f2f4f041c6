#pragma once

// The second opinion: RFC 6962 section 2.1 written down as it stands there, slow and recursive,
// over EVP. Shares nothing with the module under test but the type of a hash.

#include <openssl/evp.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "suanpan/base/bytes.h"

namespace suanpan::proof::reference {

inline Hash32 Hash(const std::string& bytes) {
  Hash32 hash;
  EVP_Digest(bytes.data(), bytes.size(), hash.bytes.data(), nullptr, EVP_sha256(), nullptr);
  return hash;
}

inline Hash32 Leaf(const std::string& data) { return Hash(std::string(1, '\0') + data); }

inline Hash32 Node(char tag, const Hash32& left, const Hash32& right) {
  return Hash(tag + std::string{AsText(left.bytes)} + std::string{AsText(right.bytes)});
}

/// The largest power of two below n, n > 1.
inline std::size_t Split(std::size_t n) {
  std::size_t k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

using Leaves = std::span<const Hash32>;

inline Hash32 Root(Leaves d, char tag = '\x01') {
  if (d.empty()) return Hash("");
  if (d.size() == 1) return d[0];
  const std::size_t k = Split(d.size());
  return Node(tag, Root(d.first(k), tag), Root(d.subspan(k), tag));
}

inline std::vector<Hash32> Path(std::size_t m, Leaves d) {
  if (d.size() == 1) return {};
  const std::size_t k = Split(d.size());
  std::vector<Hash32> path = m < k ? Path(m, d.first(k)) : Path(m - k, d.subspan(k));
  path.push_back(m < k ? Root(d.subspan(k)) : Root(d.first(k)));
  return path;
}

inline std::vector<Hash32> SubProof(std::size_t m, Leaves d, bool complete) {
  if (m == d.size()) return complete ? std::vector<Hash32>{} : std::vector<Hash32>{Root(d)};
  const std::size_t k = Split(d.size());
  std::vector<Hash32> proof =
      m <= k ? SubProof(m, d.first(k), complete) : SubProof(m - k, d.subspan(k), false);
  proof.push_back(m <= k ? Root(d.subspan(k)) : Root(d.first(k)));
  return proof;
}

inline std::vector<Hash32> Consistency(std::size_t m, Leaves d) { return SubProof(m, d, true); }

/// Leaf hashes of the entries "entry 0", "entry 1", ...
inline std::vector<Hash32> MakeLeaves(std::size_t count) {
  std::vector<Hash32> leaves;
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(Leaf("entry " + std::to_string(i)));
  return leaves;
}

}  // namespace suanpan::proof::reference
