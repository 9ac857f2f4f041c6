#include "src/kinds/catch_up/page.h"

#include <algorithm>
#include <set>

#include "src/kinds/points/awards.h"
#include "src/kinds/points/service.h"
#include "suanpan/rules/policies.h"
#include "suanpan/schema/kinds/lots.h"

namespace suanpan::rules {
namespace {

using schema::CaughtRow;
using schema::PointsAwarded;
using schema::PointsGranted;
using schema::PointsMoved;
using schema::PolicyType;
using schema::ServiceAttested;
using schema::ServiceRecorded;

/// Entries after which what was read is let go.
constexpr std::uint64_t kForkEvery = 256;

/// One walk over events, from where the job is.
class PageReader {
 public:
  PageReader(DecideContext& context, const CatchUp& job)
      : context_(context),
        state_(context.state),
        job_(job),
        policy_(PolicyOf(state_, job)),
        adopted_(state_.policies[job.policy].adopted),
        recounter_(state_, job) {}

  CatchUpPage Read() {
    ReadEarlierJobs();
    for (std::uint64_t read = 0;; ++read) {
      const Seq seq{job_.next.seq().value() + read};
      if (read == schema::kCatchUpReadsMax && seq <= adopted_.seq()) {
        page_.next = {seq, 0};
        break;
      }
      if (read % kForkEvery == 0) past_ = context_.old_events.Fork();
      if (!ReadEntry(seq, read == 0 ? job_.next.line() : std::uint16_t{0})) break;
    }
    return std::move(page_);
  }

 private:
  void ReadEarlierJobs() {
    const std::unique_ptr<OldEvents> past = context_.old_events.Fork();
    const Address end{Seq{job_.next.seq().value() + schema::kCatchUpReadsMax + 1}, 0};
    caught_ = CaughtBefore(*past, state_, job_, job_.next, end);
  }

  /// False where the page ends in it, or with it.
  bool ReadEntry(Seq seq, std::uint16_t first) {
    for (std::uint16_t line = first;; ++line) {
      const Address at{seq, line};
      if (at >= adopted_) {
        page_.next = adopted_;
        page_.done = true;
        return false;
      }
      const Event* event = past_->Find(at);
      if (event == nullptr) return true;
      if (TakeEvent(at, *event)) continue;
      page_.next = at;
      return false;
    }
  }

  /// False where the page is full and the event is one for the next.
  bool TakeEvent(Address at, const Event& event) {
    const std::uint16_t kind = event.kind->number;
    switch (policy_.type()) {
      case PolicyType::kEarning:
        return kind != ServiceAttested::kKind || TakeAttested(at, event);
      case PolicyType::kAwardItems:
        return kind != PointsAwarded::kKind || TakeAwarded(at, event);
      default:
        return TakeLot(at, event);
    }
  }

  bool TakeRow(CaughtRow row) {
    if (page_.rows.size() == schema::kCaughtRowsMax) return false;
    if (!recounter_.Take(row)) page_.overflow = true;
    page_.rows.push_back(row);
    return true;
  }

  /// What a source earned in the policy's scheme so far.
  CaughtRow RowOf(Address at, const Event& event) {
    CaughtRow row;
    row.source = at;
    Caught all;
    for (std::uint16_t line = at.line();;) {
      const Event* granted = past_->Find({at.seq(), ++line});
      if (granted == nullptr || granted->common.cause != at.line() + 1U) break;
      if (granted->kind->number != PointsGranted::kKind) continue;
      const auto& grant = granted->As<PointsGranted>().fixed;
      if (grant.scheme != KeyOf(policy_).scheme) continue;
      all.points += grant.points.wide();
      all.counted = grant.counted.wide();
      row.before = Quantity{grant.carry_total.value() - grant.counted.value()};
      row.old_version = granted->common.rule.version;
    }
    const auto more = caught_.find(at);
    if (more != caught_.end()) {
      all.points += more->second.points;
      all.counted += more->second.counted;
    }
    const std::optional<std::int64_t> points = NarrowWide(all.points);
    const std::optional<std::int64_t> counted = NarrowWide(all.counted);
    if (!points || !counted) page_.overflow = true;
    row.old_points = Points{points.value_or(0)};
    row.old_counted = Quantity{counted.value_or(0)};
    row.date = event.common.business_day;
    return row;
  }

