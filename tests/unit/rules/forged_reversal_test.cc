// Reversals, forged: Apply refuses what no writer took back, and survives any copy.

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "forged_history.h"
#include "suanpan/schema/kinds/corrections.h"
#include "suanpan/schema/kinds/donations.h"
#include "suanpan/schema/kinds/registers.h"
#include "suanpan/schema/kinds/sales.h"
#include "support/scenario.h"

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
    "loss_policy=net_all settlement=month",
    // 2: two sales, of which one has a refund
    "2026-01-02 p-till sale.recorded vendor=v-1 lines=[{item=i quantity=2 amount_fen=900 "
    "cost_fen=100}]\n"
    "2026-01-02 p-till sale.recorded vendor=v-1 lines=[{item=i quantity=2 amount_fen=900 "
    "cost_fen=100}]\n"
    "2026-01-02 p-till refund.recorded vendor=v-1 sale=#1 lines=[{quantity=1 amount_fen=450}]",
    // 3: the first one goes, and comes again
    "2026-01-03 p-sup approval.given of=2.0 action=reverse verdict=approved\n"
    "2026-01-03 p-acct entry.reversed of=2.0 reason=mistake approval=#0\n"
    "2026-01-02 p-till sale.recorded vendor=v-1 replaces=2.0 lines=[{item=i quantity=2 "
    "amount_fen=800 cost_fen=100}]",
    // 4: another rate
    "2026-01-04 p-sup approval.given of=1.2 action=reverse verdict=approved\n"
    "2026-01-04 p-acct entry.reversed of=1.2 reason=mistake approval=#0\n"
    "2026-01-04 p-acct agreement.signed agreement=ag-1 agreement_type=donation_share party=v-1 "
    "signed_on=2026-01-01 valid_from=2026-01-01 fund=f-zz basis=profit rate=1/20 "
    "loss_policy=net_all settlement=month replaces=1.2",
};

class ForgedReversal : public ForgedHistory {
 protected:
  ForgedReversal() : ForgedHistory(kCommands) {}
};

TEST_F(ForgedReversal, IsAcceptedWhenNothingWasChanged) { ExpectAcceptedUnchanged(); }

TEST_F(ForgedReversal, OtherThanTheFactTurnedIsRefused) {
  using R = EntryReversed;
  const std::string_view other = "something else than the fact turned";
  Forge<R>(
      3, 1, [](R& r) { r.fixed.entry = Fen{-799}; }, other);
  Forge<R>(
      3, 1, [](R& r) { r.fixed.agreement = NameId{}; }, other);
  Forge<R>(
      3, 1,
      [](R& r) { r.fixed.month = Month{static_cast<std::uint16_t>(r.fixed.month.value() + 1)}; },
      other);
  Forge<R>(
      3, 1, [](R& r) { r.undo = r.undo.first(1); }, other);
  Forge<R>(
      3, 1, [](R& r) { r.copy = r.copy.substr(8); }, "no copy");
  Forge<R>(
      3, 1, [](R& r) { r.copy = {}; }, "no copy");
  Forge<R>(
      3, 1,
      [](R& r) {
        r.fixed.of = Address{Seq{2}, 2};
      },
      "no copy");
  Forge<DonationAccrued>(
      3, 2,
      [](DonationAccrued& d) { d.fixed.reason = static_cast<std::uint8_t>(AccrualReason::kEntry); },
      "another base entry");
}

TEST_F(ForgedReversal, WhatStandsOnItOrWasTakenBackIsRefused) {
  const Event reversal = book_.entry(Seq{3}).events[1];
  Take(3);
  events_[2] = reversal;
  EXPECT_NE(Verdict().find("has no accrual"), std::string::npos) << Verdict();
  Take(3);
  events_[3].common.replaces = Address{Seq{2}, 2};
  EXPECT_NE(Verdict().find("which it cannot"), std::string::npos) << Verdict();
  Take(3);
  events_.erase(events_.begin() + 1, events_.begin() + 3);
  EXPECT_NE(Verdict().find("which it cannot"), std::string::npos) << Verdict();
}

