// Logs that a dishonest operator signs to bring the auditor's program down: each ends in a finding,
// soon and in bounded memory.

#include <gtest/gtest.h>

#include "sample_log.h"
#include "suanpan/schema/kind_info.h"
#include "suanpan/schema/kinds/costs.h"
#include "suanpan/schema/kinds/funds.h"
#include "suanpan/schema/kinds/registers.h"
#include "suanpan/schema/kinds/sales.h"

namespace suanpan::audit {
namespace {

using schema::AgreementSigned;
using schema::CostRecorded;
using schema::EntryCommon;
using schema::Event;
using schema::FundsReceived;
using schema::SaleRecorded;

constexpr std::string_view kBook = "zz";
constexpr std::string_view kDay = "2025-01-02";
constexpr NameId kNever{0xffff'fffeU};  ///< a name that no log introduces

/// Entry 1 opens the book, 2 its agreement at the standard margin, 3 a sale, 4 a true-up, 5 and 6
/// two receipts.
class HostileLog : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    SampleLog log;
    log.OpenBook();
    log.Fact(
        2, kDay,
        R"("kind":"agreement.signed","agreement":"ag","agreement_type":"donation_share",)"
        R"("party":"v","signed_on":"2025-01-01","valid_from":"2025-01-01","fund":"f",)"
        R"("basis":"profit","rate":{"n":1,"m":10},"loss_policy":"net_all","settlement":"month",)"
        R"("cost_method":"standard_margin","margin":{"n":3,"m":10})");
    log.Fact(3, kDay,
             R"("kind":"sale.recorded","vendor":"v",)"
             R"("lines":[{"item":"i","quantity":1,"amount_fen":1000}])");
    log.Fact(4, kDay,
             R"("kind":"cost.recorded","agreement":"ag","cost_kind":"goods","amount_fen":700,)"
             R"("true_up":{"from":"2025-01","to":"2025-01"})");
    for (const unsigned key : {5U, 6U}) {
      log.Fact(key, kDay,
               fmt::format(R"("kind":"funds.received","fund":"f","pot":"{}","amount_fen":100,)"
                           R"("account":"{}","from":"o")",
                           key == 5 ? "restricted/government" : "restricted/donation",
                           key == 5 ? "b" : "c"));
    }
    genuine_ = log.Entries(kBook);
  }
  static void TearDownTestSuite() { genuine_.clear(); }
  [[nodiscard]] VerifyReport VerifyForged() const {
    WriteForged(dir_.path(), kBook, entries_);
    return Verify(OptionsFor(dir_.path()));
  }
  template <class T>
  void ChangePayload(std::uint64_t seq, const std::function<void(T&)>& change) {
    entries_[seq - 1] = Changed(entries_[seq - 1], [&](EntryCommon&, std::vector<Event>& events) {
      for (Event& event : events) {
        if (event.kind->number == T::kKind) return change(Payload<T>(event));
      }
      ADD_FAILURE() << "no such event";
    });
  }
  /// V5 names the entry, and it is neither applied nor summed up.
  void ExpectStoppedBy(std::string_view check, std::uint64_t seq) const {
    const VerifyReport report = VerifyForged();
    EXPECT_EQ(report.verdict, Verdict::kFailed);
    EXPECT_TRUE(HasFinding(report, check)) << FindingsOf(report);
    ASSERT_EQ(report.books.size(), 1U);
    for (const Finding& finding : report.books[0].findings) EXPECT_EQ(finding.seq, seq);
    EXPECT_TRUE(HasFinding(report, "V7/stopped")) << FindingsOf(report);
    EXPECT_EQ(report.books[0].steps[5].result, StepResult::kUndecided) << FindingsOf(report);
    EXPECT_EQ(report.books[0].steps[6].result, StepResult::kUndecided) << FindingsOf(report);
    EXPECT_TRUE(report.books[0].agreements.empty()) << "totals of a part of the log";
  }

