#include "src/kinds/goods.h"

#include <fmt/format.h>

namespace suanpan::rules {
namespace {

using schema::Funding;
using schema::GoodsClass;
using schema::GoodsCounted;
using schema::GoodsIssued;
using schema::GoodsReceived;
using schema::IssueReason;
using schema::ValueBasis;

template <class E>
constexpr bool Is(std::uint8_t word, E value) {
  return word == static_cast<std::uint8_t>(value);
}

AccountKey PiecesAccount(NameId owner, NameId item, AccountClass account_class) {
  return {account_class, {}, owner, item};
}
/// Where a fund's item stands at cost.
AccountKey CostAccount(NameId fund, NameId item, std::uint8_t goods_class) {
  const bool asset = Is(goods_class, GoodsClass::kAsset);
  return {asset ? AccountClass::kAsset : AccountClass::kStock, {}, fund, item};
}

/// Whose goods they are: a fund, or nothing for a registered vendor; else unknown_ref.
Verdict FindOwner(const BookState& state, NameId owner, std::optional<std::uint32_t>& fund) {
  fund = state.IndexOf(owner, Role::kFund);
  if (fund || state.IsVendor(owner)) return std::nullopt;
  return UnknownRef(state, owner, "owner");
}

/// The stock of an item before an event that has posted these changes. Nothing where no amount can
/// hold it: the event is forged then.
std::optional<Stock> StockBefore(const BookState& state, NameId owner, NameId item, Wide pieces,
                                 Wide value) {
  const Stock now = StockOf(state, owner, item);
  const std::optional<std::int64_t> pieces_before = NarrowWide(now.pieces.wide() - pieces);
  const std::optional<std::int64_t> value_before = NarrowWide(now.value.wide() - value);
  if (!pieces_before || !value_before) return std::nullopt;
  return Stock{Quantity{*pieces_before}, Fen{*value_before}};
}

// goods.received

schema::Pot PotFor(const Fund& fund, const GoodsReceived& fact) {
  if (!fact.pot.none()) return fact.pot;
  if (Is(fact.funding, Funding::kBought)) return fund.default_pot;
  return {static_cast<std::uint8_t>(fund.restriction_class),
          static_cast<std::uint8_t>(schema::PotSource::kInKind)};
}

Verdict TestVendorsOwn(const GoodsReceived& fact) {
  const auto bad = [](std::string_view field) {
    return Refuse(RefusalCode::bad_field, field)
        .With("reason", "a vendor's own goods are counted in pieces only");
  };
  if (fact.value.value() != 0) return bad("value_fen");
  if (fact.funding != 0) return bad("funding");
  if (!fact.pot.none()) return bad("pot");
  return std::nullopt;
}

/// What a fund's receipt must state, and what its value basis forbids.
Verdict TestStated(const GoodsReceived& fact) {
  const bool none = Is(fact.value_basis, ValueBasis::kNone);
  if (none && fact.value.value() != 0) {
    return Refuse(RefusalCode::bad_field, "value_fen").With("reason", "the value basis is none");
  }
  if (!none && fact.value.value() == 0) return Refuse(RefusalCode::value_missing, "value_fen");
  if (fact.funding == 0) return Refuse(RefusalCode::missing_field, "funding");
  if (Is(fact.funding, Funding::kBought) && fact.from.value() == 0)
    return Refuse(RefusalCode::missing_field, "from");
  return std::nullopt;
}

/// Pieces that are there keep their class and pot.
Verdict TestItem(const BookState& state, const GoodsReceived& fact) {
  const Item* item = state.items.Find({fact.owner, fact.item});
  if (item == nullptr || StockOf(state, fact.owner, fact.item).pieces.value() == 0)
    return std::nullopt;
  if (item->goods_class != fact.goods_class) {
    return Refuse(RefusalCode::bad_field, "goods_class")
        .With("goods_class", std::string{schema::kGoodsClassWords[item->goods_class - 1U]});
  }
  if (item->pot != fact.to_pot)
    return Refuse(RefusalCode::pot_wrong, "pot").With("pot", ToText(item->pot));
  return std::nullopt;
}

/// Money for what is bought must be free in the pot; income must fit the fund's balance.
Verdict TestMoney(const BookState& state, std::uint32_t fund, const GoodsReceived& fact) {
  if (Is(fact.funding, Funding::kGift)) {
    const Wide balance = state.FundBalance(fund) + fact.value.wide();
    if (NarrowWide(balance)) return std::nullopt;
    return Refuse(RefusalCode::amount_overflow, "value_fen");
  }
  const Wide available = AvailableOf(state, fund, fact.to_pot);
  if (fact.value.wide() <= available) return std::nullopt;
  return FundShort(state, fact.owner, available, fact.value, "value_fen");
}

/// What the item's accounts and pot rely on, also where nobody decided.
Status CheckReceived(const BookState& state, const std::optional<std::uint32_t>& fund,
                     const GoodsReceived& fact) {
  const bool known =
      fact.goods_class >= 1 && fact.goods_class <= std::size(schema::kGoodsClassWords);
  if (fact.quantity.value() <= 0 || fact.value.value() < 0 || !known)
    return Contradiction("goods of no number, value or class");
  if (!fund) {
    const bool pieces_only = fact.to_pot.none() && !TestVendorsOwn(fact);
    return pieces_only && state.IsVendor(fact.owner)
               ? Status{}
               : Contradiction("goods with a value, of no fund");
  }
  if (TestStated(fact) || fact.to_pot != PotFor(state.funds[*fund], fact))
    return Contradiction("goods of a fund without a value, or in another pot");
  const std::optional<Stock> before =
      StockBefore(state, fact.owner, fact.item, fact.quantity.wide(), fact.value.wide());
  const Item* item = state.items.Find({fact.owner, fact.item});
  const bool same = item == nullptr || (before && before->pieces.value() == 0) ||
                    (item->pot == fact.to_pot && item->goods_class == fact.goods_class);
  return same ? Status{} : Contradiction("an item lies in two pots or classes");
}

// goods.issued

AccountClass PiecesOut(std::uint8_t reason) {
  if (Is(reason, IssueReason::kUsed)) return AccountClass::kPiecesUsed;
  if (Is(reason, IssueReason::kGiven)) return AccountClass::kPiecesGiven;
  if (Is(reason, IssueReason::kWaste)) return AccountClass::kPiecesWaste;
  if (Is(reason, IssueReason::kDisposed)) return AccountClass::kPiecesDisposed;
  return AccountClass::kPiecesSoldOff;
}

Verdict StockShort(const BookState& state, const GoodsIssued& fact) {
  return Refuse(RefusalCode::stock_short, "quantity")
      .With("item", std::string{state.names.TextOf(fact.item)})
      .With("on_hand", std::to_string(StockOf(state, fact.owner, fact.item).pieces.value()))
      .With("needed", std::to_string(fact.quantity.value()));
}

// goods.counted

/// What the count of a fund's item comes to, from the stock before it.
struct Counted {
  Quantity difference;
  Fen value;  ///< of the difference, without its sign
};
std::optional<Counted> CountedOf(const Stock& stock, Quantity counted) {
  const Wide difference = counted.wide() - stock.pieces.wide();
  const std::optional<std::int64_t> narrow = NarrowWide(difference);
  const std::optional<std::int64_t> size = NarrowWide(difference < 0 ? -difference : difference);
  if (!narrow || !size) return std::nullopt;
  const std::optional<Fen> value = ShareOf(stock, Quantity{*size});
  if (!value) return std::nullopt;
  return Counted{Quantity{*narrow}, *value};
}

/// What a count adds to the value of the stock.
Wide ValueChange(const GoodsCounted& fact) {
  return fact.difference.value() < 0 ? -fact.value.wide() : fact.value.wide();
}

}  // namespace

Verdict GoodsReceivedRule::Decide(DecideContext& context, Event&, Fact& fact) {
  const BookState& state = context.state;
  std::optional<std::uint32_t> fund;
  if (Verdict refusal = FindOwner(state, fact.owner, fund)) return refusal;
  if (!fund) return TestVendorsOwn(fact);
  if (Verdict refusal = TestStated(fact)) return refusal;
  fact.to_pot = PotFor(state.funds[*fund], fact);
  if (Verdict refusal = TestItem(state, fact)) return refusal;
  return TestMoney(state, *fund, fact);
}

void GoodsReceivedRule::Post(const BookState&, const Fact& fact, PostingSink& sink) {
  sink.Post(PiecesAccount(fact.owner, fact.item, AccountClass::kPiecesOnHand), fact.quantity);
  sink.PostSum(PiecesAccount(fact.owner, fact.item, AccountClass::kPiecesIn),
               -fact.quantity.wide());
  if (fact.to_pot.none()) return;
  sink.Post(CostAccount(fact.owner, fact.item, fact.goods_class), fact.value);
  const bool bought = Is(fact.funding, Funding::kBought);
  sink.PostSum(
      bought ? PayableAccount(fact.owner, fact.from) : IncomeAccount(fact.owner, fact.to_pot),
      -fact.value.wide());
}

Status GoodsReceivedRule::Apply(BookState& state, Address, const Event&, const Fact& fact) {
  const std::optional<std::uint32_t> fund = state.IndexOf(fact.owner, Role::kFund);
  SUANPAN_RETURN_IF_ERROR(CheckReceived(state, fund, fact));
  // Class and pot are those of the receipt that found nothing there.
  const ItemKey key{fact.owner, fact.item};
  const Wide before = StockOf(state, fact.owner, fact.item).pieces.wide() - fact.quantity.wide();
  if (before == 0 || state.items.Find(key) == nullptr) {
    state.items.Set(key, {fact.owner, fact.item, fact.goods_class, fact.to_pot});
  }
  if (fund) Tie(state, *fund, fact.to_pot, fact.value.wide());
  return {};
}

Verdict GoodsIssuedRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  const BookState& state = context.state;
  std::optional<std::uint32_t> fund;
  if (Verdict refusal = FindOwner(state, fact.owner, fund)) return refusal;
  if (fact.matter.value() != 0) return UnknownRef(state, fact.matter, "matter");
  if (fund && fact.purpose.value() == 0) return Refuse(RefusalCode::missing_field, "purpose");
  if (!fund) {
    return event.common.irregular == 0 ? Verdict{} : Refuse(RefusalCode::bad_field, "irregular");
  }
  const std::optional<Issue> issue = IssueOf(state, fact.owner, fact.item, fact.quantity);
  const Fen value = issue ? issue->value : Fen{};
  if (Verdict refusal = TestIrregular(state, event, {}, fact.owner, value)) return refusal;
  const Item* item = state.items.Find({fact.owner, fact.item});
  if (item != nullptr && !SetAside(event, RefusalCode::purpose_outside_restriction) &&
      !InsideRestriction(state.funds[*fund], item->pot, fact.purpose, fact.place, fact.matter,
                         event.common.business_day)) {
    return OutsideRestriction(state, fact.owner);
  }
  if (!issue) return StockShort(state, fact);
  fact.value = value;
  fact.from_pot = issue->pot;
  fact.goods_class = item->goods_class;
  return std::nullopt;
}

