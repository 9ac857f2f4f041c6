// A whole valid tree, signed with the right key, whose entries are not what an engine would have
// written: each is found by the step that is there for it.

#include <gtest/gtest.h>

#include <cstring>

#include "sample_log.h"
#include "suanpan/rules/catalogue.h"
#include "suanpan/schema/kind_info.h"
#include "suanpan/schema/kinds/donations.h"
#include "suanpan/schema/kinds/funds.h"
#include "suanpan/schema/kinds/log.h"
#include "suanpan/schema/kinds/sales.h"

namespace suanpan::audit {
namespace {

using schema::DonationAccrued;
using schema::EntryCommon;
using schema::Event;
using schema::SaleRecorded;

constexpr std::string_view kBook = "jx-001";

class Forgery : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    SampleLog log;
    log.AddYear(1, 70, 4);
    genuine_ = log.Entries(kBook);
    stream_ = [] {
      SampleLog streams;
      streams.AddYear(1, 5, 4, 1, true);
      return streams.Entries(kBook);
    }();
  }
  static void TearDownTestSuite() {
    genuine_.clear();
    stream_.clear();
  }

  [[nodiscard]] VerifyReport VerifyForged() const {
    WriteForged(dir_.path(), kBook, entries_);
    return Verify(OptionsFor(dir_.path()));
  }
  /// The finding is there, and everything before its step is in order.
  void ExpectFound(std::string_view check, std::uint64_t seq) const {
    const VerifyReport report = VerifyForged();
    EXPECT_EQ(report.verdict, Verdict::kFailed);
    ASSERT_EQ(report.books.size(), 1U);
    bool found = false;
    for (const Finding& finding : report.books[0].findings) {
      found = found || (finding.check == check && finding.seq == seq);
      EXPECT_GE(finding.check.substr(0, 2), "V5") << "the tree itself is valid";
    }
    EXPECT_TRUE(found) << check << "@" << seq << " is not among\n" << FindingsOf(report);
  }
  void Change(std::uint64_t seq, const audit::Change& change) {
    entries_[seq - 1] = Changed(entries_[seq - 1], change);
  }
  /// Sequence of the n-th entry that holds an event of kind T (counted from 0).
  template <class T>
  [[nodiscard]] std::uint64_t Find(int n) const {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      bool has = false;
      (void)Changed(entries_[i], [&](EntryCommon&, std::vector<Event>& events) {
        for (const Event& event : events) has = has || event.kind->number == T::kKind;
      });
      if (has && n-- == 0) return i + 1;
    }
    ADD_FAILURE() << "no such event";
    return 1;
  }
  /// Changes the first payload of kind T in an entry.
  template <class T>
  void ChangePayload(std::uint64_t seq, const std::function<void(T&)>& change) {
    Change(seq, [&](EntryCommon&, std::vector<Event>& events) {
      for (Event& event : events) {
        if (event.kind->number == T::kKind) return change(Payload<T>(event));
      }
      ADD_FAILURE() << "no such event";
    });
  }
  void ChangeAccrual(std::uint64_t seq,
                     const std::function<void(DonationAccrued::Fixed&)>& change) {
    ChangePayload<DonationAccrued>(seq, [&](DonationAccrued& accrual) { change(accrual.fixed); });
  }

  static inline std::vector<std::string> genuine_;
  static inline std::vector<std::string> stream_;
  std::vector<std::string> entries_ = genuine_;
  test::TempDir dir_;
};

Fen More(Fen amount) { return Fen{amount.value() + 1}; }

TEST_F(Forgery, NoneVerifies) {
  const VerifyReport report = VerifyForged();
  EXPECT_EQ(report.verdict, Verdict::kVerified) << FindingsOf(report);
}

TEST_F(Forgery, AnAccrualWithAnyFigureWrong) {
  const std::uint64_t seq = Find<DonationAccrued>(30);
  ChangeAccrual(seq, [](auto& fixed) { fixed.base = More(fixed.base); });
  ExpectFound("V7/accrual_base", seq);
  ExpectFound("V6/replay", seq);
  entries_ = genuine_;
  ChangeAccrual(seq, [](auto& fixed) { fixed.due_total = More(fixed.due_total); });
  ExpectFound("V7/accrual_due", seq);
  entries_ = genuine_;
  ChangeAccrual(seq, [](auto& fixed) { fixed.due_change = More(fixed.due_change); });
  ExpectFound("V7/accrual_change", seq);
  entries_ = genuine_;
  ChangeAccrual(seq, [](auto& fixed) { fixed.residue ^= 1U; });
  ExpectFound("V7/accrual_residue", seq);
  entries_ = genuine_;
  ChangeAccrual(seq, [](auto& fixed) { fixed.entry = More(fixed.entry); });
  ExpectFound("V7/accrual_entry", seq);
  entries_ = genuine_;
  ChangeAccrual(seq, [](auto& fixed) {
    fixed.month = Month{static_cast<std::uint16_t>(fixed.month.value() + 1)};
  });
  ExpectFound("V7/accrual_month", seq);
}

