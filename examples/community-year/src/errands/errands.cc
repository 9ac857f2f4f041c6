#include "src/errands/errands.h"

#include <fmt/format.h>

namespace suanpan::community_year {
namespace {

constexpr std::array<ErrandTerms, kErrandKinds> kTerms = {{{"medicine", "代取药品", true, true},
                                                           {"shopping", "代购代办", false, true},
                                                           {"repair", "上门维修", false, false}}};

// In the order of the steps. What is done in a day is, so that no order of the morning is open at
// night; the rest of the money comes back the next morning.
constexpr std::array<std::uint32_t, 16> kMinutes = {20, 10, 15, 10, 15,  25, 50, 5,
                                                    10, 10, 30, 40, 120, 90, 60, 17 * 60};

constexpr std::size_t kRiders = 6;
constexpr std::size_t kMenders = 4;

// Random numbers of errands are another stream of the seed.
constexpr std::uint64_t kErrandStream = std::uint64_t{1} << 34U;

std::string OpaqueRef(Random& random, std::string_view prefix) {
  return fmt::format("{}{:012x}", prefix, random.Next() >> 16U);
}

ErrandTeam MakeTeam(Random& random, std::string_view label, std::size_t size) {
  ErrandTeam team{OpaqueRef(random, "t-"), label, {}};
  for (std::size_t i = 0; i < size; ++i) team.volunteers.push_back(OpaqueRef(random, "p-"));
  return team;
}

void AddServing(std::vector<ErrandStep>& way, ErrandKind kind, bool money, bool rated) {
  using enum ErrandStep;
  if (money) way.insert(way.end(), {kAskMoney, kApproveMoney, kPayMoney});
  if (TermsOf(kind).carries) way.insert(way.end(), {kCollect, kHandOver});
  way.insert(way.end(), {kServe, kAttest});
  if (rated) way.push_back(kRate);
  if (money) way.push_back(kSettle);
}

}  // namespace

const ErrandTerms& TermsOf(ErrandKind kind) { return kTerms.at(static_cast<std::size_t>(kind)); }

std::vector<ErrandStep> WayOf(ErrandKind kind, ErrandFate fate, bool money, bool rated) {
  using enum ErrandStep;
  switch (fate) {
    case ErrandFate::kCancelled:
      return {kAccept, kCancel};
    case ErrandFate::kFailed:
      return {kAccept, kDispatch, kTake, kFail};
    case ErrandFate::kUntaken:
      return {kAccept, kDispatch};
    case ErrandFate::kServed:
    case ErrandFate::kDeclinedFirst:
      break;
  }
  std::vector<ErrandStep> way = {kAccept};
  if (fate == ErrandFate::kDeclinedFirst) way.insert(way.end(), {kOffer, kDecline});
  way.insert(way.end(), {kDispatch, kTake});
  AddServing(way, kind, money, rated);
  return way;
}

std::uint32_t MinutesTo(ErrandStep step) { return kMinutes.at(static_cast<std::size_t>(step)); }

Errands::Errands(std::uint64_t seed, std::uint32_t community)
    : random(seed, kErrandStream + community),
      riders(MakeTeam(random, "骑手志愿队", kRiders)),
      menders(MakeTeam(random, "能工巧匠队", kMenders)),
      pharmacy(OpaqueRef(random, "o-")),
      market(OpaqueRef(random, "o-")),
      donor(OpaqueRef(random, "o-")) {}

std::string Errands::NextBankRef() { return fmt::format("A{:07}", ++bank_lines); }

}  // namespace suanpan::community_year
