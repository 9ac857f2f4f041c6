#include "told_history.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/book_harness.h"
#include "support/fact_text.h"

namespace suanpan::audit {
namespace {

/// One command a line, of facts that are separated by "; ".
constexpr std::string_view kCommands[] = {
    // 1
    "2025-01-01 p-acct book.opened label=X utc_offset_minutes=480 unit=u level=community host=o; "
    "2025-01-01 p-acct fund.opened fund=f label=F host=o bank_accounts=[b c] "
    "default_pot=restricted/government restriction={class=restricted purposes=[care music] "
    "until=2026-12-31} committee=o-3; "
    "2025-01-01 p-acct fund.opened fund=g label=G host=o bank_accounts=[d] "
    "default_pot=unrestricted/donation restriction={class=restricted purposes=[care] "
    "places=[hall]}",
    "2025-01-01 p-acct party.registered party=v-1 party_type=vendor class=stall number=no-1; "
    "2025-01-01 p-acct party.registered party=o-3 party_type=organisation label=Kitchen",
    "2025-01-01 p-acct agreement.signed agreement=ag-1 agreement_type=donation_share party=v-1 "
    "signed_on=2025-01-01 valid_from=2025-01-01 valid_to=2025-03-31 fund=f basis=profit rate=1/10 "
    "loss_policy=carry_loss settlement=month cost_kinds=[goods wages] terms_days=30",
    "2025-01-01 p-boss agreement.signed agreement=ag-2 agreement_type=donation_share party=v-2 "
    "signed_on=2025-01-01 valid_from=2025-01-01 fund=g basis=profit rate=3/20 loss_policy=net_all "
    "settlement=quarter cost_method=standard_margin margin=3/10",
    // 5
    "2025-01-02 p-boss agreement.signed agreement=ag-3 agreement_type=donation_share party=v-3 "
    "signed_on=2024-12-20 valid_from=2025-01-02 fund=f basis=revenue rate=1/7 "
    "loss_policy=reset_period settlement=month",
    "2025-01-03 p-till sale.recorded vendor=v-1 lines=[{item=i quantity=3 amount_fen=3001 "
    "cost_fen=1000} {item=j quantity=2 amount_fen=800}]",
    "2025-01-04 p-till sale.recorded vendor=v-1 lines=[{item=i quantity=4 amount_fen=4000 "
    "cost_fen=1003}] paid=[{means=cash amount_fen=1500} {means=wechat amount_fen=2500}]",
    "2025-01-05 p-till sale.recorded vendor=v-2 lines=[{item=k quantity=1 amount_fen=999} {item=k "
    "quantity=1 amount_fen=500 cost_fen=450}]",
    "2025-01-05 p-till sale.recorded vendor=v-3 agreement=ag-3 lines=[{item=k quantity=1 "
    "amount_fen=1234}]; "
    "2025-01-05 p-till sale.recorded vendor=v-9 lines=[{item=k quantity=1 amount_fen=50}]",
    // 10
    "2025-01-06 p-till refund.recorded vendor=v-1 sale=7.0 lines=[{quantity=1 amount_fen=1000}] "
    "paid=[{means=cash amount_fen=1000}]",
    "2025-01-07 p-till refund.recorded vendor=v-1 sale=6.0 lines=[{sale_line=1 item=j quantity=1 "
    "amount_fen=300} {sale_line=0 quantity=1 amount_fen=500 cost_fen=200}]",
    "2025-01-08 p-till refund.recorded vendor=v-2 lines=[{item=k quantity=1 amount_fen=99}]",
    "2025-01-09 p-acct cost.recorded agreement=ag-1 sale=6.0 sale_line=1 cost_kind=goods "
    "amount_fen=210",
    "2025-01-10 p-acct cost.recorded agreement=ag-1 cost_kind=rent amount_fen=70; "
    "2025-01-11 p-acct cost.recorded agreement=ag-1 cost_kind=wages amount_fen=81",
    // 15
    "2025-02-02 p-till sale.recorded vendor=v-1 lines=[{item=i quantity=1 amount_fen=5000 "
    "cost_fen=900}]",
    "2025-02-03 p-acct settlement.closed agreement=ag-1 through=2025-01-31",
    "2025-03-01 p-acct settlement.closed agreement=ag-3 through=2025-01-31 terms_days=14",
    "2025-03-02 p-acct settlement.closed agreement=ag-1 through=2025-02-28",
    "2025-03-03 p-acct funds.received fund=f pot=restricted/vendor_share from=v-1 amount_fen=350 "
    "account=b bank_ref=R1 agreement=ag-1 bills=[2025-02] receipt_no=N7",
    // 20
    "2025-03-04 p-acct funds.received fund=f pot=restricted/vendor_share from=v-3 amount_fen=200 "
    "account=c agreement=ag-3",
    "2025-03-05 p-acct funds.received fund=f pot=restricted/government from=o amount_fen=2000 "
    "account=b; "
    "2025-03-05 p-acct funds.received fund=g pot=unrestricted/donation from=o amount_fen=900 "
    "account=d",
    "2025-04-02 p-acct cost.recorded agreement=ag-2 cost_kind=goods amount_fen=640 "
    "true_up={from=2025-01 to=2025-03}",
    "2025-04-03 p-work spending.requested use=expense fund=f payee=o-3 amount_fen=500 "
    "purpose=care; "
    "2025-04-03 p-work spending.requested use=expense fund=g pot=unrestricted/donation payee=o-4 "
    "amount_fen=120 purpose=music place=hall basis=21.1",
    "2025-04-04 p-sup approval.given of=23.0 action=spend verdict=approved; "
    "2025-04-04 p-chair approval.given of=23.0 action=spend verdict=approved amount_fen=400",
    // 25
    "2025-04-04 p-sup approval.given of=23.1 action=spend verdict=approved; "
    "2025-04-04 p-chair approval.given of=23.1 action=spend verdict=rejected",
    "2025-04-05 p-boss approval.given of=23.0 action=spend verdict=approved; "
    "2025-04-06 p-boss approval.given of=23.0 action=spend verdict=withdrawn",
    "2025-04-06 p-sup approval.given subject=f action=irregular verdict=approved",
    "2025-04-07 p-acct money.paid request=23.0 use=expense fund=f payee=o-3 amount_fen=300 "
    "purpose=care account=b bank_ref=R2",
    "2025-04-08 p-acct money.paid request=23.1 use=expense fund=g pot=unrestricted/donation "
    "payee=o-4 amount_fen=120 purpose=music account=d approvals=[25.0]",
    // 30
    "2025-04-09 p-acct money.paid request=23.0 use=expense fund=f payee=o-3 amount_fen=150 "
    "purpose=care account=b irregular=[approval_missing] approval=27.0",
    "2025-04-10 p-acct funds.received fund=f pot=restricted/government from=o-3 amount_fen=20 "
    "account=b purpose=care refs=[28.0]",
    "2025-04-11 p-sup approval.given of=3.0 action=waive verdict=approved amount_fen=90",
    "2025-04-12 p-chair due.waived agreement=ag-1 amount_fen=80 reason=illness approval=32.0",
    "2025-04-13 p-acct settlement.closed agreement=ag-1 through=2025-03-31; "
    "2025-04-14 p-acct settlement.closed agreement=ag-2 through=2025-03-31",
    // 35
    "2025-04-15 p-till sale.recorded vendor=v-1 lines=[{item=i quantity=1 amount_fen=700 "
    "cost_fen=100}] source_doc={series=slips number=N9} summary=fair supplements=6.0",
    "2025-04-15 p-till refund.recorded vendor=v-9 sale=9.2 lines=[{quantity=1 amount_fen=20}]",
    "2025-04-16 p-sup approval.given of=15.0 action=reverse verdict=approved; "
    "2025-04-16 p-boss entry.reversed of=15.0 reason=keyed_twice approval=#0; "
    "2025-02-02 p-till sale.recorded vendor=v-1 lines=[{item=i quantity=1 amount_fen=50 "
    "cost_fen=9}] replaces=15.0",
};

std::string FactsJson(std::string_view command) {
  std::string json;
  for (std::size_t start = 0; start < command.size();) {
    const std::size_t end = std::min(command.find("; ", start), command.size());
    json += (json.empty() ? "" : ",") + *testing::FactJson(command.substr(start, end - start));
    start = end + 2;
  }
  return json;
}

/// The last day of the facts of a command.
Date LastDayOf(std::string_view command) {
  Date last = *ParseDate(command.substr(0, 10));
  for (std::size_t at = command.find("; "); at != std::string_view::npos;
       at = command.find("; ", at + 2)) {
    last = std::max(last, *ParseDate(command.substr(at + 2, 10)));
  }
  return last;
}

/// Tells commands to a book, each an hour after the one before it or at noon of the last day of its
/// facts, whichever is later.
class Teller {
 public:
  explicit Teller(const rules::SchemaStamp& stamp) : book_(rules::Catalogue::Standard(), stamp) {
    book_.compare_refused = false;
    book_.recorded_at = InstantUs{};
  }
  [[nodiscard]] std::size_t size() const { return book_.size(); }

