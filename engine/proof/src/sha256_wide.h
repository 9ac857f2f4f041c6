#pragma once

// SHA-256 of many short messages with AVX-512, sixteen at a time, a message to each 32-bit lane.
// Only sha256.cc decides to use it.

#include <span>

#include "suanpan/base/bytes.h"
#include "suanpan/proof/sha256.h"

namespace suanpan::proof {

/// Fewer messages leave lanes empty: two at a time are then as fast.
inline constexpr std::size_t kWideMessagesMin = 12;

/// Whether this processor, and the system on it, has what HashWide needs. Always false on other
/// architectures.
[[nodiscard]] bool HaveWideSha();

/// hashes[i] = SHA-256(tag || messages[i]), for spans of one length. Only where HaveWideSha().
/// Allocates nothing.
void HashWide(HashTag tag, std::span<const ByteSpan> messages, std::span<Hash32> hashes);

}  // namespace suanpan::proof
