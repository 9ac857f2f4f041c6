#pragma once

// Kind 11: names that are used no more (events.md 3.1, section 5). Stored as a table.

#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

inline constexpr std::size_t kErasedMax = 32;  ///< names in one fact
inline constexpr std::size_t kErasureApprovalsMax = 256;

struct SubjectErased {
  static constexpr std::uint16_t kKind = 11;
  static constexpr std::string_view kName = "subject.erased";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kTable;
  static constexpr Origin kOrigin = Origin::kFact;

  std::span<const NameId> subjects;
  NameId reason;
  std::span<const Address> approvals;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Names("subjects", s.subjects, Grammar::kRef, kErasedMax, Need::kRequired);
    v.Name("reason", s.reason, Grammar::kCode, Need::kRequired);
    v.Events("approvals", s.approvals, kErasureApprovalsMax);
  }
};

}  // namespace suanpan::schema
