// Logs whose sums are right and whose terms are not: agreements, the sales under them and their
// settlements, as a writer would have refused them.

#include "forged_book.h"
#include "suanpan/schema/kinds/costs.h"
#include "suanpan/schema/kinds/donations.h"
#include "suanpan/schema/kinds/places.h"
#include "suanpan/schema/kinds/registers.h"
#include "suanpan/schema/kinds/sales.h"

namespace suanpan::audit {
namespace {

using schema::AgreementSigned;
using schema::CostRecorded;
using schema::EventCommon;
using schema::PartyRegistered;
using schema::PlaceRegistered;
using schema::RefundRecorded;
using schema::RegisterClosed;
using schema::SaleRecorded;
using schema::SettlementClosed;

class TermsForgery : public ForgedBook {
 protected:
  void SetUp() override { OpenBook(); }
  /// "agreement=ag-1 signed_on=... valid_from=... ", of vendor v at 1/10 of the profit.
  std::uint64_t Sign(std::string_view fields, std::string_view calendar = "month") {
    return Add(
        fmt::format("2025-01-01 p-acct agreement.signed agreement_type=donation_share party=v "
                    "fund=f basis=profit rate=1/10 loss_policy=net_all settlement={} {}",
                    calendar, fields));
  }
  std::uint64_t Sell(std::string_view day, std::string_view more = "") {
    return Add(
        fmt::format("{} p-till sale.recorded vendor=v lines=[{{item=i quantity=2 amount_fen=1000 "
                    "cost_fen=100}}] {}",
                    day, more));
  }
  std::uint64_t Settle(std::string_view day, std::string_view through) {
    return Add(fmt::format("{} p-acct settlement.closed agreement=ag-1 through={}", day, through));
  }
};

constexpr std::string_view kOpenEnd = "agreement=ag-1 signed_on=2025-01-01 valid_from=2025-01-01";

TEST_F(TermsForgery, TwoAgreementsOfAVendorAtTheSameTime) {
  const std::uint64_t first =
      Sign("agreement=ag-1 signed_on=2025-01-01 valid_from=2025-01-01 valid_to=2025-12-31");
  const std::uint64_t second = Sign("agreement=ag-2 signed_on=2025-12-01 valid_from=2026-01-01");
  Sell("2025-12-31");
  Sell("2026-01-01");
  ExpectVerified();
  Forge<AgreementSigned>(first, [](auto& fact) { fact.valid_to = Day("2026-12-31"); });
  ExpectFindings({fmt::format("V7/agreement_overlaps@{}", second)});
  Forge<AgreementSigned>(first, [](auto& fact) { fact.valid_to = Date{}; });
  ExpectFindings({fmt::format("V7/agreement_overlaps@{}", second)});
  Forge<AgreementSigned>(first, [](auto& fact) { fact.valid_to = Day("2026-01-01"); });
  ExpectFindings({fmt::format("V7/agreement_overlaps@{}", second)});
}

TEST_F(TermsForgery, AnAgreementOfAMatterThatTheBookHasNot) {
  Sign("agreement=ag-1 signed_on=2025-01-01 valid_from=2025-01-01 valid_to=2025-12-31");
  const std::uint64_t second = Sign("agreement=ag-2 signed_on=2025-12-01 valid_from=2026-01-01");
  Forge<AgreementSigned>(second, [this](auto& fact) { fact.matter = Name("o"); });
  ExpectFindings({fmt::format("V7/unknown_matter@{}", second)});
}

TEST_F(TermsForgery, AnAgreementSignedAfterItBegan) {
  const std::uint64_t seq = Sign(kOpenEnd);
  Sell("2025-01-02");
  Forge<AgreementSigned>(seq, [](auto& fact) { fact.signed_on = Day("2025-03-01"); });
  ExpectFindings({fmt::format("V7/agreement_backdated@{}", seq)});
}

TEST_F(TermsForgery, ASaleOutsideTheDaysOfItsAgreement) {
  const std::uint64_t signing = Sign(kOpenEnd);
  const std::uint64_t sale = Sell("2025-01-31");
  Sell("2025-02-01");
  Forge<AgreementSigned>(signing,
                         [](auto& fact) { fact.signed_on = fact.valid_from = Day("2025-02-01"); });
  ExpectFindings({fmt::format("V7/agreement_in_force@{}", sale)});
  Forge<AgreementSigned>(signing, [](auto& fact) {
    fact.signed_on = fact.valid_from = Day("2025-01-01");
    fact.valid_to = Day("2025-01-31");
  });
  ExpectFindings({fmt::format("V7/agreement_in_force@{}", sale + 1)});
}

TEST_F(TermsForgery, SalesThatNameAnAgreementOutOfForceAreNoted) {
  Sign("agreement=ag-1 signed_on=2025-01-01 valid_from=2025-01-01 valid_to=2025-01-31");
  Sign("agreement=ag-2 signed_on=2025-02-01 valid_from=2025-03-01");
  ExpectVerified();
  const std::uint64_t sale = Sell("2025-01-10", "agreement=ag-2");
  Sell("2025-02-10", "agreement=ag-2");
  Add("2025-02-11 p-till refund.recorded vendor=v agreement=ag-2 lines=[{quantity=1 "
      "amount_fen=10}]");
  ExpectFindings({fmt::format("V7/agreement_out_of_force@{}", sale)}, Verdict::kVerified);
  const Finding finding = Report().books.at(0).findings.at(0);
  EXPECT_EQ(finding.severity, Severity::kNote);
  EXPECT_EQ(finding.text,
            "3 sales and refunds name ag-2 on days on which it is not in force; the first is of "
            "2025-01-10, before it was signed, when the agreement of v in force is: ag-1");
  EXPECT_EQ(finding.expected, "2025-03-01 to an open end");
}

TEST_F(TermsForgery, ASaleUnderAnotherVendorsAgreement) {
  Sign(kOpenEnd);
  const std::uint64_t sale = Sell("2025-01-31", "agreement=ag-1");
  Forge<SaleRecorded>(sale, [this](auto& fact) { fact.fixed.vendor = Name("o"); });
  ExpectFindings({fmt::format("V7/agreement_of_vendor@{}", sale)});
}

TEST_F(TermsForgery, AnAgreementToAFundThatIsNone) {
  const std::uint64_t signing = Sign(kOpenEnd);
  Forge<AgreementSigned>(signing, [this](auto& fact) { fact.fund = Name("o"); });
  ExpectFindings(
      {fmt::format("V6/replay@{}", signing), fmt::format("V7/unknown_fund@{}", signing)});
}

TEST_F(TermsForgery, ANameRegisteredTwice) {
  Add("2025-01-01 p-acct party.registered party=v party_type=vendor");
  const std::uint64_t seq = Add("2025-01-01 p-acct party.registered party=w party_type=vendor");
  Forge<PartyRegistered>(seq, [this](auto& fact) { fact.party = Name("v"); });
  ExpectFindings({fmt::format("V6/replay@{}", seq), fmt::format("V7/ref_taken@{}", seq)});
}

TEST_F(TermsForgery, APlaceThatTakesAName) {
  Add("2025-01-01 p-acct party.registered party=w party_type=vendor");
  const std::uint64_t seq =
      Add("2025-01-01 p-acct place.registered place=s place_type=room label=x");
  ExpectVerified();
  Forge<PlaceRegistered>(seq, [this](auto& fact) { fact.place = Name("w"); });
  ExpectFindings({fmt::format("V6/replay@{}", seq), fmt::format("V7/ref_taken@{}", seq)});
}

TEST_F(TermsForgery, AnAgreementThatIsClosed) {
  Sign(kOpenEnd);
  Sell("2025-01-02");
  const std::uint64_t closing =
      Add("2025-02-10 p-acct register.closed of=ag-1 outcome=terminated on=2025-02-09");
  Sign("agreement=ag-2 signed_on=2025-01-01 valid_from=2025-02-10");
  const std::uint64_t sale = Sell("2025-02-09");
  Sell("2025-02-10");
  Settle("2025-03-01", "2025-01-31");
  const std::uint64_t last = Settle("2025-03-01", "2025-02-09");
  ExpectVerified();
  Forge<RegisterClosed>(closing, [](auto& fact) { fact.on = Day("2025-02-08"); });
  ExpectFindings({fmt::format("V7/agreement_in_force@{}", sale),
                  fmt::format("V7/settlement_not_next@{}", last)});
}

TEST_F(TermsForgery, AnAgreementThatIsClosedBeforeItBegins) {
  Sign("agreement=ag-1 signed_on=2025-01-01 valid_from=2025-06-01");
  Add("2025-02-10 p-acct register.closed of=ag-1 outcome=cancelled on=2025-02-10");
  Sign("agreement=ag-2 signed_on=2025-01-01 valid_from=2025-02-01");
  Sell("2025-06-02");
  ExpectVerified();
}

TEST_F(TermsForgery, AFundThatIsClosedByItsOwnApprover) {
  Add("2025-01-01 p-acct fund.opened fund=f-2 label=x host=o bank_accounts=[c] "
      "default_pot=restricted/government restriction={class=restricted purposes=[care]}");
  const std::uint64_t given =
      Add("2025-01-02 p-sup approval.given subject=f-2 action=close verdict=approved");
  const std::uint64_t closing =
      Add(fmt::format("2025-01-03 p-acct register.closed of=f-2 outcome=done on=2025-01-03 "
                      "approval={}.0",
                      given));
  ExpectVerified();
  Forge<RegisterClosed>(
      closing, [this](RegisterClosed&, EventCommon& common) { common.actor = Name("p-sup"); });
  ExpectFindings(
      {fmt::format("V6/replay@{}", closing), fmt::format("V7/self_approval@{}", closing)});
}

TEST_F(TermsForgery, ASettlementThroughADayThatEndsNoPeriod) {
  Sign(kOpenEnd);
  Sell("2025-01-02");
  const std::uint64_t seq = Settle("2025-02-01", "2025-01-31");
  ExpectVerified();
  for (const std::string_view day : {"2025-01-15", "2025-01-30"}) {
    Forge<SettlementClosed>(seq, [&](auto& fact) { fact.fixed.through = Day(day); });
    ExpectFindings({fmt::format("V7/through_not_boundary@{}", seq)});
  }
}

TEST_F(TermsForgery, ASettlementThatSkipsAPeriodOrRepeatsOne) {
  Sign(kOpenEnd);
  Sell("2025-01-02");
  const std::uint64_t seq = Settle("2025-04-01", "2025-01-31");
  const std::uint64_t next = Settle("2025-04-01", "2025-02-28");
  Forge<SettlementClosed>(seq, [](auto& fact) { fact.fixed.through = Day("2025-02-28"); });
  ExpectFindings({fmt::format("V6/replay@{}", next), fmt::format("V7/settlement_not_next@{}", seq),
                  fmt::format("V7/settlement_not_next@{}", next)});
}

TEST_F(TermsForgery, ASettlementOfAPeriodThatIsNotOver) {
  Sign(kOpenEnd);
  Sell("2025-01-02");
  const std::uint64_t seq = Settle("2025-02-01", "2025-01-31");
  Forge<SettlementClosed>(seq, [](SettlementClosed& fact, EventCommon& common) {
    common.occurred.seconds -= 86'400;
    common.business_day = Day("2025-01-31");
    common.period = MonthOf(common.business_day);
    fact.fixed.due_on = common.business_day;
  });
  ExpectFindings({fmt::format("V7/through_not_boundary@{}", seq)});
}

TEST_F(TermsForgery, ASettlementAgainstTheCalendarOfTheAgreement) {
  const std::uint64_t signing = Sign(kOpenEnd);
  Sell("2025-01-02");
  const std::uint64_t seq = Settle("2025-02-01", "2025-01-31");
  using schema::Calendar;
  for (const Calendar calendar : {Calendar::kQuarter, Calendar::kYear, Calendar::kEnd}) {
    Forge<AgreementSigned>(
        signing, [&](auto& fact) { fact.settlement = static_cast<std::uint8_t>(calendar); });
    ExpectFindings({fmt::format("V7/through_not_boundary@{}", seq)});
  }
}

TEST_F(TermsForgery, ASettlementAfterTheEndThroughNoEndOfAMonth) {
  Sign("agreement=ag-1 signed_on=2025-01-01 valid_from=2025-01-01 valid_to=2025-02-10", "end");
  Sell("2025-02-10");
  Settle("2025-02-11", "2025-02-10");
  const std::uint64_t seq = Settle("2025-06-11", "2025-05-31");
  ExpectVerified();
  Forge<SettlementClosed>(seq, [](auto& fact) { fact.fixed.through = Day("2025-05-30"); });
  ExpectFindings({fmt::format("V7/through_not_boundary@{}", seq)});
}

TEST_F(TermsForgery, ACostOfAnotherVendorsSale) {
  Add("2024-12-31 p-acct party.registered party=w party_type=vendor");
  Sign(kOpenEnd);
  const std::uint64_t sale = Sell("2024-12-31");  // under no agreement
  const std::uint64_t seq =
      Add(fmt::format("2025-01-02 p-acct cost.recorded agreement=ag-1 sale={}.0 cost_kind=goods "
                      "amount_fen=5",
                      sale));
  ExpectVerified();
  Forge<SaleRecorded>(sale, [this](auto& fact) { fact.fixed.vendor = Name("w"); });
  ExpectFindings({fmt::format("V7/cost_vendor@{}", seq)});
}

TEST_F(TermsForgery, ATrueUpThatTheTermsHaveNoRoomFor) {
  Add("2025-01-01 p-acct agreement.signed agreement=ag-1 agreement_type=donation_share party=v "
      "signed_on=2025-01-01 valid_from=2025-01-01 fund=f basis=revenue rate=1/10 "
      "loss_policy=net_all settlement=month");
  const std::uint64_t seq =
      Add("2025-02-02 p-acct cost.recorded agreement=ag-1 cost_kind=goods amount_fen=5");
  Forge<CostRecorded>(seq, [](auto& fact) {
    fact.fixed.true_up = {Month{660}, Month{661}};  // no posting, whatever it says
    fact.fixed.month = Month{661};
  });
  ExpectFindings({fmt::format("V7/true_up@{}", seq)});
}

TEST_F(TermsForgery, PaymentsOfAStallThatAreNotItsSales) {
  Sign(kOpenEnd);
  const std::uint64_t sale = Sell("2025-01-02", "paid=[{means=cash amount_fen=1000}]");
  const std::uint64_t refund =
      Add(fmt::format("2025-01-03 p-till refund.recorded vendor=v sale={}.0 lines=[{{quantity=1 "
                      "amount_fen=500}}] paid=[{{means=cash amount_fen=500}}]",
                      sale));
  static constexpr schema::PaidLine kLess[] = {{1, {}, Fen{1}}};
  Forge<SaleRecorded>(sale, [](auto& fact) { fact.paid = kLess; });
  Forge<RefundRecorded>(refund, [](auto& fact) { fact.paid = kLess; });
  ExpectFindings(
      {fmt::format("V7/paid_mismatch@{}", sale), fmt::format("V7/paid_mismatch@{}", refund)});
}

TEST_F(TermsForgery, AddressesOfNothing) {
  Sign(kOpenEnd);
  const std::uint64_t sale = Sell("2025-01-02");
  const auto with = [&](const std::function<void(SaleRecorded&, EventCommon&)>& change,
                        std::string_view check) {
    Forge<SaleRecorded>(sale, change);
    ExpectFindings({fmt::format("{}@{}", check, sale)});
    Forge<SaleRecorded>(sale, [](SaleRecorded& fact, EventCommon& common) {
      fact.slot = {};
      common.approval = common.replaces = common.supplements = {};
      common.refs = {};
      common.irregular = 0;
    });
    ExpectVerified();
  };
  const Address none{Seq{1}, 40};
  const Address opened{Seq{1}, 0};
  static constexpr Address kLater[] = {Address{Seq{90}, 0}};
  with([&](auto& fact, auto&) { fact.slot = opened; }, "V7/wrong_kind");
  with([&](auto& fact, auto&) { fact.slot = none; }, "V7/unknown_address");
  with([&](auto&, auto& common) { common.approval = opened; }, "V7/wrong_kind");
  with([&](auto&, auto& common) { common.supplements = kLater[0]; }, "V7/unknown_address");
  with([&](auto&, auto& common) { common.refs = kLater; }, "V7/unknown_address");
}

}  // namespace
}  // namespace suanpan::audit
