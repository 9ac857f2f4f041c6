// Pages of a job and erasures, forged: what a page says is counted again, and looked up again where
// the past is at hand.

#include <algorithm>
#include <array>

#include "forged_history.h"
#include "suanpan/schema/kinds/catch_up.h"
#include "suanpan/schema/kinds/erasures.h"
#include "suanpan/schema/kinds/lots.h"
#include "suanpan/schema/kinds/relations.h"

namespace suanpan::testing {
namespace {

using namespace suanpan::schema;

constexpr std::string_view kCommands[] = {
    // 1
    "2026-01-01 p-acct book.opened label=X utc_offset_minutes=480 unit=u-zz level=community "
    "host=o\n"
    "2026-01-01 p-acct party.registered party=h-1 party_type=household\n"
    "2026-01-01 p-acct party.registered party=h-2 party_type=household\n"
    "2026-01-01 p-acct relation.started relation=member_of from=p-1 to=h-1 since=2026-01-01",
    // 2: policies
    "2026-01-02 p-acct policy.proposed policy=earn policy_type=earning version=1 "
    "applies_from=2026-01-02 body={scheme=hh holder=household items=[{service_kind=mending "
    "basis=minutes rate={n=1 m=60} rounding=cumulative}] attest_steps=[worker]}\n"
    "2026-01-02 p-sup approval.given of=#0 action=adopt verdict=approved\n"
    "2026-01-02 p-acct policy.adopted proposal=#0 approvals=[#1]\n"
    "2026-01-02 p-acct policy.proposed policy=exp policy_type=expiry version=1 "
    "applies_from=2026-01-02 body={scheme=hh rule=months n=1}\n"
    "2026-01-02 p-sup approval.given of=#3 action=adopt verdict=approved\n"
    "2026-01-02 p-acct policy.adopted proposal=#3 approvals=[#4]",
    // 3, 4: services
    "2026-01-03 p-work service.recorded person=p-1 service_kind=mending "
    "from=2026-01-03T09:00:00+08:00 to=2026-01-03T11:00:00+08:00 minutes=120\n"
    "2026-01-03 p-att service.attested service=#0 step=worker",
    "2026-01-04 p-work service.recorded person=p-1 service_kind=mending "
    "from=2026-01-04T09:00:00+08:00 to=2026-01-04T11:00:00+08:00 minutes=120\n"
    "2026-01-04 p-att service.attested service=#0 step=worker",
    // 5: what reaches back
    "2026-01-10 p-acct policy.proposed policy=earn policy_type=earning version=2 "
    "applies_from=2026-01-02 body={scheme=hh holder=household items=[{service_kind=mending "
    "basis=minutes rate={n=1 m=30} rounding=cumulative}] attest_steps=[worker]}\n"
    "2026-01-10 p-acct policy.proposed policy=exp policy_type=expiry version=2 "
    "applies_from=2026-01-02 body={scheme=hh rule=months n=6}\n"
    "2026-01-10 p-sup approval.given of=#0 action=adopt verdict=approved\n"
    "2026-01-10 p-sup approval.given of=#1 action=adopt verdict=approved\n"
    "2026-01-10 p-acct policy.adopted proposal=#0 approvals=[#2] dry_run={at_seq=4 "
    "digest=\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}\n"
    "2026-01-10 p-acct policy.adopted proposal=#1 approvals=[#3] dry_run={at_seq=4 "
    "digest=\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}",
    // 6, 7: the jobs
    "2026-01-11 p-acct rule.applied rule=earn from_seq=1",
    "2026-01-11 p-acct rule.applied rule=exp from_seq=1",
    // 8: an erasure, and a fact after it
    "2026-01-12 p-sup approval.given subject=p-1 action=erase verdict=approved\n"
    "2026-01-12 p-boss approval.given subject=p-1 action=erase verdict=approved\n"
    "2026-01-12 p-sup approval.given subject=h-2 action=erase verdict=approved\n"
    "2026-01-12 p-acct subject.erased subjects=[p-1] reason=asked approvals=[#0 #1]",
    "2026-01-13 p-acct relation.started relation=member_of from=p-2 to=h-1 since=2026-01-13",
};

class ForgedCatchUp : public ForgedHistory {
 protected:
  ForgedCatchUp() : ForgedHistory(kCommands) {}
  [[nodiscard]] NameId Name(std::string_view text) const { return book_.state().names.Find(text); }
  void ExpectVerdict(std::string_view why) {
    const std::string verdict = Verdict();
    EXPECT_NE(verdict.find(why), std::string::npos) << verdict;
  }
  /// Changes the page of an entry.
  void ForgePage(std::uint64_t seq, const std::function<void(RuleApplied&)>& change,
                 std::string_view why) {
    Forge<RuleApplied>(seq, 0, change, why);
  }
  /// Changes one row of the page in entry 6.
  void ForgeRow(const std::function<void(CaughtRow&)>& change, std::string_view why) {
    ForgePage(
        6,
        [&](RuleApplied& page) {
          const std::span<CaughtRow> rows = arena_.Make<CaughtRow>(page.rows.size());
          std::ranges::copy(page.rows, rows.begin());
          change(rows[0]);
          page.rows = rows;
        },
        why);
  }
};

TEST_F(ForgedCatchUp, IsAcceptedWhenNothingWasChanged) { ExpectAcceptedUnchanged(); }

TEST_F(ForgedCatchUp, PageThatIsNotTheNextIsRefused) {
  constexpr std::string_view kNotNext = "not the next";
  using P = RuleApplied;
  ForgePage(
      6, [](P& p) { p.from_seq = 2; }, kNotNext);
  ForgePage(
      6, [](P& p) { p.to_seq = 4; }, kNotNext);
  ForgePage(
      6, [](P& p) { p.to_seq = -1; }, kNotNext);
  ForgePage(
      6, [](P& p) { p.version = 1; }, kNotNext);
  ForgePage(
      6,
      [](P& p) {
        p.previous = Address{Seq{3}, 0};
      },
      kNotNext);
  ForgePage(
      6, [](P& p) { p.done = kFalse; }, kNotNext);
  ForgePage(
      6, [](P& p) { p.done = 7; }, kNotNext);
  ForgePage(
      6, [&](P& p) { p.rule = Name("exp"); }, "rows in a page about lots");
  ForgePage(
      6, [&](P& p) { p.rule = Name("h-1"); }, "not open");
}

TEST_F(ForgedCatchUp, RowThatGrantsSomethingElseIsRefused) {
  constexpr std::string_view kElse = "something else than the policy";
  using R = CaughtRow;
  ForgeRow([](R& r) { r.granted = Points{3}; }, kElse);
  ForgeRow([](R& r) { r.points = Points{5}; }, kElse);
  ForgeRow([](R& r) { r.counted = Quantity{150}; }, kElse);
  ForgeRow([](R& r) { r.old_points = Points{}; }, kElse);
  ForgeRow([](R& r) { r.units = Quantity{240}; }, kElse);
  ForgeRow([&](R& r) { r.of = Name("p-acct"); }, kElse);
  constexpr std::string_view kNone = "a row that no page may have";
  ForgeRow([](R& r) { r.units = Quantity{-1}; }, kNone);
  ForgeRow([](R& r) { r.old_points = Points{INT64_MIN}; }, kNone);
  ForgeRow([](R& r) { r.before = Quantity{INT64_MIN}; }, kNone);
  ForgeRow([](R& r) { r.old_counted = Quantity{INT64_MIN}; }, kNone);
  ForgeRow([](R& r) { r.before = Quantity{INT64_MAX}; }, kNone);
  ForgeRow([](R& r) { r.date = Date{1}; }, kNone);
  ForgeRow([](R& r) { r.source = Address{Seq{4}, 1}; }, "out of order");
  ForgeRow([](R& r) { r.source = Address{Seq{9}, 1}; }, "out of order");
}

TEST_F(ForgedCatchUp, GrantThatThePageDoesNotMakeIsRefused) {
  const std::size_t granted = LineOf(6, PointsGranted::kKind);
  Forge<PointsGranted>(
      6, granted, [](PointsGranted& g) { g.fixed.points = Points{9}; }, "another points.granted");
  Take(6).erase(events_.begin() + static_cast<std::ptrdiff_t>(granted));
  ExpectVerdict("points.granted");
}

TEST_F(ForgedCatchUp, RowsThatThePastDoesNotHaveAreRefusedByWhoHasIt) {
  // Sums that fit each other: a service of four hours that nobody recorded.
  Take(6);
  auto& page = Value<RuleApplied>(0);
  const std::span<CaughtRow> rows = arena_.Make<CaughtRow>(1);
  rows[0] = page.rows[0];
  page.rows = rows;
  for (const bool with_past : {false, true}) {
    EntryView forged = book_.entry(Seq{6});
    std::vector<Event> events{events_[0], events_[LineOf(6, PointsGranted::kKind)]};
    forged.events = events;
    const std::string verdict = book_.ApplyForged(Seq{6}, forged, with_past).ToString();
    EXPECT_EQ(verdict.find("something else than the past") != std::string::npos, with_past)
        << verdict;
  }
}

TEST_F(ForgedCatchUp, LotThatDoesNotLastLongerIsRefused) {
  using P = RuleApplied;
  const std::array<Address, 1> kNoLot{Address{Seq{3}, 0}};
  ForgePage(
      7, [&](P& p) { p.lots = arena_.Copy(std::span<const Address>{kNoLot}); },
      "lasts longer that does not");
  ForgePage(
      6,
      [&](P& p) {
        p.rows = {};
        p.lots = arena_.Copy(std::span<const Address>{kNoLot});
      },
      "lots in a page about services");
  const std::size_t adjusted = LineOf(7, PointsAdjusted::kKind);
  Forge<PointsAdjusted>(
      7, adjusted, [&](PointsAdjusted& a) { a.fixed.holder = Name("h-2"); },
      "another points.adjusted");
}

TEST_F(ForgedCatchUp, ErasureThatCannotBeIsRefused) {
  using E = SubjectErased;
  const auto names = [&](std::initializer_list<NameId> list) {
    return arena_.Copy(std::span<const NameId>{list.begin(), list.size()});
  };
  const auto approvals = [&](std::initializer_list<Address> list) {
    return arena_.Copy(std::span<const Address>{list.begin(), list.size()});
  };
  constexpr std::string_view kCannot = "cannot be, or were before";
  constexpr std::string_view kFew = "fewer approvals";
  Forge<E>(
      8, 3, [&](E& e) { e.subjects = {}; }, kCannot);
  const auto forge_names = [&](std::initializer_list<NameId> list, std::string_view verdict) {
    Forge<E>(
        8, 3, [&](E& e) { e.subjects = names(list); }, verdict);
  };
  forge_names({Name("p-1"), Name("p-1")}, kCannot);
  forge_names({Name("earn")}, kCannot);
  forge_names({Name("h-2")}, "does not serve here");
  forge_names({Name("p-1"), Name("h-2")}, kFew);
  Forge<E>(
      8, 3,
      [&](E& e) {
        e.approvals = approvals({Address{Seq{8}, 0}});
      },
      kFew);
  Forge<E>(
      8, 3, [&](E& e) { e.approvals = {}; }, kFew);
  const Address kTwice[] = {Address{Seq{8}, 0}, Address{Seq{8}, 1}, Address{Seq{8}, 1}};
  Forge<E>(
      8, 3, [&](E& e) { e.approvals = arena_.Copy(std::span<const Address>{kTwice}); },
      "does not serve here");
}

TEST_F(ForgedCatchUp, FactThatNamesSomebodyErasedIsRefused) {
  using R = RelationStarted;
  Forge<R>(
      9, 0, [&](R& r) { r.from = Name("p-1"); }, "names somebody who was erased");
  Take(9)[0].common.actor = Name("p-1");
  ExpectVerdict("names somebody who was erased");
}

}  // namespace
}  // namespace suanpan::testing
