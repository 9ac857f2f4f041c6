// d-complete: what the timetable of the stalls and the goods of vendors tell of sales that may be
// missing: slots in which nothing was sold, sales outside every slot or the one that they name, and
// more sold of a vendor's goods than came in.

#include <algorithm>
#include <array>
#include <map>

#include "src/named/donations/donations_checks.h"
#include "src/totals/wide_text.h"
#include "suanpan/schema/kinds/goods.h"
#include "suanpan/schema/kinds/registers.h"
#include "suanpan/schema/kinds/sales.h"
#include "suanpan/schema/kinds/slots.h"
#include "suanpan/schema/reversal_copy.h"

namespace suanpan::audit {
namespace {

using schema::EntryReversed;
using schema::GoodsIssued;
using schema::GoodsReceived;
using schema::RefundRecorded;
using schema::SaleRecorded;
using schema::SlotMark;
using schema::SlotMarked;
using schema::SlotScheduled;

// Sales are counted by the quarter of an hour, so that memory grows with days and not with sales.
constexpr std::uint32_t kQuarterSeconds = 900;
constexpr std::uint32_t kQuarters = 96;                   ///< of a day
constexpr std::uint32_t kQuartersBack = 800 * kQuarters;  ///< what is further back is forgotten

class Complete final : public NamedCheck {
 public:
  using NamedCheck::NamedCheck;

  void Take(Address at, const schema::Event& event) override;
  void Finish() override;

 private:
  struct StallSlot {
    NameId vendor;
    std::uint32_t first = 0;  ///< quarter since 1970
    std::uint32_t last = 0;
    bool marked_off = false;  ///< cancelled, or nobody came
    bool sold = false;        ///< a sale names it
  };
  /// One vendor on one day of UTC.
  struct Day {
    NameId vendor;
    std::uint32_t day = 0;
    friend auto operator<=>(const Day&, const Day&) = default;
  };
  struct Sales {
    Address first;
    std::array<std::uint16_t, kQuarters> by_quarter{};
  };
  struct Owned {
    NameId owner;
    NameId item;
    friend auto operator<=>(const Owned&, const Owned&) = default;
  };
  struct Pieces {
    Wide in = 0;   ///< received, less what was issued and is missing
    Wide out = 0;  ///< sold, less what came back
  };

  void Schedule(Address at, const SlotScheduled::Fixed& fact);
  void Mark(const SlotMarked::Fixed& fact, bool back);
  void Sell(Address at, const schema::Event& event);
  void CountSold(const SaleRecorded& fact, int sign);
  void Refund(const RefundRecorded& fact, int sign);
  /// Goods that a vendor got or gave; of a fund they are p-stock's.
  void Move(NameId owner, NameId item, Wide pieces);
  /// A fact of goods, or its reversal.
  void MoveGoods(const schema::Event& event, int sign);
  void TakeBack(const EntryReversed& fact);
  /// The quarter in which a day of the book begins.
  [[nodiscard]] std::uint32_t BeginOf(Date day) const;
  /// Before it slots are over: days have begun, or been closed, since then, or something was sold.
  [[nodiscard]] std::uint32_t Newest() const;
  [[nodiscard]] bool IsCovered(NameId vendor, std::uint32_t quarter) const;
  [[nodiscard]] bool HasSales(const StallSlot& slot) const;
  /// Judges days and slots before a quarter, and forgets them.
  void Judge(std::uint32_t before);
  void JudgePieces();