  static inline std::vector<std::string> genuine_;
  std::vector<std::string> entries_ = genuine_;
  test::TempDir dir_;
};

TEST_F(HostileLog, VerifiesAsItWasBeforeItWasForged) {
  const VerifyReport report = VerifyForged();
  EXPECT_EQ(report.verdict, Verdict::kVerified) << FindingsOf(report);
}

TEST_F(HostileLog, AnAgreementAtTheStandardMarginWithoutOne) {
  ChangePayload<AgreementSigned>(2, [](AgreementSigned& fact) { fact.margin = {}; });
  ExpectStoppedBy("V5/field", 2);
}

TEST_F(HostileLog, AMarginOrRateOverZero) {
  ChangePayload<AgreementSigned>(2, [](AgreementSigned& fact) { fact.margin.m = 0; });
  ExpectStoppedBy("V5/field", 2);
  entries_ = genuine_;
  ChangePayload<AgreementSigned>(2, [](AgreementSigned& fact) { fact.rate.m = 0; });
  ExpectStoppedBy("V5/field", 2);
  entries_ = genuine_;
  ChangePayload<AgreementSigned>(2, [](AgreementSigned& fact) { fact.rate = {}; });
  ExpectStoppedBy("V5/field", 2);
}

TEST_F(HostileLog, ATrueUpToTheLastMonthOfSixteenBits) {
  for (const unsigned first : {1U, 660U, 65530U, 65535U}) {
    const auto from = static_cast<std::uint16_t>(first);
    entries_ = genuine_;
    ChangePayload<CostRecorded>(4, [from](CostRecorded& fact) {
      fact.fixed.true_up = {Month{from}, Month{65535}};
      fact.fixed.month = Month{65535};
    });
    ExpectStoppedBy("V5/field", 4);
  }
}

TEST_F(HostileLog, ATrueUpOfMoreMonthsThanItMayHave) {
  ChangePayload<CostRecorded>(4, [](CostRecorded& fact) {
    fact.fixed.true_up = {Month{1}, Month{2152}};
    fact.fixed.month = Month{2152};
  });
  const VerifyReport report = VerifyForged();
  EXPECT_EQ(report.verdict, Verdict::kFailed);
  EXPECT_TRUE(HasFinding(report, "V7/true_up")) << FindingsOf(report);
}

TEST_F(HostileLog, NamesThatWereNeverIntroduced) {
  ChangePayload<AgreementSigned>(2, [](AgreementSigned& fact) { fact.party = kNever; });
  ExpectStoppedBy("V5/field", 2);
  entries_ = genuine_;
  ChangePayload<AgreementSigned>(2, [](AgreementSigned& fact) { fact.agreement = kNever; });
  ExpectStoppedBy("V5/field", 2);
  entries_ = genuine_;
  ChangePayload<SaleRecorded>(3, [](SaleRecorded& fact) { fact.fixed.vendor = kNever; });
  ExpectStoppedBy("V5/field", 3);
  entries_ = genuine_;
  ChangePayload<FundsReceived>(5, [](FundsReceived& fact) { fact.fixed.fund = kNever; });
  ExpectStoppedBy("V5/field", 5);
  entries_ = genuine_;
  entries_[2] = Changed(entries_[2],
                        [](EntryCommon& common, std::vector<Event>&) { common.source = kNever; });
  ExpectStoppedBy("V5/field", 3);
}

TEST_F(HostileLog, V5GoesOnBehindAMalformedEntry) {
  ChangePayload<SaleRecorded>(3, [](SaleRecorded& fact) {
    const_cast<schema::SaleLine*>(fact.lines.data())->quantity = Quantity{0};
  });
  ChangePayload<FundsReceived>(6, [](FundsReceived& fact) { fact.fixed.amount = Fen{-1}; });
  const VerifyReport report = VerifyForged();
  std::vector<std::uint64_t> wrong;
  for (const Finding& finding : report.books.at(0).findings) {
    if (finding.check == "V5/field") wrong.push_back(finding.seq);
  }
  EXPECT_EQ(wrong, (std::vector<std::uint64_t>{3, 6})) << FindingsOf(report);
}

TEST_F(HostileLog, TwoReceiptsThatNoFundCanHold) {
  for (const std::uint64_t seq : {5U, 6U}) {
    ChangePayload<FundsReceived>(
        seq, [](FundsReceived& fact) { fact.fixed.amount = Fen{9'000'000'000'000'000'000}; });
  }
  const VerifyReport report = VerifyForged();
  EXPECT_EQ(report.verdict, Verdict::kFailed);
  EXPECT_TRUE(HasFinding(report, "V7/overflow")) << FindingsOf(report);
  EXPECT_NE(FindingsOf(report).find("18000000000000000000"), std::string::npos);
  ASSERT_EQ(report.books.size(), 1U);
  EXPECT_TRUE(report.books[0].funds.empty()) << "a balance that is none";
}

/// A sale of 200 lines without a cost, again and again, until one line more waits than may.
TEST(HostileMemory, LinesWithoutACostAreBoundedByTheEnginesLimit) {
  SampleLog log;
  log.OpenBook();
  log.Fact(
      2, "2025-01-01",
      R"("kind":"agreement.signed","agreement":"ag","agreement_type":"donation_share",)"
      R"("party":"v","signed_on":"2025-01-01","valid_from":"2025-01-01","fund":"f",)"
      R"("basis":"profit","rate":{"n":1,"m":10},"loss_policy":"net_all","settlement":"month")");
  std::string lines;
  for (int i = 0; i < 200; ++i) {
    lines += R"({"item":"i","quantity":1,"amount_fen":100})";
    lines += i < 199 ? "," : "";
  }
  for (const unsigned key : {3U, 4U}) {  // the first introduces the item
    log.Fact(key, kDay, fmt::format(R"("kind":"sale.recorded","vendor":"v","lines":[{}])", lines));
  }
  std::vector<std::string> entries = log.Entries(kBook);
  const std::string sale = entries.back();
  while (entries.size() < 102) {  // 100 sales
    const std::uint64_t key = entries.size() + 1;
    entries.push_back(Changed(
        sale, [key](EntryCommon& common, std::vector<Event>&) { common.key.counter = key; }));
  }
  const test::TempDir dir;
  WriteForged(dir.path(), kBook, entries);
  const VerifyReport full = Verify(OptionsFor(dir.path()));
  EXPECT_EQ(full.verdict, Verdict::kVerified) << FindingsOf(full);
  entries.push_back(
      Changed(sale, [](EntryCommon& common, std::vector<Event>&) { common.key.counter = 103; }));
  WriteForged(dir.path(), kBook, entries);
  const VerifyReport over = Verify(OptionsFor(dir.path()));
  EXPECT_EQ(over.verdict, Verdict::kFailed);
  ASSERT_EQ(over.books.size(), 1U);
  EXPECT_TRUE(HasFinding(over, "V7/unpriced_limit")) << FindingsOf(over);
  EXPECT_TRUE(over.books[0].agreements.empty()) << "the agreement is not summed up any more";
}

}  // namespace
}  // namespace suanpan::audit
