#include "src/checks/replay_check.h"

#include <algorithm>

#include "suanpan/schema/kinds/log.h"
#include "suanpan/schema/kinds/registers.h"

namespace suanpan::audit {

using schema::Event;

namespace {

constexpr std::int64_t kFutureMaxUs = 300'000'000;  // events.md section 9, refusal 701

std::string TextOf(const Status& status) { return std::string{status.message()}; }

}  // namespace

ReplayCheck::ReplayCheck(const rules::Catalogue& catalogue, const std::set<Hash32>& accepted,
                         Findings& findings)
    : catalogue_(catalogue),
      accepted_(accepted),
      findings_(findings),
      state_(std::make_unique<rules::BookState>()),
      donations_(names_, findings),
      funds_(names_, findings) {}

void ReplayCheck::Take(const PreparedBundle& bundle) {
  if (!bundle.readable) return Lost();
  std::uint64_t seq = bundle.tile.index * proof::kTileWidth;
  for (const PreparedEntry& entry : bundle.entries) TakeEntry(Seq{++seq}, entry);
}

void ReplayCheck::Lost() {
  findings_.Worsen(kV5, StepResult::kUndecided);
  Break();
}

void ReplayCheck::Break() {
  whole_ = false;
  replaying_ = false;
  findings_.Worsen(kV6, StepResult::kUndecided);
  findings_.Worsen(kV7, StepResult::kUndecided);
}

void ReplayCheck::TakeEntry(Seq seq, const PreparedEntry& entry) {
  if (!entry.decoded.ok()) {
    if (entry.decoded.code() == StatusCode::kFailedPrecondition) {
      findings_.Doubt(kV5, "unknown_kind", seq.value(), TextOf(entry.decoded));
    } else {
      findings_.Fail(kV5, "damaged_entry", seq.value(), TextOf(entry.decoded));
    }
    return Break();
  }
  if (!entry.canonical.ok()) {
    findings_.Fail(kV5, "not_canonical", seq.value(), TextOf(entry.canonical));
  }
  if (!whole_) return;
  const schema::EntryView& view = entry.view;
  events_ += view.events.size();
  commands_ += view.common.key.form == schema::KeyForm::kEngine ? 0U : 1U;
  if (!TakeNames(seq, view)) return Break();
  CheckForm(seq, entry);
  CheckTimes(seq, view);
  CheckSchema(seq, view);
  if (keys_work_) {
    const Status taken = keys_.Take(
        seq, view.common,
        [this](std::uint64_t later, std::uint64_t first) { NoteDuplicate(later, first); });
    keys_work_ = taken.ok();
    if (!taken.ok()) findings_.Doubt(kV6, "keys", seq.value(), TextOf(taken));
  }
  for (std::size_t line = 0; line < view.events.size(); ++line) {
    const Address at{seq, static_cast<std::uint16_t>(line)};
    funds_.Take(at, view.events[line]);
    donations_.Take(at, view.events[line]);
  }
  donations_.EndEntry(seq);
  Apply(seq, view);
}

bool ReplayCheck::TakeNames(Seq seq, const schema::EntryView& view) {
  for (const Event& event : view.events) {
    if (event.kind->number != schema::RefIntroduced::kKind) continue;
    const auto& name = event.As<schema::RefIntroduced>();
    const std::uint32_t due = names_.count() + 1;
    if (name.id.value() != due || names_.Find(name.ref).value() != 0) {
      findings_.Fail(kV6, "name_order", seq.value(),
                     fmt::format("name '{}' is introduced out of order or twice", name.ref),
                     std::to_string(due), std::to_string(name.id.value()));
      return false;
    }
    names_.Intern(name.ref);
  }
  return true;
}

void ReplayCheck::CheckForm(Seq seq, const PreparedEntry& entry) {
  const Status checked = schema::CheckEntry(entry.view, names_);
  if (!checked.ok()) findings_.Fail(kV5, "field", seq.value(), TextOf(checked));
}

void ReplayCheck::CheckTimes(Seq seq, const schema::EntryView& view) {
  const InstantUs recorded = view.common.recorded_at;
  if (recorded < last_recorded_) {
    findings_.Fail(kV6, "recorded_at", seq.value(), "recorded_at goes back",
                   ToText(last_recorded_) + " or later", ToText(recorded));
  }
  last_recorded_ = std::max(last_recorded_, recorded);
  for (const Event& event : view.events) {
    if (event.kind->number == schema::BookOpened::kKind) {
      utc_offset_minutes_ = event.As<schema::BookOpened>().utc_offset_minutes;
    }
    const schema::EventCommon& common = event.common;
    const std::int64_t occurred_us = std::int64_t{common.occurred.seconds} * 1'000'000;
    const std::optional<Date> day = DateAt(common.occurred.seconds, utc_offset_minutes_);
    const bool future = occurred_us > recorded.value() + kFutureMaxUs;
    const bool misdated = !day || *day != common.business_day || MonthOf(*day) != common.period;
    if (future) {
      findings_.Fail(kV6, "occurred_in_future", seq.value(), "it occurred after it was recorded",
                     ToText(recorded) + " or before", ToText(common.occurred));
    }
    if (misdated) {
      findings_.Fail(kV6, "business_date", seq.value(),
                     "business date or period is not the one of occurred_at in this book",
                     day ? ToText(*day) : "none", ToText(common.business_day));
    }
    if (future || misdated) return;  // derived events repeat the times of their cause
  }
}

void ReplayCheck::CheckSchema(Seq seq, const schema::EntryView& view) {
  bool added = false;
  for (const Event& event : view.events) {
    if (event.kind->number != schema::SchemaAdded::kKind) continue;
    added = true;
    const auto& digest = event.As<schema::SchemaAdded>().digest;
    if (!digest) continue;  // V5 has said so
    schemas_.insert(ToHex(digest->bytes));
    if (accepted_.contains(*digest)) continue;
    findings_.Fail(kV5, "unknown_schema", seq.value(),
                   "the log uses a schema that the auditor does not know", {},
                   ToHex(digest->bytes));
  }
  if (seq == Seq{1} && !added) {
    findings_.Fail(kV5, "no_schema", 1, "the first entry does not say which schema is used");
  }
}

void ReplayCheck::Apply(Seq seq, const schema::EntryView& view) {
  if (!replaying_) return;
  const Status applied = rules::ApplyEntry(catalogue_, *state_, seq, view);
  if (applied.ok()) return;
  findings_.Fail(kV6, "replay", seq.value(), TextOf(applied));
  replaying_ = false;
}

void ReplayCheck::NoteDuplicate(std::uint64_t seq, std::uint64_t first) {
  findings_.Fail(kV6, "duplicate_key", seq, "its command key is bound to an earlier entry", {},
                 first == 0 ? std::string{} : std::to_string(first));
}

void ReplayCheck::CompareFunds() {
  const auto differ = [this](std::string what, Wide facts, Fen replayed) {
    if (facts == replayed.wide()) return;
    findings_.Fail(kV7, "fund_balance", 0, std::move(what) + " differs from the replayed account",
                   std::to_string(NarrowWide(facts).value_or(0)), std::to_string(replayed.value()));
  };
  for (const auto& [share, sum] : funds_.shares()) {
    const rules::AccountKey key{rules::AccountClass::kBank, {}, share.fund, share.account};
    differ(rules::PathOf(key, names_), sum, state_->accounts.BalanceOf(key));
  }
  for (const auto& [key, sum] : funds_.pots()) {
    const std::optional<std::uint32_t> fund = state_->IndexOf(key.fund, rules::Role::kFund);
    if (!fund) continue;
    differ(fmt::format("pot {} of {}", schema::ToText(key.pot), names_.TextOf(key.fund)), sum,
           state_->PotBalance(*fund, key.pot));
  }
  for (const NameId name : funds_.funds()) {
    const std::optional<std::uint32_t> fund = state_->IndexOf(name, rules::Role::kFund);
    Wide sum = 0;
    for (const auto& [key, balance] : funds_.pots()) sum += key.fund == name ? balance : 0;
    if (fund) differ(fmt::format("fund {}", names_.TextOf(name)), sum, state_->FundBalance(*fund));
  }
}

void ReplayCheck::Finish(BookReport& report) {
  const Status merged =
      keys_.Finish([this](std::uint64_t seq, std::uint64_t first) { NoteDuplicate(seq, first); });
  if (!merged.ok()) findings_.Doubt(kV6, "keys", 0, TextOf(merged));
  report.events = events_;
  report.commands = commands_;
  report.schemas.assign(schemas_.begin(), schemas_.end());
  if (!whole_) return;
  report.agreements = donations_.Finish();
  report.funds = funds_.Finish();
  if (replaying_) CompareFunds();
}

}  // namespace suanpan::audit
