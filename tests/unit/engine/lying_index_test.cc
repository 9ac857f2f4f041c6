// An index of keys that lies while the ledger runs: an error, never an answer of another command
// and never a second entry for a bound counter.

#include "ledger_fixture.h"
#include "suanpan/schema/command_json.h"
#include "suanpan/store/memory_store.h"

namespace suanpan::engine::test {
namespace {

constexpr std::string_view kUuid = "01941ed7-2b48-7fb3-ac5f-81755e616b92";

/// What FindKey gives instead of the truth; all else is as it was written.
class LyingStore final : public ForwardingStore {
 public:
  using Lie = std::function<std::optional<Seq>(std::optional<Seq> truth)>;
  LyingStore(std::shared_ptr<store::EventStore> inner, Lie lie)
      : ForwardingStore(std::move(inner)), lie_(std::move(lie)) {}

  Result<std::optional<Seq>> FindKey(BookNo book, NameId source,
                                     const store::CommandKey& key) const override {
    SUANPAN_ASSIGN_OR_RETURN(const std::optional<Seq> truth,
                             ForwardingStore::FindKey(book, source, key));
    return lie_(truth);
  }

 private:
  Lie lie_;
};

/// Book `zz` with the opening (1), till/1 (2), a UUID (3) and till/2 (4).
class LyingIndex : public testing::Test {
 protected:
  LyingIndex() {
    const auto ledger = OpenOn(std::make_unique<ForwardingStore>(store_));
    for (const std::string& command : {OpeningOf("zz"), SaleOf("zz", 1), random_, SaleOf("zz", 2)})
      EXPECT_OK(ledger->WaitDurable(Submit(*ledger, command).value()));
  }
  static LedgerOptions Options() {
    LedgerOptions options;
    options.clock = [] { return *ParseInstant(kLedgerStart); };
    return options;
  }
  static std::unique_ptr<Ledger> OpenOn(std::unique_ptr<store::EventStore> store) {
    return Ledger::Open(std::move(store), Options()).value();
  }
  static Result<Submission> Submit(Ledger& ledger, const std::string& command) {
    schema::CommandParser parser{rules::Catalogue::Standard().kinds()};
    const auto parsed = parser.Parse(command);
    return ledger.Submit(std::get<schema::Command>(parsed), kTill);
  }
  std::unique_ptr<Ledger> Lying(LyingStore::Lie lie) {
    return OpenOn(std::make_unique<LyingStore>(store_, std::move(lie)));
  }
  /// The text of the error that all of the commands give.
  static void ExpectError(Ledger& ledger, const std::vector<std::string>& commands,
                          std::string_view text) {
    for (const std::string& command : commands) {
      const Result<Submission> submission = Submit(ledger, command);
      ASSERT_FALSE(submission.ok()) << command;
      EXPECT_EQ(submission.error().code(), StatusCode::kCorruption);
      EXPECT_NE(submission.error().message().find(text), std::string_view::npos)
          << submission.error().ToString();
    }
    EXPECT_EQ(ledger.Seal("zz").value().size, TreeSize{4}) << "nothing was appended";
  }
  store::KeyBinding BindingOf(std::uint64_t seq) {
    std::optional<store::KeyBinding> found;
    EXPECT_OK(store_->VisitKeys(BookNo{1}, [&](const store::KeyBinding& binding) {
      if (binding.seq == Seq{seq}) found = binding;
      return Status{};
    }));
    return found.value();
  }

  const std::string random_ = CommandOf("zz", kUuid, {SaleFact("5", "0")});
  std::shared_ptr<store::EventStore> store_ = store::MakeMemoryStore();
};

TEST_F(LyingIndex, LeadingToTheEntryOfAnotherKeyIsAnError) {
  const auto ledger = Lying([](std::optional<Seq>) { return Seq{4}; });
  ExpectError(*ledger, {SaleOf("zz", 1), random_}, "to entry 4, which has another key");
  EXPECT_EQ(Submit(*ledger, SaleOf("zz", 2))->outcome, Submission::Outcome::kDuplicate);
}

TEST_F(LyingIndex, LeadingToAnEqualCommandOfAnotherKeyIsAnErrorToo) {
  // till/1 and till/2 sell the same: without a look at the key it would be a duplicate.
  const auto ledger = Lying([](std::optional<Seq>) { return Seq{2}; });
  ExpectError(*ledger, {SaleOf("zz", 2)}, "leads from key till/2 to entry 2");
}

TEST_F(LyingIndex, LeadingBeyondTheLogIsAnError) {
  const auto ledger = Lying([](std::optional<Seq>) { return Seq{99}; });
  EXPECT_FALSE(Submit(*ledger, random_).ok());
}

TEST_F(LyingIndex, WithoutACounterThatIsBoundIsAnError) {
  const auto ledger = Lying([](std::optional<Seq>) { return std::optional<Seq>{}; });
  ExpectError(*ledger, {SaleOf("zz", 1), SaleOf("zz", 2)}, "is bound, but the index");
}

TEST_F(LyingIndex, ThatDoesNotAgreeIsRefusedToADryLedgerAndMendedByAWriter) {
  store::KeyBinding wrong = BindingOf(3);
  wrong.seq = Seq{4};
  EXPECT_OK(store_->WriteKeys(BookNo{1}, {&wrong, 1}, Seq{4}));
  const auto dry = Ledger::OpenDry(std::make_unique<ForwardingStore>(store_), Options());
  ASSERT_FALSE(dry.ok());
  EXPECT_NE(dry.error().message().find("suanpan replay rebuild"), std::string_view::npos);
  EXPECT_EQ(Submit(*OpenOn(std::make_unique<ForwardingStore>(store_)), random_)->outcome,
            Submission::Outcome::kDuplicate);
  EXPECT_EQ(BindingOf(3).key, wrong.key);
  EXPECT_TRUE(Ledger::OpenDry(std::make_unique<ForwardingStore>(store_), Options()).ok());
}

TEST_F(LyingIndex, ThatCannotBeReadForAReasonOfTheSystemIsLeftAsItIs) {
  class Failing final : public ForwardingStore {
   public:
    using ForwardingStore::ForwardingStore;
    Status VisitKeys(BookNo, const store::KeyVisitor&) const override {
      return MakeError(StatusCode::kIo, "input/output error");
    }
    Status ClearKeys() override { return MakeError(StatusCode::kUnknown, "not to be cleared"); }
  };
  const auto ledger = Ledger::Open(std::make_unique<Failing>(store_), Options());
  ASSERT_FALSE(ledger.ok());
  EXPECT_EQ(ledger.error().code(), StatusCode::kIo);
}

}  // namespace
}  // namespace suanpan::engine::test
