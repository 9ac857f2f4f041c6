#pragma once

// Goods of funds and vendors, and what of a pot's money is tied in goods and advances.

#include <cstdint>
#include <functional>
#include <optional>

#include "suanpan/base/date.h"
#include "suanpan/base/ids.h"
#include "suanpan/base/units.h"
#include "suanpan/schema/field_types.h"

namespace suanpan::rules {

class BookState;
struct Fund;

struct ItemKey {
  NameId owner;
  NameId item;
  friend auto operator<=>(const ItemKey&, const ItemKey&) = default;
};
struct ItemKeyHash {
  std::size_t operator()(const ItemKey& key) const {
    return std::hash<std::uint64_t>{}(std::uint64_t{key.owner.value()} << 32U | key.item.value());
  }
};

/// What an owner has or had pieces of, from the first receipt on. A fund's item lies in one pot,
/// under one class: those of the receipt that found none there.
struct Item {
  NameId owner;
  NameId item;
  std::uint8_t goods_class = 0;  ///< schema::GoodsClass
  schema::Pot pot;               ///< none: a vendor's
};

struct PotKey {
  std::uint32_t fund = 0;
  schema::Pot pot;
  friend auto operator<=>(const PotKey&, const PotKey&) = default;
};
struct PotKeyHash {
  std::size_t operator()(const PotKey& key) const {
    return std::hash<std::uint64_t>{}(std::uint64_t{key.fund} << 16U |
                                      std::uint64_t{key.pot.pot_class} << 8U | key.pot.source);
  }
};

/// What is there of an item.
struct Stock {
  Quantity pieces;  ///< below 0 only of a vendor
  Fen value;        ///< at cost; 0 of a vendor
};
[[nodiscard]] Stock StockOf(const BookState& state, NameId owner, NameId item);

/// floor(V q / Q) for q pieces of Q that are worth V together: all of V with the last piece, 0
/// where none is there. Nothing where int64 cannot hold it.
[[nodiscard]] std::optional<Fen> ShareOf(const Stock& stock, Quantity quantity);

/// What pieces leave with.
struct Issue {
  Fen value;
  schema::Pot pot;
};
/// What q pieces of a fund's item leave with: floor(V q / Q), all of V with the last piece. Nothing
/// where fewer are there or the owner is no fund.
[[nodiscard]] std::optional<Issue> IssueOf(const BookState& state, NameId owner, NameId item,
                                           Quantity quantity);

/// A pot's balance less what is tied in its open advances, stock and assets.
[[nodiscard]] Wide AvailableOf(const BookState& state, std::uint32_t fund, schema::Pot pot);
/// Ties more of a pot's money in advances, stock or assets, or below 0 less.
void Tie(BookState& state, std::uint32_t fund, schema::Pot pot, Wide change);

/// Whether money of a pot may go to a purpose on a date. Only restricted pots are bound; a missing
/// place or matter is outside where the fund lists some; after `until` everything is.
[[nodiscard]] bool InsideRestriction(const Fund& fund, schema::Pot pot, NameId purpose,
                                     NameId place, NameId matter, Date date);

}  // namespace suanpan::rules