TEST_F(Forgery, AMissingAndADoubledAccrual) {
  const std::uint64_t seq = Find<DonationAccrued>(10);
  const auto at = [](const std::vector<Event>& events) {
    return std::find_if(events.begin(), events.end(), [](const Event& event) {
      return event.kind->number == DonationAccrued::kKind;
    });
  };
  Change(seq, [&](EntryCommon&, std::vector<Event>& events) { events.erase(at(events)); });
  ExpectFound("V7/missing_accrual", seq);
  entries_ = genuine_;
  Change(seq, [&](EntryCommon&, std::vector<Event>& events) {
    const Event twice = *at(events);
    events.insert(at(events), twice);
  });
  ExpectFound("V7/unexpected_accrual", seq);
}

TEST_F(Forgery, AHigherSaleThanTheAccrualsKnow) {
  const std::uint64_t seq = Find<SaleRecorded>(40);
  ChangePayload<SaleRecorded>(seq, [](SaleRecorded& sale) {
    auto& line = *const_cast<schema::SaleLine*>(sale.lines.data());
    line.amount = Fen{line.amount.value() + 1000};
    auto& paid = *const_cast<schema::PaidLine*>(sale.paid.data());
    paid.amount = Fen{paid.amount.value() + 1000};
  });
  const VerifyReport report = VerifyForged();
  EXPECT_EQ(report.verdict, Verdict::kFailed);
  EXPECT_TRUE(HasFinding(report, "V7/accrual_base") || HasFinding(report, "V7/entry_fen"))
      << FindingsOf(report);
}

TEST_F(Forgery, AnEntryFenThatDoesNotBalance) {
  const std::uint64_t seq = Find<SaleRecorded>(12);
  ChangePayload<SaleRecorded>(
      seq, [](SaleRecorded& sale) { sale.fixed.entry = More(sale.fixed.entry); });
  ExpectFound("V7/entry_fen", seq);
  ExpectFound("V6/replay", seq);
}

TEST_F(Forgery, ASaleTakenOutOfItsAgreement) {
  const std::uint64_t seq = Find<SaleRecorded>(15);
  Change(seq, [](EntryCommon&, std::vector<Event>& events) {
    for (Event& event : events) {
      if (event.kind->number != SaleRecorded::kKind) continue;
      Payload<SaleRecorded>(event).fixed.agreement = NameId{};
      Payload<SaleRecorded>(event).fixed.entry = Fen{};
    }
    std::erase_if(events,
                  [](const Event& event) { return event.kind->number == DonationAccrued::kKind; });
  });
  ExpectFound("V7/agreement_in_force", seq);
}

TEST_F(Forgery, ASettlementThatBillsLess) {
  const std::uint64_t seq = Find<schema::SettlementClosed>(0);
  ChangePayload<schema::SettlementClosed>(seq, [](schema::SettlementClosed& fact) {
    fact.fixed.due = Fen{fact.fixed.due.value() - 1};
  });
  ExpectFound("V7/settlement", seq);
}

TEST_F(Forgery, ATotalThatOnlyTheLastAccrualMisstates) {
  std::uint64_t last = 0;
  for (std::uint64_t seq = entries_.size(); seq > 0 && last == 0; --seq) {
    (void)Changed(entries_[seq - 1], [&](EntryCommon&, std::vector<Event>& events) {
      for (const Event& event : events) {
        if (event.kind->number == DonationAccrued::kKind) last = seq;
      }
    });
  }
  ChangeAccrual(last, [](auto& fixed) {
    fixed.due_total = More(fixed.due_total);
    fixed.due_change = More(fixed.due_change);
  });
  ExpectFound("V7/total_due", last);
}

TEST_F(Forgery, RecordedAtThatGoesBack) {
  Change(20, [](EntryCommon& common, auto&) {
    common.recorded_at = InstantUs{common.recorded_at.value() + 5'000'000};
  });
  ExpectFound("V6/recorded_at", 21);
}

TEST_F(Forgery, ABusinessDateInAnotherMonthThanTheSale) {
  const std::uint64_t seq = Find<SaleRecorded>(25);
  Change(seq, [](EntryCommon&, std::vector<Event>& events) {
    for (Event& event : events) {
      event.common.business_day =
          Date{static_cast<std::uint16_t>(event.common.business_day.value() + 1)};
    }
  });
  ExpectFound("V6/business_date", seq);
}

TEST_F(Forgery, AnEventFromTheFuture) {
  Change(1, [](EntryCommon& common, auto&) {
    common.recorded_at = *ParseInstant("2024-12-01T00:00:00Z");
  });
  ExpectFound("V6/occurred_in_future", 1);
}

TEST_F(Forgery, ANameIntroducedOutOfOrderOrTwice) {
  const std::uint64_t seq = Find<schema::RefIntroduced>(3);
  ChangePayload<schema::RefIntroduced>(
      seq, [](schema::RefIntroduced& name) { name.id = NameId{name.id.value() + 1}; });
  ExpectFound("V6/name_order", seq);
  entries_ = genuine_;
  ChangePayload<schema::RefIntroduced>(seq, [](schema::RefIntroduced& name) { name.ref = "cli"; });
  ExpectFound("V6/name_order", seq);
}

