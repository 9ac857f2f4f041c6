// What households get for their points: goods, a haircut, a child's place on 1 June, an elder's at
// the clinic; and the vendor's bill for the haircuts.

#include <algorithm>

#include "src/desks.h"

namespace suanpan::community_year {
namespace {

constexpr YearDay kSoapDay = 8;            // 9 January: a gift
constexpr YearDay kRiceDay = 190;          // 10 July: bought
constexpr YearDay kJuneWishesFirst = 139;  // 20 May
constexpr YearDay kJuneDay = 151;
constexpr YearDay kClinicWishesFirst = 268;  // 26 September
constexpr YearDay kClinicDay = 281;
constexpr std::uint32_t kWishDays = 7;
constexpr std::int64_t kGiftPieces = 400;
constexpr std::int64_t kGiftFen = 100'003;  // no whole number of fen for a piece
constexpr std::int64_t kBoughtPieces = 300;
constexpr std::int64_t kBoughtFen = 80'000;

enum class Wish : std::uint8_t { kSoap, kRice, kHaircut, kJune, kClinic };
constexpr std::uint32_t kWishes = 5;

/// A redemption of one line; what it takes of the purse was there.
Status WriteRedemption(Station& station, const Happening& happening, Household& household,
                       std::string_view reward, std::int64_t quantity, std::int64_t points,
                       const Member* beneficiary, FactRef* made = nullptr) {
  const FactRef redemption =
      station.writer.BeginFact("redemption.made", happening.second, station.worker);
  if (made != nullptr) *made = redemption;
  JsonText& json = station.writer.json();
  json.Field("scheme", kScheme).Field("holder", household.ref);
  json.Field("by", household.members.front().ref).Name("lines").Open('[').Open('{');
  json.Field("reward", reward).Field("quantity", quantity);
  if (beneficiary != nullptr) json.Field("beneficiary", beneficiary->ref);
  json.Close('}').Close(']');
  household.purse.Take(points * quantity);
  return station.writer.EndFact(0, 1 + static_cast<std::uint32_t>(points * quantity));
}

/// As many as there are points and pieces for, at most three.
Status WritePieces(Station& station, const Happening& happening, Household& household, Wish wish) {
  const bool soap = wish == Wish::kSoap;
  const std::int64_t points = soap ? kSoapPoints : kRicePoints;
  std::int64_t& pieces = soap ? station.soap_pieces : station.rice_pieces;
  const std::int64_t quantity =
      std::min({household.purse.balance() / points, pieces, std::int64_t{3}});
  if (quantity == 0) return {};
  pieces -= quantity;
  return WriteRedemption(station, happening, household, soap ? kSoap : kRice, quantity, points,
                         nullptr);
}

Status WriteHaircut(Station& station, const Happening& happening, Household& household) {
  if (household.purse.balance() < kHaircutPoints || station.grant_free_fen < kHaircutFen) return {};
  station.grant_free_fen -= kHaircutFen;
  station.haircuts_owed_fen += kHaircutFen;
  return WriteRedemption(station, happening, household, "haircut", 1, kHaircutPoints, nullptr);
}

/// An offer has one place for each, and a child is no elder: so a person holds one at most.
bool HoldsPlace(const Station& station, const Member& member) {
  return std::ranges::find(station.held_places, member.ref, &HeldPlace::beneficiary) !=
         station.held_places.end();
}

/// As long as there are places: who comes later goes without.
Status WritePlace(Station& station, const Happening& happening, Household& household, Wish wish) {
  const bool june = wish == Wish::kJune;
  std::int64_t& free = june ? station.june_places : station.clinic_places;
  const std::int64_t points = june ? kJunePoints : kClinicPoints;
  const Member* beneficiary = household.Find(june ? "child" : "elder");
  if (beneficiary == nullptr || household.purse.balance() < points || free == 0) return {};
  if (HoldsPlace(station, *beneficiary)) return {};
  --free;
  FactRef made;
  SUANPAN_RETURN_IF_ERROR(WriteRedemption(station, happening, household, june ? "june1" : "clinic",
                                          1, points, beneficiary, &made));
  const auto subject = static_cast<std::uint32_t>(station.held_places.size());
  station.held_places.push_back({made, beneficiary->ref});
  station.Plan((june ? kJuneDay : kClinicDay) * kSecondsPerDay + 18 * kSecondsPerHour + subject,
               Action::kMark, subject);
  return {};
}

void PlanWishes(Station& station, YearSecond second, Wish wish, std::uint32_t per_mille) {
  for (std::uint32_t i = 0; i < station.households.size(); ++i) {
    if (!station.home_random.PerMille(per_mille)) continue;
    station.Plan(second + i * 30, Action::kRedemption,
                 i * kWishes + static_cast<std::uint32_t>(wish));
  }
}

}  // namespace

void PlanRedeeming(Station& station, YearDay day) {
  if (station.households.empty()) return;
  const YearSecond afternoon = day * kSecondsPerDay + 15 * kSecondsPerHour;
  if (day == kSoapDay || day == kRiceDay) station.Plan(afternoon, Action::kGoods, day);
  if (Weekday(day) == 2) PlanWishes(station, afternoon, Wish::kSoap, 120);
  if (Weekday(day) == 3) PlanWishes(station, afternoon, Wish::kRice, 80);
  if (Weekday(day) == 4) PlanWishes(station, afternoon, Wish::kHaircut, 40);
  if (day >= kJuneWishesFirst && day < kJuneWishesFirst + kWishDays)
    PlanWishes(station, afternoon + 2 * kSecondsPerHour, Wish::kJune, 200);
  if (day >= kClinicWishesFirst && day < kClinicWishesFirst + kWishDays)
    PlanWishes(station, afternoon + 2 * kSecondsPerHour, Wish::kClinic, 200);
  if (day + 2 == FirstDayOfMonth(MonthIndex(day + 2)))
    station.Plan(day * kSecondsPerDay + 9 * kSecondsPerHour, Action::kHaircutBill, 0);
}

Status WriteGoods(Station& station, const Happening& happening) {
  const bool gift = happening.subject == kSoapDay;
  if (!gift && station.grant_free_fen < kBoughtFen) return {};
  const std::int64_t pieces = gift ? kGiftPieces : kBoughtPieces;
  (gift ? station.soap_pieces : station.rice_pieces) += pieces;
  if (!gift) {
    station.grant_free_fen -= kBoughtFen;
    station.PlanBill(happening.second, station.payees.back().ref, kBoughtFen);
  }
  station.writer.BeginFact("goods.received", happening.second, station.worker);
  JsonText& json = station.writer.json();
  json.Field("item", gift ? kSoap : kRice)
      .Field("owner", station.fund)
      .Field("goods_class", "reward");
  json.Field("quantity", pieces).Field("value_fen", gift ? kGiftFen : kBoughtFen);
  json.Field("value_basis", gift ? "market" : "invoice");
  json.Field("funding", gift ? "gift" : "bought").Field("from", station.payees.back().ref);
  if (!gift) json.Field("pot", kGrantPot);
  return station.writer.EndFact(0);
}

Status WriteRedeemed(Station& station, const Happening& happening) {
  Household& household = station.households[happening.subject / kWishes];
  const auto wish = static_cast<Wish>(happening.subject % kWishes);
  switch (wish) {
    case Wish::kSoap:
    case Wish::kRice:
      return WritePieces(station, happening, household, wish);
    case Wish::kHaircut:
      return WriteHaircut(station, happening, household);
    case Wish::kJune:
    case Wish::kClinic:
      return WritePlace(station, happening, household, wish);
  }
  return {};
}

Status WriteMark(Station& station, const Happening& happening) {
  station.writer.BeginFact("place.marked", happening.second, station.worker);
  station.writer.Reference("redemption", station.held_places[happening.subject].redemption);
  const bool came = !station.home_random.PerMille(100);
  station.writer.json().Field("line", 0).Field("as", came ? "used" : "no_show");
  return station.writer.EndFact(0);
}

Status WriteHaircutBill(Station& station, const Happening& happening) {
  if (station.haircuts_owed_fen == 0) return {};
  station.PlanBill(happening.second, station.stalls.front().ref, station.haircuts_owed_fen);
  station.haircuts_owed_fen = 0;
  return {};
}

}  // namespace suanpan::community_year
