// A kind is one struct, one rule, one scenario (tree-planted.scenario) and one line: this file adds
// one, and everything else follows, from JSON in to balances after replay.

#include <gtest/gtest.h>

#include "suanpan/schema/entry_format.h"
#include "support/book_harness.h"
#include "support/fact_text.h"
#include "support/scenario.h"

namespace suanpan::testing {
namespace {

/// The struct: number, name, encoding, fields.
struct TreePlanted {
  static constexpr std::uint16_t kKind = 101;
  static constexpr std::string_view kName = "tree.planted";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr schema::Encoding kEncoding = schema::Encoding::kTable;
  static constexpr schema::Origin kOrigin = schema::Origin::kFact;

  NameId garden;
  Fen worth;
  std::string_view tag;
  std::uint32_t trees = 0;  ///< computed: how many the command's garden has now

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("garden", s.garden, schema::Grammar::kRef, schema::Need::kRequired);
    v.Amount("worth_fen", s.worth, schema::Sign::kPositive, schema::Need::kRequired);
    v.Token("tag", s.tag, schema::Need::kOptional);
    v.Computed();
    v.Count("trees", s.trees, schema::Range{0, 1'000}, schema::Need::kRequired);
  }
};

/// The rule: what is refused, filled in and posted.
struct TreePlantedRule {
  using Fact = TreePlanted;
  static rules::AccountKey Stock(NameId garden) {
    return {rules::AccountClass::kPledgeReceived, {}, garden, {}};
  }
  static rules::Verdict Decide(rules::DecideContext& context, schema::Event&, Fact& fact) {
    const std::int64_t worth = context.state.accounts.BalanceOf(Stock(fact.garden)).value();
    if (worth + fact.worth.value() > 1'000)
      return schema::Refuse(schema::RefusalCode::no_place, "garden");
    fact.trees = static_cast<std::uint32_t>(worth / 100 + 1);
    return std::nullopt;
  }
  static void Post(const rules::BookState&, const Fact& fact, rules::PostingSink& sink) {
    sink.Post(Stock(fact.garden), fact.worth);
    sink.Post({rules::AccountClass::kPledgeUndertaken, {}, fact.garden, {}},
              Fen{-fact.worth.value()});
  }
};

class ToyKind : public ::testing::Test {
 protected:
  ToyKind() {
    rules::Catalogue::AddStandard(catalogue_);
    catalogue_.Add<TreePlantedRule>();  // the line
  }

  Answer Append(std::string_view key, std::initializer_list<std::string_view> facts) {
    std::string json;
    for (const std::string_view fact : facts) json += (json.empty() ? "" : ",") + *FactJson(fact);
    return book_.Append(CommandJson(key, json));
  }

  rules::Catalogue catalogue_;
  BookHarness book_{catalogue_};
};

TEST_F(ToyKind, GoesThroughJsonDecidingBytesReplayAndBalances) {
  ASSERT_FALSE(Append("t/1", {"2026-01-01 p-1 book.opened label=X utc_offset_minutes=480 unit=u "
                              "level=community host=o"})
                   .refusal);
  const Answer planted =
      Append("t/2", {"2026-01-02 p-1 tree.planted garden=south worth_fen=100 tag=T-1",
                     "2026-01-02 p-1 tree.planted garden=south worth_fen=100"});
  ASSERT_FALSE(planted.refusal) << planted.ToText();
  EXPECT_EQ(book_.EventJson({Seq{2}, 0}),
            R"({"kind":"tree.planted","garden":"south","worth_fen":"100","tag":"T-1","trees":1})");
  EXPECT_EQ(book_.EventJson({Seq{2}, 1}),
            R"({"kind":"tree.planted","garden":"south","worth_fen":"100","trees":2})");
  EXPECT_EQ(book_.Balance("pledge/south/received"), 200);
  EXPECT_EQ(book_.CompareWithReplay(), "");
}

TEST_F(ToyKind, HasItsRefusalsAndRepeatsLikeAnyOther) {
  ASSERT_FALSE(Append("t/1", {"2026-01-01 p-1 book.opened label=X utc_offset_minutes=480 unit=u "
                              "level=community host=o",
                              "2026-01-02 p-1 tree.planted garden=south worth_fen=900"})
                   .refusal);
  EXPECT_EQ(Append("t/2", {"2026-01-02 p-1 tree.planted garden=south worth_fen=101"}).ToText(),
            "refused no_place (510) fact 0 garden");
  EXPECT_EQ(Append("t/2", {"2026-01-02 p-1 tree.planted worth_fen=101"}).ToText(),
            "refused missing_field (105) fact 0 garden");
  EXPECT_EQ(Append("t/2", {"2026-01-02 p-1 tree.planted garden=south worth_fen=50"}).ToText(),
            "entry 2");
  EXPECT_EQ(Append("t/2", {"2026-01-02 p-1 tree.planted garden=south worth_fen=50"}).ToText(),
            "entry 2 again");
  EXPECT_EQ(Append("t/2", {"2026-01-02 p-1 tree.planted garden=south worth_fen=51"}).ToText(),
            "refused key_conflict (108) fact 0 worth_fen seq=2");
}

TEST_F(ToyKind, HasItsScenario) {
  const ScenarioReport report =
      RunScenario(SUANPAN_SOURCE_DIR "/tests/unit/rules/tree-planted.scenario", catalogue_);
  for (const std::string& complaint : report.complaints) ADD_FAILURE() << complaint;
  const ProvokedRefusal no_place{"tree.planted", schema::RefusalCode::no_place};
  EXPECT_EQ(report.provoked, std::set{no_place});
  EXPECT_EQ(report.expectations, 6);
}

TEST_F(ToyKind, StopsAnEngineThatDoesNotKnowIt) {
  ASSERT_FALSE(Append("t/1", {"2026-01-01 p-1 book.opened label=X utc_offset_minutes=480 unit=u "
                              "level=community host=o",
                              "2026-01-02 p-1 tree.planted garden=south worth_fen=900"})
                   .refusal);
  Arena arena;
  const Result<schema::EntryView> view = schema::DecodeEntry(
      AsBytes(book_.bytes(Seq{1})), rules::Catalogue::Standard().kinds(), arena);
  ASSERT_FALSE(view.ok());
  EXPECT_EQ(view.error().code(), StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace suanpan::testing
