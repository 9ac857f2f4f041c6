#pragma once

// The visitor that writes an event's fields as JSON (events.md 1.5).

#include "suanpan/schema/field_types.h"
#include "suanpan/schema/json_text.h"

namespace suanpan::schema {

/// Writes fields into an open JSON object. With `View::kEvent` defaulted and computed fields are
/// shown; with `View::kCommand` only what the caller stated, so that the command is reproduced;
/// `View::kComputed` shows only what the engine filled in (answers).
class JsonFieldWriter {
 public:
  enum class View { kEvent, kCommand, kComputed };

  JsonFieldWriter(JsonText& json, const NameReader& names, View view)
      : json_(json), names_(names), view_(view) {}

  void Computed() { computed_ = true; }

  void Name(std::string_view label, NameId id, Grammar, Need) {
    if (Plain() && id.value() != 0) json_.Field(label, names_.TextOf(id));
  }
  void NameStated(std::string_view label, NameId id, Grammar, unsigned flags, unsigned mask) {
    if (Shown(flags, mask) && id.value() != 0) json_.Field(label, names_.TextOf(id));
  }
  template <class U>
  void Amount(std::string_view label, suanpan::Amount<U> amount, Sign, Need need) {
    if (Plain() && (need == Need::kRequired || amount.value() != 0))
      WriteAmount(label, amount.value());
  }
  template <class U>
  void AmountStated(std::string_view label, suanpan::Amount<U> amount, Sign, unsigned flags,
                    unsigned mask) {
    if (Shown(flags, mask) && (Has(flags, mask) || amount.value() != 0))
      WriteAmount(label, amount.value());
  }
  template <class T>
  void Count(std::string_view label, T value, Range, Need need) {
    if (Plain() && (need == Need::kRequired || value != 0)) WriteNumber(label, value);
  }
  template <class T>
  void CountStated(std::string_view label, T value, Range, unsigned flags, unsigned mask) {
    if (view_ == View::kComputed ? !Has(flags, mask) && value != 0
                                 : Has(flags, mask) || (view_ == View::kEvent && value != 0)) {
      WriteNumber(label, value);
    }
  }
  template <class U>
  void AmountIf(std::string_view label, suanpan::Amount<U> amount, Sign sign, unsigned flags,
                unsigned mask) {
    AmountStated(label, amount, sign, flags, mask);
  }
  template <class T>
  void CountIf(std::string_view label, T value, Range range, unsigned flags, unsigned mask) {
    CountStated(label, value, range, flags, mask);
  }
  void Flag(std::string_view label, unsigned flags, unsigned mask) {
    if (!Plain() || !Has(flags, mask)) return;
    json_.Key(label);
    json_.Bool(true);
  }
  void Account(std::string_view label, std::uint8_t account_class, Pot pot, NameId owner,
               NameId detail);
  void Bytes(std::string_view label, std::string_view bytes, std::size_t);
  void Number(std::string_view label, NameId id) {
    if (Plain()) WriteNumber(label, id.value());
  }
  void Text(std::string_view label, std::string_view text) {
    if (Plain()) json_.Field(label, text);
  }
  void Enum(std::string_view label, std::uint8_t value, Words words, Need) {
    if (Plain() && value != 0 && value <= words.size()) json_.Field(label, words[value - 1U]);
  }
  void WordSet(std::string_view label, std::uint8_t bits, Words words, Need);
  void Bool(std::string_view label, std::uint8_t value, Need) {
    if (!Plain() || value == 0) return;
    json_.Key(label);
    json_.Bool(value == kTrue);
  }
  void Time(std::string_view label, StatedTime time, Need) {
    if (Plain() && time.seconds != 0) json_.Field(label, ToText(time));
  }
  void Day(std::string_view label, Date date, Need) {
    if (Plain() && date.value() != 0) json_.Field(label, ToText(date));
  }
  void Period(std::string_view label, Month month, Need) {
    if (Plain() && month.value() != 0) json_.Field(label, ToText(month));
  }
  void Event(std::string_view label, Address address, Need) {
    if (Plain() && !address.none()) json_.Field(label, ToText(address));
  }
  void Events(std::string_view label, std::span<const Address> list, std::size_t) {
    if (Plain() && !list.empty()) WriteList(label, list);
  }
  void EventsStated(std::string_view label, std::span<const Address> list, std::size_t,
                    unsigned flags, unsigned mask) {
    if (Shown(flags, mask)) WriteList(label, list);
  }
  void Token(std::string_view label, std::string_view token, Need) {
    if (Plain() && !token.empty()) json_.Field(label, token);
  }
  void Label(std::string_view label, std::string_view text, Need) {
    if (Plain() && !text.empty()) json_.Field(label, text);
  }
  void Digest(std::string_view label, const DigestField& digest, Need) {
    if (Plain() && digest) json_.Field(label, ToHex(digest->bytes));
  }
  void Digests(std::string_view label, std::span<const Hash32> digests, std::size_t);
  void Ratio(std::string_view label, Rate rate, RateLimit, Need);
  void PotOf(std::string_view label, Pot pot, Need) {
    if (Plain() && !pot.none()) json_.Field(label, ToText(pot));
  }
  void PotStated(std::string_view label, Pot pot, unsigned flags, unsigned mask) {
    if (Shown(flags, mask) && !pot.none()) json_.Field(label, ToText(pot));
  }
  void Names(std::string_view label, std::span<const NameId> list, Grammar, std::size_t, Need);
  void Periods(std::string_view label, std::span<const Month> list, std::size_t);
  void SourceDoc(NameId series, std::string_view number);
  void Irregular(std::uint64_t bits);

