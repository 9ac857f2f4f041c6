#include "src/checks/replay_check.h"

#include <algorithm>

#include "src/checks/form_check.h"
#include "src/points/compare_points.h"
#include "src/totals/wide_text.h"
#include "suanpan/schema/kinds/log.h"
#include "suanpan/schema/kinds/registers.h"
#include "suanpan/schema/schema_files.h"

namespace suanpan::audit {

using schema::Event;

namespace {

constexpr std::int64_t kFutureMaxUs = 300'000'000;  // events.md section 9, refusal 701

std::string TextOf(const Status& status) { return std::string{status.message()}; }

}  // namespace

ReplayCheck::ReplayCheck(const rules::Catalogue& catalogue, const std::set<Hash32>& accepted,
                         OldEntries& entries, Findings& findings)
    : catalogue_(catalogue),
      accepted_(accepted),
      findings_(findings),
      entries_(entries),
      state_(std::make_unique<rules::BookState>()),
      reversals_(catalogue.kinds(), entries, findings),
      terms_(names_, entries, findings),
      donations_(names_, entries, findings),
      funds_(names_, findings) {}

void ReplayCheck::Take(const PreparedBundle& bundle) {
  if (!bundle.readable) return Lost();
  std::uint64_t seq = bundle.tile.index * proof::kTileWidth;
  for (const PreparedEntry& entry : bundle.entries) TakeEntry(Seq{++seq}, entry);
}

void ReplayCheck::Lost() {
  names_known_ = false;
  whole_ = false;
  replaying_ = false;
  for (const StepNo step : {kV5, kV6, kV7}) findings_.Worsen(step, StepResult::kUndecided);
}

void ReplayCheck::Break(Seq seq) {
  if (whole_) {
    findings_.Doubt(kV7, "stopped", seq.value(),
                    "replay and totals end before this entry, which cannot be relied on: they "
                    "depend on V5");
  }
  whole_ = false;
  replaying_ = false;
  findings_.Worsen(kV6, StepResult::kUndecided);
}

bool ReplayCheck::CheckBytes(Seq seq, const PreparedEntry& entry) {
  if (entry.decoded.code() == StatusCode::kFailedPrecondition) {
    findings_.Doubt(kV5, "unknown_kind", seq.value(), TextOf(entry.decoded));
  } else if (!entry.decoded.ok()) {
    findings_.Fail(kV5, "damaged_entry", seq.value(), TextOf(entry.decoded));
  } else if (!entry.canonical.ok()) {
    findings_.Fail(kV5, "not_canonical", seq.value(), TextOf(entry.canonical));
  }
  return entry.decoded.ok() && entry.canonical.ok();
}

void ReplayCheck::TakeEntry(Seq seq, const PreparedEntry& entry) {
  if (!CheckBytes(seq, entry)) Break(seq);
  names_known_ = names_known_ && entry.decoded.ok();
  if (!names_known_) return;
  const schema::EntryView& view = entry.view;
  const std::uint32_t names_before = names_.count();
  if (!TakeNames(seq, view)) {
    names_known_ = false;
    return Break(seq);
  }
  if (const Status form = CheckForm(view, names_); !form.ok()) {
    findings_.Fail(kV5, "field", seq.value(), TextOf(form));
    Break(seq);
  } else if (!TakeRestored(seq, view)) {
    Break(seq);
  }
  CheckSchema(seq, view);
  if (!whole_) return;
  events_ += view.events.size();
  commands_ += view.common.key.form == schema::KeyForm::kEngine ? 0U : 1U;
  CheckOrder(seq, view, names_before);
  CheckTimes(seq, view);
  CheckKey(seq, view);
  AddUp(seq, view);
  Apply(seq, view);
}

void ReplayCheck::CheckKey(Seq seq, const schema::EntryView& view) {
  if (!keys_work_) return;
  const Status taken =
      keys_.Take(seq, view.common,
                 [this](std::uint64_t later, std::uint64_t first) { NoteDuplicate(later, first); });
  keys_work_ = taken.ok();
  if (!taken.ok()) findings_.Doubt(kV6, "keys", seq.value(), TextOf(taken));
}

void ReplayCheck::AddUp(Seq seq, const schema::EntryView& view) {
  for (std::size_t line = 0; line < view.events.size(); ++line) {
    const Address at{seq, static_cast<std::uint16_t>(line)};
    const Event& event = view.events[line];
    const std::vector<Undone>& undone = reversals_.Take(at, event);
    terms_.Take(at, event);
    funds_.Take(at, event);
    points_.Take(event);
    donations_.Take(at, event);
    if (undone.empty()) continue;
    terms_.TakeBack(undone);
    for (const Undone& one : undone) {
      if (!one.kept) funds_.TakeBack(at, one);
    }
    donations_.TakeBack(at, event, undone.front());
  }
  donations_.EndEntry(seq);
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

void ReplayCheck::CheckOrder(Seq seq, const schema::EntryView& view, std::uint32_t names_before) {
  std::string wrong = first_use_.Check(seq, view, names_before);
  if (wrong.empty()) return;
  findings_.Fail(kV6, "order_of_use", seq.value(),
                 "names and addresses are not as a writer gives them: " + std::move(wrong));
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

bool ReplayCheck::TakeRestored(Seq seq, const schema::EntryView& view) {
  const Event& event = view.events.front();
  if (event.kind->number != schema::LogRestored::kKind) return true;
  const schema::LogRestored::Fixed& fixed = event.As<schema::LogRestored>().fixed;
  const auto kept = static_cast<std::int64_t>(seq.value()) - 1;
  if (fixed.lost_after != kept || fixed.from_seq < kept) {
    findings_.Fail(kV5, "log_restored", seq.value(),
                   "a log.restored is about the entries from its own on, and no others",
                   fmt::format("lost_after {}, from_seq {} or more", kept, kept),
                   fmt::format("lost_after {}, from_seq {}", fixed.lost_after, fixed.from_seq));
    return false;
  }
  // No caller stated when: it is when it was recorded, by the book's clock.
  const StatedTime when{static_cast<std::uint32_t>(view.common.recorded_at.value() / 1'000'000),
                        static_cast<std::int8_t>(utc_offset_minutes_ / 15)};
  if (event.common.occurred != when) {
    findings_.Fail(kV5, "log_restored", seq.value(), "a log.restored has a time of its own",
                   ToText(when), ToText(event.common.occurred));
    return false;
  }
  const std::string_view reason = names_.TextOf(fixed.reason);
  findings_.Note(
      kV6, "log_restored", seq.value(),
      fixed.from_seq == kept
          ? fmt::format("what was promised beyond entry {} was not known any more when the log "
                        "went on here: entries may be lost (reason {})",
                        kept, reason)
          : fmt::format("entries {} to {} were promised and lost, and their numbers are used again "
                        "from here (reason {})",
                        kept + 1, fixed.from_seq, reason));
  return true;
}

void ReplayCheck::CheckSchema(Seq seq, const schema::EntryView& view) {
  bool added = false;
  for (const Event& event : view.events) {
    if (event.kind->number != schema::SchemaAdded::kKind) continue;
    added = true;
    const auto& [version, digest] = event.As<schema::SchemaAdded>();
    if (!digest) continue;  // V5 has said so
    schemas_.insert(ToHex(digest->bytes));
    if (accepted_.contains(*digest)) {
      if (version == schema::kSchemaVersion) continue;
      findings_.Fail(kV5, "schema_version", seq.value(),
                     "the log gives the schema another version than it has",
                     std::to_string(schema::kSchemaVersion), std::to_string(version));
      continue;
    }
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
  if (donations_.over_limit()) {  // the engine keeps the same lines, and would not have taken more
    findings_.Worsen(kV6, StepResult::kUndecided);
    replaying_ = false;
    return;
  }
  PastEvents past{entries_};
  const Status applied = rules::ApplyEntry(catalogue_, *state_, seq, view, &past);
  if (!past.error().ok()) {
    replaying_ = false;
    return findings_.Doubt(kV6, "past", seq.value(), TextOf(past.error()));
  }
  if (applied.ok()) return;
  findings_.Fail(kV6, "replay", seq.value(), TextOf(applied));
  replaying_ = false;
}

void ReplayCheck::NoteDuplicate(std::uint64_t seq, std::uint64_t first) {
  findings_.Fail(kV6, "duplicate_key", seq, "its command key is bound to an earlier entry", {},
                 first == 0 ? std::string{} : std::to_string(first));
}

void ReplayCheck::CompareFunds() {
  const auto compare = [this](std::string what, Wide facts, Wide replayed) {
    if (facts == replayed) return;
    findings_.Fail(kV7, "fund_balance", 0, std::move(what) + " differs from the replayed account",
                   WideText(facts), WideText(replayed));
  };
  std::map<FundTotals::PotKey, Wide> pots;  // replayed
  for (const rules::Account& account : state_->accounts.all()) {
    const rules::AccountKey& key = account.key;
    if (rules::IsNet(key.account_class)) {
      pots[{key.owner, key.pot}] += account.credit.wide() - account.debit.wide();
    }
  }
  for (const auto& [key, sum] : funds_.pots()) pots.try_emplace(key, 0);
  for (const auto& [key, replayed] : pots) {
    const auto found = funds_.pots().find(key);
    compare(fmt::format("pot {} of {}", schema::ToText(key.pot), names_.TextOf(key.fund)),
            found == funds_.pots().end() ? 0 : found->second, replayed);
  }
  std::map<NameId, Wide> tied;  // of all pots: replayed, less what the facts come to
  for (const rules::Account& account : state_->accounts.all()) {
    const rules::AccountClass kind = account.key.account_class;
    const bool ties = kind == rules::AccountClass::kAdvance ||
                      kind == rules::AccountClass::kStock || kind == rules::AccountClass::kAsset;
    if (ties) tied[account.key.owner] += account.balance().wide();
  }
  for (const auto& [key, sum] : funds_.tied()) tied[key.fund] -= sum;
  for (const auto& [fund, rest] : tied) {
    compare(fmt::format("what is tied in advances and goods of {}", names_.TextOf(fund)), 0, rest);
  }
  for (const auto& [debt, sum] : funds_.debts()) {
    const rules::AccountKey key{rules::AccountClass::kPayable, {}, debt.fund, debt.party};
    compare(schema::PathOf(key, names_), sum, -state_->accounts.BalanceOf(key).wide());
  }
  for (const auto& [share, sum] : funds_.shares()) {
    const rules::AccountKey key{rules::AccountClass::kBank, {}, share.fund, share.account};
    compare(schema::PathOf(key, names_), sum, state_->accounts.BalanceOf(key).wide());
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
  terms_.Finish();
  report.agreements = donations_.Finish();
  report.funds = funds_.Finish();
  report.schemes = points_.Finish(names_, findings_);
  if (!replaying_) return;
  CompareFunds();
  ComparePoints(points_, *state_, findings_);
}

}  // namespace suanpan::audit
