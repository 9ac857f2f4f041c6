#include <gtest/gtest.h>

#include "forged_log.h"
#include "forgery_rows.h"
#include "suanpan/schema/kinds/donations.h"
#include "suanpan/schema/kinds/funds.h"
#include "suanpan/schema/kinds/governance.h"
#include "suanpan/schema/kinds/registers.h"
#include "suanpan/schema/kinds/sales.h"
#include "told_history.h"

namespace suanpan::audit {
namespace {

using namespace schema;

/// The log, taken apart, changed, put together with names and addresses in order, signed again.
std::function<void(Visit&)> Log(const std::function<void(ForgedLog&)>& change) {
  return [change](Visit& visit) {
    ForgedLog log{Visit::Genuine()};
    change(log);
    visit.ForgeAfterTheVisit(log.Renumbered());
  };
}

std::vector<Event>& EventsOf(ForgedLog& log, std::uint64_t seq) {
  return log.entries()[seq - 1].events;
}
EntryCommon& HeadOf(ForgedLog& log, std::uint64_t seq) { return log.entries()[seq - 1].common; }

/// The first event of a kind in an entry.
template <class T>
std::vector<Event>::iterator EventOf(ForgedLog& log, std::uint64_t seq) {
  std::vector<Event>& events = EventsOf(log, seq);
  const auto found = std::find_if(events.begin(), events.end(), [](const Event& event) {
    return event.kind->number == T::kKind;
  });
  EXPECT_NE(found, events.end());
  return found;
}

template <class T>
std::function<void(Visit&)> Field(std::uint64_t seq, const std::function<void(T&)>& change) {
  return Log([=](ForgedLog& log) { change(Payload<T>(*EventOf<T>(log, seq))); });
}
std::function<void(Visit&)> Accrual(const std::function<void(DonationAccrued::Fixed&)>& change) {
  return Field<DonationAccrued>(told::kSecondSale,
                                [change](DonationAccrued& accrual) { change(accrual.fixed); });
}
std::function<void(Visit&)> Settlement(
    const std::function<void(SettlementClosed::Fixed&)>& change) {
  return Field<SettlementClosed>(told::kSettlement,
                                 [change](SettlementClosed& fact) { change(fact.fixed); });
}

template <class Time>
void Move(Time& time, int steps) {
  time = Time{static_cast<std::uint16_t>(time.value() + steps)};
}
void Add(Fen& amount, std::int64_t more) { amount = Fen{amount.value() + more}; }

template <class Row>
Row& First(std::span<const Row> rows) {
  return *const_cast<Row*>(rows.data());
}

/// The April sale under the agreement that ended in March, with an accrual that is right in itself.
void BookAfterTheEnd(ForgedLog& log) {
  SaleRecorded& sale = Payload<SaleRecorded>(*EventOf<SaleRecorded>(log, told::kAfterTheEnd));
  const auto& before = Payload<SaleRecorded>(*EventOf<SaleRecorded>(log, 15));
  const Event& pattern = *EventOf<DonationAccrued>(log, 15);
  sale.fixed.agreement = before.fixed.agreement;
  sale.fixed.entry = Fen{600};
  auto* accrual = log.New<DonationAccrued>();
  *accrual = Payload<DonationAccrued>(*EventOf<DonationAccrued>(log, 15));
  accrual->fixed.entry = sale.fixed.entry;
  Add(accrual->fixed.base, 600);
  Add(accrual->fixed.due_total, 60);
  accrual->fixed.due_change = Fen{60};
  Event derived = pattern;
  derived.payload = accrual;
  std::vector<Event>& events = EventsOf(log, told::kAfterTheEnd);
  derived.common = events.front().common;
  EventCommon bare;
  bare.occurred = derived.common.occurred;
  bare.business_day = derived.common.business_day;
  bare.period = derived.common.period;
  bare.cause = 1;
  derived.common = bare;
  accrual->fixed.month = bare.period;
  events.insert(events.begin() + 1, derived);
}

/// Line and payment agree, and the accrual knows of neither.
void SellForMore(SaleRecorded& sale) {
  Add(First(sale.lines).amount, 1'000);
  Add(First(sale.paid).amount, 1'000);
}

void TakeOutOfItsAgreement(ForgedLog& log) {
  SaleRecorded& sale = Payload<SaleRecorded>(*EventOf<SaleRecorded>(log, told::kSecondSale));
  sale.fixed.agreement = NameId{};
  sale.fixed.entry = Fen{};
  EventsOf(log, told::kSecondSale).erase(EventOf<DonationAccrued>(log, told::kSecondSale));
}

/// No accrual comes after it that would contradict it.
void MisstateTheLastDue(ForgedLog& log) {
  DonationAccrued* last = nullptr;
  for (auto& entry : log.entries()) {
    for (Event& event : entry.events) {
      if (event.kind->number == DonationAccrued::kKind) last = &Payload<DonationAccrued>(event);
    }
  }
  ASSERT_NE(last, nullptr);
  Add(last->fixed.due_total, 1);
  Add(last->fixed.due_change, 1);
}

void TwoReceiptsThatNoFundCanHold(ForgedLog& log) {
  for (Event& event : EventsOf(log, 21)) {
    if (event.kind->number != FundsReceived::kKind) continue;
    auto& fixed = Payload<FundsReceived>(event).fixed;
    fixed.amount = Fen{9'000'000'000'000'000'000};
    fixed.fund = Payload<FundsReceived>(*EventOf<FundsReceived>(log, 19)).fixed.fund;
    fixed.account = Payload<FundsReceived>(*EventOf<FundsReceived>(log, 19)).fixed.account;
  }
}

std::vector<Forgery> Accruals() {
  return {
      {"a wrong accrual: the base", Accrual([](auto& a) { Add(a.base, 1); }), "V7/accrual_base"},
      {"a wrong accrual: the due total", Accrual([](auto& a) { Add(a.due_total, 1); }),
       "V7/accrual_due"},
      {"a wrong accrual: its change", Accrual([](auto& a) { Add(a.due_change, -1); }),
       "V7/accrual_change"},
      {"a wrong accrual: the entry", Accrual([](auto& a) { Add(a.entry, 1); }), "V7/accrual_entry"},
      {"a wrong accrual: the month", Accrual([](auto& a) { Move(a.month, 1); }),
       "V7/accrual_month"},
      {"a wrong residue", Accrual([](auto& a) { a.residue ^= 1U; }), "V7/accrual_residue"},
      {"a missing accrual", Log([](ForgedLog& log) {
         EventsOf(log, told::kSecondSale).erase(EventOf<DonationAccrued>(log, told::kSecondSale));
       }),
       "V7/missing_accrual"},
      {"a doubled accrual", Log([](ForgedLog& log) {
         const auto at = EventOf<DonationAccrued>(log, told::kSecondSale);
         const Event twice = *at;
         EventsOf(log, told::kSecondSale).insert(at, twice);
       }),
       "V7/unexpected_accrual"},
      {"a sale after its agreement's end booked as donated", Log(BookAfterTheEnd),
       "V7/agreement_in_force"},
      {"a sale taken out of its agreement", Log(TakeOutOfItsAgreement), "V7/agreement_in_force"},
      {"a higher sale than its accrual knows", Field<SaleRecorded>(told::kSecondSale, SellForMore),
       "V7/entry_fen"},
      {"a due total that only the last accrual misstates", Log(MisstateTheLastDue), "V7/total_due"},
  };
}

/// Postings follow from the event (docs/decisions/0002), so that none can be unbalanced by itself:
/// what can be is an event whose parts do not make its whole.
std::vector<Forgery> Unbalanced() {
  return {
      {"unbalanced: a sale whose payments are not its lines",
       Field<SaleRecorded>(told::kSecondSale,
                           [](SaleRecorded& sale) { Add(First(sale.paid).amount, 1); }),
       "V7/paid_mismatch"},
      {"unbalanced: a refund whose payments are not its lines",
       Field<RefundRecorded>(told::kRefund,
                             [](RefundRecorded& refund) { Add(First(refund.paid).amount, -1); }),
       "V7/paid_mismatch"},
      {"unbalanced: a sale that adds more to the base than it earned",
       Field<SaleRecorded>(told::kSecondSale, [](SaleRecorded& sale) { Add(sale.fixed.entry, 1); }),
       "V7/entry_fen"},
      {"unbalanced: a settlement whose parts do not add up",
       Settlement([](auto& fact) { Add(fact.to_advance, 1); }), "V7/settlement"},
      {"unbalanced: a settlement that bills less than is due",
       Settlement([](auto& fact) { Add(fact.due, -1); }), "V7/settlement"},
      {"unbalanced: a receipt whose bills are not its amount",
       Field<FundsReceived>(told::kReceipt,
                            [](FundsReceived& fact) { Add(First(fact.allocated).amount, -1); }),
       "V7/receipt"},
      {"unbalanced: a payment of more than the pot has",
       Field<MoneyPaid>(told::kPayment,
                        [](MoneyPaid& paid) { Add(paid.fixed.amount, 100'000'000); }),
       "V6/negative_pot"},
      {"unbalanced: a payment of more than the bank account has",
       Field<MoneyPaid>(told::kPayment,
                        [](MoneyPaid& paid) { Add(paid.fixed.amount, 100'000'000); }),
       "V6/negative_bank"},
  };
}

std::vector<Forgery> Times() {
  return {
      {"a back-dated recorded_at", Log([](ForgedLog& log) {
         HeadOf(log, 230).recorded_at = InstantUs{HeadOf(log, 229).recorded_at.value() - 1'000'000};
       }),
       "V6/recorded_at"},
      {"a business date that is not the one of its time", Log([](ForgedLog& log) {
         EventCommon& common = EventOf<FundsReceived>(log, 21)->common;
         Move(common.business_day, 1);
       }),
       "V6/business_date"},
      {"a fact from the future", Log([](ForgedLog& log) {
         for (Event& event : EventsOf(log, Visit::kSize)) {
           event.common.occurred.seconds += 86'400 * 300;
           Move(event.common.business_day, 300);
           event.common.period = MonthOf(event.common.business_day);
         }
       }),
       "V6/occurred_in_future"},
  };
}

std::vector<Forgery> Others() {
  return {
      {"a receipt to the wrong bill",
       Field<FundsReceived>(told::kReceipt,
                            [](FundsReceived& fact) { Move(First(fact.allocated).period, -1); }),
       "V6/replay"},
      {"a repeated key", Log([](ForgedLog& log) { HeadOf(log, 240).key = HeadOf(log, 30).key; }),
       "V6/duplicate_key"},
      {"an overflow: a receipt that no fund can hold", Log(TwoReceiptsThatNoFundCanHold),
       "V7/overflow"},
      {"an overflow: a sale at the edge of 64 bits",
       Field<SaleRecorded>(told::kSecondSale,
                           [](SaleRecorded& sale) { First(sale.lines).amount = Fen{INT64_MAX}; }),
       "V7/paid_mismatch"},
      {"a returned line under no agreement, classed as if it were under one",
       Field<RefundRecorded>(
           told::kLooseRefund,
           [](RefundRecorded& refund) { First(refund.lines).flags = RefundLine::kUnpriced; }),
       "V7/refund_class"},
      {"an approval by who asked", Log([](ForgedLog& log) {
         EventOf<ApprovalGiven>(log, told::kApproval)->common.actor =
             EventOf<SpendingRequested>(log, told::kRequest)->common.actor;
       }),
       "V7/self_approval"},
      {"a waiver of more than was approved",
       Field<DueWaived>(told::kWaiver, [](DueWaived& fact) { Add(fact.fixed.amount, 11); }),
       "V7/approval_missing"},
  };
}

}  // namespace

std::vector<Forgery> EntryForgeries() {
  std::vector<Forgery> rows = Accruals();
  for (auto* more : {&Unbalanced, &Times, &Others}) {
    for (Forgery& row : (*more)()) rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace suanpan::audit
