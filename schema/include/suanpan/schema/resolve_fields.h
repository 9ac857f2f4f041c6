#pragma once

// The visitor that rewrites names and addresses in place: from a command's local names to the
// book's ids, and from
// "#n" to addresses. Lists are copied into the arena first, because a typed command's rows belong
// to its caller.

#include "suanpan/base/arena.h"
#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

/// Maps ids and addresses while a command is prepared for deciding.
class FieldMap {
 public:
  virtual ~FieldMap() = default;
  /// Called for every non-zero name, in catalogue order.
  virtual NameId MapName(NameId id) = 0;
  /// Called for every address that is not none. `label` tells the field for an error.
  virtual Address MapAddress(std::string_view label, Address address) = 0;
};

class FieldResolver {
 public:
  FieldResolver(FieldMap& map, Arena& arena) : map_(map), arena_(arena) {}

  void Computed() {}
  void Name(std::string_view, NameId& id, Grammar, Need) { Map(id); }
  void NameStated(std::string_view, NameId& id, Grammar, auto& flags, unsigned mask) {
    if (Has(flags, mask)) Map(id);
  }
  void Event(std::string_view label, Address& address, Need) {
    if (!address.none()) address = map_.MapAddress(label, address);
  }
  void Events(std::string_view label, std::span<const Address>& list, std::size_t) {
    MapList(label, list);
  }
  void EventsStated(std::string_view label, std::span<const Address>& list, std::size_t, auto&,
                    unsigned) {
    MapList(label, list);
  }
  void Names(std::string_view, std::span<const NameId>& list, Grammar, std::size_t, Need) {
    const std::span<NameId> copy = arena_.Make<NameId>(list.size());
    for (std::size_t i = 0; i < list.size(); ++i) {
      copy[i] = list[i];
      Map(copy[i]);
    }
    list = copy;
  }
  void Account(std::string_view, std::uint8_t&, Pot&, NameId& owner, NameId& detail) {
    Map(owner);
    Map(detail);
  }
  void SourceDoc(NameId& series, std::string_view&) { Map(series); }
  template <class Row>
  void Rows(std::string_view, std::span<const Row>& rows, std::size_t, Need) {
    const std::span<Row> copy = arena_.Make<Row>(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      copy[i] = rows[i];
      Row::Describe(*this, copy[i]);
    }
    rows = copy;
  }
  template <class Sub>
  void Object(std::string_view, Sub& sub, Need) {
    Sub::Describe(*this, sub);
  }

  // Fields without names or addresses.
  template <class... Rest>
  void Amount(Rest&&...) {}
  template <class... Rest>
  void AmountStated(Rest&&...) {}
  template <class... Rest>
  void Count(Rest&&...) {}
  template <class... Rest>
  void CountStated(Rest&&...) {}
  template <class... Rest>
  void AmountIf(Rest&&...) {}
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
  template <class... Rest>
  void Periods(Rest&&...) {}
  template <class... Rest>
  void Irregular(Rest&&...) {}

 private:
  void Map(NameId& id) {
    if (id.value() != 0) id = map_.MapName(id);
  }
  void MapList(std::string_view label, std::span<const Address>& list) {
    const std::span<Address> copy = arena_.Make<Address>(list.size());
    for (std::size_t i = 0; i < list.size(); ++i) copy[i] = map_.MapAddress(label, list[i]);
    list = copy;
  }

  FieldMap& map_;
  Arena& arena_;
};

}  // namespace suanpan::schema
