#pragma once

// Witnesses of the tests, by number: their keys, and what they sign below a checkpoint.

#include <cstdint>
#include <string>
#include <string_view>

namespace suanpan::audit {

/// The verifier key of witness n, whose name is "witness<n>".
[[nodiscard]] std::string WitnessKey(std::uint8_t n);
/// The line by which witness n cosigns the text of a checkpoint at a time.
[[nodiscard]] std::string CosignatureLine(std::uint8_t n, std::uint64_t time_s,
                                          std::string_view text);

}  // namespace suanpan::audit