  /// The service that an attestation credited, with all its attestations; nothing where the past
  /// does not tell.
  std::optional<PendingService> ServiceOf(Address at, const Event& event) {
    const auto& fact = event.As<ServiceAttested>();
    const Event* recorded = past_->Find(fact.fixed.service);
    if (recorded == nullptr || recorded->kind->number != ServiceRecorded::kKind) return {};
    std::vector<std::pair<Address, const Event*>> chain{{at, &event}};
    for (Address before = fact.fixed.previous; !before.none();) {
      const Event* one = past_->Find(before);
      if (one == nullptr || one->kind->number != ServiceAttested::kKind) return {};
      chain.emplace_back(before, one);
      before = one->As<ServiceAttested>().fixed.previous;
    }
    PendingService service =
        Recorded(state_, recorded->As<ServiceRecorded>(), recorded->common.business_day);
    for (auto one = chain.rbegin(); one != chain.rend(); ++one)
      service = With(service, one->first, one->second->As<ServiceAttested>());
    return service;
  }

  bool TakeAttested(Address at, const Event& event) {
    const auto& fact = event.As<ServiceAttested>();
    const bool counts =
        Has(fact.fixed.flags, ServiceAttested::kCredited) && state_.reversed.Find(at) == nullptr;
    if (!counts) return true;
    const std::optional<PendingService> service = ServiceOf(at, event);
    if (!service || !Governs(state_, job_, service->date) ||
        !EarnsIn(state_, service->holder, policy_.earning)) {
      return true;
    }
    CaughtRow row = RowOf(at, event);
    const schema::EarningItem* item =
        FindItem(policy_.earning.items, &schema::EarningItem::service_kind, service->service_kind);
    if (item == nullptr && row.old_points.value() == 0) return true;
    row.of = service->service_kind;
    row.person = service->person;
    row.holder = service->holder;
    row.date = service->date;
    row.session = service->session;
    SetUnits(row, *service, event.common.business_day, item);
    return TakeRow(row);
  }

  /// Units by the new version; and whether the old one counted the same.
  void SetUnits(CaughtRow& row, const PendingService& service, Date attested_on,
                const schema::EarningItem* item) {
    if (item == nullptr) return;
    const std::uint8_t steps = policy_.earning.attest_steps;
    const Crediting crediting{{}, service, attested_on};
    if ((service.steps & steps) == steps)
      row.units = Quantity{static_cast<std::int64_t>(UnitsOf(crediting, {&policy_, item}))};
    const schema::PolicyProposed* old = VersionOf(state_, policy_.policy, row.old_version);
    const schema::EarningItem* before =
        old == nullptr ? nullptr
                       : FindItem(old->earning.items, &schema::EarningItem::service_kind,
                                  service.service_kind);
    if (before == nullptr || before->basis == item->basis) return;
    row.other_units = schema::kTrue;
    row.before = {};
  }

  bool TakeAwarded(Address at, const Event& event) {
    const auto& fact = event.As<PointsAwarded>().fixed;
    const Date date = event.common.business_day;
    const bool counts = fact.scheme == policy_.award_items.scheme &&
                        state_.reversed.Find(at) == nullptr && Governs(state_, job_, date);
    if (!counts) return true;
    CaughtRow row = RowOf(at, event);
    row.of = fact.item;
    row.person = fact.person.value() == 0 ? fact.holder : fact.person;
    row.holder = fact.holder;
    row.units = Quantity{fact.times};
    return TakeRow(row);
  }

  bool TakeLot(Address at, const Event& event) {
    const NameId scheme = policy_.expiry.scheme;
    Date earned;
    if (event.kind->number == PointsGranted::kKind) {
      const auto& grant = event.As<PointsGranted>().fixed;
      if (grant.scheme == scheme) earned = grant.earned;
    } else if (event.kind->number == PointsMoved::kKind) {
      const auto& moved = event.As<PointsMoved>();
      if (moved.scheme == scheme && moved.from_book.value() != 0)
        earned = event.common.business_day;
    }
    if (earned.value() == 0 || !Governs(state_, job_, earned)) return true;
    const std::vector<LotPart>& parts = PartsAt(at);
    std::set<HolderKey> holders;  // an extension has one row a holder and lot
    for (const LotPart& part : parts) {
      if (LastsLonger(state_, scheme, part.lot)) holders.insert(part.holder);
    }
    const std::size_t longer = holders.size();
    AddShorter(at, parts);
    if (longer == 0) return true;
    if (parts_ != 0 && parts_ + longer > schema::kExtendedLotsMax) return false;
    parts_ += longer;
    page_.lots.push_back(at);
    return true;
  }

