#pragma once

// What the named tests know of a book: put together from its events alone, in their order, and
// believed as they tell it. Whether they tell it rightly is what the tests ask.

#include "src/named/known/book_moves.h"
#include "src/named/known/counted.h"
#include "src/named/known/lots.h"
#include "src/named/known/parties.h"
#include "src/named/known/policies.h"
#include "src/named/known/services.h"
#include "src/points/points_totals.h"
#include "suanpan/schema/kinds/catch_up.h"
#include "suanpan/schema/name_table.h"

namespace suanpan::audit {

struct KnownBook {
  /// `of` must outlive it.
  explicit KnownBook(const schema::KindTable& of) : kinds(of) {}

  void Take(Address at, const schema::Event& event);

  const schema::KindTable& kinds;
  schema::NameTable names;
  Parties parties;
  Policies policies;
  Services services;
  CountedUnits counted;
  Lots lots;
  PointsTotals totals;
  BookMoves moves;
  Date newest_day;   ///< the latest business date so far
  Date closed_day;   ///< the last day that was closed
  Date closing_day;  ///< the last day of which a page was closed

 private:
  void Count(Address at, const schema::Event& event);
  void CountService(const KnownService& service, NameId scheme, Wide units);
  void CountAgain(const schema::RuleApplied& fact);
  void TakeBack(const schema::EntryReversed& fact);
  /// What a grant that is taken back had counted, by the version that made it.
  void CountBack(const schema::Event& was, const TakenBack& back, std::size_t i,
                 const schema::PolicyProposed& policy);
};

}  // namespace suanpan::audit
