#include "station.h"

#include <fmt/format.h>

namespace suanpan::community_year {
namespace {

struct PayeeKind {
  std::string_view label;
  std::string_view purpose;
};
constexpr PayeeKind kPayees[] = {
    {"夕阳红助餐点", "elder_care"},     {"康宁上门护理站", "elder_care"},
    {"小书虫绘本馆", "child_activity"}, {"彩虹亲子工作室", "child_activity"},
    {"邻里互助社", "hardship_relief"},  {"惠民平价超市", "volunteer_support"}};

// Random numbers of households are another stream of the seed.
constexpr std::uint64_t kHomeStream = std::uint64_t{1} << 33U;

}  // namespace

Station::Station(const YearOptions& year_options, std::uint32_t community, const CommandSink& sink)
    : options(year_options),
      index(community),
      random(year_options.seed, community),
      writer(year_options, community, sink),
      home_random(year_options.seed, kHomeStream + community),
      alliance(year_options.seed, community),
      errands(year_options.seed, community) {
  fund = "f-" + BookName(community);
  unit = "u-" + BookName(community);
  host = OpaqueRef("o-");
  authority = OpaqueRef("o-");
  accountant = OpaqueRef("p-");
  supervisor = OpaqueRef("p-");
  worker = OpaqueRef("p-");
  for (std::string& cashier : cashiers) cashier = OpaqueRef("p-");
  for (const PayeeKind& kind : kPayees) {
    payees.push_back({OpaqueRef("o-"), kind.label, kind.purpose});
  }
  for (std::uint32_t vendor = 0; vendor < options.vendors; ++vendor) {
    const Terms& terms = TermsOf(vendor);
    stalls.push_back(Stall{.trade = &TradeOf(vendor),
                           .terms = &terms,
                           .ref = OpaqueRef("v-"),
                           .agreement = fmt::format("ag-2025-{:02}", vendor + 1),
                           .till = vendor % kTills,
                           .price_shift_percent = random.Between(-12, 12),
                           .tally = AgreementTally(terms),
                           .waiver_approval = {}});
  }
  for (std::uint32_t home = 0; home < options.households; ++home) AddHousehold();
}

void Station::AddHousehold() {
  Household household;
  household.ref = OpaqueHomeRef("h-");
  const auto add = [&](std::string_view as) {
    household.members.push_back({OpaqueHomeRef("p-"), as, {}});
  };
  add("adult");  // adults come first
  if (home_random.PerMille(800)) add("adult");
  if (home_random.PerMille(500)) add("child");
  if (home_random.PerMille(400)) add("elder");
  households.push_back(std::move(household));
}

void Station::PlanBill(YearSecond second, std::string_view payee, std::int64_t amount_fen) {
  const auto subject = static_cast<std::uint32_t>(spendings.size());
  spendings.push_back({{}, "payable", std::string{payee}, kRewardsPurpose, kGrantPot, amount_fen});
  Plan(second + kSecondsPerHour, Action::kBillRequest, subject);
}

std::string Station::OpaqueRef(std::string_view prefix) {
  return fmt::format("{}{:012x}", prefix, random.Next() >> 16U);
}

std::string Station::OpaqueHomeRef(std::string_view prefix) {
  return fmt::format("{}{:012x}", prefix, home_random.Next() >> 16U);
}

std::string Station::NextBankRef() { return fmt::format("B{:07}", ++bank_lines); }

bool SellsAtLoss(std::uint32_t vendor, int month) {
  switch (vendor % 12) {
    case 1:
      return month == 1;
    case 3:
      return month == 6;
    case 5:
      return month >= 6 && month <= 8;  // a whole quarter, so that its loss is reset
    case 10:
      return month == 5;
    default:
      return false;
  }
}

}  // namespace suanpan::community_year
