// p-stock: what is redeemed is on the price list of the day at its price, its points are the
// event's, a holder spends no more on a day and a person has no more in a month than the policy of
// redeeming lets them, goods leave at their share of the cost and were there, and vendors are paid
// no more for what they supplied than they are owed.

#include <map>

#include "src/named/points/points_checks.h"
#include "src/named/points/spend_limits.h"
#include "src/totals/wide_text.h"
#include "suanpan/schema/kinds/funds.h"
#include "suanpan/schema/kinds/goods.h"
#include "suanpan/schema/reversal_copy.h"

namespace suanpan::audit {
namespace {

using schema::AccountClass;
using schema::EntryReversed;
using schema::GoodsCounted;
using schema::GoodsIssued;
using schema::GoodsReceived;
using schema::MoneyPaid;
using schema::RedemptionLine;
using schema::RedemptionMade;
using schema::Reward;
using schema::Supply;

class Stock final : public NamedCheck {
 public:
  using NamedCheck::NamedCheck;

  void Take(Address at, const schema::Event& event) override;

 private:
  struct Owned {
    NameId owner;
    NameId item;
    friend auto operator<=>(const Owned&, const Owned&) = default;
  };
  struct Held {
    Wide pieces = 0;
    Wide value = 0;
  };

  void Receive(const GoodsReceived& fact);
  void Redeem(Address at, const schema::Event& event);
  void CompareLimits(Address at, const schema::Event& event);
  /// What the price list says of a line.
  void CompareLine(Address at, const RedemptionLine& line, const Reward& reward);
  /// What goods cost that leave: all lines of an item together, less those before.
  void TakeGoods(Address at, const RedemptionLine& line, std::map<Owned, Held>& taken);
  void Pay(Address at, const MoneyPaid::Fixed& fact);
  void TakeBack(const EntryReversed& fact);
  void Move(Address at, const Owned& of, Wide pieces, Wide value);

