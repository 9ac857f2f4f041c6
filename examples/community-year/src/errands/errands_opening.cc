// What there is before the first order: kinds of service, shops, the teams and their volunteers.

#include "src/desks.h"

namespace suanpan::community_year {
namespace {

constexpr YearSecond kErrandsOpen = 6 * kSecondsPerHour + 57 * 60;  // after the alliance

class ErrandsOpening {
 public:
  explicit ErrandsOpening(Station& station) : station_(station), json_(station.writer.json()) {}

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
  void Begin(std::string_view kind, std::string_view actor) {
    second_ += 2;
    station_.writer.BeginFact(kind, second_, actor);
  }

  Status WriteKind(const ErrandTerms& terms) {
    Begin("code.defined", station_.accountant);
    json_.Field("list", "service_kind").Field("code", terms.service_kind);
    json_.Field("label", terms.label).Field("version", 1).Field("valid_from", "2025-01-01");
    if (terms.is_protected) json_.Flag("protected", true);
    return station_.writer.EndFact(0);
  }

  Status WriteParty(std::string_view ref, std::string_view type, std::string_view label) {
    Begin("party.registered", station_.worker);
    json_.Field("party", ref).Field("party_type", type);
    if (!label.empty()) json_.Field("label", label);
    return station_.writer.EndFact(0);
  }

  Status WriteTeam(const ErrandTeam& team) {
    SUANPAN_RETURN_IF_ERROR(WriteParty(team.ref, "team", team.label));
    for (const std::string& volunteer : team.volunteers) {
      SUANPAN_RETURN_IF_ERROR(WriteParty(volunteer, "person", ""));
      Begin("relation.started", station_.worker);
      json_.Field("relation", "member_of").Field("from", volunteer).Field("to", team.ref);
      json_.Field("as", "volunteer").Field("since", "2024-12-01");
      SUANPAN_RETURN_IF_ERROR(station_.writer.EndFact(0));
    }
    return {};
  }

  Station& station_;
  JsonText& json_;
  YearSecond second_ = kErrandsOpen;
};

}  // namespace

Status WriteErrandsOpening(Station& station) {
  if (station.households.empty()) return {};
  return ErrandsOpening(station).Write();
}

}  // namespace suanpan::community_year
