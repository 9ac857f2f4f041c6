// What there is before the first order: kinds of service, shops, the teams and their volunteers.

#include "src/desks.h"
#include "src/opening_desk.h"

namespace suanpan::community_year {
namespace {

constexpr YearSecond kErrandsOpen = 6 * kSecondsPerHour + 57 * 60;  // after the alliance

class ErrandsOpening : OpeningDesk {
 public:
  explicit ErrandsOpening(Station& station) : OpeningDesk(station, kErrandsOpen) {}

  Status Write() {
    for (int kind = 0; kind < kErrandKinds; ++kind) {
      SUANPAN_RETURN_IF_ERROR(WriteKind(TermsOf(static_cast<ErrandKind>(kind))));
    }
    const Errands& errands = station_.errands;
    SUANPAN_RETURN_IF_ERROR(WriteParty(errands.pharmacy, "organisation", "惠民大药房"));
    SUANPAN_RETURN_IF_ERROR(WriteParty(errands.market, "organisation", "便民生鲜超市"));
    SUANPAN_RETURN_IF_ERROR(WriteParty(errands.donor, "organisation", "爱心企业联合会"));
    SUANPAN_RETURN_IF_ERROR(WriteTeam(errands.riders));
    return WriteTeam(errands.menders);
  }

 private:
  Status WriteKind(const ErrandTerms& terms) {
    BeginServiceKind(terms.service_kind, terms.label);
    if (terms.is_protected) json_.Flag("protected", true);
    return End();
  }

  Status WriteParty(std::string_view ref, std::string_view type, std::string_view label) {
    Begin("party.registered", station_.worker);
    json_.Field("party", ref).Field("party_type", type);
    if (!label.empty()) json_.Field("label", label);
    return End();
  }

  Status WriteTeam(const ErrandTeam& team) {
    SUANPAN_RETURN_IF_ERROR(WriteParty(team.ref, "team", team.label));
    for (const std::string& volunteer : team.volunteers) {
      SUANPAN_RETURN_IF_ERROR(WriteParty(volunteer, "person", ""));
      Begin("relation.started", station_.worker);
      json_.Field("relation", "member_of").Field("from", volunteer).Field("to", team.ref);
      json_.Field("as", "volunteer").Field("since", "2024-12-01");
      SUANPAN_RETURN_IF_ERROR(End());
    }
    return {};
  }
};

}  // namespace

Status WriteErrandsOpening(Station& station) {
  if (station.households.empty()) return {};
  return ErrandsOpening(station).Write();
}

}  // namespace suanpan::community_year