  std::map<Owned, Held> stock_;
  std::map<Owned, Wide> debts_;  ///< of a fund, to a party
  SpendLimits limits_;
};

void Stock::Take(Address at, const schema::Event& event) {
  switch (event.kind->number) {
    case GoodsReceived::kKind:
      return Receive(event.As<GoodsReceived>());
    case GoodsIssued::kKind: {
      const auto& fact = event.As<GoodsIssued>();
      if (fact.from_pot.none()) return;  // a vendor's own
      return Move(at, {fact.owner, fact.item}, -fact.quantity.wide(), -fact.value.wide());
    }
    case GoodsCounted::kKind: {
      const auto& fact = event.As<GoodsCounted>();
      if (fact.of_pot.none()) return;
      const Wide found = fact.difference.wide();
      return Move(at, {fact.owner, fact.item}, found,
                  found < 0 ? -fact.value.wide() : fact.value.wide());
    }
    case RedemptionMade::kKind:
      Redeem(at, event);
      return CompareLimits(at, event);
    case MoneyPaid::kKind:
      return Pay(at, event.As<MoneyPaid>().fixed);
    case EntryReversed::kKind:
      return TakeBack(event.As<EntryReversed>());
    default:
      return;
  }
}

void Stock::Receive(const GoodsReceived& fact) {
  if (fact.to_pot.none()) return;  // a vendor's own
  Held& held = stock_[{fact.owner, fact.item}];
  held.pieces += fact.quantity.wide();
  held.value += fact.value.wide();
  if (static_cast<schema::Funding>(fact.funding) == schema::Funding::kBought)
    debts_[{fact.owner, fact.from}] += fact.value.wide();
}

void Stock::Move(Address at, const Owned& of, Wide pieces, Wide value) {
  Held& held = stock_[of];
  held.pieces += pieces;
  held.value += value;
  if (held.pieces >= 0 || pieces >= 0) return;
  Fail(at, fmt::format("more of {} leaves than {} has", NameOf(of.item), NameOf(of.owner)),
       "0 or more left", WideText(held.pieces));
}

void Stock::Redeem(Address at, const schema::Event& event) {
  const auto& fact = event.As<RedemptionMade>();
  const schema::PolicyProposed* prices = book().policies.InForce(
      schema::PolicyType::kPriceList, fact.fixed.scheme, event.common.business_day);
  std::map<Owned, Held> taken;
  Wide points = 0;
  Wide cost = 0;
  for (const RedemptionLine& line : fact.lines) {
    LookAt();
    points += line.points.wide();
    cost += line.cost.wide();
    const Reward* reward = prices == nullptr ? nullptr
                                             : Policies::ItemOf(prices->price_list.rewards,
                                                                &Reward::reward, line.reward);
    if (reward == nullptr) {
      Fail(at, fmt::format("{} is on no price list of {}", NameOf(line.reward),
                           ToText(event.common.business_day)));
    } else {
      CompareLine(at, line, *reward);
    }
    if (static_cast<Supply>(line.supply) == Supply::kStock) TakeGoods(at, line, taken);
    if (static_cast<Supply>(line.supply) == Supply::kVendor)
      debts_[{line.fund, line.source}] += line.cost.wide();
  }
  if (points != fact.fixed.points.wide() || cost != fact.fixed.cost.wide()) {
    Fail(at, "the lines do not add up to the redemption",
         fmt::format("{} points, {} fen", points, cost),
         fmt::format("{} points, {} fen", fact.fixed.points.value(), fact.fixed.cost.value()));
  }
}

void Stock::CompareLimits(Address at, const schema::Event& event) {
  const auto& fact = event.As<RedemptionMade>();
  const Date day = event.common.business_day;
  for (const SpendLimits::Excess& more : limits_.Take(book(), fact, day)) {
    if (event.common.irregular != 0) continue;
    Fail(at,
         more.person.value() == 0 ? fmt::format("{} spends more points on {} than one may",
                                                NameOf(fact.fixed.holder), ToText(day))
                                  : fmt::format("{} has more rewards in {} than one may",
                                                NameOf(more.person), ToText(MonthOf(day))),
         WideText(more.limit) + " or fewer",
         more.forgotten ? "not known any more, so long ago" : WideText(more.had));
  }
}

void Stock::CompareLine(Address at, const RedemptionLine& line, const Reward& reward) {
  const Wide quantity = line.quantity.wide();
  const auto supply = static_cast<Supply>(reward.supply);
  if (line.points.wide() != reward.points.wide() * quantity) {
    Fail(at, fmt::format("{} costs other points than the price list says", NameOf(line.reward)),
         WideText(reward.points.wide() * quantity), WideText(line.points.wide()));
  }
  const NameId source = supply == Supply::kStock    ? reward.item
                        : supply == Supply::kPlace  ? reward.offer
                        : supply == Supply::kVendor ? reward.vendor
                                                    : NameId{};
  const bool spends = supply == Supply::kStock || supply == Supply::kVendor;
  const NameId fund = spends ? reward.fund : NameId{};
  if (line.supply != reward.supply || line.source != source || line.fund != fund) {
    Fail(at,
         fmt::format("{} comes from somebody else, or is paid by another fund, than listed",
                     NameOf(line.reward)),
         fmt::format("{}, {}", NameOf(source), NameOf(fund)),
         fmt::format("{}, {}", NameOf(line.source), NameOf(line.fund)));
  }
  const Wide value = supply == Supply::kVendor ? reward.value.wide() * quantity : Wide{0};
  if (supply != Supply::kStock && line.cost.wide() != value) {
    Fail(at, fmt::format("{} costs the fund another amount than listed", NameOf(line.reward)),
         WideText(value), WideText(line.cost.wide()));
  }
}

void Stock::TakeGoods(Address at, const RedemptionLine& line, std::map<Owned, Held>& taken) {
  const Owned of{line.fund, line.source};
  Held& before = taken[of];
  const Held now = stock_[of];
  const Wide all = now.pieces + before.pieces;
  const Wide value = now.value + before.value;
  const Wide pieces = before.pieces + line.quantity.wide();
  // The last piece takes what is left. Sums that no log of a writer comes to are not multiplied.
  const bool sane = NarrowWide(value) && NarrowWide(all) && pieces <= all && pieces > 0;
  const Wide share = !sane || pieces == all ? value : value * pieces / all;
  if (sane && line.cost.wide() != share - before.value) {
    Fail(at, fmt::format("{} leaves at another cost than its share", NameOf(line.source)),
         WideText(share - before.value), WideText(line.cost.wide()));
  }
  before.pieces += line.quantity.wide();
  before.value += line.cost.wide();
  Move(at, of, -line.quantity.wide(), -line.cost.wide());
}

void Stock::Pay(Address at, const MoneyPaid::Fixed& fact) {
  if (static_cast<schema::SpendUse>(fact.use) != schema::SpendUse::kPayable) return;
  Wide& debt = debts_[{fact.fund, fact.payee}];
  debt -= fact.amount.wide();
  if (debt >= 0) return;
  Fail(at, fmt::format("{} pays {} more than it owes", NameOf(fact.fund), NameOf(fact.payee)),
       WideText(debt + fact.amount.wide()) + " fen or less", WideText(fact.amount.wide()));
}

void Stock::TakeBack(const EntryReversed& fact) {
  Arena arena;
  if (const auto events = schema::ReadCopy(fact, book().kinds, arena)) {
    const schema::Event& was = events->front().event;
    if (was.kind->number == RedemptionMade::kKind)
      limits_.TakeBack(was.As<RedemptionMade>(), was.common.business_day);
  }
  for (const schema::UndoneLine& line : fact.undo) {
    const schema::AccountKey key = line.key();
    const Owned of{key.owner, key.detail};
    switch (key.account_class) {
      case AccountClass::kStock:
      case AccountClass::kAsset:
        stock_[of].value += line.amount.wide();
        break;
      case AccountClass::kPiecesOnHand:
        stock_[of].pieces += line.amount.wide();
        break;
      case AccountClass::kPayable:
        debts_[of] -= line.amount.wide();
        break;
      default:
        break;
    }
  }
}

}  // namespace

std::unique_ptr<NamedCheck> MakeStock(const KnownBook& book) {
  return std::make_unique<Stock>(book);
}

}  // namespace suanpan::audit
