#include "support/community.h"

#include <chrono>
#include <map>

#include "suanpan/proof/sha256.h"
#include "suanpan/schema/command_json.h"
#include "suanpan/schema/schema_files.h"
#include "suanpan/store/memory_store.h"
#include "suanpan/store/rocksdb_store.h"
#include "support/bench_directory.h"

namespace suanpan::bench {
namespace {

constexpr std::uint32_t kDays = 105;
constexpr std::uint32_t kSmokeDays = 2;

const rules::Catalogue& Kinds() { return rules::Catalogue::Standard(); }

std::uint64_t CountEvents(const store::EventReader& reader, BookNo book) {
  std::uint64_t events = 0;
  const auto cursor = reader.ReadBlocks(book, Seq{1}).value();
  while (const std::optional<ByteSpan> block = cursor->Next().value())
    events += store::ReadBlockHeader(*block)->events;
  return events;
}

std::unique_ptr<Community> Make(const community_year::YearOptions& options) {
  auto community = std::make_unique<Community>();
  community->book = community_year::BookName(0);
  const auto ledger = engine::Ledger::Open(store::MakeMemoryStore(), FixedClock()).value();
  schema::CommandParser parser{Kinds().kinds()};
  const auto take = [&](std::string_view json) {
    const auto parsed = parser.Parse(json);
    const auto* command = std::get_if<schema::Command>(&parsed);
    SUANPAN_INVARIANT(command != nullptr, "{}", json);
    const engine::Submission submission = ledger->Submit(*command, kSource).value();
    SUANPAN_INVARIANT(submission.outcome == engine::Submission::Outcome::kAccepted, "{}", json);
    community->commands.Add(*command);
    return Status{};
  };
  const Status made = community_year::GenerateYear(options, take);
  SUANPAN_INVARIANT(made.ok(), "{}", made.ToString());
  community->expected = ledger->Seal(community->book).value();
  community->events = CountEvents(ledger->reader(), ledger->NumberOf(community->book).value());
  return community;
}

}  // namespace

engine::LedgerOptions FixedClock() {
  engine::LedgerOptions options;
  options.schema = {schema::kSchemaVersion, proof::Sha256(schema::SchemaFiles().front().compiled)};
  options.clock = [] { return *ParseInstant("2026-03-01T00:00:00Z"); };
  return options;
}

const Community& CommunityOf(std::uint32_t facts_per_command, community_year::KeyForm key_form) {
  static std::map<std::pair<std::uint32_t, community_year::KeyForm>, std::unique_ptr<Community>>
      made;
  std::unique_ptr<Community>& community = made[{facts_per_command, key_form}];
  if (community == nullptr) {
    community_year::YearOptions options;
    options.days = Smoke() ? kSmokeDays : kDays;
    options.facts_per_command = facts_per_command;
    options.key_form = key_form;
    community = Make(options);
  }
  return *community;
}

double Append(engine::Ledger& ledger, const Community& community, std::size_t together) {
  const auto begin = std::chrono::steady_clock::now();
  std::size_t handed_in = 0;
  engine::Submission last;
  for (const schema::Command& command : community.commands.all()) {
    last = ledger.Submit(command, kSource).value();
    SUANPAN_INVARIANT(last.outcome == engine::Submission::Outcome::kAccepted, "{}",
                      ToText(last.refusal.code));
    if (++handed_in % together != 0) continue;
    const Status status = ledger.WaitDurable(last);
    SUANPAN_INVARIANT(status.ok(), "{}", status.ToString());
  }
  const Status status = ledger.WaitDurable(last);
  SUANPAN_INVARIANT(status.ok(), "{}", status.ToString());
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void MakeDataDirectory(const std::string& path, const Community& community) {
  auto store = store::OpenRocksDb(path, {.create = true}).value();
  const auto ledger = engine::Ledger::Open(std::move(store), FixedClock()).value();
  Append(*ledger, community, 1000);
}

}  // namespace suanpan::bench