  const std::vector<LotPart>& PartsAt(Address at) {
    if (!indexed_) {
      for (const LotPart& part : AllParts(state_, policy_.expiry.scheme))
        by_lot_[part.lot.lot].push_back(part);
      indexed_ = true;
    }
    return by_lot_[at];
  }

  void AddShorter(Address at, const std::vector<LotPart>& parts) {
    for (const LotPart& part : parts) {
      const Date ends = ExpiryOf(state_, part.holder.scheme, part.lot.earned);
      const bool shorter =
          ends.value() != 0 && (part.lot.expires.value() == 0 || ends < part.lot.expires);
      if (shorter) page_.shorter.push_back({at, part.holder});
    }
  }

  static std::vector<LotPart> AllParts(const BookState& state, NameId scheme);

  DecideContext& context_;
  const BookState& state_;
  const CatchUp& job_;
  const schema::PolicyProposed& policy_;
  Address adopted_;
  Recounter recounter_;
  std::unique_ptr<OldEvents> past_;
  std::map<Address, Caught> caught_;
  std::map<Address, std::vector<LotPart>> by_lot_;
  bool indexed_ = false;
  std::size_t parts_ = 0;
  CatchUpPage page_;
};

std::vector<HolderKey> HoldersIn(const BookState& state, NameId scheme) {
  std::vector<HolderKey> holders = state.lots.KeysWhere(
      [scheme](const HolderKey& key, const auto&) { return key.scheme == scheme; });
  std::ranges::sort(holders, {},
                    [&](const HolderKey& key) { return state.names.TextOf(key.holder); });
  return holders;
}

std::vector<LotPart> PageReader::AllParts(const BookState& state, NameId scheme) {
  std::vector<LotPart> parts;
  for (const HolderKey& holder : HoldersIn(state, scheme)) {
    for (const Lot& lot : LotsOf(state, holder)) parts.push_back({holder, lot});
  }
  return parts;
}

}  // namespace

CatchUpPage ReadPage(DecideContext& context, const CatchUp& job) {
  return PageReader{context, job}.Read();
}

std::int64_t DoneTo(const CatchUpPage& page, Address adopted) {
  const Seq seq = page.done ? adopted.seq() : Seq{page.next.seq().value() - 1};
  return static_cast<std::int64_t>(seq.value());
}

std::vector<LotPart> PartsOf(const BookState& state, NameId scheme, std::span<const Address> lots) {
  std::vector<LotPart> parts;
  for (const HolderKey& holder : HoldersIn(state, scheme)) {
    const std::size_t first = parts.size();
    for (const Lot& lot : LotsOf(state, holder)) {
      if (std::ranges::binary_search(lots, lot.lot)) parts.push_back({holder, lot});
    }
    std::sort(parts.begin() + static_cast<std::ptrdiff_t>(first), parts.end(),
              [](const LotPart& a, const LotPart& b) {
                return std::tie(a.lot.lot, a.lot.expires) < std::tie(b.lot.lot, b.lot.expires);
              });
  }
  return parts;
}

bool LastsLonger(const BookState& state, NameId scheme, const Lot& lot) {
  if (lot.expires.value() == 0) return false;
  const Date ends = ExpiryOf(state, scheme, lot.earned);
  const bool later = ends.value() == 0 || ends > lot.expires;
  return later && (lot.quantity.value() > 0 || ExtensionOf(state, scheme, lot).change.value() > 0);
}

schema::LotChange ExtensionOf(const BookState& state, NameId scheme, const Lot& lot) {
  const Date ends = ExpiryOf(state, scheme, lot.earned);
  const bool over = ends.value() != 0 && ends < state.calendar.get().closed;
  schema::LotChange change;
  change.lot = lot.lot;
  change.expires = ends;
  if (!over) change.change = lot.expired;
  const auto against =
      change.change.value() == 0 ? schema::LotAgainst::kIssued : schema::LotAgainst::kExpired;
  change.against = static_cast<std::uint8_t>(against);
  return change;
}

}  // namespace suanpan::rules
