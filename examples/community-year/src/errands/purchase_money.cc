// Money that a rider is handed to pay for medicine, and accounts for the next day.

#include <fmt/format.h>

#include "src/errands/steps.h"

namespace suanpan::community_year {
namespace {

void WriteAdvanceFields(Station& station, const Errand& errand) {
  JsonText& json = station.writer.json();
  json.Field("use", "advance").Field("fund", station.fund).Field("pot", kErrandPot);
  json.Field("payee", errand.server).Field("amount_fen", errand.advance_fen);
  json.Field("purpose", kErrandPurpose);
}

Status WriteAsked(Station& station, Errand& errand, YearSecond second) {
  errand.request = station.writer.BeginFact("spending.requested", second, station.worker);
  WriteAdvanceFields(station, errand);
  station.writer.Reference("basis", errand.order);
  return station.writer.EndFact(0);
}

Status WriteApproved(Station& station, const Errand& errand, YearSecond second) {
  station.writer.BeginFact("approval.given", second, station.supervisor);
  station.writer.Reference("of", errand.request);
  JsonText& json = station.writer.json();
  json.Field("action", "spend").Field("verdict", "approved");
  json.Field("amount_fen", errand.advance_fen);
  return station.writer.EndFact(0);
}

Status WritePaid(Station& station, Errand& errand, YearSecond second) {
  errand.payment = station.writer.BeginFact("money.paid", second, station.accountant);
  station.writer.Reference("request", errand.request);
  WriteAdvanceFields(station, errand);
  JsonText& json = station.writer.json();
  json.Field("account", kBankAccount).Field("bank_ref", station.errands.NextBankRef());
  return station.writer.EndFact(0);
}

/// Spent as the receipt says, which lies outside of the book; the rest goes back to the bank.
Status WriteSettled(Station& station, const Errand& errand, YearSecond second) {
  Errands& errands = station.errands;
  const std::int64_t spent_fen = errand.advance_fen * errands.random.Between(60, 100) / 100;
  const std::int64_t returned_fen = errand.advance_fen - spent_fen;
  errands.money_free_fen += returned_fen;
  station.writer.BeginFact("advance.settled", second, errand.server);
  station.writer.Reference("advance", errand.payment);
  JsonText& json = station.writer.json();
  json.Field("spent_fen", spent_fen).Field("returned_fen", returned_fen);
  json.Field("purpose", kErrandPurpose);
  if (returned_fen > 0) json.Field("account", kBankAccount);
  std::string receipt;
  for (int part = 0; part < 4; ++part) receipt += fmt::format("{:016x}", errands.random.Next());
  json.Name("evidence").Open('[').Text(receipt).Close(']');
  return station.writer.EndFact(0, 1);
}

}  // namespace

Status WriteMoneyStep(Station& station, Errand& errand, ErrandStep step, YearSecond second) {
  switch (step) {
    case ErrandStep::kAskMoney:
      return WriteAsked(station, errand, second);
    case ErrandStep::kApproveMoney:
      return WriteApproved(station, errand, second);
    case ErrandStep::kPayMoney:
      return WritePaid(station, errand, second);
    default:
      return WriteSettled(station, errand, second);
  }
}

}  // namespace suanpan::community_year
