#include "src/named/points/move_pairs.h"

#include <algorithm>
#include <map>

#include "suanpan/schema/field_types.h"

namespace suanpan::audit {

void FindRepeated(const BookMoves& own, const OnOddMove& found) {
  std::map<std::pair<bool, std::string_view>, Address> seen;
  for (const BookMove& move : own.all()) {
    const auto [first, is_new] = seen.try_emplace({move.in, move.token}, move.at);
    if (is_new) continue;
    found({&move, true,
           fmt::format("the token {} stands for another move {} already", move.token,
                       move.in ? "from a book" : "to a book"),
           "a token of its own", schema::ToText(first->second)});
  }
}

void FindUnpaired(const BookMoves& own, const std::string& other,
                  std::span<const BookMove> of_other, Date newest, const OnOddMove& found) {
  for (const BookMove& move : own.all()) {
    if (move.book != other) continue;
    const auto there = std::ranges::find_if(of_other, [&](const BookMove& counterpart) {
      return counterpart.in != move.in && counterpart.token == move.token;
    });
    if (there != of_other.end() && there->points == move.points) continue;
    OddMove odd;
    odd.move = &move;
    odd.failed = move.in && (there != of_other.end() || move.day < newest);
    odd.text = move.in ? fmt::format("points come from {}, which did not give them by the token {}",
                                     other, move.token)
                       : fmt::format("points went to {}, which did not take them by the token {}",
                                     other, move.token);
    odd.expected = fmt::format("{} points there", move.points.value());
    odd.actual = there == of_other.end() ? std::string{"no such move"}
                                         : fmt::format("{} points, in {}", there->points.value(),
                                                       schema::ToText(there->at));
    found(odd);
  }
}

}  // namespace suanpan::audit
