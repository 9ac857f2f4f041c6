// Replay verify: equal on a good log, and every planted difference found and named.

#include <algorithm>

#include "replay_fixture.h"
#include "suanpan/engine/checkpoint_record.h"
#include "suanpan/replay/verify.h"
#include "suanpan/store/memory_store.h"
#include "support/forwarding_store.h"

namespace suanpan::replay::test {
namespace {

using engine::CheckpointRecord;
using store::StoredCheckpoint;

constexpr std::size_t kCommandsPerCheckpoint = 40;

/// Entries and the records that the writer left on the way.
struct SignedLog {
  std::vector<std::string> entries;
  std::vector<StoredCheckpoint> checkpoints;
};

const SignedLog& GoodLog() {
  static const SignedLog log = [] {
    TestLedger ledger{store::MakeMemoryStore()};
    std::size_t commands = 0;
    const Status made = community_year::GenerateYear(SmallYear(12), [&](std::string_view command) {
      ledger.Submit(command);
      if (++commands % kCommandsPerCheckpoint == 0) ledger.SignAll();
      return Status{};
    });
    EXPECT_TRUE(made.ok()) << made.ToString();
    ledger.SignAll();
    const store::EventReader& reader = ledger.ledger().reader();
    return SignedLog{suanpan::test::EntriesOf(reader, kFirstBook),
                     reader.Checkpoints(kFirstBook).value()};
  }();
  return log;
}

/// Puts the records into the store like its writer.
void PutAll(store::EventStore& store, const std::vector<StoredCheckpoint>& checkpoints) {
  for (const StoredCheckpoint& checkpoint : checkpoints) {
    const Status put = store.PutCheckpoint(kFirstBook, checkpoint.size, AsBytes(checkpoint.bytes));
    ASSERT_TRUE(put.ok()) << put.ToString();
  }
}

StoredCheckpoint Changed(const StoredCheckpoint& from,
                         const std::function<void(CheckpointRecord&)>& change) {
  CheckpointRecord record = engine::DecodeCheckpointRecord(from.size, AsBytes(from.bytes)).value();
  change(record);
  return {from.size, engine::EncodeCheckpointRecord(record)};
}

engine::SectionRoot& SectionOf(CheckpointRecord& record, rules::StateSectionNo number) {
  auto& sections = record.state.sections;
  const auto at = std::find_if(sections.begin(), sections.end(),
                               [&](const auto& section) { return section.number == number; });
  SUANPAN_INVARIANT(at != sections.end(), "no such section");
  return *at;
}

/// "17 section accounts|17 state root": where and what, in the order found.
std::string Named(const ReplayVerification& result) {
  std::string text;
  for (const ReplayDifference& difference : result.differences) {
    EXPECT_NE(difference.expected, difference.actual);
    text +=
        fmt::format("{}{} {}", text.empty() ? "" : "|", difference.seq.value(), difference.what);
  }
  return text;
}

/// On one thread; on two it must be the same to the letter.
ReplayVerification Verified(const store::EventReader& reader, ReplayOptions options = {}) {
  const ReplayVerification alone = VerifyBook(reader, kFirstBook, options).value();
  options.decode_ahead = true;
  const ReplayVerification ahead = VerifyBook(reader, kFirstBook, options).value();
  EXPECT_EQ(Named(ahead), Named(alone));
  EXPECT_EQ(ahead.state, alone.state);
  EXPECT_EQ(ahead.checkpoints, alone.checkpoints);
  return alone;
}

/// A store with the good log's entries, under other records.
std::string NamedWith(store::EventStore& store, const std::vector<StoredCheckpoint>& checkpoints) {
  PutAll(store, checkpoints);
  return Named(Verified(store));
}

/// Another log under the good one's records, which a store would not take for it.
class UnderGoodRecords final : public suanpan::test::ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;
  Result<std::vector<StoredCheckpoint>> Checkpoints(BookNo) const override {
    return GoodLog().checkpoints;
  }
};

std::string NamedOn(std::unique_ptr<store::EventStore> log) {
  return Named(Verified(UnderGoodRecords{std::move(log)}));
}

/// The one difference: where, what, and what the replay said.
std::string OneOn(std::unique_ptr<store::EventStore> log) {
  const ReplayVerification result = Verified(UnderGoodRecords{std::move(log)});
  return result.differences.empty() ? "" : Named(result) + ": " + result.differences[0].actual;
}

/// "5 WHAT|9 WHAT" for every record from `from` on.
std::string AtAll(std::string_view what, std::uint64_t from) {
  std::string text;
  for (const StoredCheckpoint& checkpoint : GoodLog().checkpoints) {
    if (checkpoint.size.value() < from) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : "|", checkpoint.size.value(), what);
  }
  return text;
}

