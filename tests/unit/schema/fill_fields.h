#pragma once

// The visitor that fills a value with good field values from a source of numbers: property tests
// give it RapidCheck's, golden files a fixed sequence.

#include <string>

#include "some_values.h"
#include "suanpan/base/arena.h"
#include "suanpan/schema/event.h"

namespace suanpan::schema {

class FillFields : private SomeValues {
 public:
  /// `defaults`: whether a field with a default that the caller did not state has a value, as it
  /// has in struct payloads.
  FillFields(Pick pick, Arena& arena, NameTable& names, bool defaults)
      : SomeValues(std::move(pick), names), arena_(arena), defaults_(defaults) {}

  void Computed() {}
  void Name(std::string_view, NameId& id, Grammar grammar, Need need) {
    if (Present(need)) id = SomeName(grammar);
  }
  void NameStated(std::string_view, NameId& id, Grammar grammar, auto& flags, unsigned mask) {
    if (Stated(flags, mask)) id = SomeName(grammar);
  }
  template <class U>
  void Amount(std::string_view, suanpan::Amount<U>& amount, Sign sign, Need need) {
    if (Present(need)) amount = suanpan::Amount<U>{SomeAmount(sign, need)};
  }
  template <class U>
  void AmountStated(std::string_view, suanpan::Amount<U>& amount, Sign sign, auto& flags,
                    unsigned mask) {
    if (Stated(flags, mask)) amount = suanpan::Amount<U>{SomeAmount(sign, Need::kRequired)};
  }
  template <class T>
  void Count(std::string_view, T& value, Range range, Need need) {
    if (Present(need)) value = static_cast<T>(In(range));
  }
  template <class T>
  void CountStated(std::string_view, T& value, Range range, auto& flags, unsigned mask) {
    if (Stated(flags, mask)) value = static_cast<T>(In(range));
  }
  template <class U>
  void AmountIf(std::string_view, suanpan::Amount<U>& amount, Sign sign, auto& flags,
                unsigned mask) {
    if (Marked(flags, mask)) amount = suanpan::Amount<U>{SomeAmount(sign, Need::kRequired)};
  }
  template <class T>
  void CountIf(std::string_view, T& value, Range range, auto& flags, unsigned mask) {
    if (Marked(flags, mask)) value = static_cast<T>(In(range));
  }
  void Account(std::string_view, std::uint8_t& account_class, Pot& pot, NameId& owner,
               NameId& detail) {
    account_class = 9;  // of a pot and a purpose: every part of the key is in its path
    pot = SomePot();
    owner = SomeName(Grammar::kRef);
    detail = SomeName(Grammar::kCode);
  }
  void Bytes(std::string_view, std::string_view& bytes, std::size_t) {
    bytes = std::string_view{"\1\2\3\4\5\6\7\10", 8};
  }
  void Number(std::string_view, NameId& id) { id = NameId{names_.count()}; }
  void Text(std::string_view, std::string_view& text) { text = names_.TextOf(NameId{1}); }
  void Flag(std::string_view, auto& flags, unsigned mask) {
    if (Coin()) Set(flags, mask);
  }
  void Enum(std::string_view, std::uint8_t& value, Words words, Need need) {
    if (Present(need)) value = static_cast<std::uint8_t>(1 + pick_(words.size()));
  }
  void WordSet(std::string_view, std::uint8_t& bits, Words words, Need need) {
    if (Present(need)) bits = static_cast<std::uint8_t>(1 + pick_((1U << words.size()) - 1));
  }
  void Bool(std::string_view, std::uint8_t& value, Need need) {
    if (Present(need)) value = static_cast<std::uint8_t>(1 + pick_(2));
  }
  void Time(std::string_view, StatedTime& time, Need need) {
    if (Present(need)) time = SomeTime();
  }
  void Day(std::string_view, Date& date, Need need) {
    if (Present(need)) date = Date{static_cast<std::uint16_t>(1 + pick_(65'535))};
  }
  void Period(std::string_view, Month& month, Need need) {
    if (Present(need)) month = SomeMonth();
  }
  void Event(std::string_view label, Address& address, Need need) {
    if (Present(need)) address = SomeAddress();
    if (label == "approval") approved_ = !address.none();
  }
  void Events(std::string_view, std::span<const Address>& list, std::size_t max) {
    list = List<Address>(0, max, [this] { return SomeAddress(); });
  }
  void EventsStated(std::string_view, std::span<const Address>& list, std::size_t max, auto& flags,
                    unsigned mask) {
    if (Coin()) Set(flags, mask);
    list = List<Address>(Has(flags, mask) ? 1 : 0, max, [this] { return SomeAddress(); });
  }
  void Token(std::string_view, std::string_view& token, Need need) {
    static constexpr std::string_view kSamples[] = {"A", "0731", "No.17_b-C",
                                                    "01234567890123456789012345678901"};
    if (Present(need)) token = kSamples[pick_(std::size(kSamples))];
  }
  void Label(std::string_view, std::string_view& text, Need need) {
    static constexpr std::string_view kSamples[] = {
        "x", "A \"quoted\" \\ label", "\xe7\xa4\xbe\xe5\x8c\xba\xe5\x9f\xba\xe9\x87\x91",
        "caf\xc3\xa9 \xf0\x9f\xa7\xae"};
    if (Present(need)) text = kSamples[pick_(std::size(kSamples))];
  }
  void Digest(std::string_view, DigestField& digest, Need need) {
    if (Present(need)) digest = SomeHash();
  }
  void Digests(std::string_view, std::span<const Hash32>& list, std::size_t max) {
    list = List<Hash32>(0, max, [this] { return SomeHash(); });
  }
  void Ratio(std::string_view, Rate& rate, RateLimit limit, Need need) {
    if (!Present(need)) return;
    rate.m = static_cast<std::uint32_t>(1 + pick_(kRateTermMax));
    const std::uint64_t top = limit == RateLimit::kAtMostOne ? rate.m : rate.m * 1000ULL;
    rate.n = static_cast<std::uint32_t>(pick_(top + 1));
  }
  void PotOf(std::string_view, Pot& pot, Need need) {
    if (Present(need)) pot = SomePot();
  }
  void PotStated(std::string_view, Pot& pot, auto& flags, unsigned mask) {
    if (Stated(flags, mask)) pot = SomePot();
  }
  void Names(std::string_view, std::span<const NameId>& list, Grammar grammar, std::size_t max,
             Need need) {
    list = List<NameId>(need == Need::kRequired ? 1 : 0, max,
                        [this, grammar] { return SomeName(grammar); });
  }
  void Periods(std::string_view, std::span<const Month>& list, std::size_t max) {
    list = List<Month>(0, max, [this] { return SomeMonth(); });
  }
  void SourceDoc(NameId& series, std::string_view& number) {
    if (!Coin()) return;
    series = SomeName(Grammar::kRef);
    Token("number", number, Need::kRequired);
  }
  /// Only with an approval, whose field comes before.
  void Irregular(std::uint64_t& bits) { bits = approved_ && Coin() ? pick_(1U << 6U) : 0; }
  template <class Row>
  void Rows(std::string_view, std::span<const Row>& rows, std::size_t max, Need need) {
    rows = List<Row>(need == Need::kRequired ? 1 : 0, max, [this] {
      Row row{};
      Row::Describe(*this, row);
      return row;
    });
  }
  template <class Sub>
  void Object(std::string_view, Sub& sub, Need need) {
    if (Present(need)) Sub::Describe(*this, sub);
  }

 private:
  [[nodiscard]] bool Present(Need need) { return need == Need::kRequired || Coin(); }
  static void Set(auto& flags, unsigned mask) {
    flags = static_cast<std::remove_reference_t<decltype(flags)>>(flags | mask);
  }
  /// Whether the field gets a value, stated or by default.
  [[nodiscard]] bool Stated(auto& flags, unsigned mask) {
    return Marked(flags, mask) || (defaults_ && Coin());
  }
  [[nodiscard]] bool Marked(auto& flags, unsigned mask) {
    const bool marked = Coin();
    if (marked) Set(flags, mask);
    return marked;
  }
  template <class T, class Make>
  [[nodiscard]] std::span<const T> List(std::size_t min, std::size_t max, Make make) {
    const std::span<T> list = arena_.Make<T>(min + pick_(std::min<std::size_t>(max, 4) - min + 1));
    for (T& item : list) item = make();
    return list;
  }

  Arena& arena_;
  bool defaults_;
  bool approved_ = false;
};

}  // namespace suanpan::schema
