#pragma once

// The visitor that lists the refs which a fact states: persons, parties, funds, places. Codes are
// not among them, nor what the engine adds.

#include <fmt/format.h>

#include <string>

#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

/// Is told each ref with the path of its field, such as `lines[0].beneficiary`.
class RefSink {
 public:
  virtual ~RefSink() = default;
  virtual void Ref(const std::string& field, NameId name) = 0;
};

class RefFields {
 public:
  explicit RefFields(RefSink& sink, std::string path = {}) : sink_(sink), path_(std::move(path)) {}

  void Computed() { computed_ = true; }
  void Name(std::string_view label, NameId id, Grammar grammar, Need) {
    if (computed_ || grammar != Grammar::kRef || id.value() == 0) return;
    sink_.Ref(fmt::format("{}{}", path_, label), id);
  }
  void NameStated(std::string_view label, NameId id, Grammar grammar, unsigned flags,
                  unsigned mask) {
    if (Has(flags, mask)) Name(label, id, grammar, Need::kOptional);
  }
  void Names(std::string_view label, std::span<const NameId> list, Grammar grammar, std::size_t,
             Need need) {
    for (std::size_t i = 0; i < list.size(); ++i)
      Name(fmt::format("{}[{}]", label, i), list[i], grammar, need);
  }
  template <class Row>
  void Rows(std::string_view label, std::span<const Row> rows, std::size_t, Need) {
    for (std::size_t i = 0; i < rows.size() && !computed_; ++i) {
      RefFields inner{sink_, fmt::format("{}{}[{}].", path_, label, i)};
      Row::Describe(inner, rows[i]);
    }
  }
  template <class Sub>
  void Object(std::string_view label, const Sub& sub, Need) {
    if (computed_) return;
    RefFields inner{sink_, fmt::format("{}{}.", path_, label)};
    Sub::Describe(inner, sub);
  }

  // Fields without refs.
  template <class... Rest>
  void Event(Rest&&...) {}
  template <class... Rest>
  void Events(Rest&&...) {}
  template <class... Rest>
  void EventsStated(Rest&&...) {}
  template <class... Rest>
  void Account(Rest&&...) {}
  template <class... Rest>
  void Amount(Rest&&...) {}
  template <class... Rest>
  void AmountStated(Rest&&...) {}
  template <class... Rest>
  void AmountIf(Rest&&...) {}
  template <class... Rest>
  void Count(Rest&&...) {}
  template <class... Rest>
  void CountStated(Rest&&...) {}
  template <class... Rest>
  void CountIf(Rest&&...) {}
  template <class... Rest>
  void Flag(Rest&&...) {}
  template <class... Rest>
  void Bytes(Rest&&...) {}
  template <class... Rest>
  void Number(Rest&&...) {}
  template <class... Rest>
  void Text(Rest&&...) {}
  template <class... Rest>
  void Enum(Rest&&...) {}
  template <class... Rest>
  void WordSet(Rest&&...) {}
  template <class... Rest>
  void Bool(Rest&&...) {}
  template <class... Rest>
  void Time(Rest&&...) {}
  template <class... Rest>
  void Day(Rest&&...) {}
  template <class... Rest>
  void Period(Rest&&...) {}
  template <class... Rest>
  void Periods(Rest&&...) {}
  template <class... Rest>
  void Token(Rest&&...) {}
  template <class... Rest>
  void Label(Rest&&...) {}
  template <class... Rest>
  void Digest(Rest&&...) {}
  template <class... Rest>
  void Digests(Rest&&...) {}
  template <class... Rest>
  void Ratio(Rest&&...) {}
  template <class... Rest>
  void PotOf(Rest&&...) {}
  template <class... Rest>
  void PotStated(Rest&&...) {}

 private:
  RefSink& sink_;
  std::string path_;
  bool computed_ = false;
};

}  // namespace suanpan::schema
