#pragma once

// Units that counted for points so far: of a person, kind of service and scheme in all, on a day,
// in a month and in one session; and how often a listed deed of a holder counted in a month.

#include <map>
#include <tuple>

#include "src/named/known/services.h"
#include "suanpan/schema/kinds/policies.h"

namespace suanpan::audit {

/// What a cap is about.
enum class CapSpan : std::uint8_t { kActivity, kDay, kMonth, kTotal };

/// Memory: persons, and their days and months within 800 days.
class CountedUnits {
 public:
  struct Key {
    NameId person;
    NameId scheme;
    NameId service_kind;
    friend auto operator<=>(const Key&, const Key&) = default;
  };

  [[nodiscard]] static Key KeyOf(const KnownService& service, NameId scheme) {
    return {service.person, scheme, service.service_kind};
  }
  /// Of earlier services that a cap on this one looks at.
  [[nodiscard]] Wide Of(const KnownService& service, NameId scheme, CapSpan span) const;
  [[nodiscard]] Wide Total(const Key& key) const;
  /// Towards the caps that there are; `units` may be below 0: what was taken back.
  void Add(const KnownService& service, NameId scheme, const schema::EarningCap& cap, Wide units);

  [[nodiscard]] Wide OfDeed(NameId scheme, NameId holder, NameId item, Month month) const;
  /// Whether the books may have forgotten by now how often deeds counted in a month.
  [[nodiscard]] bool ForgotDeeds(Month month) const;
  /// Any deed was rewarded on a day: what lies far before its month is forgotten.
  void SeeDeed(Date day);
  /// Of a deed that has a bound.
  void AddDeed(NameId scheme, NameId holder, NameId item, Month month, Wide times);
  /// Of any: one without a bound was not counted.
  void TakeBackDeed(NameId scheme, NameId holder, NameId item, Month month, Wide times);

  /// The log has come to a day: what lies far back is forgotten.
  void ComeTo(Date day);

 private:
  struct Cell {
    Key of;
    CapSpan span{};
    std::uint64_t which = 0;  ///< day, month or session
    friend auto operator<=>(const Cell&, const Cell&) = default;
  };
  struct Used {
    Wide units = 0;
    Date last;
  };
  struct Deed {
    NameId scheme;
    NameId holder;
    NameId item;
    Month month;
    friend auto operator<=>(const Deed&, const Deed&) = default;
  };
  [[nodiscard]] static Cell CellOf(const KnownService& service, NameId scheme, CapSpan span);

  std::map<Key, Wide> totals_;
  std::map<Cell, Used> used_;
  std::map<Deed, Wide> deeds_;
  Month swept_;
  Month newest_deeds_;  ///< of the latest reward for a deed
};

/// The bound of a cap for a span; 0: none.
[[nodiscard]] Wide BoundOf(const schema::EarningCap& cap, CapSpan span);

}  // namespace suanpan::audit
