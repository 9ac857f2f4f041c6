#include "import_run.h"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "csv_sample.h"
#include "src/rocksdb/open_on.h"
#include "src/submitter.h"
#include "suanpan/import/csv_import.h"
#include "suanpan/proof/sha256.h"
#include "suanpan/schema/schema_files.h"
#include "suanpan/store/rocksdb_store.h"

namespace suanpan::fault {
namespace {

namespace fs = std::filesystem;

/// Each answer is in the file as soon as it is given, whatever becomes of the process.
class AnswerFile {
 public:
  explicit AnswerFile(const fs::path& path) : out_(path) {}
  void Add(std::string_view answer) {
    const auto told = nlohmann::json::parse(answer);
    const auto& first = told.contains("answer") ? told.at("answer") : told;
    out_ << fmt::format("{} {} {}\n", first.at("key").get<std::string>(),
                        first.at("seq").get<std::uint64_t>(), first.at("leaf").get<std::string>());
    out_.flush();
  }

 private:
  std::ofstream out_;
};

/// The file's rows into a ledger, by the parts of the program that do it there.
Status ImportInto(engine::Ledger& ledger, const ImportRun& run, const fs::path& root,
                  Killer& killer) {
  AnswerFile answers{root / "answers"};
  cli::Submitter submitter{
      ledger, {"import", run.batch, false, false}, [&](std::string_view answer, bool refused) {
        SUANPAN_INVARIANT(!refused, "{}", answer);
        answers.Add(answer);
        killer.OnAnswer();
      }};
  const std::string csv = CsvText();
  const std::string digest = ToHex(proof::Sha256(AsBytes(csv)).bytes);
  const std::string other = ToHex(proof::Sha256(AsBytes(digest)).bytes);
  SUANPAN_ASSIGN_OR_RETURN(const import::CsvMap map, import::CsvMap::Parse(CsvMapText()));
  import::MemorySource source{csv};
  SUANPAN_ASSIGN_OR_RETURN(const import::ImportCounts counts,
                           import::ImportCsv(map, source, {"zz", run.other_keys ? other : digest},
                                             [&](const import::CommandText& command) -> Status {
                                               const Result<bool> more =
                                                   submitter.Submit(command.json);
                                               return more.ok() ? Status{} : more.error().Clone();
                                             }));
  SUANPAN_INVARIANT(counts.facts == kCsvRows);
  return submitter.Flush();
}

/// The whole life of a process that imports.
Status RunProcess(const Place& place, const ImportRun& run) {
  const auto [files, env] = MakeFaultyDisk();
  auto* const killer = new Killer{*files, run.kill, place.root};
  files->LoadSynced(place.root / "synced");
  files->WatchWith(killer);
  SUANPAN_ASSIGN_OR_RETURN(std::unique_ptr<store::EventStore> store,
                           store::OpenRocksDbOn(env, place.data(), {}));
  SUANPAN_ASSIGN_OR_RETURN(
      std::unique_ptr<engine::Ledger> ledger,
      OpenForImport(place, std::make_unique<WatchedStore>(std::move(store), *killer), run.later_us,
                    run.guarded));
  const std::uint64_t opening = killer->requests();
  if (run.lies_about_sync) files->LieAboutSync();
  SUANPAN_RETURN_IF_ERROR(ImportInto(*ledger, run, place.root, *killer));
  ledger.reset();
  std::ofstream{place.root / "requests"} << killer->requests() << ' ' << opening;
  return {};
}

std::map<std::string, std::string> ReadAnswers(const fs::path& path) {
  std::map<std::string, std::string> answers;
  std::ifstream in{path};
  std::string line;
  // A line without its end was not told to anybody.
  while (std::getline(in, line) && !in.eof()) {
    const std::size_t space = line.find(' ');
    answers[line.substr(0, space)] = line.substr(space + 1);
  }
  return answers;
}

}  // namespace

void PrepareImport(const Place& place) {
  RunAndCrash([&] {
    MakePlace(place);
    const auto ledger =
        OpenForImport(place, store::OpenRocksDb(place.data(), {}).value(), 0, Guarded::kYes)
            .value();
    schema::CommandParser parser{rules::Catalogue::Standard().kinds()};
    const auto command = parser.Parse(CsvOpening());
    const engine::Submission opening =
        ledger->Submit(std::get<schema::Command>(command), "cli").value();
    SUANPAN_INVARIANT(opening.outcome == engine::Submission::Outcome::kAccepted, "{}",
                      ledger->AnswerJson(opening).value());
    SUANPAN_INVARIANT(ledger->WaitDurable(opening).ok());
  });
}

RunResult RunImport(const Place& place, const ImportRun& run) {
  for (const char* name : {"answers", "killed", "requests"}) fs::remove(place.root / name);
  RunResult result;
  result.killed = RunAndSeeIfKilled([&] {
    const Status status = RunProcess(place, run);
    SUANPAN_INVARIANT(status.ok(), "{}", status.ToString());
  });
  std::getline(std::ifstream{place.root / "killed"}, result.where);
  std::ifstream{place.root / "requests"} >> result.requests >> result.opening;
  result.answers = ReadAnswers(place.root / "answers");
  return result;
}

Result<std::unique_ptr<engine::Ledger>> OpenForImport(const Place& place,
                                                      std::unique_ptr<store::EventStore> store,
                                                      std::int64_t later_us, Guarded guarded) {
  engine::LedgerOptions options;
  options.schema = {schema::kSchemaVersion, proof::Sha256(schema::SchemaFiles().front().compiled)};
  options.clock = [later_us] {
    return InstantUs{ParseInstant("2025-08-01T00:00:00Z")->value() + later_us};
  };
  if (guarded == Guarded::kYes) {
    SUANPAN_ASSIGN_OR_RETURN(
        options.guard, engine::Guard::Open(place.guard(), Vkey(), engine::Guard::Mode::kWrite));
  }
  return engine::Ledger::Open(std::move(store), std::move(options));
}

}  // namespace suanpan::fault