  std::map<Address, StallSlot> slots_;
  std::map<NameId, std::uint64_t> timetabled_;  ///< vendors that ever had a slot
  std::map<Day, Sales> sales_;
  std::map<Owned, Pieces> pieces_;
  std::map<Address, Address> elsewhere_;  ///< sales outside the slot that they name, and the slot
  std::int64_t utc_offset_seconds_ = 0;
  std::uint32_t newest_ = 0;  ///< quarter of the latest sale
  std::uint32_t judged_ = 0;  ///< quarter before which all is judged
};

void Complete::Take(Address at, const schema::Event& event) {
  switch (event.kind->number) {
    case schema::BookOpened::kKind:
      utc_offset_seconds_ = std::int64_t{60} * event.As<schema::BookOpened>().utc_offset_minutes;
      return;
    case SlotScheduled::kKind:
      return Schedule(at, event.As<SlotScheduled>().fixed);
    case SlotMarked::kKind:
      return Mark(event.As<SlotMarked>().fixed, false);
    case SaleRecorded::kKind:
      return Sell(at, event);
    case RefundRecorded::kKind:
      return Refund(event.As<RefundRecorded>(), 1);
    case EntryReversed::kKind:
      return TakeBack(event.As<EntryReversed>());
    default:
      return MoveGoods(event, 1);
  }
}

void Complete::Schedule(Address at, const SlotScheduled::Fixed& fact) {
  if (static_cast<schema::SlotType>(fact.slot_type) != schema::SlotType::kStall) return;
  LookAt();
  const std::uint32_t end = std::max(fact.to.seconds, fact.from.seconds + 1);
  slots_[at] = {fact.holder, fact.from.seconds / kQuarterSeconds, (end - 1) / kQuarterSeconds,
                false, false};
  ++timetabled_[fact.holder];
}

void Complete::Mark(const SlotMarked::Fixed& fact, bool back) {
  const auto slot = slots_.find(fact.slot);
  if (slot == slots_.end()) return;
  slot->second.marked_off = !back && static_cast<SlotMark>(fact.as) != SlotMark::kCheckedIn;
}

void Complete::Sell(Address at, const schema::Event& event) {
  LookAt();
  const auto& fact = event.As<SaleRecorded>();
  CountSold(fact, 1);
  const std::uint32_t quarter = event.common.occurred.seconds / kQuarterSeconds;
  newest_ = std::max(newest_, quarter);
  const auto named = slots_.find(fact.slot);
  if (named != slots_.end() && named->second.vendor == fact.fixed.vendor) {
    named->second.sold = true;
    if (quarter < named->second.first || quarter > named->second.last) elsewhere_[at] = fact.slot;
    return;
  }
  Sales& sales = sales_[{fact.fixed.vendor, quarter / kQuarters}];
  if (sales.first.none()) sales.first = at;
  std::uint16_t& count = sales.by_quarter[quarter % kQuarters];
  if (count != 0xffff) ++count;
  if (newest_ < judged_ + kQuartersBack + 31 * kQuarters) return;
  judged_ = newest_ - kQuartersBack;
  Judge(judged_);
}

void Complete::CountSold(const SaleRecorded& fact, int sign) {
  for (const schema::SaleLine& line : fact.lines)
    pieces_[{fact.fixed.vendor, line.item}].out += sign * line.quantity.wide();
}

void Complete::Refund(const RefundRecorded& fact, int sign) {
  for (const schema::RefundLine& line : fact.lines) {
    if (line.item.value() != 0)
      pieces_[{fact.fixed.vendor, line.item}].out -= sign * line.quantity.wide();
  }
}

void Complete::Move(NameId owner, NameId item, Wide pieces) {
  if (book().parties.TypeOf(owner) == schema::PartyType::kVendor)
    pieces_[{owner, item}].in += pieces;
}

void Complete::MoveGoods(const schema::Event& event, int sign) {
  if (event.kind->number == GoodsReceived::kKind) {
    const auto& fact = event.As<GoodsReceived>();
    Move(fact.owner, fact.item, sign * fact.quantity.wide());
  } else if (event.kind->number == GoodsIssued::kKind) {
    const auto& fact = event.As<GoodsIssued>();
    Move(fact.owner, fact.item, -sign * fact.quantity.wide());
  }
}

void Complete::TakeBack(const EntryReversed& fact) {
  Arena arena;
  const auto events = schema::ReadCopy(fact, book().kinds, arena);
  if (!events) return;
  const schema::Event& was = events->front().event;
  switch (was.kind->number) {
    case SlotScheduled::kKind:
      slots_.erase(events->front().at);
      return;
    case SlotMarked::kKind:
      return Mark(was.As<SlotMarked>().fixed, true);
    case SaleRecorded::kKind:
      elsewhere_.erase(events->front().at);
      // That it was keyed shows that somebody was there: it stays in its quarter of an hour.
      return CountSold(was.As<SaleRecorded>(), -1);
    case RefundRecorded::kKind:
      return Refund(was.As<RefundRecorded>(), -1);
    default:
      return MoveGoods(was, -1);
  }
}

bool Complete::IsCovered(NameId vendor, std::uint32_t quarter) const {
  return std::ranges::any_of(slots_, [&](const auto& slot) {
    return slot.second.vendor == vendor && slot.second.first <= quarter &&
           quarter <= slot.second.last;
  });
}

bool Complete::HasSales(const StallSlot& slot) const {
  for (std::uint32_t day = slot.first / kQuarters; day <= slot.last / kQuarters; ++day) {
    const auto sales = sales_.find({slot.vendor, day});
    if (sales == sales_.end()) continue;
    for (std::uint32_t quarter = 0; quarter < kQuarters; ++quarter) {
      const std::uint32_t at = day * kQuarters + quarter;
      if (at >= slot.first && at <= slot.last && sales->second.by_quarter[quarter] != 0)
        return true;
    }
  }
  return false;
}

std::uint32_t Complete::BeginOf(Date day) const {
  const std::int64_t seconds = std::int64_t{day.value()} * 86'400 - utc_offset_seconds_;
  return seconds <= 0 ? 0 : static_cast<std::uint32_t>(seconds / kQuarterSeconds);
}

std::uint32_t Complete::Newest() const {
  const std::uint32_t closed =
      book().closed_day.value() == 0 ? 0 : BeginOf(NextDay(book().closed_day));
  return std::max({newest_, closed, BeginOf(book().newest_day)});
}

void Complete::Finish() {
  for (const auto& [sale, slot] : elsewhere_)
    Note(sale, "the sale lies outside the slot that it names",
         "a time within " + schema::ToText(slot));
  Judge(~std::uint32_t{0});
  JudgePieces();
}

void Complete::Judge(std::uint32_t before) {
  for (const auto& [at, slot] : slots_) {
    const bool over = slot.last < std::min(before, Newest());
    if (!over || slot.marked_off || slot.sold || HasSales(slot)) continue;
    Note(at, fmt::format("{} sold nothing in this slot", NameOf(slot.vendor)));
  }
  for (const auto& [day, sales] : sales_) {
    if (day.day >= before / kQuarters || !timetabled_.contains(day.vendor)) continue;
    std::uint64_t outside = 0;
    for (std::uint32_t quarter = 0; quarter < kQuarters; ++quarter) {
      const std::uint16_t count = sales.by_quarter[quarter];
      if (count != 0 && !IsCovered(day.vendor, day.day * kQuarters + quarter)) outside += count;
    }
    if (outside == 0) continue;
    Note(sales.first,
         outside == 1
             ? fmt::format("a sale of {} on this day lies in none of its slots", NameOf(day.vendor))
             : fmt::format("{} sales of {} on this day lie in none of its slots", outside,
                           NameOf(day.vendor)));
  }
  if (before == ~std::uint32_t{0}) return;
  std::erase_if(sales_, [before](const auto& day) { return day.first.day < before / kQuarters; });
  std::erase_if(slots_, [before](const auto& slot) { return slot.second.last < before; });
}

void Complete::JudgePieces() {
  for (const auto& [of, pieces] : pieces_) {
    if (pieces.in == 0 || pieces.out <= pieces.in) continue;
    Note({}, fmt::format("{} sold more of {} than came in", NameOf(of.owner), NameOf(of.item)),
         WideText(pieces.in) + " or fewer", WideText(pieces.out));
  }
}

}  // namespace

std::unique_ptr<NamedCheck> MakeComplete(const KnownBook& book) {
  return std::make_unique<Complete>(book);
}

}  // namespace suanpan::audit
