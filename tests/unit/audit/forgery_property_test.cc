// Random histories, one field of one event of each turned at random: the audit verifies what a
// writer would have written, and nothing else; and what was turned in such a log, docs/auditors.md
// lists.

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <iostream>

#include "any_facts_generator.h"
#include "forged_book.h"
#include "free_claims.h"
#include "opinions.h"

namespace suanpan::audit {
namespace {

/// A number below `size` out of one that may be any.
std::size_t Below(std::size_t size, unsigned pick) { return pick % size; }

/// Turns some field of an event out of the log; its name, nothing where it changed no byte.
std::optional<std::string> TurnAny(ForgedLog& log, std::size_t seq, unsigned line, unsigned way) {
  ForgedLog::Entry& entry = log.entries()[seq];
  const std::size_t event = Below(entry.events.size(), line);
  return log.Turn(entry, event, Below(log.CountTurns(entry, event), way));
}

TEST(ForgeryProperty, AFieldThatWasTurnedIsFoundOrAnotherHonestLog) {
  constexpr int kTurns = 12;
  std::size_t found = 0;
  std::size_t honest = 0;
  const OpinionsOn opinions_on;
  const std::set<std::string> listed = FreeClaims();
  std::set<std::string> unlisted;
  EXPECT_TRUE(rc::check([&] {
    AnyFacts facts;
    for (const AnyFact& fact : *AnyHistory(250)) facts.Play(fact);
    const std::vector<std::string> genuine = EntriesOf(facts.book());
    for (int i = 0; i < kTurns; ++i) {
      const auto any = [] {
        return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0U, 1'000'000U));
      };
      ForgedLog log{genuine};
      const std::optional<std::string> field =
          TurnAny(log, Below(genuine.size(), any()), any(), any());
      const std::vector<std::string> forged = log.Renumbered();
      if (!field || forged == genuine) continue;
      const Opinions opinions = opinions_on.On(forged);
      RC_LOG() << *field << "\n" << opinions.ToText();
      RC_ASSERT(opinions.agree());
      if (opinions.verified() && !IsFreeClaim(listed, *field)) unlisted.insert(*field);
      ++(opinions.verified() ? honest : found);
    }
  }));
  std::cout << found << " forgeries found, " << honest << " honest logs of another world\n";
  for (const std::string& field : unlisted) {
    ADD_FAILURE() << field << " can be turned unseen, is not listed";
  }
  EXPECT_GT(found, honest);
  EXPECT_GT(honest, 0U);
}

}  // namespace
}  // namespace suanpan::audit
