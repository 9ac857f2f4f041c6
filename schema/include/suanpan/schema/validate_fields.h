#pragma once

// The visitor that checks every field of a value against its own rule: for typed commands before
// deciding, and for stored events in an audit. JSON commands were checked while they were read,
// against the same rules (field_rules.h).

#include <fmt/format.h>

#include "suanpan/schema/account_key.h"
#include "suanpan/schema/field_rules.h"

namespace suanpan::schema {

class FieldValidator {
 public:
  /// What is checked: a command may point at its own facts ("#n"), a stored event may not.
  enum class Of : std::uint8_t { kCommand, kStored };

  FieldValidator(const NameReader& names, Of of) : names_(names), of_(of) {}

  /// The first fault found, or nothing.
  [[nodiscard]] const std::optional<Refusal>& fault() const { return fault_; }

  void Computed() { computed_ = true; }
  void Name(std::string_view label, NameId id, Grammar grammar, Need need) {
    if (id.value() == 0) return Required(label, need);
    if (!Obeys(names_.TextOf(id), grammar)) Fail(RefusalCode::bad_field, label);
  }
  void NameStated(std::string_view label, NameId id, Grammar grammar, unsigned flags,
                  unsigned mask) {
    if (id.value() == 0) {
      if (Has(flags, mask)) Fail(RefusalCode::bad_field, label);
    } else if (!Obeys(names_.TextOf(id), grammar)) {
      Fail(RefusalCode::bad_field, label);
    }
  }
  template <class U>
  void Amount(std::string_view label, suanpan::Amount<U> amount, Sign sign, Need need) {
    if (need == Need::kOptional && amount.value() == 0) return;
    if (const auto code = CheckSign(amount.value(), sign)) Fail(*code, label);
  }
  template <class U>
  void AmountStated(std::string_view label, suanpan::Amount<U> amount, Sign sign, unsigned,
                    unsigned) {
    if (const auto code = CheckSign(amount.value(), sign)) Fail(*code, label);
  }
  template <class T>
  void Count(std::string_view label, T value, Range range, Need) {
    if (value < range.min || value > range.max) Fail(RefusalCode::bad_field, label);
  }
  template <class T>
  void CountStated(std::string_view label, T value, Range range, unsigned, unsigned) {
    if (value < range.min || value > range.max) Fail(RefusalCode::bad_field, label);
  }
  template <class U>
  void AmountIf(std::string_view label, suanpan::Amount<U> amount, Sign sign, unsigned flags,
                unsigned mask) {
    if (Has(flags, mask)) return AmountStated(label, amount, sign, flags, mask);
    if (amount.value() != 0) Fail(RefusalCode::bad_field, label);
  }
  template <class T>
  void CountIf(std::string_view label, T value, Range range, unsigned flags, unsigned mask) {
    if (Has(flags, mask)) return CountStated(label, value, range, flags, mask);
    if (value != 0) Fail(RefusalCode::bad_field, label);
  }
  void Flag(std::string_view, unsigned, unsigned) {}
  void Account(std::string_view label, std::uint8_t of, Pot pot, NameId owner, NameId detail) {
    if (!IsAccount({static_cast<AccountClass>(of), pot, owner, detail}))
      Fail(RefusalCode::bad_field, label);
  }
  void Bytes(std::string_view label, std::string_view bytes, std::size_t max) {
    if (bytes.size() > max) Fail(RefusalCode::bad_field, label);
  }
  void Number(std::string_view label, NameId id) {
    if (id.value() == 0) Fail(RefusalCode::bad_field, label);
  }
  void Text(std::string_view label, std::string_view text) {
    if (!IsName(text)) Fail(RefusalCode::bad_field, label);
  }
  void Enum(std::string_view label, std::uint8_t value, Words words, Need need) {
    if (value == 0) return Required(label, need);
    if (value > words.size()) Fail(RefusalCode::bad_field, label);
  }
  void WordSet(std::string_view label, std::uint8_t bits, Words words, Need need) {
    Enum(label, static_cast<std::uint8_t>(bits >> words.size() != 0 ? 0xffU : bits != 0), words,
         need);
  }
  void Bool(std::string_view label, std::uint8_t value, Need need) {
    Enum(label, value, kBoolWords, need);
  }
  void Time(std::string_view label, const StatedTime& time, Need need) {
    if (!TimeIsGood(time)) return Fail(RefusalCode::bad_field, label);
    if (time.seconds == 0) Required(label, need);
  }
  void Day(std::string_view label, Date date, Need need) {
    if (date.value() == 0) Required(label, need);
  }
  void Period(std::string_view label, Month month, Need need) {
    if (month.value() == 0) return Required(label, need);
    if (!PeriodIsGood(month)) Fail(RefusalCode::bad_field, label);
  }
  void Event(std::string_view label, Address address, Need need) {
    if (address.none()) return Required(label, need);
    if (!IsGood(address)) Fail(RefusalCode::bad_field, label);
  }
  void Events(std::string_view label, std::span<const Address> list, std::size_t max) {
    if (list.size() > max) return Fail(RefusalCode::bad_field, label);
    for (const Address address : list) {
      if (!IsGood(address)) Fail(RefusalCode::bad_field, label);
    }
  }
  void EventsStated(std::string_view label, std::span<const Address> list, std::size_t max,
                    unsigned flags, unsigned mask) {
    if (Has(flags, mask) && list.empty()) Fail(RefusalCode::bad_field, label);
    Events(label, list, max);
  }
  void Token(std::string_view label, std::string_view token, Need need) {
    if (token.empty()) return Required(label, need);
    if (!IsToken(token)) Fail(RefusalCode::bad_field, label);
  }
  void Label(std::string_view label, std::string_view text, Need need) {
    if (text.empty()) return Required(label, need);
    if (!IsLabel(text)) Fail(RefusalCode::bad_field, label);
  }
  void Digest(std::string_view label, const DigestField& digest, Need need) {
    if (!digest) Required(label, need);
  }
  void Digests(std::string_view label, std::span<const Hash32> digests, std::size_t max) {
    if (digests.size() > max) Fail(RefusalCode::bad_field, label);
  }
  void Ratio(std::string_view label, Rate rate, RateLimit limit, Need need) {
    if (rate.m == 0 && rate.n == 0) return Required(label, need);
    if (!RateIsGood(rate, limit)) Fail(RefusalCode::bad_field, label);
  }
  void PotOf(std::string_view label, Pot pot, Need need) {
    if (pot.none() && pot.source == 0) return Required(label, need);
    if (ToText(pot).empty()) Fail(RefusalCode::bad_field, label);
  }
  void PotStated(std::string_view label, Pot pot, unsigned flags, unsigned mask) {
    PotOf(label, pot, Has(flags, mask) ? Need::kRequired : Need::kOptional);
  }
  void Names(std::string_view label, std::span<const NameId> list, Grammar grammar, std::size_t max,
             Need need) {
    if (list.empty()) return Required(label, need);
    if (list.size() > max) return Fail(RefusalCode::bad_field, label);
    for (const NameId id : list) {
      if (!Obeys(names_.TextOf(id), grammar)) Fail(RefusalCode::bad_field, label);
    }
  }
  void Periods(std::string_view label, std::span<const Month> list, std::size_t max) {
    if (list.size() > max) Fail(RefusalCode::bad_field, label);
    for (const Month month : list) Period(label, month, Need::kRequired);
  }
  void SourceDoc(NameId series, std::string_view number);
  void Irregular(std::uint64_t bits);
  template <class Row>
  void Rows(std::string_view label, std::span<const Row> rows, std::size_t max, Need need) {
    if (rows.empty() && need == Need::kRequired) return Fail(RefusalCode::bad_field, label);
    if (rows.size() > max) return Fail(RefusalCode::bad_field, label);
    for (std::size_t i = 0; i < rows.size() && !fault_; ++i) {
      Nested(fmt::runtime("{}[{}].{}"), rows[i], label, i);
    }
  }
  template <class Sub>
  void Object(std::string_view label, const Sub& sub, Need) {
    if constexpr (requires { sub.empty(); }) {
      if (sub.empty()) return;
    }
    Nested(fmt::runtime("{}.{}"), sub, label);
  }

 private:
  [[nodiscard]] bool IsGood(Address address) const {
    return AddressIsStored(address) || (of_ == Of::kCommand && IsLocal(address));
  }
  template <class Sub, class... Args>
  void Nested(auto format, const Sub& sub, const Args&... args) {
    if (fault_ || IsAbsent()) return;
    FieldValidator inner{names_, of_};
    Sub::Describe(inner, sub);
    if (!inner.fault_) return;
    fault_ = std::move(inner.fault_);
    fault_->field = fmt::format(format, args..., fault_->field);
  }
  void Required(std::string_view label, Need need) {
    if (need == Need::kRequired) Fail(RefusalCode::missing_field, label);
  }
  void Fail(RefusalCode code, std::string_view label) {
    if (!fault_ && !IsAbsent()) fault_ = Refuse(code, label);
  }
  /// In a command the engine's own fields have no value yet.
  [[nodiscard]] bool IsAbsent() const { return computed_ && of_ == Of::kCommand; }

  const NameReader& names_;
  Of of_;
  bool computed_ = false;
  std::optional<Refusal> fault_;
};

}  // namespace suanpan::schema
