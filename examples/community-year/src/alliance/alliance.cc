#include "src/alliance/alliance.h"

#include <fmt/format.h>

namespace suanpan::community_year {
namespace {

struct MemberKind {
  std::string_view label;
  std::string_view member_class;
};
constexpr std::array<MemberKind, kAllianceMembers> kMembers = {
    {{"麦香烘焙坊", "enterprise"},
     {"惠民大药房", "enterprise"},
     {"便民五金店", "enterprise"},
     {"老街理发店", "enterprise"},
     {"社区卫生服务中心", "partner_unit"},
     {"职业中学团委", "partner_unit"},
     {"农商银行网点", "partner_unit"},
     {"派出所警务室", "partner_unit"},
     {"法律服务所", "partner_unit"},
     {"夕阳红艺术团", "social_organisation"},
     {"青年志愿者协会", "social_organisation"},
     {"物业服务中心", "enterprise"}}};

// Random numbers of the alliance are another stream of the seed.
constexpr std::uint64_t kAllianceStream = std::uint64_t{1} << 35U;

}  // namespace

Alliance::Alliance(std::uint64_t seed, std::uint32_t community)
    : random(seed, kAllianceStream + community), place("pl-" + BookName(community)) {
  for (const MemberKind& kind : kMembers) {
    members.push_back({.ref = fmt::format("m-{:012x}", random.Next() >> 16U),
                       .label = kind.label,
                       .member_class = kind.member_class,
                       .counted_minutes = 0,
                       .purse = {}});
  }
}

std::int64_t CountDuty(AllianceMember& member, std::int64_t minutes) {
  const std::int64_t before = member.counted_minutes / kDutyMinutesPerPoint;
  member.counted_minutes += minutes;
  return member.counted_minutes / kDutyMinutesPerPoint - before;
}

}  // namespace suanpan::community_year
