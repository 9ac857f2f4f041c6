#pragma once

// The visitor that turns one field of an event to another value: for each sort of field, what
// somebody who forges it could write there.

#include "other_values.h"

namespace suanpan::audit {

using schema::Need;

class FieldTurn : public OtherValues {
 public:
  using OtherValues::OtherValues;

  void Computed() {}
  void Name(std::string_view label, NameId& id, schema::Grammar, Need) {
    Learn(label, id);
    OfferNames(label, id);
  }
  void NameStated(std::string_view label, NameId& id, schema::Grammar, auto& flags, unsigned mask) {
    Learn(label, id);
    OfferFlag(label, flags, mask);
    OfferNames(label, id);
    Offer(label, [&, other = Other(label, id)] {
      id = other;
      flags |= Mask(flags, mask);
    });
  }
  template <class U>
  void Amount(std::string_view label, suanpan::Amount<U>& amount, schema::Sign, Need) {
    using A = suanpan::Amount<U>;
    const std::int64_t now = amount.value();
    for (const std::int64_t other : {now + 1, now - 1, std::int64_t{0}, -now, now * 2, INT64_MAX}) {
      Set(label, amount, A{other});
    }
  }
  void AmountStated(std::string_view label, auto& amount, schema::Sign sign, auto& flags,
                    unsigned mask) {
    OfferFlag(label, flags, mask);
    Amount(label, amount, sign, Need::kOptional);
    Offer(label, [&] {
      amount = std::decay_t<decltype(amount)>{amount.value() + 1};
      flags ^= Mask(flags, mask);
    });
  }
  void AmountIf(std::string_view label, auto& amount, schema::Sign sign, auto& flags,
                unsigned mask) {
    AmountStated(label, amount, sign, flags, mask);
  }
  template <class T>
  void Count(std::string_view label, T& value, schema::Range, Need) {
    for (const int step : {1, -1, 15})
      Set(label, value, static_cast<T>(value + static_cast<T>(step)));
    Set(label, value, T{});
  }
  void CountStated(std::string_view label, auto& value, schema::Range range, auto& flags,
                   unsigned mask) {
    OfferFlag(label, flags, mask);
    Count(label, value, range, Need::kOptional);
    Offer(label, [&] {
      ++value;
      flags ^= Mask(flags, mask);
    });
  }
  void CountIf(std::string_view label, auto& value, schema::Range range, auto& flags,
               unsigned mask) {
    CountStated(label, value, range, flags, mask);
  }
  void Flag(std::string_view label, auto& flags, unsigned mask) { OfferFlag(label, flags, mask); }
  void Account(std::string_view label, std::uint8_t& account_class, schema::Pot& pot, NameId& owner,
               NameId& detail) {
    Set(label, account_class, static_cast<std::uint8_t>(account_class + 1U));
    PotOf(label, pot, Need::kOptional);
    OfferNames(label, owner);
    OfferNames(label, detail);
  }
  void Number(std::string_view label, NameId& id) { Set(label, id, NameId{id.value() + 1}); }
  void Text(std::string_view label, std::string_view& text) { OfferText(label, text); }
  void Token(std::string_view label, std::string_view& text, Need) { OfferText(label, text); }
  void Label(std::string_view label, std::string_view& text, Need) { OfferText(label, text); }
  void Enum(std::string_view label, std::uint8_t& value, schema::Words words, Need) {
    for (unsigned other = 0; other <= words.size(); ++other) {
      Set(label, value, static_cast<std::uint8_t>(other));
    }
  }
  void Bool(std::string_view label, std::uint8_t& value, Need) {
    Enum(label, value, schema::kBoolWords, Need::kOptional);
  }
  void Day(std::string_view label, Date& date, Need) { OfferTimes(label, date); }
  void Period(std::string_view label, Month& month, Need) { OfferTimes(label, month); }
  void Periods(std::string_view label, std::span<const Month>& list, std::size_t) {
    OfferList(label, list, {Month{660}, Month{661}});
  }
  void Event(std::string_view label, Address& address, Need) {
    Learn(label, address);
    Set(label, address, Address{});
    OfferAddresses(label, address);
  }
  void Events(std::string_view label, std::span<const Address>& list, std::size_t) {
    for (const Address address : list) Learn(label, address);
    std::vector<Address> more{Address{Seq{1}, 0}};
    for (const Address known : Known(seen_.addresses, label)) more.push_back(known);
    OfferList(label, list, more);
  }
  void EventsStated(std::string_view label, std::span<const Address>& list, std::size_t max,
                    auto& flags, unsigned mask) {
    OfferFlag(label, flags, mask);
    Events(label, list, max);
  }
  void Digest(std::string_view label, schema::DigestField& digest, Need) {
    const auto of = [](std::uint8_t byte) {
      Hash32 hash;
      hash.bytes.fill(byte);
      return hash;
    };
    Set(label, digest, schema::DigestField{});
    Set(label, digest, schema::DigestField{of(9)});
  }
  void Digests(std::string_view label, std::span<const Hash32>& list, std::size_t) {
    OfferList(label, list, {Hash32{}});
  }
  void Ratio(std::string_view label, schema::Rate& rate, schema::RateLimit, Need) {
    Set(label, rate, {rate.n + 1, rate.m});
    Set(label, rate, {rate.n, rate.m + 1});
    Set(label, rate, {rate.n * 2, rate.m * 2});
    Set(label, rate, {});
  }
  void PotOf(std::string_view label, schema::Pot& pot, Need) {
    if (learned_ != nullptr && !pot.none()) learned_->pots.insert(pot);
    Set(label, pot, schema::Pot{});
    Set(label, pot, {1, 11});
    for (const schema::Pot& other : seen_.pots) Set(label, pot, other);
  }
  void PotStated(std::string_view label, schema::Pot& pot, auto& flags, unsigned mask) {
    OfferFlag(label, flags, mask);
    PotOf(label, pot, Need::kOptional);
    for (const schema::Pot& other : seen_.pots) {
      Offer(label, [&] {
        pot = other;
        flags |= Mask(flags, mask);
      });
    }
  }
  void Names(std::string_view label, std::span<const NameId>& list, schema::Grammar, std::size_t,
             Need) {
    for (const NameId id : list) Learn(label, id);
    std::vector<NameId> more{seen_.stranger};
    for (const NameId known : Known(seen_.names, label)) more.push_back(known);
    OfferList(label, list, more);
  }
  void SourceDoc(NameId& series, std::string_view& number) {
    constexpr std::string_view kLabel = "source_doc";
    Learn(kLabel, series);
    OfferNames(kLabel, series);
    OfferText(kLabel, number);
    Offer(kLabel, [&] {
      series = series.value() == 0 ? seen_.stranger : NameId{};
      number = series.value() == 0 ? "" : "7";
    });
  }
  void Irregular(std::uint64_t& bits) {
    Set("irregular", bits, std::uint64_t{0});
    for (unsigned bit = 0; bit < 12; ++bit) {
      Set("irregular", bits, bits ^ std::uint64_t{1} << bit);
    }
  }
  template <class Row>
  void Rows(std::string_view label, std::span<const Row>& rows, std::size_t, Need) {
    const std::span<Row> copy = arena_.Make<Row>(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      copy[i] = rows[i];
      Within(label, copy[i]);
    }
    rows = copy;
    if (!rows.empty()) Offer(label, [&] { rows = rows.first(rows.size() - 1); });
    if (!rows.empty()) Offer(label, [&] { rows = Longer(rows, rows[0]); });
    if (rows.size() > 1) Offer(label, [&] { std::swap(copy[0], copy[1]); });
    Offer(label, [&] { rows = Longer(rows, Row{}); });
  }
  template <class Sub>
  void Object(std::string_view label, Sub& sub, Need) {
    Within(label, sub);
    Offer(label, [&] { sub = {}; });
  }

 private:
  template <class Sub>
  void Within(std::string_view label, Sub& sub) {
    const std::string outer = prefix_;
    prefix_ += std::string{label} + ".";
    Sub::Describe(*this, sub);
    prefix_ = outer;
  }
};

}  // namespace suanpan::audit
