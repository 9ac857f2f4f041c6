#pragma once

// One data directory with its guard, an older copy of it, and a copy for each test to lose entries
// from.

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "accept_loss.h"
#include "suanpan/engine/checkpoint_record.h"
#include "support/everywhere.h"
#include "support/test_ledger.h"

namespace suanpan::fault {

/// In the slow suite each request, else every few.
inline std::uint64_t Stride() { return test::Stride(6); }

/// One directory for all tests. Old: zz has 5 entries, yy 3. Since then zz got 4 and was signed at
/// 7, yy got 1, and xx was opened.
class AcceptLoss : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    dir_ = new suanpan::test::TempDir;
    RunAndCrash([] {
      MakePlace(Whole());
      engine::Ledger* const ledger = OpenLedger(Whole()).value().release();  // never closed
      CommitSales(*ledger, 1, 4);
      SUANPAN_INVARIANT(CommitOpening(*ledger, "yy").ok());
      for (std::uint64_t n = 1; n <= 2; ++n) SUANPAN_INVARIANT(CommitSale(*ledger, n, "yy").ok());
      SUANPAN_INVARIANT(engine::SignHead(*ledger, "zz", suanpan::test::TestSigner()).ok());
      CopyPlace(Whole(), Old());
      CommitSales(*ledger, 5, 6);
      SUANPAN_INVARIANT(engine::SignHead(*ledger, "zz", suanpan::test::TestSigner()).ok());
      CommitSales(*ledger, 7, 8);
      SUANPAN_INVARIANT(CommitSale(*ledger, 3, "yy").ok());
    });
  }
  static void TearDownTestSuite() {
    delete dir_;
    dir_ = nullptr;
  }
  void SetUp() override {
    CopyPlace(Whole(), Copy());
    PutBackOldData();
  }

  static Place Whole() { return {dir_->path() / "whole"}; }
  static Place Old() { return {dir_->path() / "old"}; }
  static Place Copy() { return {dir_->path() / "copy"}; }
  static Place Other() { return {dir_->path() / "other"}; }
  static void PutBackOldData() { CopyData(Old(), Copy()); }
  static void CopyData(const Place& from, const Place& to) {
    std::filesystem::remove_all(to.data());
    std::filesystem::copy(from.data(), to.data(), std::filesystem::copy_options::recursive);
  }
  static void CopyGuard(const Place& from, const Place& to) {
    std::filesystem::copy_file(from.guard(), to.guard(),
                               std::filesystem::copy_options::overwrite_existing);
  }
  /// Lets the copy's run end between the log and the guard: the log tells it, the plan is there.
  static void EndBeforeTheGuard() {
    EXPECT_EQ(AcceptUntilGuardWrite(Copy(), 1, GuardCut::kBefore), "");
    EXPECT_EQ(ReadGuard(Copy()), ReadGuard(Whole()));
  }
  /// "committed 7" or "duplicate 3" for sale n of a book.
  static std::string Send(std::uint64_t n, std::string_view book = "zz") {
    return AskAndCrash([&] {
      const auto ledger = OpenLedger(Copy()).value();
      const Result<engine::Submission> sent = SubmitSale(*ledger, n, book);
      if (!sent.ok()) return sent.error().ToString();
      const bool again = sent->outcome == engine::Submission::Outcome::kDuplicate;
      return fmt::format("{} {}", again ? "duplicate" : "committed", sent->entry->seq.value());
    });
  }

  inline static suanpan::test::TempDir* dir_ = nullptr;
};

}  // namespace suanpan::fault
