#include "src/kinds/catch_up/applied.h"

#include <algorithm>
#include <cstring>

#include "src/kinds/catch_up/page.h"
#include "suanpan/rules/policies.h"
#include "suanpan/schema/kinds/lots.h"

namespace suanpan::rules {
namespace {

using schema::CaughtRow;
using schema::PolicyType;
using schema::RuleApplied;

/// The first job of a policy that is not done; nothing where there is none.
std::optional<std::size_t> OpenJob(const BookState& state, NameId rule) {
  for (std::size_t i = 0; i < state.catch_ups.size(); ++i) {
    const CatchUp& job = state.catch_ups[i];
    if (!job.done && PolicyOf(state, job).policy == rule) return i;
  }
  return std::nullopt;
}

/// The last entry that is done with, and where the next page begins: behind the last row where the
/// page left off inside an entry.
struct Position {
  Address next;
  bool good = false;
};
Position NextOf(const BookState& state, const CatchUp& job, const RuleApplied& fact) {
  const Address adopted = state.policies[job.policy].adopted;
  const auto adopted_seq = static_cast<std::int64_t>(adopted.seq().value());
  if (fact.done == schema::kTrue) return {adopted, fact.to_seq == adopted_seq};
  const Seq seq{static_cast<std::uint64_t>(fact.to_seq) + 1};
  Address last;
  if (!fact.rows.empty()) last = fact.rows.back().source;
  if (!fact.lots.empty()) last = fact.lots.back();
  const bool inside = last.seq() == seq;
  const Address next{seq, static_cast<std::uint16_t>(inside ? last.line() + 1U : 0U)};
  const bool full =
      inside || fact.rows.size() == schema::kCaughtRowsMax || !fact.lots.empty() ||
      fact.to_seq + 1 == fact.from_seq + static_cast<std::int64_t>(schema::kCatchUpReadsMax);
  return {next, full && next > job.next && next < adopted};
}

/// Sources and lots in the order of the log, within the page.
Status CheckOrder(const CatchUp& job, Address end, const RuleApplied& fact) {
  const auto check = [&](Address before, Address at) {
    return at > before && at >= job.next && at < end;
  };
  Address before;
  for (const CaughtRow& row : fact.rows) {
    if (!check(before, row.source)) return Contradiction("a page of a job has rows out of order");
    before = row.source;
  }
  before = {};
  for (const Address lot : fact.lots) {
    if (!check(before, lot)) return Contradiction("a page of a job has lots out of order");
    before = lot;
  }
  return {};
}

bool SameRow(const CaughtRow& a, const CaughtRow& b) {
  return a.before == b.before && a.counted == b.counted && a.points == b.points &&
         a.granted == b.granted;
}

/// Counts the rows again.
Status CheckRows(BookState& state, const CatchUp& job, const RuleApplied& fact) {
  const PolicyType type = PolicyOf(state, job).type();
  if (!fact.rows.empty() && type == PolicyType::kExpiry)
    return Contradiction("rows in a page about lots");
  Recounter recounter{state, job};
  for (const CaughtRow& stored : fact.rows) {
    const bool sound = stored.units.value() >= 0 && stored.old_counted.value() >= 0 &&
                       stored.old_points.value() >= 0 && stored.before.value() >= 0 &&
                       state.reversed.Find(stored.source) == nullptr &&
                       Governs(state, job, stored.date);
    CaughtRow row = stored;
    if (!sound || !recounter.Take(row)) return Contradiction("a row that no page may have");
    if (!SameRow(row, stored)) return Contradiction("a row grants something else than the policy");
  }
  return recounter.Store(state) ? Status{} : OverflowError();
}

/// Every lot must gain by it.
Status CheckLots(const BookState& state, const CatchUp& job, const RuleApplied& fact) {
  const schema::PolicyProposed& policy = PolicyOf(state, job);
  if (fact.lots.empty()) return {};
  if (policy.type() != PolicyType::kExpiry) return Contradiction("lots in a page about services");
  const NameId scheme = policy.expiry.scheme;
  std::vector<Address> longer;
  for (const LotPart& part : PartsOf(state, scheme, fact.lots)) {
    if (!Governs(state, job, part.lot.earned)) return Contradiction("a lot of another version");
    if (LastsLonger(state, scheme, part.lot)) longer.push_back(part.lot.lot);
  }
  for (const Address lot : fact.lots) {
    if (std::ranges::find(longer, lot) == longer.end())
      return Contradiction("a lot lasts longer that does not");
  }
  return {};
}

Grant GrantOf(const BookState& state, const schema::PolicyProposed& policy, const CaughtRow& row) {
  Grant grant;
  const NameId scheme = KeyOf(policy).scheme;
  grant.holder = {scheme, row.holder};
  grant.person = row.person;
  grant.points = row.granted;
  grant.counted = Added(row);
  grant.earned = row.date;
  grant.usable_from = row.date;
  grant.reason = schema::GrantReason::kCatchUp;
  grant.rule = {policy.policy, policy.version};
  if (policy.type() != PolicyType::kEarning) return grant;
  grant.usable_from = AddDays(row.date, policy.earning.usable_after_days);
  const Quantity* carry = state.carry.Find({row.person, scheme, row.of});
  grant.carry_total = carry == nullptr ? Quantity{} : *carry;
  return grant;
}

/// One row for all parts of a grant that a holder has.
void AddExtension(const BookState& state, NameId scheme, const Lot& part,
                  std::vector<schema::LotChange>& changes) {
  const schema::LotChange change = ExtensionOf(state, scheme, part);
  if (changes.empty() || changes.back().lot != part.lot) return changes.push_back(change);
  schema::LotChange& row = changes.back();
  row.change = Points{row.change.value() + change.change.value()};
  if (change.change.value() != 0) row.against = change.against;
}

/// One points.adjusted a holder.
void AddExtensions(DecideContext& context, const Event& fact, const schema::PolicyProposed& policy,
                   std::span<const Address> lots, std::vector<Event>& derived) {
  const NameId scheme = policy.expiry.scheme;
  std::vector<LotPart> parts = PartsOf(context.state, scheme, lots);
  std::erase_if(parts,
                [&](const LotPart& part) { return !LastsLonger(context.state, scheme, part.lot); });
  for (auto first = parts.begin(); first != parts.end();) {
    const auto last = std::find_if(
        first, parts.end(), [&](const LotPart& part) { return part.holder != first->holder; });
    std::vector<schema::LotChange> changes;
    for (auto part = first; part != last; ++part)
      AddExtension(context.state, scheme, part->lot, changes);
    auto* adjusted = context.arena.One<schema::PointsAdjusted>();
    adjusted->fixed.scheme = scheme;
    adjusted->fixed.holder = first->holder.holder;
    adjusted->fixed.reason = static_cast<std::uint8_t>(schema::AdjustReason::kExtension);
    adjusted->lots = context.arena.Copy(std::span<const schema::LotChange>{changes});
    Event event = DerivedEvent(context, fact, schema::PointsAdjusted::kKind, adjusted);
    event.common.rule = {policy.policy, policy.version};
    derived.push_back(event);
    first = last;
  }
}

}  // namespace

Verdict RuleAppliedRule::Decide(DecideContext& context, Event&, Fact& fact) {
  const BookState& state = context.state;
  std::uint32_t index = 0;
  if (Verdict refusal = MustBe(state, fact.rule, Role::kPolicy, "rule", index)) return refusal;
  const std::optional<std::size_t> open = OpenJob(state, fact.rule);
  if (!open) return Refuse(RefusalCode::job_not_open, "rule");
  const CatchUp& job = state.catch_ups[*open];
  if (static_cast<std::uint64_t>(fact.from_seq) != job.next.seq().value()) {
    return Refuse(RefusalCode::range_not_next, "from_seq")
        .WithCount("next", job.next.seq().value());
  }
  const CatchUpPage page = ReadPage(context, job);
  if (page.overflow) return Refuse(RefusalCode::amount_overflow);
  fact.to_seq = DoneTo(page, state.policies[job.policy].adopted);
  fact.done = page.done ? schema::kTrue : schema::kFalse;
  fact.version = PolicyOf(state, job).version;
  fact.previous = job.last_page;
  fact.rows = context.arena.Copy(std::span<const CaughtRow>{page.rows});
  fact.lots = context.arena.Copy(std::span<const Address>{page.lots});
  return std::nullopt;
}

Verdict RuleAppliedRule::Derive(DecideContext& context, const Event& event,
                                std::vector<Event>& derived) {
  const auto& fact = event.As<Fact>();
  const schema::PolicyProposed* policy = VersionOf(context.state, fact.rule, fact.version);
  if (policy == nullptr) return std::nullopt;
  std::map<HolderKey, Wide> taken;  // of claims, by grants before
  for (const CaughtRow& row : fact.rows) {
    if (!IsGranted(row)) continue;
    const Grant grant = GrantOf(context.state, *policy, row);
    Wide& before = taken[grant.holder];
    const Wide owed = ClaimOf(context.state, grant.holder).wide() - before;
    AddGrantOwing(context, event, grant, Points{static_cast<std::int64_t>(owed)}, derived);
    before += std::min(owed, grant.points.wide());
  }
  if (!fact.lots.empty()) AddExtensions(context, event, *policy, fact.lots, derived);
  return std::nullopt;
}

Status RuleAppliedRule::Apply(BookState& state, Address at, const Event&, const Fact& fact) {
  const std::optional<std::size_t> open = OpenJob(state, fact.rule);
  if (!open) return Contradiction("a page of a job that is not open");
  const CatchUp job = state.catch_ups[*open];
  const schema::PolicyProposed& policy = PolicyOf(state, job);
  const bool follows = static_cast<std::uint64_t>(fact.from_seq) == job.next.seq().value() &&
                       fact.version == policy.version && fact.previous == job.last_page &&
                       (fact.done == schema::kTrue || fact.done == schema::kFalse) &&
                       fact.to_seq >= 0 && fact.to_seq <= Fact::kSeqMax &&
                       fact.rows.size() <= schema::kCaughtRowsMax &&
                       fact.lots.size() <= schema::kExtendedLotsMax;
  const Position position = follows ? NextOf(state, job, fact) : Position{};
  if (!position.good) return Contradiction("a page of a job that is not the next");
  SUANPAN_RETURN_IF_ERROR(CheckOrder(job, position.next, fact));
  SUANPAN_RETURN_IF_ERROR(CheckRows(state, job, fact));
  SUANPAN_RETURN_IF_ERROR(CheckLots(state, job, fact));
  CatchUp& changed = state.catch_ups.Edit(*open);
  changed.next = position.next;
  changed.last_page = at;
  changed.done = fact.done == schema::kTrue;
  if (changed.done) EndRecount(state, policy);
  return {};
}

}  // namespace suanpan::rules
