// Lists of names, months and refusals, and the source document: read whole, each element in order.

#include <fmt/format.h>

#include "src/expected.h"
#include "src/json_frames.h"
#include "suanpan/schema/json_reader.h"

namespace suanpan::schema {

void JsonFieldReader::Names(std::string_view label, std::span<const NameId>& list, Grammar grammar,
                            std::size_t max, Need need) {
  std::span<const std::string_view> texts;
  if (!ReadTexts(label, texts, max, need)) return;
  const std::span<NameId> made = arena_.Make<NameId>(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (!Obeys(texts[i], grammar)) {
      return Fail(RefusalCode::bad_field, fmt::format("{}[{}]", label, i), ExpectedName(grammar));
    }
    made[i] = names_.Intern(texts[i]);
  }
  list = made;
}

void JsonFieldReader::Periods(std::string_view label, std::span<const Month>& list,
                              std::size_t max) {
  std::span<const std::string_view> texts;
  if (!ReadTexts(label, texts, max, Need::kOptional)) return;
  const std::span<Month> made = arena_.Make<Month>(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::optional<Month> parsed = ParseMonth(texts[i]);
    if (!parsed || !PeriodIsGood(*parsed)) {
      return Fail(RefusalCode::bad_field, fmt::format("{}[{}]", label, i), kExpectedMonth);
    }
    made[i] = *parsed;
  }
  list = made;
}

void JsonFieldReader::SourceDoc(NameId& series, std::string_view& number) {
  if (!EnterObject("source_doc", Need::kOptional)) return;
  Name("series", series, Grammar::kRef, Need::kRequired);
  Token("number", number, Need::kRequired);
  LeaveObject();
}

void JsonFieldReader::Irregular(std::uint64_t& bits) {
  std::span<const std::string_view> texts;
  if (!ReadTexts("irregular", texts, 64, Need::kOptional)) return;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::optional<RefusalCode> code = ParseRefusalCode(texts[i]);
    const std::optional<unsigned> bit = code ? IrregularBit(*code) : std::nullopt;
    const bool twice = bit && (bits >> *bit & 1U) != 0;
    if (!bit || twice) {
      return Fail(RefusalCode::bad_field, fmt::format("irregular[{}]", i),
                  "a refusal that approval can set aside, once");
    }
    bits |= std::uint64_t{1} << *bit;
  }
}

}  // namespace suanpan::schema