TEST_P(ReplayTest, AGoodLogIsEqualAtEveryRecord) {
  ASSERT_GT(GoodLog().checkpoints.size(), 3U);
  const auto store = StoreOf(GoodLog().entries);
  PutAll(*store, GoodLog().checkpoints);
  const ReplayVerification result = Verified(*store);
  EXPECT_EQ(Named(result), "");
  EXPECT_EQ(result.checkpoints, GoodLog().checkpoints.size());
  EXPECT_EQ(result.head.value(), GoodLog().entries.size());
  EXPECT_EQ(result.state.seq, result.head);
}

TEST_P(ReplayTest, UpToAPositionOnlyTheRecordsUpToItAreCompared) {
  const auto store = StoreOf(GoodLog().entries);
  PutAll(*store, GoodLog().checkpoints);
  ReplayOptions options;
  options.until = Seq{GoodLog().checkpoints[1].size.value()};
  const ReplayVerification result = Verified(*store, options);
  EXPECT_EQ(Named(result), "");
  EXPECT_EQ(result.checkpoints, 2U);
  ReplayOptions before_all;
  before_all.recorded_until = InstantUs{0};
  EXPECT_EQ(Named(Verified(*store, before_all)), "") << "a log seen early is not a shorter log";
}

TEST_P(ReplayTest, AChangedSectionOfARecordIsNamedThoughTheRootBesideItIsRight) {
  std::vector<StoredCheckpoint> records = GoodLog().checkpoints;
  records[1] = Changed(records[1], [](CheckpointRecord& record) {
    SectionOf(record, rules::StateSectionNo::kAccounts).root.bytes[31] ^= 1U;
  });
  const std::uint64_t at = records[1].size.value();
  EXPECT_EQ(NamedWith(*StoreOf(GoodLog().entries), records),
            fmt::format("{} section accounts", at));
  records[1] = Changed(GoodLog().checkpoints[1], [](CheckpointRecord& record) {
    ++SectionOf(record, rules::StateSectionNo::kFunds).leaves;
  });
  EXPECT_EQ(NamedWith(*StoreOf(GoodLog().entries), records), fmt::format("{} section funds", at));
}

TEST_P(ReplayTest, AChangedStateRootASectionTooManyAndOneTooFewAreNamed) {
  std::vector<StoredCheckpoint> records = GoodLog().checkpoints;
  records[0] = Changed(records[0], [](CheckpointRecord& record) { record.state.root = {}; });
  records[2] = Changed(records[2], [](CheckpointRecord& record) {
    record.state.sections.erase(record.state.sections.begin());  // the book
    record.state.sections.push_back({rules::StateSectionNo::kBills, 1, {}});
    std::ranges::sort(record.state.sections, {}, &engine::SectionRoot::number);
  });
  EXPECT_EQ(NamedWith(*StoreOf(GoodLog().entries), records),
            fmt::format("{0} state root|{1} section book|{1} section bills",
                        records[0].size.value(), records[2].size.value()));
}

TEST_P(ReplayTest, ASignedNoteOfAnotherTreeIsNamed) {
  std::vector<StoredCheckpoint> records = GoodLog().checkpoints;
  const std::string other =
      engine::DecodeCheckpointRecord(records[0].size, AsBytes(records[0].bytes)).value().note;
  records[1] = Changed(records[1], [&](CheckpointRecord& record) { record.note = other; });
  EXPECT_EQ(NamedWith(*StoreOf(GoodLog().entries), records),
            fmt::format("{} tree root", records[1].size.value()));
}

TEST_P(ReplayTest, ARecordThatDoesNotReadIsNamedAndTheOthersAreStillCompared) {
  std::vector<StoredCheckpoint> records = GoodLog().checkpoints;
  records[0].bytes.resize(20);
  records[1] = Changed(records[1], [](CheckpointRecord& record) { record.note = "no note"; });
  records.back() = Changed(records.back(), [](CheckpointRecord& r) { r.state.root = {}; });
  EXPECT_EQ(
      NamedWith(*StoreOf(GoodLog().entries), records),
      fmt::format("{} checkpoint record|{} checkpoint record|{} state root",
                  records[0].size.value(), records[1].size.value(), records.back().size.value()));
}

TEST_P(ReplayTest, ARecordOfAnEmptyLogIsNoted) {
  std::vector<StoredCheckpoint> records = GoodLog().checkpoints;
  records.insert(records.begin(), {TreeSize{0}, records[0].bytes});
  EXPECT_EQ(NamedWith(*StoreOf(GoodLog().entries), records), "0 log")
      << "and the records after it are still compared";
}

