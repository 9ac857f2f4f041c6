#include "support/community.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <map>
#include <tuple>

#include "suanpan/proof/sha256.h"
#include "suanpan/schema/command_json.h"
#include "suanpan/schema/schema_files.h"
#include "suanpan/store/memory_store.h"
#include "suanpan/store/rocksdb_store.h"
#include "support/disk.h"

namespace suanpan::bench {
namespace {

const rules::Catalogue& Kinds() { return rules::Catalogue::Standard(); }

/// Each book's commands as JSON.
std::vector<std::vector<std::string>> MakeLines(community_year::YearOptions options,
                                                std::uint32_t books) {
  std::vector<std::vector<std::string>> lines(books);
  for (std::uint32_t book = 0; book < books; ++book) {
    options.first_community = book;
    const Status made = community_year::GenerateYear(options, [&](std::string_view json) {
      lines[book].emplace_back(json);
      return Status{};
    });
    SUANPAN_INVARIANT(made.ok(), "{}", made.ToString());
  }
  return lines;
}

/// Hands the books' commands to a ledger in turns, and keeps them.
void SubmitInTurns(const std::vector<std::vector<std::string>>& lines, engine::Ledger& ledger,
                   TypedCommands& commands) {
  schema::CommandParser parser{Kinds().kinds()};
  std::size_t longest = 0;
  for (const auto& of_book : lines) longest = std::max(longest, of_book.size());
  for (std::size_t i = 0; i < longest; ++i) {
    for (const auto& of_book : lines) {
      if (i >= of_book.size()) continue;
      const auto parsed = parser.Parse(of_book[i]);
      const auto* command = std::get_if<schema::Command>(&parsed);
      SUANPAN_INVARIANT(command != nullptr, "{}", of_book[i]);
      Accepted(ledger, *command);
      commands.Add(*command);
    }
  }
}

std::unique_ptr<Community> Make(const community_year::YearOptions& options, std::uint32_t books) {
  auto community = std::make_unique<Community>();
  const auto ledger = engine::Ledger::Open(store::MakeMemoryStore(), FixedClock()).value();
  SubmitInTurns(MakeLines(options, books), *ledger, community->commands);
  for (std::uint32_t book = 0; book < books; ++book) {
    const std::string ref = community_year::BookName(book);
    community->books.push_back({ref, ledger->Seal(ref).value()});
    community->events += EventsOf(ledger->reader(), ledger->NumberOf(ref).value());
  }
  return community;
}

std::uint32_t DaysOf(std::uint32_t books, std::uint32_t part) {
  if (Smoke()) return 2;
  const std::uint32_t days = Quick() ? community_year::kDaysMax / 6 : community_year::kDaysMax;
  return std::max(1U, days / (books * part));
}

}  // namespace

std::uint64_t EventsOf(const store::EventReader& reader, BookNo book) {
  std::uint64_t events = 0;
  const auto cursor = reader.ReadBlocks(book, Seq{1}).value();
  while (const std::optional<ByteSpan> block = cursor->Next().value())
    events += store::ReadBlockHeader(*block)->events;
  return events;
}

engine::LedgerOptions FixedClock() {
  engine::LedgerOptions options;
  options.schema = {schema::kSchemaVersion, proof::Sha256(schema::SchemaFiles().front().compiled)};
  options.clock = [now = *ParseInstant("2026-03-01T00:00:00Z")] { return now; };
  return options;
}

const Community& CommunityOf(std::uint32_t facts_per_command, community_year::KeyForm key_form,
                             std::uint32_t books, std::uint32_t part) {
  using Key = std::tuple<std::uint32_t, community_year::KeyForm, std::uint32_t, std::uint32_t>;
  static std::map<Key, std::unique_ptr<Community>> made;
  std::unique_ptr<Community>& community = made[{facts_per_command, key_form, books, part}];
  if (community == nullptr) {
    community_year::YearOptions options;
    options.days = DaysOf(books, part);
    options.facts_per_command = facts_per_command;
    options.key_form = key_form;
    community = Make(options, books);
  }
  return *community;
}

std::unique_ptr<engine::Ledger> NewLedger(const BenchDirectory& directory, BlockGroups* groups) {
  auto store = store::OpenRocksDb(directory / "data", {.create = true}).value();
  if (groups != nullptr) store = std::make_unique<RecordingStore>(std::move(store), *groups);
  constexpr std::string_view kOwner = "bench";
  SUANPAN_INVARIANT(engine::Guard::Create(directory / "guard", kOwner).ok());
  engine::LedgerOptions options = FixedClock();
  options.guard =
      engine::Guard::Open(directory / "guard", kOwner, engine::Guard::Mode::kWrite).value();
  return engine::Ledger::Open(std::move(store), std::move(options)).value();
}

engine::Submission Accepted(engine::Ledger& ledger, const schema::Command& command) {
  engine::Submission submission = ledger.Submit(command, kSource).value();
  SUANPAN_INVARIANT(submission.outcome == engine::Submission::Outcome::kAccepted, "{}",
                    ToText(submission.refusal.code));
  return submission;
}

void HandIn(engine::Ledger& ledger, std::span<const schema::Command> commands,
            std::size_t together) {
  std::deque<engine::Submission> under_way;
  const auto answer_first = [&](std::size_t count) {
    for (; count > 0; --count, under_way.pop_front()) {
      const Status status = ledger.WaitDurable(under_way.front());
      SUANPAN_INVARIANT(status.ok(), "{}", status.ToString());
    }
  };
  for (const schema::Command& command : commands) {
    under_way.push_back(Accepted(ledger, command));
    if (under_way.size() == together) answer_first(std::max<std::size_t>(together / 2, 1));
  }
  answer_first(under_way.size());
}

double Append(engine::Ledger& ledger, const Community& community, std::size_t together) {
  SettleDisk();
  const auto begin = std::chrono::steady_clock::now();
  HandIn(ledger, community.commands.all(), together);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void MakeDataDirectory(const std::string& path, const Community& community, std::size_t together) {
  auto store = store::OpenRocksDb(path, {.create = true}).value();
  const auto ledger = engine::Ledger::Open(std::move(store), FixedClock()).value();
  Append(*ledger, community, together);
}

}  // namespace suanpan::bench
