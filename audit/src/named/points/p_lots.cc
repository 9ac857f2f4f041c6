// p-lots: a debit takes the first lots to end, as far as they were there to be taken; a lot never
// gives more than it has; what a holder's lots come to is the balance that the postings make; and
// points that come from another book left it.

#include <algorithm>
#include <set>

#include "src/named/points/move_pairs.h"
#include "src/named/points/points_checks.h"
#include "src/totals/wide_text.h"

namespace suanpan::audit {
namespace {

using schema::PointsAdjusted;
using schema::PointsDeducted;
using schema::PointsExpired;
using schema::PointsGranted;
using schema::PointsMoved;
using schema::RedemptionMade;
using schema::TakenLot;

/// "13.2: 1, 14.2: 1".
template <class Rows, class Amount>
std::string RowsText(const Rows& rows, Amount amount) {
  std::string text;
  for (const auto& row : rows) {
    text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", schema::ToText(row.lot), amount(row));
  }
  return text.empty() ? "none" : text;
}

class LotOrder final : public NamedCheck {
 public:
  using NamedCheck::NamedCheck;

  void Take(Address at, const schema::Event& event) override;
  void EndEntry(Seq seq) override;
  [[nodiscard]] bool ComparesBooks() const override { return true; }
  void TakeOther(const std::string& other, std::span<const BookMove> moves, Date newest) override;
  void Finish() override;

 private:
  using Key = Lots::HolderKey;

  void Redeem(Address at, const schema::Event& event);
  void Deduct(Address at, const schema::Event& event);
  void Move(Address at, const schema::Event& event);
  /// That the rows are the first lots of the holder that make up `wanted`.
  void Compare(Address at, const Key& key, std::span<const TakenLot> rows, Wide wanted, Date day,
               LotUse use);
  void Tell(const OddMove& odd);
  void Touch(NameId scheme, NameId holder) { touched_.insert({scheme, holder}); }

  std::set<Key> touched_;  ///< in the entry at hand
};

void LotOrder::Take(Address at, const schema::Event& event) {
  switch (event.kind->number) {
    case RedemptionMade::kKind:
      return Redeem(at, event);
    case PointsDeducted::kKind:
      return Deduct(at, event);
    case PointsMoved::kKind:
      return Move(at, event);
    case PointsExpired::kKind: {
      const auto& fact = event.As<PointsExpired>().fixed;
      return Touch(fact.scheme, fact.holder);
    }
    case PointsAdjusted::kKind: {
      const auto& fact = event.As<PointsAdjusted>().fixed;
      return Touch(fact.scheme, fact.holder);
    }
    default:
      return;
  }
}

void LotOrder::Redeem(Address at, const schema::Event& event) {
  const auto& fact = event.As<RedemptionMade>();
  const Key key{fact.fixed.scheme, fact.fixed.holder};
  Compare(at, key, fact.lots, fact.fixed.points.wide(), event.common.business_day, LotUse::kRedeem);
}

void LotOrder::Deduct(Address at, const schema::Event& event) {
  const auto& fact = event.As<PointsDeducted>();
  const Key key{fact.fixed.scheme, fact.fixed.holder};
  Compare(at, key, fact.lots, fact.fixed.points.wide() - fact.fixed.claim.wide(),
          event.common.business_day, LotUse::kTake);
}

void LotOrder::Move(Address at, const schema::Event& event) {
  const auto& fact = event.As<PointsMoved>();
  if (fact.to.value() != 0) Touch(fact.scheme, fact.to);
  const Key key{fact.scheme, fact.from};
  if (fact.from_book.value() == 0) {
    return Compare(at, key, fact.lots, fact.points.wide(), event.common.business_day,
                   LotUse::kTake);
  }
  LookAt();
  const bool own =
      fact.lots.size() == 1 && fact.lots[0].lot == at && fact.lots[0].quantity == fact.points;
  if (own) return;
  Fail(at, "points from another book are not one lot of this event's own",
       fmt::format("{}: {}", schema::ToText(at), fact.points.value()),
       RowsText(fact.lots, [](const TakenLot& row) { return row.quantity.value(); }));
}

void LotOrder::Compare(Address at, const Key& key, std::span<const TakenLot> rows, Wide wanted,
                       Date day, LotUse use) {
  LookAt();
  Touch(key.scheme, key.holder);
  const std::vector<KnownLot> expected = book().lots.Choose(key, wanted, day, use);
  const bool same =
      std::ranges::equal(expected, rows, [](const KnownLot& lot, const TakenLot& row) {
        return lot.lot == row.lot && lot.left == row.quantity.wide() && lot.person == row.person &&
               lot.earned == row.earned && lot.usable_from == row.usable_from &&
               lot.expires == row.expires;
      });
  Wide taken = 0;
  for (const TakenLot& row : rows) taken += row.quantity.wide();
  if (taken != wanted) {
    Fail(at,
         fmt::format("the lots taken from {} are not the points of the event", NameOf(key.holder)),
         WideText(wanted), WideText(taken));
  }
  if (same) return;
  Fail(at,
       fmt::format("other lots are taken from {} than the first to end, or with other dates than "
                   "they have",
                   NameOf(key.holder)),
       RowsText(expected, [](const KnownLot& lot) { return lot.left; }),
       RowsText(rows, [](const TakenLot& row) { return row.quantity.value(); }));
}

void LotOrder::EndEntry(Seq seq) {
  for (const Key& key : touched_) {
    for (const KnownLot& lot : book().lots.Of(key)) {
      if (lot.left >= 0) continue;
      Fail(Address{seq, 0},
           fmt::format("lot {} of {} has given more than it had", schema::ToText(lot.lot),
                       NameOf(key.holder)),
           "0 or more left", WideText(lot.left));
    }
  }
  touched_.clear();
}

void LotOrder::Tell(const OddMove& odd) {
  if (odd.failed) {
    Fail(odd.move->at, odd.text, odd.expected, odd.actual);
  } else {
    Note(odd.move->at, odd.text, odd.expected, odd.actual);
  }
}

void LotOrder::TakeOther(const std::string& other, std::span<const BookMove> moves, Date newest) {
  FindUnpaired(book().moves, other, moves, newest, [this](const OddMove& odd) { Tell(odd); });
}

void LotOrder::Finish() {
  FindRepeated(book().moves, [this](const OddMove& odd) { Tell(odd); });
  std::set<Key> holders;
  for (const auto& [key, lots] : book().lots.all()) holders.insert(key);
  for (const auto& [key, holding] : book().totals.holders()) holders.insert(key);
  for (const Key& key : holders) {
    Wide sum = 0;
    for (const KnownLot& lot : book().lots.Of(key)) sum += lot.left;
    const auto holding = book().totals.holders().find(key);
    const Wide balance =
        holding == book().totals.holders().end() ? Wide{0} : holding->second.balance;
    if (sum == balance) continue;
    Fail({},
         fmt::format("the lots of {} in {} do not add up to the balance", NameOf(key.holder),
                     NameOf(key.scheme)),
         WideText(balance), WideText(sum));
  }
}

}  // namespace

std::unique_ptr<NamedCheck> MakeLots(const KnownBook& book) {
  return std::make_unique<LotOrder>(book);
}

}  // namespace suanpan::audit
