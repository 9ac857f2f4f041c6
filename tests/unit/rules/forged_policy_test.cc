// Policies, and who may do what, forged: Apply refuses what no writer took.

#include "forged_history.h"
#include "suanpan/schema/kinds/funds.h"
#include "suanpan/schema/kinds/points.h"
#include "suanpan/schema/kinds/policies.h"
#include "suanpan/schema/kinds/redemptions.h"
#include "suanpan/schema/kinds/service.h"

namespace suanpan::testing {
namespace {

using namespace suanpan::schema;

constexpr std::string_view kCommands[] = {
    // 1
    "2026-01-01 p-acct book.opened label=X utc_offset_minutes=480 unit=u-zz level=community "
    "host=o\n"
    "2026-01-01 p-acct fund.opened fund=f-zz label=F host=o bank_accounts=[b-1] "
    "default_pot=restricted/government restriction={class=restricted purposes=[elder_care]}\n"
    "2026-01-01 p-acct funds.received fund=f-zz pot=restricted/government from=o-9 "
    "amount_fen=900 account=b-1\n"
    "2026-01-01 p-acct party.registered party=h-1 party_type=household\n"
    "2026-01-01 p-acct party.registered party=h-2 party_type=household\n"
    "2026-01-01 p-acct party.registered party=o-3 party_type=enterprise\n"
    "2026-01-01 p-acct relation.started relation=member_of from=p-1 to=h-1 since=2026-01-01\n"
    "2026-01-01 p-acct relation.started relation=holds_role from=p-sup to=f-zz as=treasurer "
    "since=2026-01-01\n"
    "2026-01-01 p-acct relation.started relation=holds_role from=p-acct to=u-zz as=cashier "
    "since=2026-01-01",
    // 2: policies
    "2026-01-02 p-acct policy.proposed policy=deeds policy_type=award_items version=1 "
    "applies_from=2026-01-02 body={scheme=hh items=[{item=good points=3} {item=bad points=-1}]}\n"
    "2026-01-02 p-sup approval.given of=#0 action=adopt verdict=approved\n"
    "2026-01-02 p-acct policy.adopted proposal=#0 approvals=[#1]\n"
    "2026-01-02 p-acct policy.proposed policy=move policy_type=transfer version=1 "
    "applies_from=2026-01-02 body={scheme=hh allowed=any}\n"
    "2026-01-02 p-sup approval.given of=#3 action=adopt verdict=approved\n"
    "2026-01-02 p-acct policy.adopted proposal=#3 approvals=[#4]",
    // 3: who approves, who records
    "2026-01-03 p-acct policy.proposed policy=sp policy_type=approval version=1 "
    "applies_from=2026-01-03 body={action=spend tiers=[{from_fen=0 approvals=1} "
    "{from_fen=100 approvals=2} {from_fen=300 approvals=1 role=treasurer}]}\n"
    "2026-01-03 p-sup approval.given of=#0 action=adopt verdict=approved\n"
    "2026-01-03 p-acct policy.adopted proposal=#0 approvals=[#1]\n"
    "2026-01-03 p-acct policy.proposed policy=ctl policy_type=control version=1 "
    "applies_from=2026-01-03 body={roles=[{kind=money.paid role=cashier}]}\n"
    "2026-01-03 p-sup approval.given of=#3 action=adopt verdict=approved\n"
    "2026-01-03 p-acct policy.adopted proposal=#3 approvals=[#4]",
    // 4: requests, and more approvals than each needs
    "2026-01-04 p-work spending.requested use=expense fund=f-zz payee=o-3 amount_fen=100 "
    "purpose=elder_care\n"
    "2026-01-04 p-boss approval.given of=#0 action=spend verdict=approved\n"
    "2026-01-04 p-chair approval.given of=#0 action=spend verdict=approved\n"
    "2026-01-04 p-boss approval.given of=#0 action=spend verdict=approved\n"
    "2026-01-04 p-acct money.paid request=#0 use=expense fund=f-zz payee=o-3 amount_fen=100 "
    "purpose=elder_care account=b-1 approvals=[#1 #2]",
    // 5: one that only the treasurer approves
    "2026-01-05 p-work spending.requested use=expense fund=f-zz payee=o-3 amount_fen=300 "
    "purpose=elder_care\n"
    "2026-01-05 p-boss approval.given of=#0 action=spend verdict=approved\n"
    "2026-01-05 p-sup approval.given of=#0 action=spend verdict=approved\n"
    "2026-01-05 p-acct money.paid request=#0 use=expense fund=f-zz payee=o-3 amount_fen=300 "
    "purpose=elder_care account=b-1 approvals=[#2]",
    // 6: points
    "2026-01-06 p-work points.awarded scheme=hh holder=h-1 person=p-1 item=good times=2\n"
    "2026-01-06 p-work points.deducted scheme=hh holder=h-1 item=bad times=1 reason=late "
    "evidence=[aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa]\n"
    "2026-01-06 p-sup approval.given subject=h-1 action=move verdict=approved\n"
    "2026-01-06 p-work points.moved scheme=hh from=h-1 to=h-2 points=1 reason=transfer "
    "approval=#2\n"
    "2026-01-06 p-work service.recorded person=p-1 service_kind=mending "
    "from=2026-01-06T01:00:00+08:00 to=2026-01-06T02:00:00+08:00 minutes=60",
    // 7: a draft, and its adoption
    "2026-01-07 p-acct policy.proposed policy=deeds policy_type=award_items version=2 "
    "applies_from=2026-01-09 body={scheme=hh items=[{item=good points=4}]}",
    "2026-01-08 p-sup approval.given of=7.0 action=adopt verdict=approved\n"
    "2026-01-08 p-acct policy.adopted proposal=7.0 approvals=[#0]",
};

class ForgedPolicy : public ForgedHistory {
 protected:
  ForgedPolicy() : ForgedHistory(kCommands) {}
  [[nodiscard]] NameId Name(std::string_view text) const { return book_.state().names.Find(text); }
  void ExpectVerdict(std::string_view why) {
    const std::string verdict = Verdict();
    EXPECT_NE(verdict.find(why), std::string::npos) << verdict;
  }
};

TEST_F(ForgedPolicy, IsAcceptedWhenNothingWasChanged) { ExpectAcceptedUnchanged(); }

TEST_F(ForgedPolicy, PolicyThatReachesBackAndMayNotIsRefused) {
  constexpr std::string_view kBack = "reaches back";
  using P = PolicyProposed;
  Forge<P>(
      3, 0, [](P& p) { p.applies_from = Date{1}; }, kBack);
  Forge<P>(
      3, 3, [](P& p) { p.applies_from = Date{1}; }, kBack);
  Forge<P>(
      2, 0, [](P& p) { p.applies_from = Date{1}; }, "without a dry run");
  Forge<P>(
      7, 0, [](P& p) { p.version = 3; }, "out of turn");
  Forge<P>(
      7, 0, [](P& p) { p.version = 1; }, "out of turn");
  // The proposal is as it was; what changes is the day of its adoption.
  Take(8);
  events_[1].common.business_day = NextDay(NextDay(events_[1].common.business_day));
  ExpectVerdict("without a dry run");
  Take(8)[1].common.business_day = Date{0xffff};
  ExpectVerdict("or long ago");
}

TEST_F(ForgedPolicy, KindThatNobodyRecordsIsNotControlled) {
  Take(3);
  auto& policy = Value<PolicyProposed>(3);
  const std::span<ControlRole> roles = arena_.Make<ControlRole>(1);
  roles[0] = {"points.granted", Name("cashier")};
  policy.control.roles = roles;
  ExpectVerdict("a policy that says what none may: body.roles[0].kind");
}

TEST_F(ForgedPolicy, PaymentWithFewerApprovalsThanItsTierIsRefused) {
  constexpr std::string_view kFew = "without the approvals that it needs";
  const Address first{Seq{4}, 1};
  const Address second{Seq{4}, 3};  // by the same person
  using M = MoneyPaid;
  Forge<M>(
      4, 4,
      [&](M& m) {
        m.approvals = arena_.Copy(std::span{&first, 1});
      },
      kFew);
  const Address both[] = {first, second};
  Forge<M>(
      4, 4, [&](M& m) { m.approvals = arena_.Copy(std::span<const Address>{both}); }, kFew);
  const Address boss{Seq{5}, 1};
  Forge<M>(
      5, 3,
      [&](M& m) {
        m.approvals = arena_.Copy(std::span{&boss, 1});
      },
      kFew);
}

TEST_F(ForgedPolicy, PaymentByWhoMayNotPayIsRefused) {
  Take(4)[4].common.actor = Name("p-work");
  ExpectVerdict("without the role");
}

TEST_F(ForgedPolicy, PointsOfWhoHoldsNoneAreRefused) {
  const NameId firm = Name("o-3");
  const NameId nobody = Name("p-boss");
  using A = PointsAwarded;
  Forge<A>(
      6, 0, [&](A& a) { a.fixed.holder = firm; }, "holds none");
  Forge<A>(
      6, 0, [&](A& a) { a.fixed.person = nobody; }, "holds none");
  using D = PointsDeducted;
  const std::size_t deducted = LineOf(6, D::kKind);
  Forge<D>(
      6, deducted, [&](D& d) { d.fixed.holder = firm; }, "holds none");
  using M = PointsMoved;
  const std::size_t moved = LineOf(6, M::kKind);
  Forge<M>(
      6, moved, [&](M& m) { m.to = firm; }, "where they may not");
  Forge<M>(
      6, moved, [&](M& m) { m.from = firm; }, "where they may not");
  using S = ServiceRecorded;
  const std::size_t service = LineOf(6, S::kKind);
  Forge<S>(
      6, service, [&](S& s) { s.fixed.holder = Name("h-2"); }, "not entitled");
  Forge<S>(
      6, service, [&](S& s) { s.fixed.holder = firm; }, "not entitled");
}

}  // namespace
}  // namespace suanpan::testing
