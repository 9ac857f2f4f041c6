#pragma once

// The visitor that fills a value from a JSON object, strictly (events.md 1.2): unknown and
// duplicate fields, null, wrong types, fractions, exponents and values out of range are faults; the
// first in catalogue order is kept.

#include <memory>
#include <string>

#include "suanpan/base/arena.h"
#include "suanpan/schema/field_rules.h"
#include "suanpan/schema/name_table.h"

namespace suanpan::schema {

class JsonFieldReader {
 public:
  struct Frames;  // objects being read, hidden with the JSON library

  /// Values go to `arena`, names to `names`.
  JsonFieldReader(Arena& arena, NameTable& names, Frames& frames)
      : arena_(arena), names_(names), frames_(frames) {}

  [[nodiscard]] const std::optional<Refusal>& fault() const { return fault_; }

  void Computed() { computed_ = true; }
  void Name(std::string_view label, NameId& id, Grammar grammar, Need need);
  template <class F>
  void NameStated(std::string_view label, NameId& id, Grammar grammar, F& flags, unsigned mask) {
    if (computed_) return;
    Name(label, id, grammar, Need::kOptional);
    if (id.value() != 0) Set(flags, mask);
  }
  template <class U>
  void Amount(std::string_view label, suanpan::Amount<U>& amount, Sign sign, Need need) {
    std::int64_t value = 0;
    if (ReadAmount(label, value, sign, need)) amount = suanpan::Amount<U>{value};
  }
  template <class U, class F>
  void AmountStated(std::string_view label, suanpan::Amount<U>& amount, Sign sign, F& flags,
                    unsigned mask) {
    std::int64_t value = 0;
    if (!ReadAmount(label, value, sign, Need::kOptional)) return;
    amount = suanpan::Amount<U>{value};
    Set(flags, mask);
  }
  template <class T>
  void Count(std::string_view label, T& value, Range range, Need need) {
    std::int64_t wide = 0;
    if (ReadCount(label, wide, range, need)) value = static_cast<T>(wide);
  }
  template <class T, class F>
  void CountStated(std::string_view label, T& value, Range range, F& flags, unsigned mask) {
    std::int64_t wide = 0;
    if (!ReadCount(label, wide, range, Need::kOptional)) return;
    value = static_cast<T>(wide);
    Set(flags, mask);
  }
  template <class U, class F>
  void AmountIf(std::string_view label, suanpan::Amount<U>& amount, Sign sign, F& flags,
                unsigned mask) {
    AmountStated(label, amount, sign, flags, mask);
  }
  template <class T, class F>
  void CountIf(std::string_view label, T& value, Range range, F& flags, unsigned mask) {
    CountStated(label, value, range, flags, mask);
  }
  template <class F>
  void Flag(std::string_view, F&, unsigned) {}
  void Account(std::string_view, std::uint8_t&, Pot&, NameId&, NameId&) {}
  void Bytes(std::string_view, std::string_view&, std::size_t) {}
  void Number(std::string_view, NameId&) {}
  void Text(std::string_view, std::string_view&) {}
  void Enum(std::string_view label, std::uint8_t& value, Words words, Need need);
  void WordSet(std::string_view label, std::uint8_t& bits, Words words, Need need);
  void Bool(std::string_view label, std::uint8_t& value, Need need);
  void Day(std::string_view label, Date& date, Need need);
  void Period(std::string_view label, Month& month, Need need);
  void Event(std::string_view label, Address& address, Need need);
  void Events(std::string_view label, std::span<const Address>& list, std::size_t max);
  template <class F>
  void EventsStated(std::string_view label, std::span<const Address>& list, std::size_t max,
                    F& flags, unsigned mask) {
    Events(label, list, max);
    if (!list.empty()) Set(flags, mask);
  }
  void Token(std::string_view label, std::string_view& token, Need need);
  void Label(std::string_view label, std::string_view& text, Need need);
  void Digest(std::string_view label, DigestField& digest, Need need);
  void Digests(std::string_view label, std::span<const Hash32>& list, std::size_t max);
  void Ratio(std::string_view label, Rate& rate, RateLimit limit, Need need);
  void PotOf(std::string_view label, Pot& pot, Need need);
  template <class F>
  void PotStated(std::string_view label, Pot& pot, F& flags, unsigned mask) {
    PotOf(label, pot, Need::kOptional);
    if (!pot.none()) Set(flags, mask);
  }
  void Names(std::string_view label, std::span<const NameId>& list, Grammar grammar,
             std::size_t max, Need need);
  void Periods(std::string_view label, std::span<const Month>& list, std::size_t max);
  void SourceDoc(NameId& series, std::string_view& number);
  void Irregular(std::uint64_t& bits);

  template <class Row>
  void Rows(std::string_view label, std::span<const Row>& rows, std::size_t max, Need need) {
    std::size_t count = 0;
    if (!EnterArray(label, count, max, need)) return;
    const std::span<Row> made = arena_.Make<Row>(count);
    for (std::size_t i = 0; i < count && EnterElement(i); ++i) {
      Row::Describe(*this, made[i]);
      computed_ = false;
      LeaveObject();
    }
    LeaveArray();
    rows = made;
  }
  template <class Sub>
  void Object(std::string_view label, Sub& sub, Need need) {
    if (!EnterObject(label, need)) return;
    Sub::Describe(*this, sub);
    LeaveObject();
  }
  /// RFC 3339 with offset.
  void Time(std::string_view label, StatedTime& time, Need need);
  /// Ends the current object: a field nobody asked for is unknown_field.
  void LeaveObject();

 private:
  template <class F>
  static void Set(F& flags, unsigned mask) {
    flags = static_cast<F>(flags | mask);
  }
  bool ReadAmount(std::string_view label, std::int64_t& value, Sign sign, Need need);
  bool ReadCount(std::string_view label, std::int64_t& value, Range range, Need need);
  /// A string field; false when it is absent (a fault if required) or of another type (a fault).
  bool ReadText(std::string_view label, std::string_view& text, Need need);
  bool EnterArray(std::string_view label, std::size_t& count, std::size_t max, Need need);
  /// The next element of the innermost array, its `index`-th, which is an object.
  bool EnterElement(std::size_t index);
  void LeaveArray();
  bool EnterObject(std::string_view label, Need need);
  /// Elements of an array of strings.
  bool ReadTexts(std::string_view label, std::span<const std::string_view>& texts, std::size_t max,
                 Need need);
  /// `expected` tells a person what would have been right; it becomes a detail of the refusal.
  void Fail(RefusalCode code, std::string_view label, std::string_view expected = {});

  Arena& arena_;
  NameTable& names_;
  Frames& frames_;
  std::optional<Refusal> fault_;
  bool computed_ = false;
};

}  // namespace suanpan::schema
