// A cost and a refund take month, agreement and cost from the sale that they name. Forged so that
// every figure of the log agrees with the others but not with that sale: V7 reads the sale again.

#include <gtest/gtest.h>

#include "sample_log.h"
#include "src/files/old_entries.h"
#include "suanpan/rules/catalogue.h"
#include "suanpan/schema/kind_info.h"
#include "suanpan/schema/kinds/costs.h"
#include "suanpan/schema/kinds/donations.h"
#include "suanpan/schema/kinds/sales.h"

namespace suanpan::audit {
namespace {

using schema::CostRecorded;
using schema::DonationAccrued;
using schema::EntryCommon;
using schema::Event;
using schema::RefundLine;
using schema::RefundRecorded;

constexpr std::string_view kBook = "zz";

/// Two vendors with an agreement each; sales in January, then what names them in February.
class NamedSale : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    SampleLog log;
    log.OpenBook();
    auto fact = [&log, key = std::uint64_t{1}](std::string_view day,
                                               std::string_view fields) mutable {
      log.Fact(++key, day, fields);
      return key;
    };
    for (const int n : {1, 2}) {
      fact("2025-01-01",
           fmt::format(R"("kind":"agreement.signed","agreement":"ag-{0}","party":"v-{0}",)"
                       R"("agreement_type":"donation_share","signed_on":"2025-01-01",)"
                       R"("valid_from":"2025-01-01","fund":"f","basis":"profit",)"
                       R"("rate":{{"n":1,"m":10}},"loss_policy":"net_all","settlement":"month")",
                       n));
    }
    const std::uint64_t sale =
        fact("2025-01-03", R"("kind":"sale.recorded","vendor":"v-1","lines":[{"item":"i",)"
                           R"("quantity":3,"amount_fen":3000,"cost_fen":1000},)"
                           R"({"item":"j","quantity":1,"amount_fen":500,"cost_fen":100}])");
    other_ = fact("2025-01-03", R"("kind":"sale.recorded","vendor":"v-2","lines":[{"item":"i",)"
                                R"("quantity":3,"amount_fen":3000,"cost_fen":1000}])");
    cost_ = fact("2025-02-03",
                 fmt::format(R"("kind":"cost.recorded","agreement":"ag-1","cost_kind":"goods",)"
                             R"("amount_fen":70,"sale":"{}.0","sale_line":0)",
                             sale));
    for (const int quantity : {1, 2}) {
      refund_[quantity - 1] = fact(
          "2025-02-04", fmt::format(R"("kind":"refund.recorded","vendor":"v-1","sale":"{}.0",)"
                                    R"("lines":[{{"sale_line":0,"quantity":{},"amount_fen":{}}}])",
                                    sale, quantity, quantity * 1000));
    }
    genuine_ = log.Entries(kBook);
  }
  static void TearDownTestSuite() { genuine_.clear(); }

  template <class T>
  void ChangeWithAccrual(std::uint64_t seq,
                         const std::function<void(T&, DonationAccrued::Fixed&)>& change) {
    entries_[seq - 1] = Changed(entries_[seq - 1], [&](EntryCommon&, std::vector<Event>& events) {
      ASSERT_GE(events.size(), 2U);
      ASSERT_EQ(events[0].kind->number, T::kKind);
      ASSERT_EQ(events[1].kind->number, DonationAccrued::kKind);
      change(Payload<T>(events[0]), Payload<DonationAccrued>(events[1]).fixed);
    });
  }
  void ExpectFound(std::string_view check, std::uint64_t seq) const {
    const test::TempDir dir;
    WriteForged(dir.path(), kBook, entries_);
    const VerifyReport report = Verify(OptionsFor(dir.path()));
    EXPECT_EQ(report.verdict, Verdict::kFailed);
    bool found = false;
    for (const Finding& finding : report.books.at(0).findings) {
      found = found || (finding.check == check && finding.seq == seq);
    }
    EXPECT_TRUE(found) << check << "@" << seq << " is not among\n" << FindingsOf(report);
  }
  /// The first line of a refund, writable.
  static RefundLine& LineOf(RefundRecorded& refund) {
    return *const_cast<RefundLine*>(refund.lines.data());
  }

  static inline std::vector<std::string> genuine_;
  static inline std::uint64_t other_ = 0;
  static inline std::uint64_t cost_ = 0;
  static inline std::uint64_t refund_[2] = {};
  std::vector<std::string> entries_ = genuine_;
};

TEST_F(NamedSale, VerifiesAsItWasBeforeItWasForged) {
  const test::TempDir dir;
  WriteForged(dir.path(), kBook, entries_);
  const VerifyReport report = Verify(OptionsFor(dir.path()));
  EXPECT_EQ(report.verdict, Verdict::kVerified) << FindingsOf(report);
  ASSERT_EQ(report.books[0].agreements.size(), 2U);
  // 2000 + 400, less the cost of 70, less 3000 - 1000 that came back.
  EXPECT_EQ(report.books[0].agreements[0].base.value(), 330);
}

TEST_F(NamedSale, ACostInAnotherMonthThanItsSale) {
  ChangeWithAccrual<CostRecorded>(cost_, [](CostRecorded& cost, DonationAccrued::Fixed& accrual) {
    cost.fixed.month = Month{static_cast<std::uint16_t>(cost.fixed.month.value() + 1)};
    accrual.month = cost.fixed.month;
  });
  ExpectFound("V7/cost_month", cost_);
}

