// A ledger for trying out.

#include "ledger_fixture.h"
#include "suanpan/schema/command_json.h"
#include "suanpan/store/memory_store.h"

namespace suanpan::engine::test {
namespace {

/// A dry ledger over a memory store that holds the opening and sale 1 of book `zz`.
class DryLedger : public testing::Test {
 protected:
  DryLedger() {
    store_ = store::MakeMemoryStore();
    auto ledger = Ledger::Open(std::make_unique<ForwardingStore>(store_), Options()).value();
    for (const std::string& command : {OpeningOf("zz"), SaleOf("zz", 1)})
      EXPECT_OK(ledger->WaitDurable(SubmitTo(*ledger, command)));
    sealed_ = ledger->Seal("zz").value();
  }
  static LedgerOptions Options() {
    LedgerOptions options;
    options.clock = [] { return *ParseInstant(kLedgerStart); };
    return options;
  }
  static Submission SubmitTo(Ledger& ledger, const std::string& command) {
    schema::CommandParser parser{rules::Catalogue::Standard().kinds()};
    const auto parsed = parser.Parse(command);
    return ledger.Submit(std::get<schema::Command>(parsed), kTill).value();
  }
  std::unique_ptr<Ledger> OpenDry() {
    return Ledger::OpenDry(std::make_unique<ForwardingStore>(store_), Options()).value();
  }
  static Json Send(Ledger& ledger, const std::string& command) {
    const Submission submission = SubmitTo(ledger, command);
    EXPECT_OK(ledger.WaitDurable(submission));
    return Json::parse(ledger.AnswerJson(submission).value());
  }

  std::shared_ptr<store::EventStore> store_;
  SealedHead sealed_;
};

TEST_F(DryLedger, DecidesOneCommandUponTheOtherAndWritesNothing) {
  {
    const auto dry = OpenDry();
    EXPECT_EQ(dry->store(), nullptr);
    EXPECT_EQ(Send(*dry, CommandOf("zz", "office/9", {VendorFact("v-2")}))["seq"], 3);
    EXPECT_EQ(Send(*dry, CommandOf("zz", "office/10", {VendorFact("v-2")}))["code"], "ref_taken");
    const Submission sale = SubmitTo(*dry, CommandOf("zz", "till/2", {SaleFact("1000", "0")}));
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> changes;
    for (const BalanceChange& change : dry->ChangesOf(sale).value())
      changes[change.account] = {change.before.value(), change.after.value()};
    EXPECT_EQ(changes.at("base/ag-1/sales"), (std::pair<std::int64_t, std::int64_t>{-100, -1100}));
    EXPECT_EQ(changes.at("pledge/ag-1/accrued"), (std::pair<std::int64_t, std::int64_t>{4, 104}));
    EXPECT_EQ(Send(*dry, OpeningOf("yy"))["seq"], 1);
    EXPECT_EQ(Send(*dry, SaleOf("yy", 1))["seq"], 2) << "in a book that only the dry run opened";
  }
  const auto again = Ledger::Open(std::make_unique<ForwardingStore>(store_), Options()).value();
  EXPECT_EQ(again->Books(), std::vector<std::string>{"zz"});
  EXPECT_EQ(again->Seal("zz").value().state, sealed_.state);
}

TEST_F(DryLedger, KnowsTheKeysOfTheLogAndOfItsOwnCommands) {
  const auto dry = OpenDry();
  EXPECT_EQ(Send(*dry, SaleOf("zz", 1))["result"], "duplicate");
  const Json first = Send(*dry, SaleOf("zz", 2));
  const Json repeat = Send(*dry, SaleOf("zz", 2));
  EXPECT_EQ(repeat["result"], "duplicate");
  EXPECT_EQ(repeat["answer"].dump(), first.dump());
  EXPECT_EQ(Send(*dry, CommandOf("zz", "till/2", {SaleFact("1", "0")}))["code"], "key_conflict");
}

TEST_F(DryLedger, GivesTheLeafThatTheEntryWouldHave) {
  const Json tried = Send(*OpenDry(), SaleOf("zz", 2));
  const auto ledger = Ledger::Open(std::make_unique<ForwardingStore>(store_), Options()).value();
  EXPECT_EQ(Send(*ledger, SaleOf("zz", 2))["leaf"], tried["leaf"]) << "the clock is the same";
}

TEST_F(DryLedger, FindsKeysThatTheIndexDoesNotHaveYet) {
  const auto lagging = [this] {
    class Lagging final : public ForwardingStore {
     public:
      using ForwardingStore::ForwardingStore;
      Result<Seq> KeyWatermark(BookNo) const override { return Seq{0}; }
      Result<std::optional<Seq>> FindKey(BookNo, NameId, const store::CommandKey&) const override {
        return std::optional<Seq>{};
      }
      Status VisitKeys(BookNo, const store::KeyVisitor&) const override { return {}; }
    };
    return Ledger::OpenDry(std::make_unique<Lagging>(store_), Options()).value();
  };
  EXPECT_EQ(Send(*lagging(), SaleOf("zz", 1))["result"], "duplicate");
}

}  // namespace
}  // namespace suanpan::engine::test
