#include "forged_log.h"

#include <gtest/gtest.h>

#include <cstring>
#include <map>

#include "field_turn.h"
#include "suanpan/rules/catalogue.h"
#include "unit/schema/all_kinds.h"

namespace suanpan::audit {

using namespace schema;

namespace {

constexpr std::size_t kNone = ~std::size_t{0};
constexpr std::int64_t kDayUs = 86'400'000'000;

/// Leaves every name and address as it is: resolving through it copies a payload.
class Same final : public FieldMap {
 public:
  NameId MapName(NameId id) override { return id; }
  Address MapAddress(std::string_view, Address address) override { return address; }
};

/// Visits the payload of an event, whatever its kind.
void DescribePayload(FieldTurn& turn, Event& event) {
  AllKinds::ForEach([&]<class T>() {
    if (event.kind->number != T::kKind) return;
    T::Describe(turn, *const_cast<T*>(static_cast<const T*>(event.payload)));
  });
}

/// What every event has, the times and causes too, which no visitor of fields reaches.
void DescribeCommon(FieldTurn& turn, EventCommon& common) {
  EventCommon::Describe(turn, common);
  const std::uint32_t seconds = common.occurred.seconds;
  for (const std::uint32_t other : {seconds + 1, seconds - 1, seconds + 86'400, seconds - 86'400,
                                    seconds + 31 * 86'400, seconds + 3'600}) {
    turn.Set("occurred_at", common.occurred.seconds, other);
  }
  for (const int step : {1, -32, 100}) {
    turn.Set("occurred_at", common.occurred.zone_quarters,
             static_cast<std::int8_t>(common.occurred.zone_quarters + step));
  }
  turn.Day("business_date", common.business_day, Need::kRequired);
  turn.Period("period", common.period, Need::kRequired);
  // A day later in everything that says it.
  for (const int days : {1, -1, 27, 400}) {
    turn.Offer("occurred_at", [&] {
      common.occurred.seconds += static_cast<std::uint32_t>(days * 86'400);
      common.business_day = Date{static_cast<std::uint16_t>(common.business_day.value() + days)};
      common.period = MonthOf(common.business_day);
    });
  }
  for (const int step : {1, -1}) {
    turn.Set("cause", common.cause, static_cast<std::uint16_t>(common.cause + step));
  }
  turn.Event("cause_address", common.cause_address, Need::kOptional);
  turn.Set("rule", common.rule.version, common.rule.version + 1);
  turn.Offer("rule", [&] { common.rule = {NameId{1}, 1}; });
}

}  // namespace

ForgedLog::ForgedLog(const std::vector<std::string>& entries) {
  Same same;
  for (const std::string& entry : entries) {
    std::vector<std::uint64_t>& words = bytes_.emplace_back((entry.size() + 7) / 8);
    std::memcpy(words.data(), entry.data(), entry.size());
    const EntryView view =
        DecodeEntry({reinterpret_cast<const std::uint8_t*>(words.data()), entry.size()},
                    rules::Catalogue::Standard().kinds(), arena_)
            .value();
    Entry& copy = entries_.emplace_back(
        Entry{view.common, {view.events.begin(), view.events.end()}, entries_.size() + 1});
    for (Event& event : copy.events) {
      event.payload = event.kind->resolve(event.payload, same, arena_);
      if (event.kind->number == RefIntroduced::kKind) {
        names_.Intern(event.As<RefIntroduced>().ref);
      }
    }
  }
  seen_.stranger = names_.Intern("stranger");
  Learn();
}

void ForgedLog::Learn() {
  SeenValues learned;
  learned.stranger = seen_.stranger;
  for (Entry& entry : entries_) {
    for (Event& event : entry.events) {
      FieldTurn turn{seen_, arena_, kNone, &learned};
      EventCommon::Describe(turn, event.common);
      DescribePayload(turn, event);
    }
  }
  seen_ = std::move(learned);
}

std::optional<std::string> ForgedLog::Turn(Entry& entry, std::size_t line, std::size_t number) {
  Event& event = entry.events[line];
  FieldTurn turn{seen_, arena_, number};
  DescribeCommon(turn, event.common);
  DescribePayload(turn, event);
  if (!turn.turned()) return std::nullopt;
  return std::string{event.kind->name} + " " + turn.field();
}

std::size_t ForgedLog::CountTurns(Entry& entry, std::size_t line) {
  FieldTurn turn{seen_, arena_, kNone};
  DescribeCommon(turn, entry.events[line].common);
  DescribePayload(turn, entry.events[line]);
  return turn.count();
}

std::optional<std::string> ForgedLog::TurnHead(Entry& entry, std::size_t number) {
  EntryCommon& common = entry.common;
  FieldTurn turn{seen_, arena_, number};
  for (const std::int64_t step : {std::int64_t{1}, std::int64_t{-1}, kDayUs, -kDayUs}) {
    turn.Set("recorded_at", common.recorded_at, InstantUs{common.recorded_at.value() + step});
  }
  turn.Set("source", common.source, NameId{});
  turn.Set("source", common.source, seen_.stranger);
  turn.Set("key", common.key.stream, seen_.stranger);
  for (const std::uint64_t step : {1U, 1'000'000U}) {
    turn.Set("key", common.key.counter, common.key.counter + step);
  }
  turn.Offer("key", [&] { common.key = {}; });
  turn.Offer("key", [&] {
    common.key = {};
    common.key.form = KeyForm::kUuid;
    common.key.uuid.bytes.fill(0x44);
  });
  if (!turn.turned()) return std::nullopt;
  return "entry " + turn.field();
}

/// Ids and addresses of the log as it was, to those that it has now.
class ForgedLog::Renaming final : public FieldMap {
 public:
  explicit Renaming(const ForgedLog& log) : log_(log) {
    for (std::size_t i = 0; i < log.entries_.size(); ++i) {
      if (log.entries_[i].was != 0) now_.emplace(log.entries_[i].was, i + 1);
    }
  }
  NameId MapName(NameId id) override {
    const std::string_view text = log_.names_.TextOf(id);
    return text.empty() ? id : names.Intern(text);
  }
  /// What named an entry that is gone keeps its number.
  Address MapAddress(std::string_view, Address address) override {
    const auto found = now_.find(address.seq().value());
    return found == now_.end() ? address : Address{Seq{found->second}, address.line()};
  }