TEST_F(ForgedReversal, AnAgreementThatIsNotSignedAgainIsRefused) {
  const std::string_view why = "is not signed again";
  Take(4);
  events_.erase(events_.begin() + 2, events_.begin() + 4);
  EXPECT_NE(Verdict().find(why), std::string::npos) << Verdict();
  Take(4);
  events_[2].common.replaces = Address{};
  EXPECT_NE(Verdict().find(why), std::string::npos) << Verdict();
  using A = AgreementSigned;
  Forge<A>(
      4, 2, [](A& a) { a.terms_days = 3; }, "changes more than it may");
  Forge<A>(
      4, 2, [](A& a) { a.party = a.fund; }, "changes more than it may");
  Forge<A>(
      4, 2,
      [](A& a) {
        a.rate = {1, 5};
      },
      "consent_missing");
}

/// Every reversal of the scenarios, with every byte of its copy changed.
class HostileCopies {
 public:
  void Try(const std::vector<std::string>& entries) {
    rules::BookState state;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const Seq seq{i + 1};
      const std::vector<std::uint64_t> words = Aligned(entries[i]);
      Arena arena;
      const ByteSpan bytes{reinterpret_cast<const std::uint8_t*>(words.data()), entries[i].size()};
      const EntryView view = DecodeEntry(bytes, catalogue_.kinds(), arena).value();
      for (std::size_t line = 0; line < view.events.size(); ++line) {
        if (view.events[line].kind->number == EntryReversed::kKind) Change(state, seq, view, line);
      }
      const Status status = rules::ApplyEntry(catalogue_, state, seq, view);
      ASSERT_TRUE(status.ok()) << status.ToString();
    }
  }
  int refused = 0;
  int tried = 0;

 private:
  static std::vector<std::uint64_t> Aligned(std::string_view bytes) {
    std::vector<std::uint64_t> words((bytes.size() + 7) / 8);
    std::memcpy(words.data(), bytes.data(), bytes.size());
    return words;
  }
  void Change(rules::BookState& state, Seq seq, const EntryView& view, std::size_t line) {
    const EntryReversed genuine = view.events[line].As<EntryReversed>();
    for (std::size_t at = 0; at < genuine.copy.size(); ++at) {
      for (const int value : {0x00, 0x01, 0x7f, 0x80, 0xff}) {
        std::vector<std::uint64_t> aligned = Aligned(genuine.copy);
        auto* copy = reinterpret_cast<char*>(aligned.data());
        copy[at] = static_cast<char>(value);
        EntryReversed forged = genuine;
        forged.copy = {copy, genuine.copy.size()};
        std::vector<Event> events{view.events.begin(), view.events.end()};
        events[line].payload = &forged;
        EntryView entry = view;
        entry.events = events;
        state.Begin();
        const Status status = rules::ApplyEntry(catalogue_, state, seq, entry);
        state.Rollback();
        ++tried;
        refused += status.ok() ? 0 : 1;
      }
    }
  }
  const rules::Catalogue& catalogue_ = rules::Catalogue::Standard();
};

TEST(HostileCopies, NoneOfThemEndsTheProgram) {
  namespace fs = std::filesystem;
  HostileCopies hostile;
  const fs::path folder = fs::path{SUANPAN_SOURCE_DIR} / "tests" / "scenarios";
  for (const fs::directory_entry& file : fs::recursive_directory_iterator{folder}) {
    if (file.path().extension() != ".scenario") continue;
    hostile.Try(RunScenario(file.path().string()).entries);
  }
  EXPECT_GT(hostile.refused, 5'000);
  EXPECT_GT(hostile.tried, hostile.refused);
}

}  // namespace
}  // namespace suanpan::testing
