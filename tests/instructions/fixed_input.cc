#include "fixed_input.h"

#include <algorithm>
#include <limits>

#include "grouped_store.h"
#include "suanpan/replay/replayer.h"
#include "suanpan/schema/command_json.h"
#include "suanpan/store/memory_store.h"
#include "suanpan/store/rocksdb_store.h"
#include "support/export.h"

namespace suanpan::instructions {

using engine::Ledger;

std::unique_ptr<FixedInput> MakeInput(std::uint32_t facts_per_command) {
  community_year::YearOptions options;
  options.days = kDays;
  options.facts_per_command = facts_per_command;
  auto input = std::make_unique<FixedInput>();
  input->book = community_year::BookName(0);
  const auto ledger = Ledger::Open(store::MakeMemoryStore(), bench::FixedClock()).value();
  schema::CommandParser parser{rules::Catalogue::Standard().kinds()};
  const Status made = community_year::GenerateYear(options, [&](std::string_view json) {
    const auto parsed = parser.Parse(json);
    const schema::Command& command = std::get<schema::Command>(parsed);
    bench::Accepted(*ledger, command);
    input->commands.Add(command);
    return Status{};
  });
  SUANPAN_INVARIANT(made.ok(), "{}", made.ToString());
  input->expected = ledger->Seal(input->book).value();
  const BookNo book = ledger->NumberOf(input->book).value();
  input->events = replay::ReplayBook(ledger->reader(), book, {}).value().events;
  return input;
}

void AppendInGroups(const std::shared_ptr<store::EventStore>& store, const FixedInput& input,
                    std::uint32_t facts_per_command, const std::function<void()>& begin,
                    const std::function<void()>& end) {
  auto grouped = std::make_unique<GroupedStore>(store);
  GroupedStore& groups = *grouped;
  auto ledger = Ledger::Open(std::move(grouped), bench::FixedClock()).value();
  const std::vector<schema::Command>& commands = input.commands.all();
  const std::size_t together = kFactsTogether / facts_per_command;
  for (std::size_t done = 0; done < commands.size();) {
    if (done == 1) begin();
    // The committer waits for the first entry of all, and goes off with it alone.
    const std::size_t last = done == 0 ? 1 : std::min(done + together, commands.size());
    engine::Submission submission;
    while (done < last) submission = bench::Accepted(*ledger, commands[done++]);
    groups.LetGo(Seq{last});
    const Status status = ledger->WaitDurable(submission);
    SUANPAN_INVARIANT(status.ok(), "{}", status.ToString());
  }
  groups.LetGo(Seq{std::numeric_limits<std::uint64_t>::max()});
  ledger.reset();
  end();
}

void MakeData(const std::string& path, const FixedInput& input) {
  const std::shared_ptr<store::EventStore> store =
      store::OpenRocksDb(path, {.create = true}).value();
  const auto nothing = [] {};
  AppendInGroups(store, input, 1, nothing, nothing);
}

std::string Export(const std::string& data, const std::string& out, const FixedInput& input) {
  const auto signer = proof::Signer::FromSeed("instructions.example", proof::Ed25519Seed{}).value();
  const Status exported = bench::ExportBook(data, out, {input.book, input.expected}, signer);
  SUANPAN_INVARIANT(exported.ok(), "{}", exported.ToString());
  return proof::ToText(signer.verifier());
}

}  // namespace suanpan::instructions