TEST_F(NamedSale, ACostOfAnotherAgreementsSaleOrOfALineItHasNot) {
  const Address other{Seq{other_}, 0};
  ChangeWithAccrual<CostRecorded>(cost_,
                                  [&](CostRecorded& cost, auto&) { cost.fixed.sale = other; });
  ExpectFound("V7/cost_agreement", cost_);
  entries_ = genuine_;
  ChangeWithAccrual<CostRecorded>(cost_,
                                  [](CostRecorded& cost, auto&) { cost.fixed.sale_line = 2; });
  ExpectFound("V7/cost_line", cost_);
}

TEST_F(NamedSale, ARefundOfAnotherAgreementsSale) {
  const Address other{Seq{other_}, 0};
  ChangeWithAccrual<RefundRecorded>(
      refund_[0], [&](RefundRecorded& refund, auto&) { refund.fixed.sale = other; });
  ExpectFound("V7/refund_agreement", refund_[0]);
  ExpectFound("V7/refund_vendor", refund_[0]);
}

TEST_F(NamedSale, ARefundWithAWrongDefaultCost) {
  // 333 is the share of one piece of three; 334 is left for the last.
  ChangeWithAccrual<RefundRecorded>(refund_[0],
                                    [](RefundRecorded& refund, DonationAccrued::Fixed& accrual) {
                                      ASSERT_EQ(LineOf(refund).cost.value(), 333);
                                      LineOf(refund).cost = Fen{533};
                                      refund.fixed.entry = Fen{refund.fixed.entry.value() + 200};
                                      accrual.entry = refund.fixed.entry;
                                    });
  ExpectFound("V7/refund_cost", refund_[0]);
  entries_ = genuine_;
  ChangeWithAccrual<RefundRecorded>(refund_[1], [](RefundRecorded& refund, auto&) {
    ASSERT_EQ(LineOf(refund).pro_rata.value(), 667);
    LineOf(refund).pro_rata = Fen{666};
  });
  ExpectFound("V7/refund_cost", refund_[1]);
}

TEST_F(NamedSale, RefundsOfMoreThanWasSoldOfAPricedLine) {
  ChangeWithAccrual<RefundRecorded>(
      refund_[1], [](RefundRecorded& refund, auto&) { LineOf(refund).quantity = Quantity{3}; });
  ExpectFound("V7/refund_exceeds_sale", refund_[1]);
  entries_ = genuine_;
  ChangeWithAccrual<RefundRecorded>(
      refund_[1], [](RefundRecorded& refund, auto&) { LineOf(refund).amount = Fen{2001}; });
  ExpectFound("V7/refund_exceeds_sale", refund_[1]);
}

TEST_F(NamedSale, ARefundOfALineThatIsNotThereOrOfAnotherItem) {
  ChangeWithAccrual<RefundRecorded>(
      refund_[0], [](RefundRecorded& refund, auto&) { LineOf(refund).sale_line = 2; });
  ExpectFound("V7/refund_line", refund_[0]);
  entries_ = genuine_;
  ChangeWithAccrual<RefundRecorded>(
      refund_[0], [](RefundRecorded& refund, auto&) { LineOf(refund).item = refund.fixed.vendor; });
  ExpectFound("V7/refund_line", refund_[0]);
}

TEST_F(NamedSale, WhatIsNamedIsAnEarlierSale) {
  const Address later{Seq{entries_.size()}, 0};
  for (const Address address : {Address{Seq{2}, 0}, Address{Seq{4}, 7}, later,
                                Address{Seq{entries_.size() + 1}, 0}, Address{Seq{1}, 0xffff}}) {
    entries_ = genuine_;
    ChangeWithAccrual<RefundRecorded>(
        refund_[0], [&](RefundRecorded& refund, auto&) { refund.fixed.sale = address; });
    ExpectFound("V7/named_sale", refund_[0]);
    entries_ = genuine_;
    ChangeWithAccrual<CostRecorded>(cost_,
                                    [&](CostRecorded& cost, auto&) { cost.fixed.sale = address; });
    ExpectFound("V7/named_sale", cost_);
  }
}

TEST_F(NamedSale, AnyEntryIsFoundAgainWhateverTheOrder) {
  std::vector<std::string> entries = genuine_;
  while (entries.size() < 600) entries.push_back(genuine_[2 + entries.size() % 6]);
  const test::TempDir dir;
  WriteForged(dir.path(), kBook, entries);
  OldEntries old{dir.path(), TreeSize{600}, rules::Catalogue::Standard().kinds()};
  for (std::uint64_t i = 0; i < 600; ++i) {
    const std::uint64_t seq = 1 + i * 257 % 600;
    const Result<const Event*> event = old.Find({Seq{seq}, 0});
    ASSERT_TRUE(event.ok()) << event.error().ToString();
    ASSERT_NE(*event, nullptr);
    std::uint16_t kind = 0;
    (void)Changed(entries[seq - 1],
                  [&](EntryCommon&, std::vector<Event>& events) { kind = events[0].kind->number; });
    EXPECT_EQ((*event)->kind->number, kind) << seq;
  }
  EXPECT_EQ(*old.Find({Seq{601}, 0}), nullptr);
  EXPECT_EQ(*old.Find({Seq{3}, 99}), nullptr);
  std::filesystem::remove(dir.path() / "tile/entries/000");
  OldEntries gone{dir.path(), TreeSize{600}, rules::Catalogue::Standard().kinds()};
  EXPECT_EQ(gone.Find({Seq{3}, 0}).error().code(), StatusCode::kNotFound);
}

}  // namespace
}  // namespace suanpan::audit
