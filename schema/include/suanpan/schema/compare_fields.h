#pragma once

// The visitor that finds the first field in which two values of one kind differ, in catalogue
// order. Only what a caller states is compared: a repeat of a command is compared with the stored
// facts (architecture.md section 8).

#include <fmt/format.h>

#include <string>

#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

/// Compares the value given at construction with the one it visits. Both must carry ids of the same
/// name table and resolved addresses.
template <class T>
class FieldComparer {
 public:
  FieldComparer(const T& stored, const T& other, std::string& difference)
      : stored_(reinterpret_cast<const char*>(&stored)),
        other_(reinterpret_cast<const char*>(&other)),
        difference_(difference) {}

  void Computed() { computed_ = true; }

  void Name(std::string_view label, const NameId& x, Grammar, Need) { Same(label, x); }
  void NameStated(std::string_view label, const NameId& x, Grammar, const auto& flags,
                  unsigned mask) {
    SameStated(label, x, flags, mask);
  }
  template <class U>
  void Amount(std::string_view label, const suanpan::Amount<U>& x, Sign, Need) {
    Same(label, x);
  }
  template <class U>
  void AmountStated(std::string_view label, const suanpan::Amount<U>& x, Sign, const auto& flags,
                    unsigned mask) {
    SameStated(label, x, flags, mask);
  }
  void Count(std::string_view label, const auto& x, Range, Need) { Same(label, x); }
  void CountStated(std::string_view label, const auto& x, Range, const auto& flags, unsigned mask) {
    SameStated(label, x, flags, mask);
  }
  void AmountIf(std::string_view label, const auto& x, Sign sign, const auto& flags,
                unsigned mask) {
    AmountStated(label, x, sign, flags, mask);
  }
  void CountIf(std::string_view label, const auto& x, Range range, const auto& flags,
               unsigned mask) {
    CountStated(label, x, range, flags, mask);
  }
  void Flag(std::string_view, const auto&, unsigned) {}
  void Account(std::string_view, const auto&, const Pot&, const NameId&, const NameId&) {}
  void Bytes(std::string_view, const std::string_view&, std::size_t) {}
  void Number(std::string_view, const NameId&) {}
  void Text(std::string_view, const std::string_view&) {}
  void Enum(std::string_view label, const std::uint8_t& x, Words, Need) { Same(label, x); }
  void WordSet(std::string_view label, const std::uint8_t& x, Words, Need) { Same(label, x); }
  void Bool(std::string_view label, const std::uint8_t& x, Need) { Same(label, x); }
  void Time(std::string_view label, const StatedTime& x, Need) { Same(label, x); }
  void Day(std::string_view label, const Date& x, Need) { Same(label, x); }
  void Period(std::string_view label, const Month& x, Need) { Same(label, x); }
  void Event(std::string_view label, const Address& x, Need) { Same(label, x); }
  void Events(std::string_view label, const std::span<const Address>& x, std::size_t) {
    SameList(label, x);
  }
  void EventsStated(std::string_view label, const std::span<const Address>& x, std::size_t,
                    const auto& flags, unsigned mask) {
    if (Has(flags, mask) != Has(Twin(flags), mask)) return Differ(label);
    if (Has(flags, mask)) SameList(label, x);
  }
  void Token(std::string_view label, const std::string_view& x, Need) { Same(label, x); }
  void Label(std::string_view label, const std::string_view& x, Need) { Same(label, x); }
  void Digest(std::string_view label, const DigestField& x, Need) { Same(label, x); }
  void Digests(std::string_view label, const std::span<const Hash32>& x, std::size_t) {
    SameList(label, x);
  }
  void Ratio(std::string_view label, const Rate& x, RateLimit, Need) { Same(label, x); }
  void PotOf(std::string_view label, const Pot& x, Need) { Same(label, x); }
  void PotStated(std::string_view label, const Pot& x, const auto& flags, unsigned mask) {
    SameStated(label, x, flags, mask);
  }
  void Names(std::string_view label, const std::span<const NameId>& x, Grammar, std::size_t, Need) {
    SameList(label, x);
  }
  void Periods(std::string_view label, const std::span<const Month>& x, std::size_t) {
    SameList(label, x);
  }
  void SourceDoc(const NameId& series, const std::string_view& number) {
    Same("source_doc.series", series);
    Same("source_doc.number", number);
  }
  void Irregular(const std::uint64_t& bits) { Same("irregular", bits); }

  template <class Row>
  void Rows(std::string_view label, const std::span<const Row>& rows, std::size_t, Need) {
    if (Done()) return;
    const std::span<const Row>& twin = Twin(rows);
    for (std::size_t i = 0; i < rows.size() && i < twin.size() && !Done(); ++i) {
      std::string inner;
      FieldComparer<Row> compare{rows[i], twin[i], inner};
      Row::Describe(compare, rows[i]);
      if (!inner.empty()) difference_ = fmt::format("{}[{}].{}", label, i, inner);
    }
    if (!Done() && rows.size() != twin.size()) {
      difference_ = fmt::format("{}[{}]", label, std::min(rows.size(), twin.size()));
    }
  }
  template <class Sub>
  void Object(std::string_view label, const Sub& sub, Need) {
    if (Done()) return;
    std::string inner;
    FieldComparer<Sub> compare{sub, Twin(sub), inner};
    Sub::Describe(compare, sub);
    if (!inner.empty()) difference_ = fmt::format("{}.{}", label, inner);
  }

 private:
  [[nodiscard]] bool Done() const { return computed_ || !difference_.empty(); }
  /// The same member in the other value.
  template <class M>
  [[nodiscard]] const M& Twin(const M& member) const {
    return *reinterpret_cast<const M*>(other_ + (reinterpret_cast<const char*>(&member) - stored_));
  }
  void Differ(std::string_view label) {
    if (!Done()) difference_ = label;
  }
  template <class M>
  void Same(std::string_view label, const M& member) {
    if (!Done() && !(member == Twin(member))) Differ(label);
  }
  template <class M>
  void SameStated(std::string_view label, const M& member, const auto& flags, unsigned mask) {
    const bool stated = Has(flags, mask);
    if (stated != Has(Twin(flags), mask) || (stated && !(member == Twin(member)))) Differ(label);
  }
  template <class M>
  void SameList(std::string_view label, const std::span<const M>& list) {
    const std::span<const M>& twin = Twin(list);
    if (Done()) return;
    bool same = list.size() == twin.size();
    for (std::size_t i = 0; same && i < list.size(); ++i) same = list[i] == twin[i];
    if (!same) Differ(label);
  }

  const char* stored_;
  const char* other_;
  std::string& difference_;
  bool computed_ = false;
};

}  // namespace suanpan::schema