void GoodsIssuedRule::Post(const BookState&, const Fact& fact, PostingSink& sink) {
  sink.Post(PiecesAccount(fact.owner, fact.item, PiecesOut(fact.reason)), fact.quantity);
  sink.PostSum(PiecesAccount(fact.owner, fact.item, AccountClass::kPiecesOnHand),
               -fact.quantity.wide());
  if (fact.from_pot.none()) return;
  sink.Post(ExpenseAccount(fact.owner, fact.from_pot, fact.purpose), fact.value);
  sink.PostSum(CostAccount(fact.owner, fact.item, fact.goods_class), -fact.value.wide());
}

Status GoodsIssuedRule::Apply(BookState& state, Address, const Event& event, const Fact& fact) {
  if (fact.quantity.value() <= 0) return Contradiction("goods of no number are issued");
  const std::optional<std::uint32_t> fund = state.IndexOf(fact.owner, Role::kFund);
  if (!fund) {
    const bool pieces_only =
        fact.from_pot.none() && fact.value.value() == 0 && fact.goods_class == 0;
    if (!pieces_only || !state.IsVendor(fact.owner) || event.common.irregular != 0)
      return Contradiction("goods with a value are issued, of no fund");
    return {};
  }
  const Item* item = state.items.Find({fact.owner, fact.item});
  const std::optional<Stock> before =
      StockBefore(state, fact.owner, fact.item, -fact.quantity.wide(), -fact.value.wide());
  const bool same = item != nullptr && before && fact.quantity <= before->pieces &&
                    fact.from_pot == item->pot && fact.goods_class == item->goods_class &&
                    ShareOf(*before, fact.quantity) == fact.value && fact.purpose.value() != 0;
  if (!same) {
    return Contradiction("{} of {} leave with another value than they have", fact.quantity.value(),
                         state.names.TextOf(fact.item));
  }
  Tie(state, *fund, fact.from_pot, -fact.value.wide());
  return UseIrregular(state, event, {}, fact.owner, fact.value);
}