  NameTable names;

 private:
  const ForgedLog& log_;
  std::map<std::uint64_t, std::uint64_t> now_;
};

void ForgedLog::Renumber(Entry& entry, Renaming& renaming) {
  const std::uint32_t before = renaming.names.count();
  const auto map = [&](NameId& id) {
    if (id.value() != 0) id = renaming.MapName(id);
  };
  map(entry.common.source);
  map(entry.common.key.stream);
  std::erase_if(entry.events,
                [](const Event& event) { return event.kind->number == RefIntroduced::kKind; });
  for (Event& event : entry.events) {
    FieldResolver common{renaming, arena_};
    EventCommon::Describe(common, event.common);
    map(event.common.rule.policy);
    void* payload = event.kind->resolve(event.payload, renaming, arena_);
    event.payload = payload;
    // An agreement that nobody stated is no field of the command, and known already.
    if (event.kind->number == SaleRecorded::kKind) {
      auto& fixed = static_cast<SaleRecorded*>(payload)->fixed;
      if (!Has(fixed.flags, SaleRecorded::kAgreementStated)) map(fixed.agreement);
    } else if (event.kind->number == RefundRecorded::kKind) {
      auto& fixed = static_cast<RefundRecorded*>(payload)->fixed;
      if (!Has(fixed.flags, RefundRecorded::kAgreementStated)) map(fixed.agreement);
    }
  }
  if (entry.events.empty()) return;
  Event introduced;
  introduced.common.occurred = entry.events.front().common.occurred;
  introduced.common.business_day = entry.events.front().common.business_day;
  introduced.common.period = entry.events.front().common.period;
  introduced.kind = rules::Catalogue::Standard().kinds().ByNumber(RefIntroduced::kKind);
  for (std::uint32_t id = before + 1; id <= renaming.names.count(); ++id) {
    auto* name = arena_.One<RefIntroduced>();
    *name = {NameId{id}, arena_.Copy(renaming.names.TextOf(NameId{id}))};
    introduced.payload = name;
    entry.events.push_back(introduced);
  }
}

std::vector<std::string> ForgedLog::Renumbered() {
  Renaming renaming{*this};
  for (Entry& entry : entries_) Renumber(entry, renaming);
  return Encoded();
}

std::vector<std::string> ForgedLog::Encoded() const {
  EntryEncoder encoder;
  std::vector<std::string> bytes;
  for (const Entry& entry : entries_) {
    encoder.Encode(entry.common, entry.events, bytes.emplace_back());
  }
  return bytes;
}

}  // namespace suanpan::audit
