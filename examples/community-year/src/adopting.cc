#include "adopting.h"

namespace suanpan::community_year {
namespace {

constexpr YearSecond kApart = 2;
constexpr std::uint32_t kRowsOfBody = 12;  // more than any body here has

}  // namespace

Status AdoptPolicy(Station& station, YearSecond& second, const PolicyTitle& title,
                   const std::function<void()>& body) {
  CommandWriter& writer = station.writer;
  JsonText& json = writer.json();
  const FactRef proposal =
      writer.BeginFact("policy.proposed", second += kApart, station.accountant);
  json.Field("policy", title.policy).Field("policy_type", title.policy_type).Field("version", 1);
  json.Field("applies_from", "2025-01-01").Name("body").Open('{').Field("scheme", title.scheme);
  body();
  json.Close('}');
  SUANPAN_RETURN_IF_ERROR(writer.EndFact(0, kRowsOfBody));
  const FactRef approval = writer.BeginFact("approval.given", second += kApart, station.supervisor);
  writer.Reference("of", proposal);
  json.Field("action", "adopt").Field("verdict", "approved");
  SUANPAN_RETURN_IF_ERROR(writer.EndFact(0));
  writer.BeginFact("policy.adopted", second += kApart, station.accountant);
  writer.Reference("proposal", proposal);
  writer.References("approvals", approval);
  return writer.EndFact(0);
}

}  // namespace suanpan::community_year
