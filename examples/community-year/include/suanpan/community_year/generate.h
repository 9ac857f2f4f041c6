#pragma once

// A plausible year of community stations, made from a seed: the commands (registers, sales,
// refunds, costs, settlements, receipts, spending; households, policies, service, points, goods,
// places, days; orders with parcels and purchase money, duties of an alliance, trainings) as other
// services would send them. Used by the demonstration, by tests and by benches; it shares no rule
// with the engine and keeps its own tally of what each stall owes, so that most bills are paid to
// the fen, and of the points of each household.
//
// Deterministic on every compiler and library: own integer random numbers, no clock, no floating
// point. The commands of a community depend only on (seed, index of the community, the options that
// shape one community), so communities may be generated apart and in any order.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "suanpan/base/status.h"

namespace suanpan::community_year {

/// Form of the command keys: a version 7 UUID whose time is that of the command's first fact, or
/// `stream/counter` with one stream per till and one for the office.
enum class KeyForm : std::uint8_t { kUuid, kStream };

inline constexpr std::uint32_t kDaysMax = 365;
inline constexpr std::uint32_t kVendorsMax = 120;
inline constexpr std::uint32_t kHouseholdsMax = 1000;
inline constexpr std::uint32_t kSalesPerVendorDayMax = 2000;
inline constexpr std::uint32_t kFactsPerCommandMax = 256;
inline constexpr std::uint32_t kCommunitiesMax = 100'000;

struct YearOptions {
  std::uint64_t seed = 1;
  /// Communities `first_community` .. `first_community + communities - 1`; community 0 is jx-001.
  std::uint32_t first_community = 0;
  std::uint32_t communities = 1;
  /// Days from 2025-01-01 on. A shorter year is the beginning of a longer one. The whole year also
  /// brings what follows in January 2026: the last settlements and their receipts, nothing else.
  std::uint32_t days = kDaysMax;
  std::uint32_t vendors = 12;
  /// Households that earn and spend points; 0: a station without points, orders and alliance.
  std::uint32_t households = 60;
  /// Mean over the opening days of a stall: 40 gives about 150,000 sales a community and year, and
  /// with the accruals made by the engine 0.3 million stored events.
  std::uint32_t sales_per_vendor_day = 40;
  /// Upper bound; a command also ends at midnight and before its entry could exceed 32 KiB.
  std::uint32_t facts_per_command = 1;
  KeyForm key_form = KeyForm::kUuid;
};

/// One command as one line of JSON without the line end. The view is valid during the call only. An
/// error stops the generation and is returned as it is.
using CommandSink = std::function<Status(std::string_view command_json)>;

/// Generates the communities one after the other, each in order of time. kInvalidArgument names an
/// option that is out of bounds, before the first command. Memory is bounded by the refunds, costs
/// and payments of one community.
[[nodiscard]] Status GenerateYear(const YearOptions& options, const CommandSink& sink);

/// Book of a community: "jx-001" for 0.
[[nodiscard]] std::string BookName(std::uint32_t community);

/// Label of a community, Chinese: "职中社区" for 0; beyond the list a number follows.
[[nodiscard]] std::string CommunityLabel(std::uint32_t community);

}  // namespace suanpan::community_year
