#include "src/homes/homes.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace suanpan::community_year {
namespace {

constexpr std::array<HelpTerms, kHelps> kTerms = {
    {{"mending", false, 1, 60, 120}, {"tutoring", false, 1, 45, 0}, {"visiting", true, 1, 2, 3}}};

}  // namespace

const HelpTerms& TermsOf(Help help) { return kTerms.at(static_cast<std::size_t>(help)); }

void Purse::Take(std::int64_t points) {
  while (points > 0 && !lots_.empty()) {
    const std::int64_t taken = std::min(points, lots_.front());
    points -= taken;
    lots_.front() -= taken;
    if (lots_.front() == 0) lots_.pop_front();
  }
}

std::int64_t Purse::balance() const {
  return std::accumulate(lots_.begin(), lots_.end(), std::int64_t{0});
}

std::size_t Purse::Expire(std::size_t most) {
  const std::size_t ended = std::min(most, lots_.size());
  lots_.erase(lots_.begin(), lots_.begin() + static_cast<std::ptrdiff_t>(ended));
  return ended;
}

const Member* Household::Find(std::string_view as) const {
  const auto found = std::ranges::find(members, as, &Member::as);
  return found == members.end() ? nullptr : &*found;
}

std::int64_t Count(Member& member, Help help, std::int64_t units) {
  const HelpTerms& terms = TermsOf(help);
  std::int64_t& counted = member.counted[help];
  const std::int64_t before = terms.rate_n * counted / terms.rate_m;
  counted += terms.activity_cap == 0 ? units : std::min(units, terms.activity_cap);
  return terms.rate_n * counted / terms.rate_m - before;
}

}  // namespace suanpan::community_year
