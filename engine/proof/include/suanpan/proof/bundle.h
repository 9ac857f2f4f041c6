#pragma once

// Entry bundles (C2SP tlog-tiles): up to 256 entries, each uint16 big-endian length || bytes.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "suanpan/base/bytes.h"
#include "suanpan/base/status.h"

namespace suanpan::proof {

/// What the 16-bit length can say.
inline constexpr std::size_t kBundleEntryBytesMax = 65535;

/// Appends one entry; it must not be longer than kBundleEntryBytesMax.
void AppendBundleEntry(std::string& bundle, ByteSpan entry);

/// The entries of a bundle, views into `bundle`. kCorruption unless it holds exactly `count` of
/// them and not a byte more.
[[nodiscard]] Result<std::vector<ByteSpan>> DecodeBundle(ByteSpan bundle, std::uint32_t count);

}  // namespace suanpan::proof
