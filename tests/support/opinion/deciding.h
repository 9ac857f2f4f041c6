#pragma once

// One fact of a command while it is decided, and what every rule does with it.

#include <string>

#include "support/opinion/state.h"

namespace suanpan::opinion {

/// An event that follows from a fact, with all its fields.
struct Derived {
  std::string kind;
  Json fields;
  Json rule;  ///< {"policy", "version"}, or null
};

struct Deciding {
  State& state;
  const Json& fact;  ///< in normal form
  std::string at;
  std::string date;  ///< business date
  std::string recorded_date;
  Json computed = Json::object();  ///< what the fact gets from the engine
  std::vector<Derived> derived{};  ///< what follows, in order
  std::string next_replaces{};     ///< what the next fact of the command replaces, or empty

  [[nodiscard]] std::string Text(const char* field) const { return fact.value(field, ""); }
  [[nodiscard]] std::int64_t Amount(const char* field = "amount_fen") const {
    return fact.at(field).get<std::int64_t>();
  }
  /// Of the derived event that is added next.
  [[nodiscard]] std::string NextAddress() const;
};

void OpenBook(Deciding& d);
void RegisterParty(Deciding& d);
void RegisterPlace(Deciding& d);
void CloseRegister(Deciding& d);
void StartRelation(Deciding& d);
void EndRelation(Deciding& d);
void DefineCode(Deciding& d);
void EraseSubjects(Deciding& d);
void ProposePolicy(Deciding& d);
void AdoptPolicy(Deciding& d);
void ApplyRule(Deciding& d);
void OpenFund(Deciding& d);
void SignAgreement(Deciding& d);
void RecordSale(Deciding& d);
void RecordRefund(Deciding& d);
void RecordCost(Deciding& d);
void CloseSettlement(Deciding& d);
void WaiveDue(Deciding& d);
void ReceiveFunds(Deciding& d);
void RequestSpending(Deciding& d);
void GiveApproval(Deciding& d);
void PayMoney(Deciding& d);
void SettleAdvance(Deciding& d);
void ReceiveGoods(Deciding& d);
void IssueGoods(Deciding& d);
void CountGoods(Deciding& d);
void OpenOffer(Deciding& d);
void MarkPlace(Deciding& d);
void PlaceOrder(Deciding& d);
void MoveOrder(Deciding& d);
void PassCustody(Deciding& d);
void HoldSession(Deciding& d);
void RecordAttendance(Deciding& d);
void ScheduleSlot(Deciding& d);
void MarkSlot(Deciding& d);
void RecordAssessment(Deciding& d);
void RecordService(Deciding& d);
void AttestService(Deciding& d);
void AwardPoints(Deciding& d);
void DeductPoints(Deciding& d);
void MovePoints(Deciding& d);
void RedeemPoints(Deciding& d);
void CloseDay(Deciding& d);
void ReverseEntry(Deciding& d);

/// "#n" that names no earlier fact, an address beyond the head: told before anything about names.
void CheckAddresses(const Json& stated, std::size_t facts_before, std::uint64_t head);

/// The event that the fact becomes is refused, or the state has it. Adds it to the events.
void DecideFact(Deciding& d);

// What several rules ask.

/// The fund, the agreement that a field names; unknown_ref.
[[nodiscard]] const Json& FundOf(const Deciding& d, const char* field = "fund");
[[nodiscard]] const Json& AgreementOf(const Deciding& d, const char* field = "agreement");
/// Fields for which no kind makes anything yet.
void RefuseIfNamed(const Deciding& d, const char* field);
void CheckAccount(const Deciding& d, const Json& fund);
/// fund_closed.
void CheckFundOpen(const Deciding& d);

/// Whether `paid`, where it is stated, sums to the amounts of the lines.
void CheckPaid(const Deciding& d);
[[nodiscard]] Wide SumOf(const Json& rows, const char* field);

/// Of a fact with `from`, `to` and `minutes`: bad_field, minutes_exceed_span.
void CheckTimes(const Deciding& d);
void CheckSpan(const Deciding& d);

}  // namespace suanpan::opinion
