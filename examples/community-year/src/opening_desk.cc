#include "opening_desk.h"

namespace suanpan::community_year {
namespace {

constexpr YearSecond kApart = 2;
constexpr std::uint32_t kRowsOfBody = 12;  // more than any body here has

}  // namespace

FactRef OpeningDesk::Begin(std::string_view kind, std::string_view actor) {
  return station_.writer.BeginFact(kind, second_ += kApart, actor);
}

Status OpeningDesk::Adopt(const PolicyTitle& title, const std::function<void()>& body) {
  CommandWriter& writer = station_.writer;
  const FactRef proposal = Begin("policy.proposed", station_.accountant);
  json_.Field("policy", title.policy).Field("policy_type", title.policy_type).Field("version", 1);
  json_.Field("applies_from", "2025-01-01").Name("body").Open('{').Field("scheme", title.scheme);
  body();
  json_.Close('}');
  SUANPAN_RETURN_IF_ERROR(End(kRowsOfBody));
  const FactRef approval = Begin("approval.given", station_.supervisor);
  writer.Reference("of", proposal);
  json_.Field("action", "adopt").Field("verdict", "approved");
  SUANPAN_RETURN_IF_ERROR(End());
  Begin("policy.adopted", station_.accountant);
  writer.Reference("proposal", proposal);
  writer.References("approvals", approval);
  return End();
}

void OpeningDesk::BeginServiceKind(std::string_view code, std::string_view label) {
  Begin("code.defined", station_.accountant);
  json_.Field("list", "service_kind").Field("code", code).Field("label", label);
  json_.Field("version", 1).Field("valid_from", "2025-01-01");
}

}  // namespace suanpan::community_year
