// What is registered, related, closed and defined, forged: Apply refuses what no writer took.

#include "forged_history.h"
#include "suanpan/schema/kinds/codes.h"
#include "suanpan/schema/kinds/funds.h"
#include "suanpan/schema/kinds/places.h"
#include "suanpan/schema/kinds/relations.h"

namespace suanpan::testing {
namespace {

using namespace suanpan::schema;

constexpr std::string_view kCommands[] = {
    // 1
    "2026-01-01 p-acct book.opened label=X utc_offset_minutes=480 unit=u-zz level=community "
    "host=o\n"
    "2026-01-01 p-acct fund.opened fund=f-zz label=F host=o bank_accounts=[b-1] "
    "default_pot=restricted/government restriction={class=restricted purposes=[elder_care]}\n"
    "2026-01-01 p-acct agreement.signed agreement=ag-1 agreement_type=donation_share party=v-1 "
    "signed_on=2026-01-01 valid_from=2026-01-01 fund=f-zz basis=profit rate=1/10 "
    "loss_policy=net_all settlement=month\n"
    "2026-01-01 p-acct funds.received fund=f-zz pot=restricted/government from=o-9 amount_fen=900 "
    "account=b-1\n"
    "2026-04-01 p-acct settlement.closed agreement=ag-1 through=2026-01-31",
    // 2: registers
    "2026-04-02 p-acct party.registered party=h-1 party_type=household\n"
    "2026-04-02 p-acct party.registered party=h-2 party_type=household\n"
    "2026-04-02 p-acct place.registered place=s-1 place_type=station label=X\n"
    "2026-04-02 p-acct place.registered place=s-2 place_type=room within=s-1 label=X\n"
    "2026-04-02 p-acct relation.started relation=member_of from=p-1 to=h-1 since=2026-04-02\n"
    "2026-04-02 p-acct relation.started relation=in_unit from=u-1 to=u-2 since=2026-04-02\n"
    "2026-04-02 p-acct relation.started relation=in_unit from=u-2 to=u-3 since=2026-04-02\n"
    "2026-04-02 p-acct code.defined list=item code=tea label=X version=1 valid_from=2026-04-02",
    // 3: what ends, and what goes on
    "2026-04-09 p-acct relation.ended relation=member_of from=p-1 to=h-1 until=2026-04-08\n"
    "2026-04-09 p-acct relation.started relation=member_of from=p-1 to=h-2 since=2026-04-09\n"
    "2026-04-09 p-acct relation.started relation=in_unit from=u-3 to=u-4 since=2026-04-09\n"
    "2026-04-09 p-acct code.defined list=item code=tea label=X version=2 valid_from=2026-04-09\n"
    "2026-04-09 p-acct register.closed of=h-1 outcome=left on=2026-04-08\n"
    "2026-04-09 p-acct register.closed of=ag-1 outcome=done on=2026-04-08",
    // 4: a fund that never had anything
    "2026-04-10 p-acct fund.opened fund=f-2 label=F host=o bank_accounts=[b-2] "
    "default_pot=restricted/government restriction={class=restricted purposes=[elder_care]}\n"
    "2026-04-10 p-sup approval.given subject=f-2 action=close verdict=approved\n"
    "2026-04-10 p-sup approval.given subject=f-zz action=close verdict=approved\n"
    "2026-04-10 p-acct register.closed of=f-2 outcome=done on=2026-04-10 approval=#1",
    // 5: of the other fund
    "2026-04-11 p-acct funds.received fund=f-zz pot=restricted/government from=o-9 amount_fen=5 "
    "account=b-1\n"
    "2026-04-11 p-work spending.requested use=expense fund=f-zz payee=o-3 amount_fen=500 "
    "purpose=elder_care",
};

class ForgedRegister : public ForgedHistory {
 protected:
  ForgedRegister() : ForgedHistory(kCommands) {}
};

TEST_F(ForgedRegister, IsAcceptedWhenNothingWasChanged) { ExpectAcceptedUnchanged(); }

TEST_F(ForgedRegister, PlaceOrRelationThatCannotBeIsRefused) {
  const auto name = [&](std::string_view text) { return book_.state().names.Find(text); };
  constexpr NameId kFar{0xffff'fffe};
  using P = PlaceRegistered;
  Forge<P>(
      2, 3, [&](P& p) { p.within = p.place; }, "within no place");
  Forge<P>(
      2, 3, [&](P& p) { p.within = name("h-1"); }, "within no place");
  Forge<P>(
      2, 3, [&](P& p) { p.place = name("h-1"); }, "registered twice");
  Forge<P>(
      2, 3, [&](P& p) { p.place = kFar; }, "not introduced");
  using S = RelationStarted;
  Forge<S>(
      2, 4, [&](S& s) { s.to = name("s-1"); }, "cannot be: unknown_ref");
  Forge<S>(
      2, 5, [&](S& s) { s.from = kFar; }, "not introduced");
  Forge<S>(
      2, 5, [&](S& s) { s.to = kFar; }, "not introduced");
  Forge<S>(
      3, 1, [&](S& s) { s.since = Date{1}; }, "cannot be: relation_overlaps");
  Forge<S>(
      3, 2, [&](S& s) { s.to = s.from; }, "cannot be: cycle");
  Forge<S>(
      3, 2, [&](S& s) { s.to = name("u-1"); }, "cannot be: cycle");
  Forge<S>(
      3, 2, [&](S& s) { s.relation = 200; }, Status{}.ToString());
  using E = RelationEnded;
  Forge<E>(
      3, 0, [&](E& e) { e.until = Date{1}; }, "not open");
  Forge<E>(
      3, 0, [&](E& e) { e.from = kFar; }, "not open");
}

TEST_F(ForgedRegister, VersionOfACodeThatDoesNotFollowIsRefused) {
  using C = CodeDefined;
  for (const std::uint32_t version : {0U, 1U, 3U, 0xffff'ffffU}) {
    Forge<C>(
        3, 3, [&](C& c) { c.version = version; }, "does not follow");
  }
  Forge<C>(
      3, 3, [](C& c) { c.list = 200; }, "does not follow");
  Forge<C>(
      3, 3, [](C& c) { c.code = NameId{0xffff'fffe}; }, "not introduced");
}

TEST_F(ForgedRegister, ClosingThatCannotBeIsRefused) {
  const auto name = [&](std::string_view text) { return book_.state().names.Find(text); };
  using C = RegisterClosed;
  Forge<C>(
      3, 4, [&](C& c) { c.on = NextDay(NextDay(c.on)); }, "cannot be closed: bad_field of on");
  Forge<C>(
      3, 4, [&](C& c) { c.of = name("p-1"); }, "cannot be closed: unknown_ref");
  Forge<C>(
      3, 4, [&](C& c) { c.of = NameId{0xffff'fffe}; }, "cannot be closed: unknown_ref");
  Forge<C>(
      3, 5, [&](C& c) { c.of = name("h-1"); }, "cannot be closed: already_closed");
  Forge<C>(
      3, 5, [&](C& c) { c.on = Date{1}; }, "cannot be closed: bad_field of on");
  Forge<C>(
      3, 5, [&](C& c) { c.of = name("f-zz"); }, "cannot be closed: balance_left");
  Take(4)[3].common.approval = {};
  EXPECT_NE(Verdict().find("does not serve here"), std::string::npos) << Verdict();
  Take(4)[3].common.approval = Address{Seq{4}, 2};
  EXPECT_NE(Verdict().find("approval_missing"), std::string::npos) << Verdict();
  Forge<FundsReceived>(
      5, 0, [&](FundsReceived& f) { f.fixed.fund = name("f-2"); }, "receipt of a closed fund");
  Forge<SpendingRequested>(
      5, 1, [&](SpendingRequested& r) { r.fund = name("f-2"); }, "request to a closed fund");
}

}  // namespace
}  // namespace suanpan::testing
