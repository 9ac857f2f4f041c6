#include <algorithm>

#include "src/kinds/catch_up/page.h"
#include "suanpan/rules/policies.h"
#include "suanpan/schema/kinds/lots.h"

namespace suanpan::rules {

using schema::CaughtRow;
using schema::RuleApplied;

namespace {

/// The points.granted of a page's row: they stand after it in the order of the rows.
Address GrantOf(OldEvents& events, const PastPage& page, std::size_t row) {
  auto before = std::ranges::count_if(page.page->rows.first(row), IsGranted);
  for (std::uint16_t line = page.at.line();;) {
    const Address at{page.at.seq(), ++line};
    const Event* event = events.Find(at);
    if (event == nullptr || event->common.cause != page.at.line() + 1U) return {};
    if (event->kind->number != schema::PointsGranted::kKind) continue;
    if (before-- == 0) return at;
  }
}

}  // namespace

std::vector<PastPage> PagesOver(OldEvents& events, const CatchUp& job, Address from, Address to) {
  std::vector<PastPage> pages;
  for (Address at = job.last_page; !at.none();) {
    const Event* event = events.Find(at);
    if (event == nullptr || event->kind->number != RuleApplied::kKind) break;
    const auto& page = event->As<RuleApplied>();
    // A page may leave off inside the entry after the last that it is done with.
    if (page.to_seq + 1 < static_cast<std::int64_t>(from.seq().value())) break;
    if (page.from_seq <= static_cast<std::int64_t>(to.seq().value())) pages.push_back({at, &page});
    at = page.previous;
  }
  return pages;
}

std::map<Address, Caught> CaughtBefore(OldEvents& events, const BookState& state,
                                       const CatchUp& job, Address from, Address to) {
  std::map<Address, Caught> caught;
  for (const CatchUp& other : state.catch_ups) {
    const bool same = KeyOf(PolicyOf(state, other)) == KeyOf(PolicyOf(state, job));
    if (!same || other.policy >= job.policy) continue;
    for (const PastPage& past : PagesOver(events, other, from, to)) {
      for (const CaughtRow& row : past.page->rows) {
        caught[row.source].points += row.granted.wide();
        caught[row.source].counted += Added(row).wide();
      }
    }
  }
  return caught;
}

void AddCaughtUp(DecideContext& context, schema::PolicyType type, Address source,
                 std::vector<Address>& grants) {
  for (const CatchUp& job : context.state.catch_ups) {
    if (PolicyOf(context.state, job).type() != type) continue;
    for (const PastPage& past : PagesOver(context.old_events, job, source, source)) {
      for (std::size_t row = 0; row < past.page->rows.size(); ++row) {
        if (past.page->rows[row].source != source || !IsGranted(past.page->rows[row])) continue;
        const Address grant = GrantOf(context.old_events, past, row);
        if (!grant.none()) grants.push_back(grant);
      }
    }
  }
}

}  // namespace suanpan::rules
