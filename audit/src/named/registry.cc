#include "src/named/registry.h"

#include <vector>

#include "src/named/donations/donations_checks.h"
#include "src/named/points/points_checks.h"

namespace suanpan::audit {
namespace {

constexpr CheckKind kChecks[] = {
    {{"d-complete", 13,
      "are there slots without sales, sales without slots, more sold than came in"},
     "slots and sales",
     &MakeComplete},
    {{"p-recompute", 25,
      "is each grant what the policy in force gives for the service or the deed"},
     "grants",
     &MakeRecompute},
    {{"p-cap", 26, "did no more count than the caps of an activity, a day, a month and in all"},
     "grants",
     &MakeCap},
    {{"p-expiry", 27, "did points end on their day, was none spent after it, none ended twice"},
     "lots",
     &MakeExpiry},
    {{"p-lots", 28, "do lots add up to balances, and are the first ones to end spent first"},
     "debits",
     &MakeLots},
    {{"p-house", 29, "are earners and beneficiaries members on the day; who joined just before"},
     "services, deeds and redemptions",
     &MakeHouse},
    {{"p-attest", 30,
      "does nobody attest their own or their household's, nor too much or too well"},
     "attestations",
     &MakeAttest},
    {{"p-hours", 31, "does nobody serve twice at once, at two places, or more than a day a day"},
     "services",
     &MakeHours},
    {{"p-stock", 32, "do redemptions agree with price list, stock, and what vendors are paid"},
     "lines",
     &MakeStock},
    {{"p-slot", 33, "are places within capacity, for whom they are, one a person; who stayed away"},
     "places",
     &MakeSlot},
    {{"p-order", 34, "does each order go its way and end once; which are open, and for how long"},
     "orders and moves",
     &MakeOrders},
    {{"p-cashout", 35, "does no path lead from points to a person's money"},
     "kinds, lines and reversals",
     &MakeCashout},
};

}  // namespace

std::span<const CheckKind> CheckKinds() { return kChecks; }

std::span<const CheckInfo> NamedChecks() {
  static const std::vector<CheckInfo> kInfos = [] {
    std::vector<CheckInfo> infos;
    for (const CheckKind& kind : kChecks) infos.push_back(kind.info);
    return infos;
  }();
  return kInfos;
}

}  // namespace suanpan::audit