TEST_F(Forgery, ACommandKeyUsedTwice) {
  const std::uint64_t first = Find<SaleRecorded>(5);
  const std::uint64_t later = Find<SaleRecorded>(50);
  schema::CommandKey key;
  (void)Changed(entries_[first - 1], [&](EntryCommon& common, auto&) { key = common.key; });
  Change(later, [&](EntryCommon& common, auto&) { common.key = key; });
  ExpectFound("V6/duplicate_key", later);
}

TEST_F(Forgery, ACounterOfAStreamUsedTwice) {
  entries_ = stream_;
  const std::uint64_t first = Find<SaleRecorded>(5);
  const std::uint64_t later = Find<SaleRecorded>(20);
  schema::CommandKey key;
  (void)Changed(entries_[first - 1], [&](EntryCommon& common, auto&) { key = common.key; });
  Change(later, [&](EntryCommon& common, auto&) { common.key = key; });
  ExpectFound("V6/duplicate_key", later);
}

TEST_F(Forgery, PaddingThatIsNotZero) {
  const std::uint64_t seq = Find<SaleRecorded>(8);
  // Any zero byte, padding or not, makes another entry when it is 1; some of them are padding.
  std::string& entry = entries_[seq - 1];
  bool found = false;
  for (std::size_t byte = 32; byte < entry.size() && !found; ++byte) {
    if (entry[byte] != 0) continue;
    const std::string good = entry;
    entry[byte] = 1;
    const VerifyReport report = VerifyForged();
    found = HasFinding(report, "V5/damaged_entry");
    EXPECT_NE(report.verdict, Verdict::kVerified) << "byte " << byte;
    entry = good;
    byte += 7;
  }
  EXPECT_TRUE(found);
}

TEST_F(Forgery, HiddenBytesInATable) {
  // Entry 1 opens the book: a table. Eight bytes more at its end, and the size says so.
  std::string& entry = entries_[0];
  std::uint16_t words = 0;
  std::memcpy(&words, entry.data() + 32 + 4, sizeof words);
  const std::size_t end = 32 + std::size_t{words} * 8;
  entry.insert(end, std::string(8, '\0'));
  ++words;
  std::memcpy(entry.data() + 32 + 4, &words, sizeof words);
  const VerifyReport report = VerifyForged();
  EXPECT_EQ(report.verdict, Verdict::kFailed);
  EXPECT_TRUE(HasFinding(report, "V5/not_canonical") || HasFinding(report, "V5/damaged_entry"))
      << FindingsOf(report);
}

TEST_F(Forgery, BytesAfterTheLastEvent) {
  entries_[9] += std::string(8, '\0');
  ExpectFound("V5/damaged_entry", 10);
}

TEST_F(Forgery, AFieldOutOfItsRange) {
  const std::uint64_t seq = Find<SaleRecorded>(8);
  ChangePayload<SaleRecorded>(seq, [](SaleRecorded& sale) {
    const_cast<schema::SaleLine*>(sale.lines.data())->quantity = Quantity{-1};
  });
  ExpectFound("V5/field", seq);
}

TEST_F(Forgery, AnUnknownSchemaOrNone) {
  ChangePayload<schema::SchemaAdded>(
      1, [](schema::SchemaAdded& added) { added.digest->bytes[0] ^= 1; });
  ExpectFound("V5/unknown_schema", 1);
  entries_ = genuine_;
  Change(1, [](EntryCommon&, std::vector<Event>& events) {
    std::erase_if(events, [](const Event& event) {
      return event.kind->number == schema::SchemaAdded::kKind;
    });
  });
  ExpectFound("V5/no_schema", 1);
}

TEST_F(Forgery, AnUnknownKindIsNotDecidable) {
  const std::uint64_t seq = Find<SaleRecorded>(30);
  entries_[seq - 1][32] = 101;
  const VerifyReport report = VerifyForged();
  EXPECT_EQ(report.verdict, Verdict::kUndecided) << FindingsOf(report);
  EXPECT_TRUE(HasFinding(report, "V5/unknown_kind"));
  EXPECT_EQ(report.books[0].steps[6].result, StepResult::kUndecided);
}

TEST_F(Forgery, APaymentBeyondTheMoneyThatIsThere) {
  const std::uint64_t seq = Find<schema::MoneyPaid>(0);
  ChangePayload<schema::MoneyPaid>(seq, [](schema::MoneyPaid& paid) {
    paid.fixed.amount = Fen{paid.fixed.amount.value() + 100'000'000};
  });
  ExpectFound("V6/negative_bank", seq);
  ExpectFound("V6/negative_pot", seq);
}

TEST_F(Forgery, AnAmountAtTheEdgeOfSixtyFourBits) {
  const std::uint64_t seq = Find<SaleRecorded>(8);
  ChangePayload<SaleRecorded>(seq, [](SaleRecorded& sale) {
    const_cast<schema::SaleLine*>(sale.lines.data())->amount = Fen{INT64_MAX};
  });
  const VerifyReport report = VerifyForged();
  EXPECT_EQ(report.verdict, Verdict::kFailed) << FindingsOf(report);
}

}  // namespace
}  // namespace suanpan::audit
