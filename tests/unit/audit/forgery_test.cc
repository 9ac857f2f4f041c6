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
  }
  static void TearDownTestSuite() { genuine_.clear(); }

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
  std::vector<std::string> entries_ = genuine_;
  test::TempDir dir_;
};

Fen More(Fen amount) { return Fen{amount.value() + 1}; }

TEST_F(Forgery, NoneVerifies) {
  const VerifyReport report = VerifyForged();
  EXPECT_EQ(report.verdict, Verdict::kVerified) << FindingsOf(report);
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

TEST_F(Forgery, ACommandKeyUsedTwice) {
  const std::uint64_t first = Find<SaleRecorded>(5);
  const std::uint64_t later = Find<SaleRecorded>(50);
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

TEST_F(Forgery, AnUnknownKindIsNotDecidable) {
  const std::uint64_t seq = Find<SaleRecorded>(30);
  entries_[seq - 1][32] = 101;
  const VerifyReport report = VerifyForged();
  EXPECT_EQ(report.verdict, Verdict::kUndecided) << FindingsOf(report);
  EXPECT_TRUE(HasFinding(report, "V5/unknown_kind"));
  EXPECT_EQ(report.books[0].steps[6].result, StepResult::kUndecided);
}

}  // namespace
}  // namespace suanpan::audit
