// A kind that only this test knows enters by one struct, one rule and one line.

#include "ledger_fixture.h"
#include "suanpan/schema/event_json.h"

namespace suanpan::engine::test {
namespace {

struct ToyLent {
  static constexpr std::uint16_t kKind = 120;
  static constexpr std::string_view kName = "toy.lent";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr schema::Encoding kEncoding = schema::Encoding::kStruct;
  static constexpr schema::Origin kOrigin = schema::Origin::kFact;

  struct Fixed {
    NameId toy;
    std::uint32_t zero = 0;
    Fen deposit;
    Fen doubled;  ///< computed
  } fixed;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("toy", s.fixed.toy, schema::Grammar::kRef, schema::Need::kRequired);
    v.Amount("deposit_fen", s.fixed.deposit, schema::Sign::kPositive, schema::Need::kRequired);
    v.Computed();
    v.Amount("doubled_fen", s.fixed.doubled, schema::Sign::kAny, schema::Need::kRequired);
  }
  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.Fixed(s.fixed);
  }
};

struct ToyLentRule {
  using Fact = ToyLent;
  static rules::Verdict Decide(rules::DecideContext& context, schema::Event&, Fact& fact) {
    if (context.state.RoleOf(fact.fixed.toy).role != rules::Role::kParty)
      return schema::Refuse(schema::RefusalCode::unknown_ref, "toy");
    fact.fixed.doubled = Fen{2 * fact.fixed.deposit.value()};
    return std::nullopt;
  }
};

Json ToyFact(std::string_view toy, int deposit) {
  return FactOf("toy.lent", {{"toy", toy}, {"deposit_fen", deposit}});
}

TEST(ToyKind, IsDecidedStoredRepeatedAndReadBack) {
  rules::Catalogue catalogue;
  rules::Catalogue::AddStandard(catalogue);
  catalogue.Add<ToyLentRule>();
  LedgerHolder holder{MakeMemoryHome(), {}, &catalogue};
  holder.Commit(OpeningOf("zz"));
  const Json refused = holder.Send(CommandOf("zz", "toys/1", {ToyFact("t-none", 5)}));
  EXPECT_EQ(refused["code"], "unknown_ref");
  EXPECT_EQ(refused["field"], "toy");
  const Json negative = holder.Send(CommandOf("zz", "toys/1", {ToyFact("v-1", -5)}));
  EXPECT_EQ(negative["field"], "deposit_fen");
  const Json answer = holder.Send(CommandOf("zz", "toys/1", {ToyFact("v-1", 21)}));
  ASSERT_EQ(answer["result"], "committed") << answer;
  EXPECT_EQ(answer["events"][0]["doubled_fen"], "42");
  EXPECT_EQ(holder.Send(CommandOf("zz", "toys/1", {ToyFact("v-1", 21)}))["result"], "duplicate");
  EXPECT_EQ(holder.Send(CommandOf("zz", "toys/1", {ToyFact("v-1", 22)}))["field"], "deposit_fen");
  const SealedHead sealed = holder.Seal("zz");
  holder.Reopen();
  EXPECT_EQ(holder.Seal("zz").state, sealed.state);
  EXPECT_EQ(holder.Send(CommandOf("zz", "toys/1", {ToyFact("v-1", 21)}))["answer"].dump(),
            answer.dump());
}

TEST(ToyKind, StopsAnEngineThatDoesNotKnowIt) {
  rules::Catalogue catalogue;
  rules::Catalogue::AddStandard(catalogue);
  catalogue.Add<ToyLentRule>();
  const std::shared_ptr<store::EventStore> store = MakeMemoryHome()->Open();
  LedgerOptions options;
  options.clock = [] { return *ParseInstant(kLedgerStart); };
  {
    class Home final : public StoreHome {
     public:
      explicit Home(std::shared_ptr<store::EventStore> store) : store_(std::move(store)) {}
      std::unique_ptr<store::EventStore> Open() override {
        return std::make_unique<ForwardingStore>(store_);
      }

     private:
      std::shared_ptr<store::EventStore> store_;
    };
    LedgerHolder holder{std::make_unique<Home>(store), {}, &catalogue};
    holder.Commit(OpeningOf("zz"));
    holder.Commit(CommandOf("zz", "toys/1", {ToyFact("v-1", 21)}));
  }
  const auto opened = Ledger::Open(std::make_unique<ForwardingStore>(store), options);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code(), StatusCode::kFailedPrecondition);
  EXPECT_NE(opened.error().message().find("entry 2"), std::string_view::npos)
      << opened.error().ToString();
}

}  // namespace
}  // namespace suanpan::engine::test
