#pragma once

// The tests of sales and donations, a file each.

#include <memory>

#include "src/named/named_check.h"

namespace suanpan::audit {

[[nodiscard]] std::unique_ptr<NamedCheck> MakeComplete(const KnownBook& book);

}  // namespace suanpan::audit
