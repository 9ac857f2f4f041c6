#include "suanpan/replay/slots_ledger.h"

#include <algorithm>
#include <tuple>

#include "suanpan/schema/kinds/sales.h"
#include "suanpan/schema/kinds/service.h"
#include "suanpan/schema/reversal_copy.h"

namespace suanpan::replay {

using schema::EntryReversed;
using schema::SaleRecorded;
using schema::ServiceRecorded;
using schema::SlotMark;
using schema::SlotMarked;
using schema::SlotScheduled;

namespace {

std::string TypeText(std::uint8_t type) {
  const std::size_t index = type - 1U;
  return index < std::size(schema::kSlotTypeWords) ? std::string{schema::kSlotTypeWords[index]}
                                                   : std::string{};
}

}  // namespace

void SlotsLedger::OnEvent(const EventContext& context) {
  if (window_.After(context.event.common.business_day)) return;
  switch (context.event.kind->number) {
    case SlotScheduled::kKind:
      return Schedule(context);
    case SlotMarked::kKind: {
      const auto& fact = context.event.As<SlotMarked>().fixed;
      return Mark(fact.slot, fact.as);
    }
    case SaleRecorded::kKind:
    case ServiceRecorded::kKind:
      return Name(context.event, 1);
    case EntryReversed::kKind:
      return TakeBack(context.event.As<EntryReversed>());
    default:
      return;
  }
}

void SlotsLedger::Schedule(const EventContext& context) {
  const auto& fact = context.event.As<SlotScheduled>().fixed;
  const std::optional<Date> day =
      DateAt(fact.from.seconds, context.state.calendar.get().utc_offset_minutes);
  if (!day || window_.Before(*day) || window_.After(*day)) return;
  Slot& slot = slots_[context.at];
  slot.place = fact.place;
  slot.holder = fact.holder;
  slot.slot_type = fact.slot_type;
  slot.minutes = (Wide{fact.to.seconds} - fact.from.seconds) / 60;
}

void SlotsLedger::Mark(Address at, std::uint8_t mark) {
  const auto slot = slots_.find(at);
  if (slot != slots_.end()) slot->second.mark = mark;
}

void SlotsLedger::Name(const schema::Event& event, int sign) {
  Address at;
  if (event.kind->number == SaleRecorded::kKind) at = event.As<SaleRecorded>().slot;
  if (event.kind->number == ServiceRecorded::kKind) at = event.As<ServiceRecorded>().fixed.slot;
  const auto slot = slots_.find(at);
  if (at.none() || slot == slots_.end()) return;
  if (sign > 0) {
    ++slot->second.named;
  } else if (slot->second.named != 0) {
    --slot->second.named;
  }
}

void SlotsLedger::TakeBack(const EntryReversed& fact) {
  if (fact.fixed.kind == SlotScheduled::kKind) slots_.erase(fact.fixed.of);
  const bool names =
      fact.fixed.kind == SaleRecorded::kKind || fact.fixed.kind == ServiceRecorded::kKind;
  if (!names && fact.fixed.kind != SlotMarked::kKind) return;
  Arena arena;
  const auto events = schema::ReadCopy(fact, kinds_, arena);
  if (!events) return;
  if (names) return Name(events->front().event, -1);
  if (events->front().event.kind->number == SlotMarked::kKind)
    Mark(events->front().event.As<SlotMarked>().fixed.slot, 0);
}

std::vector<SlotsStatement> SlotsLedger::Statements(const rules::BookState& state) const {
  std::map<std::tuple<std::string, std::string, std::string>, SlotsStatement> lines;
  for (const auto& [at, slot] : slots_) {
    const std::string place{state.names.TextOf(slot.place)};
    const std::string holder{state.names.TextOf(slot.holder)};
    const std::string type = TypeText(slot.slot_type);
    SlotsStatement& line = lines[{place, type, holder}];
    line.place = place;
    line.slot_type = type;
    line.holder = holder;
    ++line.scheduled;
    if (slot.named != 0) ++line.used;
    const auto mark = static_cast<SlotMark>(slot.mark);
    if (mark != SlotMark::kCancelled) line.minutes += slot.minutes;
    if (mark == SlotMark::kCheckedIn) {
      ++line.checked_in;
    } else if (mark == SlotMark::kNoShow) {
      ++line.no_show;
    } else if (mark == SlotMark::kCancelled) {
      ++line.cancelled;
    } else {
      ++line.unmarked;
    }
  }
  std::vector<SlotsStatement> statements;
  for (auto& [key, line] : lines) statements.push_back(std::move(line));
  return statements;
}

}  // namespace suanpan::replay
