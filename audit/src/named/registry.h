#pragma once

// All named tests: what they are called, what they ask, and how they are made.

#include <memory>
#include <span>

#include "src/named/named_check.h"

namespace suanpan::audit {

struct CheckKind {
  CheckInfo info;
  std::string_view looked_at;  ///< what its count line counts
  std::unique_ptr<NamedCheck> (*make)(const KnownBook& book);
};

/// By number.
[[nodiscard]] std::span<const CheckKind> CheckKinds();

}  // namespace suanpan::audit
