#pragma once

// Kind 51: what somebody thinks of an order, a pilot or a question. Stored as a table.

#include "suanpan/schema/entry_format.h"
#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

inline constexpr std::size_t kAnswersMax = 256;

struct AssessmentAnswer {
  enum : std::uint8_t { kScoreStated = 1 };
  NameId item;
  Quantity score;
  NameId answer;
  std::uint8_t flags = 0;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("item", s.item, Grammar::kCode, Need::kRequired);
    v.AmountIf("score", s.score, Sign::kNotNegative, s.flags, kScoreStated);
    v.Name("answer", s.answer, Grammar::kCode, Need::kOptional);
  }
};

struct AssessmentRecorded {
  static constexpr std::uint16_t kKind = 51;
  static constexpr std::string_view kName = "assessment.recorded";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kTable;
  static constexpr Origin kOrigin = Origin::kFact;
  enum : std::uint8_t { kTotalStated = 1, kOfStated = 2 };

  NameId template_code;
  NameId about;
  Address concerns;
  NameId respondent;
  std::span<const AssessmentAnswer> answers;
  Quantity total;
  Quantity of;
  std::uint8_t flags = 0;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("template", s.template_code, Grammar::kCode, Need::kRequired);
    v.Name("about", s.about, Grammar::kRef, Need::kRequired);
    v.Event("concerns", s.concerns, Need::kOptional);
    v.Name("respondent", s.respondent, Grammar::kRef, Need::kOptional);
    v.template Rows<AssessmentAnswer>("answers", s.answers, kAnswersMax, Need::kRequired);
    v.AmountIf("total", s.total, Sign::kNotNegative, s.flags, kTotalStated);
    v.AmountIf("of", s.of, Sign::kNotNegative, s.flags, kOfStated);
  }
};

}  // namespace suanpan::schema
