// How a community begins with points: its policies, its households, what it has to give away.

#include <array>

#include "src/desks.h"
#include "src/opening_desk.h"

namespace suanpan::community_year {
namespace {

constexpr YearSecond kPolicies = 7 * kSecondsPerHour;  // after the book was opened

class PointsOpening : OpeningDesk {
 public:
  explicit PointsOpening(Station& station) : OpeningDesk(station, kPolicies) {}

  Status Write() {
    SUANPAN_RETURN_IF_ERROR(Adopt({"earn", "earning", kScheme}, [this] { Earning(); }));
    SUANPAN_RETURN_IF_ERROR(Adopt({"deeds", "award_items", kScheme}, [this] { Deeds(); }));
    SUANPAN_RETURN_IF_ERROR(Adopt({"ends", "expiry", kScheme}, [this] { Expiry(); }));
    SUANPAN_RETURN_IF_ERROR(Adopt({"shop", "price_list", kScheme}, [this] { Prices(); }));
    SUANPAN_RETURN_IF_ERROR(
        WriteOffer("of-june1", "children_day", "2025-06-01", kJunePlaces, "child"));
    SUANPAN_RETURN_IF_ERROR(
        WriteOffer("of-clinic", "free_clinic", "2025-10-09", kClinicPlaces, "elder"));
    for (const Household& household : station_.households) {
      SUANPAN_RETURN_IF_ERROR(WriteHousehold(household));
    }
    return {};
  }

 private:
  void Earning() {
    json_.Field("holder", "household").Name("items").Open('[');
    for (int help = 0; help < kHelps; ++help) {
      const HelpTerms& terms = TermsOf(static_cast<Help>(help));
      json_.Open('{').Field("service_kind", terms.service_kind);
      json_.Field("basis", terms.by_beneficiary ? "beneficiary" : "minutes");
      json_.Rate("rate", terms.rate_n, terms.rate_m).Field("rounding", "cumulative");
      if (terms.activity_cap != 0)
        json_.Name("cap").Open('{').Field("activity", terms.activity_cap).Close('}');
      json_.Close('}');
    }
    json_.Close(']').Name("attest_steps").Open('[').Text("worker").Close(']');
  }
  void Deeds() {
    json_.Name("items").Open('[').Open('{').Field("item", kCleanDeed);
    json_.Field("points", kCleanPoints).Close('}').Close(']');
  }
  void Expiry() { json_.Field("rule", "end_of_year").Field("n", 0); }

  void BeginReward(std::string_view reward, std::int64_t points, std::string_view supply) {
    json_.Open('{').Field("reward", reward).Field("points", points).Field("supply", supply);
  }
  void Prices() {
    json_.Name("rewards").Open('[');
    BeginReward(kSoap, kSoapPoints, "stock");
    json_.Field("item", kSoap).Field("fund", station_.fund).Close('}');
    BeginReward(kRice, kRicePoints, "stock");
    json_.Field("item", kRice).Field("fund", station_.fund).Close('}');
    BeginReward("haircut", kHaircutPoints, "vendor");
    json_.Field("vendor", station_.stalls.front().ref).Field("fund", station_.fund);
    json_.Field("value_fen", kHaircutFen).Close('}');
    BeginReward("june1", kJunePoints, "place");
    json_.Field("offer", "of-june1").Close('}');
    BeginReward("clinic", kClinicPoints, "place");
    json_.Field("offer", "of-clinic").Close('}');
    json_.Close(']');
  }

  Status WriteOffer(std::string_view offer, std::string_view offer_kind, std::string_view on,
                    std::int64_t capacity, std::string_view audience) {
    Begin("offer.opened", station_.worker);
    json_.Field("offer", offer).Field("offer_kind", offer_kind).Field("on", on);
    json_.Field("capacity", capacity).Field("audience", audience);
    return End();
  }

  Status WriteHousehold(const Household& household) {
    Begin("party.registered", station_.worker);
    json_.Field("party", household.ref).Field("party_type", "household");
    SUANPAN_RETURN_IF_ERROR(End());
    for (const Member& member : household.members) {
      Begin("relation.started", station_.worker);
      json_.Field("relation", "member_of").Field("from", member.ref).Field("to", household.ref);
      json_.Field("as", member.as).Field("since", "2024-12-01");
      SUANPAN_RETURN_IF_ERROR(End());
    }
    return {};
  }
};

}  // namespace

Status WritePointsOpening(Station& station) {
  if (station.households.empty()) return {};
  return PointsOpening(station).Write();
}

}  // namespace suanpan::community_year
