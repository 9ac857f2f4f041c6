#pragma once

// The other values that one field of an event could take, each with a number: the one with the
// number that was asked for is taken, everything else stays as it is.

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "suanpan/base/arena.h"
#include "suanpan/base/date.h"
#include "suanpan/schema/field_types.h"

namespace suanpan::audit {

/// What the fields of a history hold, by the name of the field: a payee is best turned to another
/// payee.
struct SeenValues {
  std::map<std::string, std::set<NameId>, std::less<>> names;
  std::map<std::string, std::set<Address>, std::less<>> addresses;
  std::set<schema::Pot> pots;
  NameId stranger;  ///< a name that the history does not have
};

class OtherValues {
 public:
  /// `target` is the number of the value to take. With `learned`, that gets what the fields hold.
  OtherValues(const SeenValues& seen, Arena& arena, std::size_t target,
              SeenValues* learned = nullptr)
      : seen_(seen), learned_(learned), arena_(arena), target_(target) {}

  [[nodiscard]] bool turned() const { return !turned_.empty(); }
  /// The field that was turned, "lines.amount_fen".
  [[nodiscard]] const std::string& field() const { return turned_; }
  /// How many values were offered.
  [[nodiscard]] std::size_t count() const { return next_; }

  /// Numbers one value; takes it where its number is the wanted one.
  template <class Take>
  void Offer(std::string_view label, const Take& take) {
    if (next_++ != target_) return;
    turned_ = prefix_ + std::string{label};
    take();
  }
  template <class M>
  void Set(std::string_view label, M& member, const M& other) {
    if (!turned() && member == other) return;
    Offer(label, [&] { member = other; });
  }

  void WordSet(std::string_view label, std::uint8_t& bits, schema::Words, schema::Need) {
    for (const int bit : {1, 2, 4}) Set(label, bits, static_cast<std::uint8_t>(bits ^ bit));
  }
  void Bytes(std::string_view label, std::string_view& bytes, std::size_t) {
    OfferText(label, bytes);
  }
  void Time(std::string_view label, StatedTime& time, schema::Need) {
    for (const int step : {60, -60, 86'400}) {
      Set(label, time, {time.seconds + static_cast<std::uint32_t>(step), time.zone_quarters});
    }
    Set(label, time, {time.seconds, static_cast<std::int8_t>(time.zone_quarters ^ 4)});
  }

 protected:
  template <class F>
  static F Mask(const F&, unsigned mask) {
    return static_cast<F>(mask);
  }
  template <class Map>
  static const typename Map::mapped_type& Known(const Map& map, std::string_view label) {
    static const typename Map::mapped_type kNone;
    const auto found = map.find(label);
    return found == map.end() ? kNone : found->second;
  }
  void Learn(std::string_view label, NameId id) {
    if (learned_ != nullptr && id.value() != 0) learned_->names[std::string{label}].insert(id);
  }
  void Learn(std::string_view label, Address address) {
    if (learned_ != nullptr && !address.none()) {
      learned_->addresses[std::string{label}].insert(address);
    }
  }
  void OfferFlag(std::string_view label, auto& flags, unsigned mask) {
    Offer(label, [&] { flags ^= Mask(flags, mask); });
  }
  void OfferText(std::string_view label, std::string_view& text) {
    Set(label, text, std::string_view{"other"});
    Set(label, text, std::string_view{});
  }
  template <class T>
  void OfferTimes(std::string_view label, T& time) {
    for (const int step : {1, -1, 2, 30}) {
      Set(label, time, T{static_cast<std::uint16_t>(time.value() + step)});
    }
    Set(label, time, T{});
  }
  [[nodiscard]] NameId Other(std::string_view label, NameId id) const {
    for (const NameId known : Known(seen_.names, label)) {
      if (known != id) return known;
    }
    return seen_.stranger;
  }
  void OfferNames(std::string_view label, NameId& id) {
    Set(label, id, NameId{});
    Set(label, id, seen_.stranger);
    for (const NameId known : Known(seen_.names, label)) Set(label, id, known);
  }
  void OfferAddresses(std::string_view label, Address& address) {
    Set(label, address, Address{Seq{1}, 0});
    Set(label, address, Address::FromPacked(address.packed() + 1));
    for (const Address known : Known(seen_.addresses, label)) Set(label, address, known);
  }
  template <class M>
  std::span<const M> Longer(std::span<const M> list, const M& more) {
    const std::span<M> copy = arena_.Make<M>(list.size() + 1);
    std::copy(list.begin(), list.end(), copy.begin());
    copy.back() = more;
    return copy;
  }
  template <class M>
  void OfferList(std::string_view label, std::span<const M>& list, const std::vector<M>& more) {
    if (!list.empty()) Offer(label, [&] { list = list.subspan(1); });
    if (list.size() > 1) Offer(label, [&] { list = list.first(1); });
    if (list.size() > 1) {
      Offer(label, [&] { list = Longer(list.subspan(1), list[0]); });  // another order
    }
    for (const M& other : more) {
      Offer(label, [&] { list = Longer(list, other); });
      if (!list.empty()) Offer(label, [&] { list = Longer(list.subspan(1), other); });
    }
  }

  const SeenValues& seen_;
  SeenValues* learned_;
  Arena& arena_;
  std::size_t target_;
  std::size_t next_ = 0;
  std::string prefix_;
  std::string turned_;
};

}  // namespace suanpan::audit
