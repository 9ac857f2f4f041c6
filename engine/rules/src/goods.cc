#include "suanpan/rules/goods.h"

#include <algorithm>

#include "suanpan/rules/book_state.h"

namespace suanpan::rules {

Stock StockOf(const BookState& state, NameId owner, NameId item) {
  const auto balance = [&]<class U>(AccountClass account_class, U) {
    return state.accounts.BalanceOf<U>({account_class, {}, owner, item});
  };
  // An item lies on one of the two accounts; the other is empty.
  const Fen stock = balance(AccountClass::kStock, Fen{});
  return {balance(AccountClass::kPiecesOnHand, Quantity{}),
          stock.value() != 0 ? stock : balance(AccountClass::kAsset, Fen{})};
}

std::optional<Fen> ShareOf(const Stock& stock, Quantity quantity) {
  if (stock.pieces.value() <= 0) return Fen{};
  if (quantity == stock.pieces) return stock.value;
  const std::optional<std::int64_t> share =
      NarrowWide(FloorMulDiv(quantity.value(), stock.value.wide(), stock.pieces.value()));
  if (!share) return std::nullopt;
  return Fen{*share};
}

std::optional<Issue> IssueOf(const BookState& state, NameId owner, NameId item, Quantity quantity) {
  const Item* known = state.items.Find({owner, item});
  if (known == nullptr || known->pot.none()) return std::nullopt;
  const Stock stock = StockOf(state, owner, item);
  if (quantity > stock.pieces) return std::nullopt;
  const std::optional<Fen> value = ShareOf(stock, quantity);
  if (!value) return std::nullopt;
  return Issue{*value, known->pot};
}

Wide AvailableOf(const BookState& state, std::uint32_t fund, schema::Pot pot) {
  const Wide* tied = state.tied.Find({fund, pot});
  return state.PotBalance(fund, pot) - (tied == nullptr ? 0 : *tied);
}

void Tie(BookState& state, std::uint32_t fund, schema::Pot pot, Wide change) {
  if (change == 0) return;
  const PotKey key{fund, pot};
  const Wide* tied = state.tied.Find(key);
  state.tied.Set(key, (tied == nullptr ? 0 : *tied) + change);
}

bool InsideRestriction(const Fund& fund, schema::Pot pot, NameId purpose, NameId place,
                       NameId matter, Date date) {
  if (pot.pot_class != static_cast<std::uint8_t>(schema::PotClass::kRestricted)) return true;
  const auto allowed = [](const std::vector<NameId>& list, NameId name) {
    return list.empty() || std::find(list.begin(), list.end(), name) != list.end();
  };
  return (fund.until.value() == 0 || date <= fund.until) && allowed(fund.purposes, purpose) &&
         allowed(fund.places, place) && allowed(fund.matters, matter);
}

}  // namespace suanpan::rules