Verdict GoodsCountedRule::Decide(DecideContext& context, Event&, Fact& fact) {
  const BookState& state = context.state;
  std::optional<std::uint32_t> fund;
  if (Verdict refusal = FindOwner(state, fact.owner, fund)) return refusal;
  const Item* item = state.items.Find({fact.owner, fact.item});
  // Pieces of a fund that were never received would lie in no pot.
  if (fund && item == nullptr) return UnknownRef(state, fact.item, "item");
  const std::optional<Counted> counted =
      CountedOf(StockOf(state, fact.owner, fact.item), fact.counted);
  if (!counted) return Refuse(RefusalCode::amount_overflow, "counted");
  fact.difference = counted->difference;
  fact.value = counted->value;
  if (!fund) return std::nullopt;
  fact.of_pot = item->pot;
  fact.goods_class = item->goods_class;
  if (fact.difference.value() < 0) fact.purpose = context.names.Intern(schema::kCountDifference);
  if (!NarrowWide(state.FundBalance(*fund) + ValueChange(fact)))
    return Refuse(RefusalCode::amount_overflow, "counted");
  return std::nullopt;
}

void GoodsCountedRule::Post(const BookState&, const Fact& fact, PostingSink& sink) {
  const bool missing = fact.difference.value() < 0;
  sink.Post(PiecesAccount(fact.owner, fact.item, AccountClass::kPiecesOnHand), fact.difference);
  sink.PostSum(PiecesAccount(fact.owner, fact.item,
                             missing ? AccountClass::kPiecesMissing : AccountClass::kPiecesIn),
               -fact.difference.wide());
  if (fact.of_pot.none()) return;
  sink.PostSum(CostAccount(fact.owner, fact.item, fact.goods_class), ValueChange(fact));
  sink.PostSum(missing ? ExpenseAccount(fact.owner, fact.of_pot, fact.purpose)
                       : IncomeAccount(fact.owner, fact.of_pot),
               -ValueChange(fact));
}