  void Tell(std::string_view command) {
    const Date day = LastDayOf(command);
    // Facts are told at noon of a clock that is eight hours ahead.
    const InstantUs told{(day.value() * 24 + 5) * kHourUs};
    book_.recorded_at = InstantUs{std::max(book_.recorded_at.value() + kHourUs, told.value())};
    const testing::Answer answer = book_.Append(
        testing::CommandJson(fmt::format("t/{}", book_.size() + 1), FactsJson(command)));
    EXPECT_FALSE(answer.refusal) << command << ": " << answer.ToText();
  }
  void TellAll() {
    for (const std::string_view command : kCommands) Tell(command);
  }
  void TellSale(std::size_t amount_fen) {
    Tell(
        fmt::format("2025-04-16 p-till sale.recorded vendor=v-9 lines=[{{item=i quantity=1 "
                    "amount_fen={}}}]",
                    amount_fen));
  }
  void Restore(std::uint64_t entries_lost, std::string_view reason) {
    book_.recorded_at = InstantUs{book_.recorded_at.value() + kHourUs};
    static_cast<void>(book_.Restore(Seq{book_.size() + entries_lost}, reason).value());
  }
  [[nodiscard]] std::vector<std::string> Entries() const {
    std::vector<std::string> entries;
    for (std::uint64_t seq = 1; seq <= book_.size(); ++seq)
      entries.push_back(book_.bytes(Seq{seq}));
    return entries;
  }

 private:
  static constexpr std::int64_t kHourUs = 3'600'000'000;
  testing::BookHarness book_;
};

}  // namespace

std::vector<std::string> ToldHistory(const rules::SchemaStamp& stamp, std::size_t size) {
  Teller teller{stamp};
  teller.TellAll();
  while (teller.size() < size && !::testing::Test::HasFailure()) teller.TellSale(teller.size());
  return teller.Entries();
}

std::vector<std::string> ToldHistoryWithALoss(const rules::SchemaStamp& stamp) {
  Teller teller{stamp};
  teller.TellAll();
  teller.Restore(4, "disk_failure");
  teller.TellSale(1'000);
  return teller.Entries();
}

}  // namespace suanpan::audit
