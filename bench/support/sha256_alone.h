#pragma once

// SHA-256 by OpenSSL alone, one message after the other, with nothing of ours around it: what an
// audit cannot do without.

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "suanpan/base/bytes.h"

namespace suanpan::bench {

/// Of the parts one after the other; 32 bytes.
[[nodiscard]] std::string Sha256Alone(std::initializer_list<std::string_view> parts);

/// Hashes the leaf of each entry and every node of the tree over them (RFC 6962); seconds that
/// took. `root` gets the tree's.
double HashTreeAlone(const std::vector<std::string>& entries, Hash32& root);

}  // namespace suanpan::bench
