#pragma once

// Households of a community and what they have earned, counted apart from the engine: minutes and
// carries of each member, the lots of each household.

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "src/command_writer.h"

namespace suanpan::community_year {

enum class Help : std::uint8_t { kMending, kTutoring, kVisiting };

/// What a kind of service earns: floor(n C / m) of all that was counted, by member and kind.
struct HelpTerms {
  std::string_view service_kind;
  bool by_beneficiary;  ///< counted are beneficiaries, else minutes
  std::int64_t rate_n;
  std::int64_t rate_m;
  std::int64_t activity_cap;  ///< 0: none
};
[[nodiscard]] const HelpTerms& TermsOf(Help help);
inline constexpr int kHelps = 3;

struct Member {
  std::string ref;
  std::string_view as;  ///< adult, child or elder
  std::map<Help, std::int64_t> counted;
};

/// Points of one household. All lots end with the year, so that those earned first are used first.
class Purse {
 public:
  void Grant(std::int64_t points) {
    if (points > 0) lots_.push_back(points);
  }
  void Take(std::int64_t points);
  [[nodiscard]] std::int64_t balance() const;
  [[nodiscard]] std::size_t lots() const { return lots_.size(); }
  /// At most so many of the oldest lots end; how many did.
  std::size_t Expire(std::size_t most);

 private:
  std::deque<std::int64_t> lots_;
};

struct Household {
  std::string ref;
  std::vector<Member> members;
  Purse purse;

  /// The first member of that age; null: none.
  [[nodiscard]] const Member* Find(std::string_view as) const;
};

/// A service that was done, until it is attested.
struct Attending {
  FactRef service;
  std::uint32_t household = 0;
  std::uint32_t member = 0;
  Help help{};
  std::int64_t units = 0;  ///< minutes or beneficiaries
};

/// A place at an offer that a household redeemed.
struct HeldPlace {
  FactRef redemption;
  std::string beneficiary;
};

/// Counts what was attested; the points of it.
[[nodiscard]] std::int64_t Count(Member& member, Help help, std::int64_t units);

/// What a page of the day's close books at most (docs/facts-community.md).
inline constexpr std::size_t kPageHouseholds = 100;
inline constexpr std::size_t kPageLots = 256;

}  // namespace suanpan::community_year
