#include "src/named/known/book_moves.h"

#include <set>

#include "suanpan/schema/kinds/corrections.h"
#include "suanpan/schema/kinds/points.h"

namespace suanpan::audit {

void BookMoves::Take(Address at, const schema::Event& event, const schema::NameTable& names) {
  if (event.kind->number == schema::EntryReversed::kKind) {
    const Address of = event.As<schema::EntryReversed>().fixed.of;
    std::erase_if(moves_, [of](const BookMove& move) { return move.at == of; });
  }
  if (event.kind->number != schema::PointsMoved::kKind) return;
  const auto& fact = event.As<schema::PointsMoved>();
  const bool in = fact.from_book.value() != 0;
  if (!in && fact.to_book.value() == 0) return;
  moves_.push_back({at, std::string{names.TextOf(in ? fact.from_book : fact.to_book)},
                    std::string{fact.move}, fact.points, in, event.common.business_day});
}

std::vector<std::string> BookMoves::Others() const {
  std::set<std::string> others;
  for (const BookMove& move : moves_) others.insert(move.book);
  return {others.begin(), others.end()};
}

}  // namespace suanpan::audit
