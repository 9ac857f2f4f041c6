#pragma once

#include "suanpan/schema/kind_info.h"

namespace suanpan::schema {

/// Whether a fact must name an approval and names none: its kind asks for one, or it sets a refusal
/// aside (events.md 1.1, `approval` and `irregular`). Read from JSON, handed in typed or stored, it
/// is missing_field on `approval`.
[[nodiscard]] inline bool LacksApproval(const KindInfo& kind, const EventCommon& common) {
  return (kind.approval_required || common.irregular != 0) && common.approval.none();
}

}  // namespace suanpan::schema
