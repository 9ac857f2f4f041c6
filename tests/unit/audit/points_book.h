#pragma once

// A book with a household scheme: what points are earned for, what they buy, how long they last.

#include <string_view>

#include "forged_book.h"

namespace suanpan::audit {

/// Entry 1 opens the book; 2 registers the households h-1 (adult p-1, child p-2) and h-2 (adult
/// p-3) and the vendor v-1; 3 adopts the policies of scheme "hh"; 4 brings 10 pieces of soap for
/// 2333 and an offer of-1 of one child's place. A point for 60 minutes of mending, at most 120
/// counted a day; 5 for a tidy yard, twice a month at most, -2 for litter; soap costs 3 points, the
/// place 2, a haircut by v-1 2 and the fund 150 fen. Points last to the end of their year, 30 days
/// more where they come back late.
class PointsBook : public ForgedBook {
 protected:
  void SetUp() override;

  /// Service of p-1 from eight o'clock, recorded and attested by p-att; its sequence. The grant is
  /// line 2.
  std::uint64_t Serve(std::string_view day, int minutes);
  /// Service of anybody, with more fields.
  std::uint64_t Serve(std::string_view person, std::string_view day, int minutes,
                      std::string_view more);
  /// A tidy yard of h-1, so many times; the grant is line 1.
  std::uint64_t Tidy(std::string_view day, int times);
  /// h-1 redeems one reward.
  std::uint64_t Redeem(std::string_view day, std::string_view reward, std::string_view more = {});
  /// Takes an event back: the approval is line 0, the reversal line 1.
  std::uint64_t Reverse(std::string_view day, std::string_view of, std::string_view more = {});
  std::uint64_t Litter(std::string_view day, int times);
  /// Points of h-1 go elsewhere: the approval is line 0.
  std::uint64_t Move(std::string_view day, int points, std::string_view where);
  std::uint64_t CloseDay(std::string_view day);
};

inline constexpr std::string_view kPhoto =
    "evidence=[aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa]";

}  // namespace suanpan::audit
