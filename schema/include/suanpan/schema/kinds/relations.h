#pragma once

// Kinds 5 and 6: dated relations between names. Stored as tables.

#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

enum class RelationType : std::uint8_t {
  kMemberOf = 1,
  kInCategory,
  kInUnit,
  kHoldsRole,
  kRelatedTo,
  kUses,
  kPartnerOf,
  kWorksWith,
  kIncubatedBy,
  kClassified,
  kPilotOf,
  kLocatedAt
};
inline constexpr std::string_view kRelationTypeWords[] = {
    "member_of",  "in_category", "in_unit",      "holds_role", "related_to", "uses",
    "partner_of", "works_with",  "incubated_by", "classified", "pilot_of",   "located_at"};

struct RelationStarted {
  static constexpr std::uint16_t kKind = 5;
  static constexpr std::string_view kName = "relation.started";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kTable;
  static constexpr Origin kOrigin = Origin::kFact;

  std::uint8_t relation = 0;
  NameId from;
  NameId to;
  NameId as;
  Date since;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Enum("relation", s.relation, kRelationTypeWords, Need::kRequired);
    v.Name("from", s.from, Grammar::kRef, Need::kRequired);
    v.Name("to", s.to, Grammar::kRef, Need::kRequired);
    v.Name("as", s.as, Grammar::kCode, Need::kOptional);
    v.Day("since", s.since, Need::kRequired);
  }
};

struct RelationEnded {
  static constexpr std::uint16_t kKind = 6;
  static constexpr std::string_view kName = "relation.ended";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kTable;
  static constexpr Origin kOrigin = Origin::kFact;

  std::uint8_t relation = 0;
  NameId from;
  NameId to;
  Date until;  ///< the last day

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Enum("relation", s.relation, kRelationTypeWords, Need::kRequired);
    v.Name("from", s.from, Grammar::kRef, Need::kRequired);
    v.Name("to", s.to, Grammar::kRef, Need::kRequired);
    v.Day("until", s.until, Need::kRequired);
  }
};

}  // namespace suanpan::schema
