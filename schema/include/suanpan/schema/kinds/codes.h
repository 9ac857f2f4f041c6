#pragma once

// Kind 7: code lists, dated and in versions. Stored as a table.

#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

enum class CodeList : std::uint8_t {
  kServiceKind = 1,
  kPurpose,
  kSource,
  kCategory,
  kCostKind,
  kItem,
  kReason,
  kSummary,
  kIndicator,
  kDocSeries,
  kOutcome
};
inline constexpr std::string_view kCodeListWords[] = {
    "service_kind", "purpose", "source",    "category",   "cost_kind", "item",
    "reason",       "summary", "indicator", "doc_series", "outcome"};
inline constexpr std::uint32_t kCodeVersionMax = 1'000'000;

struct CodeDefined {
  static constexpr std::uint16_t kKind = 7;
  static constexpr std::string_view kName = "code.defined";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kTable;
  static constexpr Origin kOrigin = Origin::kFact;

  std::uint8_t list = 0;
  NameId code;
  std::string_view label;
  std::uint32_t version = 0;
  Date valid_from;
  Date valid_to;
  NameId group;
  std::uint8_t gapless = 0;  ///< kFalse, kTrue; 0: not stated
  std::uint8_t protect = 0;  ///< `protected`; likewise

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Enum("list", s.list, kCodeListWords, Need::kRequired);
    v.Name("code", s.code, Grammar::kCode, Need::kRequired);
    v.Label("label", s.label, Need::kRequired);
    v.Count("version", s.version, Range{1, kCodeVersionMax}, Need::kRequired);
    v.Day("valid_from", s.valid_from, Need::kRequired);
    v.Day("valid_to", s.valid_to, Need::kOptional);
    v.Name("group", s.group, Grammar::kCode, Need::kOptional);
    v.Bool("gapless", s.gapless, Need::kOptional);
    v.Bool("protected", s.protect, Need::kOptional);
  }
};

}  // namespace suanpan::schema
