#pragma once

// SHA-256 of many short messages with the SHA extensions of x86, two messages at a time: one
// message's rounds wait for each other, those of two do not. Only sha256.cc decides to use it.

#include <span>

#include "suanpan/base/bytes.h"
#include "suanpan/proof/sha256.h"

namespace suanpan::proof {

/// Whether this processor has what HashLanes needs. Always false on other architectures.
[[nodiscard]] bool HaveShaLanes();

/// hashes[i] = SHA-256(tag || messages[i]), for spans of one length. Only where HaveShaLanes().
/// Allocates nothing.
void HashLanes(HashTag tag, std::span<const ByteSpan> messages, std::span<Hash32> hashes);

}  // namespace suanpan::proof
