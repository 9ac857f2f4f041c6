#pragma once

// The members of a community's alliance: shops, offices and clubs of the neighbourhood whose people
// keep the station open of an evening. A member earns for itself, in a scheme of its own.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/command_writer.h"
#include "src/homes/homes.h"
#include "src/random.h"

namespace suanpan::community_year {

struct AllianceMember {
  std::string ref;
  std::string_view label;
  std::string_view member_class;
  std::int64_t counted_minutes = 0;
  Purse purse;
};

/// One evening of the roster, until its duty is attested.
struct DutyEvening {
  std::uint32_t member = 0;
  YearSecond from = 0;
  std::int64_t minutes = 0;
  FactRef slot;
  FactRef service;
};

struct Alliance {
  Alliance(std::uint64_t seed, std::uint32_t community);

  Random random;      ///< of its own: stalls and households draw from theirs
  std::string place;  ///< the station's rooms, where duty is done
  std::vector<AllianceMember> members;
  std::vector<DutyEvening> evenings;
  std::int64_t towel_pieces = 0;
};

inline constexpr std::size_t kAllianceMembers = 12;
inline constexpr std::string_view kAllianceScheme = "al";
inline constexpr std::string_view kDutyKind = "station_duty";
inline constexpr std::int64_t kDutyMinutesPerPoint = 60;
inline constexpr std::string_view kTowel = "towel";
inline constexpr std::int64_t kTowelPoints = 2;
inline constexpr std::string_view kRoom = "room";  ///< a partner lends it for an evening
inline constexpr std::int64_t kRoomPoints = 3;

/// What minutes on duty earn: the whole hours of all of them so far, less what was granted before.
[[nodiscard]] std::int64_t CountDuty(AllianceMember& member, std::int64_t minutes);

}  // namespace suanpan::community_year
