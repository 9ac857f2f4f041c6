#include <algorithm>

#include "desks.h"

namespace suanpan::community_year {
namespace {

constexpr YearDay kFirstGrantDay = 5;     // 6 January
constexpr YearDay kSecondGrantDay = 181;  // 1 July
constexpr std::int64_t kSpendingMinFen = 5'000;
constexpr std::int64_t kSpendingMaxFen = 2'000'000;

void WriteSpendingFields(Station& station, const Spending& spending) {
  JsonText& json = station.writer.json();
  json.Field("use", spending.use).Field("fund", station.fund);
  if (!spending.pot.empty()) json.Field("pot", spending.pot);
  json.Field("payee", spending.payee).Field("amount_fen", spending.amount_fen);
  json.Field("purpose", spending.purpose);
}

/// Asked for now, approved by another, paid by a third.
Status WriteSpendingRequest(Station& station, YearSecond second, std::uint32_t subject,
                            YearSecond approved, YearSecond paid) {
  Spending& spending = station.spendings[subject];
  spending.request = station.writer.BeginFact("spending.requested", second, station.worker);
  WriteSpendingFields(station, spending);
  station.Plan(approved, Action::kApproval, subject);
  station.Plan(paid, Action::kPayment, subject);
  return station.writer.EndFact(0);
}

/// A part of what is free, in whole yuan, or hundreds of yuan where it is much.
std::int64_t SpendingFen(Random& random, std::int64_t free_fen) {
  const std::int64_t part = std::min(free_fen * random.Between(8, 22) / 100, kSpendingMaxFen);
  const std::int64_t step = part >= 100'000 ? 10'000 : 100;
  return part / step * step;
}

}  // namespace

void PlanFund(Station& station, YearDay day) {
  if (day == kFirstGrantDay) station.Plan(station.TimeOn(day, 10, 11), Action::kGrant, 30'000);
  if (day == kSecondGrantDay) station.Plan(station.TimeOn(day, 10, 11), Action::kGrant, 20'000);
  const bool meets = Weekday(day) == 1 || Weekday(day) == 4;
  if (meets && day > kFirstGrantDay && TrafficPercent(day, Category::kServices) > 0) {
    station.Plan(station.TimeOn(day, 10, 12), Action::kRequest, 0);
  }
}

Status WriteGrant(Station& station, const Happening& happening) {
  const std::int64_t amount = std::int64_t{happening.subject} * 100;
  station.writer.BeginFact("funds.received", happening.second, station.accountant);
  JsonText& json = station.writer.json();
  json.Field("fund", station.fund).Field("pot", kGrantPot).Field("from", station.authority);
  json.Field("amount_fen", amount).Field("account", kBankAccount);
  json.Field("bank_ref", station.NextBankRef());
  station.grant_free_fen += amount;
  return station.writer.EndFact(0);
}

Status WriteRequest(Station& station, const Happening& happening) {
  Random& random = station.random;
  const YearDay day = DayOf(happening.second);
  const YearSecond approved = station.TimeOn(day + 1, 14, 17);
  const YearSecond paid = station.TimeOn(day + static_cast<YearDay>(random.Between(2, 4)), 9, 16);
  const bool from_share = station.share_free_fen > station.grant_free_fen || random.PerMille(500);
  std::int64_t& free_fen = from_share ? station.share_free_fen : station.grant_free_fen;
  const std::int64_t amount = SpendingFen(random, free_fen);
  const std::uint32_t payee = random.Below(static_cast<std::uint32_t>(station.payees.size()));
  if (amount < kSpendingMinFen || paid >= kYearEnd) return {};
  free_fen -= amount;  // held from the request on, so that the payment is always covered

  const auto subject = static_cast<std::uint32_t>(station.spendings.size());
  const Payee& to = station.payees[payee];
  station.spendings.push_back(
      {{}, "expense", to.ref, to.purpose, from_share ? kSharePot : std::string_view{}, amount});
  return WriteSpendingRequest(station, happening.second, subject, approved, paid);
}

Status WriteBillRequest(Station& station, const Happening& happening) {
  const YearSecond approved = happening.second + kSecondsPerHour;
  const YearSecond paid = happening.second + 2 * kSecondsPerDay;
  if (paid >= kYearEnd) return {};  // it stays owed
  return WriteSpendingRequest(station, happening.second, happening.subject, approved, paid);
}

Status WriteApproval(Station& station, const Happening& happening) {
  const Spending& spending = station.spendings[happening.subject];
  station.writer.BeginFact("approval.given", happening.second, station.supervisor);
  station.writer.Reference("of", spending.request);
  station.writer.json().Field("action", "spend").Field("verdict", "approved");
  station.writer.json().Field("amount_fen", spending.amount_fen);
  return station.writer.EndFact(0);
}

Status WritePayment(Station& station, const Happening& happening) {
  const Spending& spending = station.spendings[happening.subject];
  station.writer.BeginFact("money.paid", happening.second, station.accountant);
  station.writer.Reference("request", spending.request);
  WriteSpendingFields(station, spending);
  JsonText& json = station.writer.json();
  json.Field("account", kBankAccount).Field("bank_ref", station.NextBankRef());
  return station.writer.EndFact(0);
}

}  // namespace suanpan::community_year