  template <class Row>
  void Rows(std::string_view label, std::span<const Row> rows, std::size_t, Need) {
    if (rows.empty() || (view_ != View::kComputed && !Plain())) return;
    if (view_ == View::kComputed && !computed_ && !AnyComputed(rows)) return;
    json_.Key(label);
    json_.BeginArray();
    for (const Row& row : rows) {
      json_.BeginObject();
      JsonFieldWriter inner{json_, names_, view_};
      inner.computed_ = computed_;
      Row::Describe(inner, row);
      json_.EndObject();
    }
    json_.EndArray();
  }
  template <class Sub>
  void Object(std::string_view label, const Sub& sub, Need) {
    if constexpr (requires { sub.empty(); }) {
      if (sub.empty()) return;
    }
    if (!Plain()) return;
    json_.Key(label);
    json_.BeginObject();
    Sub::Describe(*this, sub);
    json_.EndObject();
  }

 private:
  /// A field that is either stated by the caller or, after Computed(), the engine's.
  [[nodiscard]] bool Plain() const {
    return view_ == View::kEvent || (view_ == View::kCommand) != computed_;
  }
  [[nodiscard]] bool Shown(unsigned flags, unsigned mask) const {
    return view_ == View::kEvent || (view_ == View::kCommand) == Has(flags, mask);
  }
  /// Whether a row has a defaulted value worth showing in an answer.
  template <class Row>
  bool AnyComputed(std::span<const Row> rows) const {
    for (const Row& row : rows) {
      std::string text;
      JsonText json{text};
      JsonFieldWriter inner{json, names_, view_};
      Row::Describe(inner, row);
      if (!text.empty()) return true;
    }
    return false;
  }
  void WriteAmount(std::string_view label, std::int64_t value) {
    json_.Key(label);
    json_.Amount(value);
  }
  template <class T>
  void WriteNumber(std::string_view label, T value) {
    json_.Key(label);
    json_.Number(value);
  }
  void WriteList(std::string_view label, std::span<const Address> list);

  JsonText& json_;
  const NameReader& names_;
  View view_;
  bool computed_ = false;
};

}  // namespace suanpan::schema
