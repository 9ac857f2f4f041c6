#pragma once

// One event: head, tail and payload (docs/format.md, section 3).

#include <string>

#include "support/opinion/bytes/names.h"
#include "support/opinion/bytes/values.h"

namespace suanpan::opinion::bytes {

/// `occurred_at` of an event that does not state one is that of `cause`, which may be null.
[[nodiscard]] std::string EncodeEvent(const Json& event, const Json* cause, Names& names,
                                      Slip slip);

/// An event of the log itself, with the times of the entry's first event.
[[nodiscard]] std::string EncodeLogEvent(std::uint16_t kind, const Json& first,
                                         const std::string& payload, Slip slip);

}  // namespace suanpan::opinion::bytes
