#pragma once

// What the auditor brings: log keys, witnesses and the quorum, from a key or a policy file.

#include <optional>
#include <string>
#include <vector>

#include "suanpan/audit/policy.h"
#include "suanpan/audit/verify.h"
#include "suanpan/proof/key.h"

namespace suanpan::audit {

struct Pins {
  std::vector<proof::VerifierKey> logs;  ///< of directories or single books; empty: none given
  Policy policy;                         ///< without witnesses where none was given

  /// The key for an origin: a pinned one of that name, or a directory's made to serve its book.
  [[nodiscard]] std::optional<proof::VerifierKey> For(const std::string& origin) const;
};

/// kInvalidArgument for a malformed key or policy.
[[nodiscard]] Result<Pins> ReadPins(const VerifyOptions& options);

}  // namespace suanpan::audit