Status GoodsCountedRule::Apply(BookState& state, Address, const Event&, const Fact& fact) {
  const std::optional<std::uint32_t> fund = state.IndexOf(fact.owner, Role::kFund);
  const Item* item = state.items.Find({fact.owner, fact.item});
  if (!fund && !state.IsVendor(fact.owner)) return Contradiction("goods of nobody are counted");
  if (fund && item == nullptr) return Contradiction("goods are counted that never came");
  const std::optional<Stock> before =
      StockBefore(state, fact.owner, fact.item, fact.difference.wide(),
                  fact.of_pot.none() ? Wide{0} : ValueChange(fact));
  const std::optional<Counted> counted =
      before ? CountedOf(*before, fact.counted) : std::optional<Counted>{};
  const bool names_purpose = fund && fact.difference.value() < 0;
  const bool same = counted && fact.counted.value() >= 0 &&
                    counted->difference == fact.difference && counted->value == fact.value &&
                    fact.of_pot == (fund ? item->pot : schema::Pot{}) &&
                    fact.goods_class == (fund ? item->goods_class : 0) &&
                    state.names.TextOf(fact.purpose) ==
                        (names_purpose ? schema::kCountDifference : std::string_view{});
  if (!same) {
    return Contradiction("the count of {} comes to something else than is recorded",
                         state.names.TextOf(fact.item));
  }
  if (fund) Tie(state, *fund, fact.of_pot, ValueChange(fact));
  return {};
}

}  // namespace suanpan::rules
