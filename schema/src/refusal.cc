#include "suanpan/schema/refusal.h"

#include <array>

namespace suanpan::schema {
namespace {

struct Named {
  RefusalCode code;
  std::string_view name;
};

constexpr std::array kNames = {
#define X(number, name) Named{RefusalCode::name, #name},
#include "suanpan/schema/refusal_list.inc"
#undef X
};

/// Position = bit of the stored `irregular` word; permanent.
constexpr std::array kIrregular = {RefusalCode::purpose_outside_restriction,
                                   RefusalCode::exceeds_contract,
                                   RefusalCode::exceeds_award,
                                   RefusalCode::exceeds_applied,
                                   RefusalCode::limit_exceeded,
                                   RefusalCode::approval_missing};

}  // namespace

std::string_view ToText(RefusalCode code) {
  for (const Named& named : kNames) {
    if (named.code == code) return named.name;
  }
  return "unnamed_refusal";
}

std::optional<RefusalCode> ParseRefusalCode(std::string_view name) {
  for (const Named& named : kNames) {
    if (named.name == name) return named.code;
  }
  return std::nullopt;
}

std::optional<unsigned> IrregularBit(RefusalCode code) {
  for (unsigned bit = 0; bit < kIrregular.size(); ++bit) {
    if (kIrregular[bit] == code) return bit;
  }
  return std::nullopt;
}

std::optional<RefusalCode> IrregularCode(unsigned bit) {
  if (bit >= kIrregular.size()) return std::nullopt;
  return kIrregular[bit];
}

}  // namespace suanpan::schema
