#include "suanpan/community_year/generate.h"

#include <fmt/format.h>

#include <array>

#include "desks.h"

namespace suanpan::community_year {
namespace {

// The first is the station the idea comes from; the others are invented.
constexpr std::array<std::string_view, 24> kLabels = {
    "职中社区", "文昌社区", "锦绣社区", "桂花社区",   "东湖湾社区", "梧桐社区",
    "江月社区", "新桥社区", "翠竹社区", "和平里社区", "南门社区",   "白鹭社区",
    "青石社区", "长林社区", "望江社区", "荷塘社区",   "金沙社区",   "学府社区",
    "丰乐社区", "兴业社区", "紫荆社区", "松柏社区",   "槐荫社区",   "春晓社区"};

Status CheckBound(std::string_view option, std::uint32_t value, std::uint32_t low,
                  std::uint32_t high) {
  if (low <= value && value <= high) return {};
  return MakeError(StatusCode::kInvalidArgument, "{} is {}, must be {} to {}", option, value, low,
                   high);
}

Status CheckOptions(const YearOptions& options) {
  SUANPAN_RETURN_IF_ERROR(CheckBound("communities", options.communities, 1, kCommunitiesMax));
  SUANPAN_RETURN_IF_ERROR(CheckBound("first_community", options.first_community, 0,
                                     kCommunitiesMax - options.communities));
  SUANPAN_RETURN_IF_ERROR(CheckBound("days", options.days, 1, kDaysMax));
  SUANPAN_RETURN_IF_ERROR(CheckBound("vendors", options.vendors, 1, kVendorsMax));
  SUANPAN_RETURN_IF_ERROR(CheckBound("households", options.households, 0, kHouseholdsMax));
  SUANPAN_RETURN_IF_ERROR(
      CheckBound("sales_per_vendor_day", options.sales_per_vendor_day, 1, kSalesPerVendorDayMax));
  return CheckBound("facts_per_command", options.facts_per_command, 1, kFactsPerCommandMax);
}

Status WriteOfNeighbours(Station& station, const Happening& happening) {
  switch (happening.action) {
    case Action::kRoster:
      return WriteRoster(station, happening);
    case Action::kDutyMark:
      return WriteDutyMark(station, happening);
    case Action::kDuty:
      return WriteDuty(station, happening);
    case Action::kDutyAttest:
      return WriteDutyAttest(station, happening);
    case Action::kDutyReward:
      return WriteDutyReward(station, happening);
    case Action::kErrandGift:
      return WriteErrandGift(station, happening);
    case Action::kOrder:
      return WriteOrder(station, happening);
    case Action::kErrandStep:
      return WriteErrandStep(station, happening);
    case Action::kTraining:
      return WriteTraining(station, happening);
    default:
      return {};
  }
}

Status WriteOfHomes(Station& station, const Happening& happening) {
  switch (happening.action) {
    case Action::kService:
      return WriteService(station, happening);
    case Action::kAttest:
      return WriteAttest(station, happening);
    case Action::kDeed:
      return WriteDeed(station, happening);
    case Action::kGoods:
      return WriteGoods(station, happening);
    case Action::kRedemption:
      return WriteRedeemed(station, happening);
    case Action::kMark:
      return WriteMark(station, happening);
    case Action::kHaircutBill:
      return WriteHaircutBill(station, happening);
    case Action::kDayClose:
      return WriteDayClose(station, happening);
    default:
      return WriteOfNeighbours(station, happening);
  }
}

Status Write(Station& station, const Happening& happening) {
  switch (happening.action) {
    case Action::kSale:
      return WriteSale(station, happening);
    case Action::kRefund:
      return WriteRefund(station, happening);
    case Action::kLineCost:
      return WriteLineCost(station, happening);
    case Action::kMonthlyCost:
      return WriteMonthlyCost(station, happening);
    case Action::kTrueUp:
      return WriteTrueUp(station, happening);
    case Action::kSettlement:
      return WriteSettlement(station, happening);
    case Action::kReceipt:
      return WriteReceipt(station, happening);
    case Action::kGrant:
      return WriteGrant(station, happening);
    case Action::kRequest:
      return WriteRequest(station, happening);
    case Action::kApproval:
      return WriteApproval(station, happening);
    case Action::kPayment:
      return WritePayment(station, happening);
    case Action::kWaiverApproval:
      return WriteWaiverApproval(station, happening);
    case Action::kWaiver:
      return WriteWaiver(station, happening);
    case Action::kBillRequest:
      return WriteBillRequest(station, happening);
    default:
      return WriteOfHomes(station, happening);
  }
}

/// Writes everything on the agenda that lies before the end of `day`.
Status WriteDay(Station& station, YearDay day) {
  const YearSecond day_end = (day + 1) * kSecondsPerDay;
  while (!station.agenda.empty() && station.agenda.top().second < day_end) {
    const Happening happening = station.agenda.top();
    station.agenda.pop();
    SUANPAN_RETURN_IF_ERROR(Write(station, happening));
  }
  return station.writer.Flush();
}

Status GenerateCommunity(const YearOptions& options, std::uint32_t community,
                         const CommandSink& sink) {
  Station station(options, community, sink);
  SUANPAN_RETURN_IF_ERROR(WriteOpening(station));
  SUANPAN_RETURN_IF_ERROR(WriteAllianceOpening(station));
  SUANPAN_RETURN_IF_ERROR(WriteErrandsOpening(station));
  SUANPAN_RETURN_IF_ERROR(WritePointsOpening(station));
  for (YearDay day = 0; day < options.days; ++day) {
    PlanAccounts(station, day);
    PlanFund(station, day);
    PlanSales(station, day);
    PlanHelping(station, day);
    PlanRedeeming(station, day);
    PlanDuties(station, day);
    PlanErrands(station, day);
    PlanTraining(station, day);
    PlanDayClose(station, day);
    SUANPAN_RETURN_IF_ERROR(WriteDay(station, day));
  }
  if (options.days < kDaysMax) return {};
  PlanAccounts(station, kDaysMax);
  for (YearDay day = kDaysMax; day < kDaysMax + 31; ++day) {
    if (day < kDaysMax + 2) PlanDayClose(station, day);
    SUANPAN_RETURN_IF_ERROR(WriteDay(station, day));
  }
  return {};
}

}  // namespace

Status GenerateYear(const YearOptions& options, const CommandSink& sink) {
  SUANPAN_RETURN_IF_ERROR(CheckOptions(options));
  for (std::uint32_t i = 0; i < options.communities; ++i) {
    SUANPAN_RETURN_IF_ERROR(GenerateCommunity(options, options.first_community + i, sink));
  }
  return {};
}

std::string BookName(std::uint32_t community) { return fmt::format("jx-{:03}", community + 1); }

std::string CommunityLabel(std::uint32_t community) {
  const std::string_view name = kLabels[community % kLabels.size()];
  const std::size_t round = community / kLabels.size();
  return round == 0 ? std::string(name) : fmt::format("{}{}", name, round + 1);
}

}  // namespace suanpan::community_year