TEST_P(ReplayTest, ALogThatLostEntriesIsNamedByTheRecordsOfThem) {
  std::vector<std::string> entries = GoodLog().entries;
  entries.resize(GoodLog().checkpoints[1].size.value());
  EXPECT_EQ(NamedOn(StoreOf(entries)), AtAll("log", GoodLog().checkpoints[2].size.value()));
}

TEST_P(ReplayTest, AnEntryWhoseBytesChangedWithoutChangingTheStateShowsInTheTreeAlone) {
  std::vector<std::string> entries = GoodLog().entries;
  const std::size_t at = GoodLog().checkpoints[1].size.value() - 1;
  entries[at] = Flipped(entries[at], 8);  // the lowest byte of recorded_us
  EXPECT_EQ(NamedOn(StoreOf(entries)), AtAll("tree root", at + 1));
}

TEST_P(ReplayTest, AnEntryThatDoesNotReadIsADifferenceThatNamesIt) {
  std::vector<std::string> entries = GoodLog().entries;
  entries[29] = Flipped(entries[29], 0);
  const std::string one = OneOn(StoreOf(entries));
  EXPECT_TRUE(one.starts_with("0 log: entry 30: ")) << one;
}

TEST_P(ReplayTest, ABlockThatStatesAnotherRootIsADifferenceThatNamesItsLastEntry) {
  const std::string one =
      OneOn(StoreOf(GoodLog().entries, {.entries_max = 10, .wrong_root_at = Seq{33}}));
  EXPECT_TRUE(one.starts_with("0 log: ")) << one;
  EXPECT_NE(one.find("entry 40"), std::string::npos) << one;
}

/// A kind of these tests; what it does to the state is the parameter of its rule.
struct LampHung {
  static constexpr std::uint16_t kKind = 101;
  static constexpr std::string_view kName = "lamp.hung";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr schema::Encoding kEncoding = schema::Encoding::kTable;
  static constexpr schema::Origin kOrigin = schema::Origin::kFact;

  NameId street;
  Fen worth;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("street", s.street, schema::Grammar::kRef, schema::Need::kRequired);
    v.Amount("worth_fen", s.worth, schema::Sign::kPositive, schema::Need::kRequired);
  }
};

template <int kTimes, bool kRegisters>
struct LampRule {
  using Fact = LampHung;
  static void Post(const rules::BookState&, const Fact& fact, rules::PostingSink& sink) {
    const Fen amount{kTimes * fact.worth.value()};
    sink.Post({rules::AccountClass::kPledgeReceived, {}, fact.street, {}}, amount);
    sink.Post({rules::AccountClass::kPledgeUndertaken, {}, fact.street, {}}, Fen{-amount.value()});
  }
  static Status Apply(rules::BookState& state, Address, const schema::Event&, const Fact&) {
    if (kRegisters) state.calendar.Edit().schema_version += 1;
    return {};
  }
};

template <class R>
const rules::Catalogue& CatalogueWith() {
  static const rules::Catalogue* const catalogue = [] {
    auto* made = new rules::Catalogue;  // lives as long as the process
    rules::Catalogue::AddStandard(*made);
    made->Add<R>();
    return made;
  }();
  return *catalogue;
}

TEST_P(ReplayTest, ARuleThatAppliesDifferentlyFromTheWritersIsFoundAndItsSectionNamed) {
  using Writers = LampRule<1, false>;
  TestLedger ledger{EmptyStore(), {}, &CatalogueWith<Writers>()};
  ledger.AddYear(SmallYear(3));
  ledger.SignAll();
  ledger.Submit(R"({"book":"jx-001","key":"lamp/1","facts":[{"kind":"lamp.hung",)"
                R"("occurred_at":"2025-06-01T12:00:00+08:00","actor":"p-1","street":"s-1",)"
                R"("worth_fen":"250"}]})");
  ledger.SignAll();
  const store::EventReader& reader = ledger.ledger().reader();
  const std::uint64_t head = ledger.ledger().Seal("jx-001").value().size.value();
  const auto named_by = [&](const rules::Catalogue& catalogue) {
    ReplayOptions options;
    options.catalogue = &catalogue;
    return Named(Verified(reader, options));
  };
  EXPECT_EQ(named_by(CatalogueWith<Writers>()), "");
  EXPECT_EQ(named_by(CatalogueWith<LampRule<2, false>>()),
            fmt::format("{0} state root|{0} section accounts", head));
  EXPECT_EQ(named_by(CatalogueWith<LampRule<1, true>>()),
            fmt::format("{0} state root|{0} section book", head));
  EXPECT_EQ(named_by(rules::Catalogue::Standard()), "0 log") << "a kind that it does not know";
}

}  // namespace

}  // namespace suanpan::replay::test
