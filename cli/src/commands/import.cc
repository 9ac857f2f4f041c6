// suanpan import csv

#include <fmt/format.h>

#include <chrono>

#include "src/context.h"
#include "src/directories.h"
#include "src/output.h"
#include "src/progress.h"
#include "src/submitter.h"
#include "suanpan/import/byte_source.h"
#include "suanpan/import/csv_import.h"
#include "suanpan/proof/sha256.h"
#include "suanpan/schema/json_text.h"

namespace suanpan::cli {
namespace {

struct ImportArguments {
  std::string file;
  std::string map;
  std::string source = "import";
};

constexpr std::size_t kMapBytesMax = std::size_t{1} << 20U;

/// The digest of the content names the file, so that importing it again appends nothing, packed or
/// not.
Result<std::string> DigestOf(const std::string& path) {
  SUANPAN_ASSIGN_OR_RETURN(const std::unique_ptr<import::ByteSource> file,
                           import::OpenFileSource(path));
  const std::unique_ptr<import::ByteSource> source = import::Unpack(*file);
  proof::Sha256Hasher hasher;
  std::vector<char> buffer(std::size_t{256} * 1024);
  while (true) {
    SUANPAN_ASSIGN_OR_RETURN(const std::size_t got, source->Read(buffer));
    if (got == 0) break;
    hasher.Update(AsBytes({buffer.data(), got}));
  }
  return ToHex(hasher.Finish().bytes);
}

std::string CountsJson(const import::ImportCounts& counts, const SubmitCounts& submitted) {
  std::string out;
  schema::JsonText json{out};
  const auto number = [&](std::string_view key, std::uint64_t value) {
    json.Key(key);
    json.Number(value);
  };
  const auto map = [&](std::string_view key, const auto& values) {
    json.Key(key);
    json.BeginObject();
    for (const auto& [name, value] : values) number(name, value);
    json.EndObject();
  };
  json.BeginObject();
  number("rows", counts.rows);
  number("commands", counts.commands);
  number("facts", counts.facts);
  map("facts_by_kind", counts.facts_by_kind);
  map("skipped", counts.skipped_by_reason);
  number("events", submitted.events);
  number("repeated", submitted.repeated);
  number("refused", submitted.refused);
  json.EndObject();
  return out + "\n";
}

std::string CountsText(const import::ImportCounts& counts, const SubmitCounts& submitted) {
  std::string out =
      fmt::format("rows {}, commands {}, facts {}\n", counts.rows, counts.commands, counts.facts);
  for (const auto& [kind, count] : counts.facts_by_kind)
    out += fmt::format("  {} {}\n", kind, count);
  for (const auto& [reason, count] : counts.skipped_by_reason)
    out += fmt::format("  skipped, {}: {}\n", reason, count);
  out +=
      fmt::format("stored events {}, repeated commands {}\n", submitted.events, submitted.repeated);
  return out;
}

/// The refusal that stopped the import ends it like an error, but with the exit code of a refusal.
struct ImportOutcome {
  import::ImportCounts counts;
  std::string refusal;
};

Result<ImportOutcome> Run(const Context& context, const ImportArguments& arguments,
                          Submitter& submitter, std::string& refusal) {
  SUANPAN_ASSIGN_OR_RETURN(const std::string map_text, ReadWholeFile(arguments.map, kMapBytesMax));
  SUANPAN_ASSIGN_OR_RETURN(const import::CsvMap map, import::CsvMap::Parse(map_text),
                           arguments.map);
  SUANPAN_ASSIGN_OR_RETURN(const std::string digest, DigestOf(arguments.file));
  SUANPAN_ASSIGN_OR_RETURN(std::unique_ptr<import::ByteSource> source,
                           import::OpenFileSource(arguments.file));
  Progress progress{"import", "rows", std::nullopt, context.quiet};
  ImportOutcome outcome;
  Result<import::ImportCounts> counts = import::ImportCsv(
      map, *source, {context.book, digest}, [&](const import::CommandText& command) -> Status {
        if (Interrupted())
          return MakeError(StatusCode::kUnavailable, "interrupted at row {}", command.first_row);
        progress.Set(command.last_row);
        SUANPAN_ASSIGN_OR_RETURN(const bool go_on, submitter.Submit(command.json));
        if (go_on) return {};
        return MakeError(StatusCode::kFailedPrecondition, "rows {} to {} were refused: {}",
                         command.first_row, command.last_row, refusal);
      });
  SUANPAN_RETURN_IF_ERROR(submitter.Flush());
  if (counts.ok()) {
    outcome.counts = *std::move(counts);
  } else if (submitter.counts().refused > 0) {
    outcome.refusal = counts.error().message();
  } else {
    return std::move(counts).error();
  }
  return outcome;
}

int ImportCsvCommand(const Context& context, const ImportArguments& arguments) {
  if (context.book.empty()) return FailUsage("name the book to import into with --book");
  Result<std::unique_ptr<engine::Ledger>> ledger = OpenLedger(context);
  if (!ledger.ok()) return Fail(ledger.error());
  std::string refusal;
  Submitter submitter{**ledger,
                      {arguments.source, 1'000, false, false},
                      [&](std::string_view answer, bool refused) {
                        if (refused) refusal = answer;
                      }};
  const Result<ImportOutcome> outcome = Run(context, arguments, submitter, refusal);
  if (!outcome.ok()) return Fail(outcome.error());
  if (!outcome->refusal.empty()) {
    TellError(outcome->refusal);
    return kExitFound;
  }
  Result<Output> output = Output::Open(context);
  if (!output.ok()) return Fail(output.error());
  output->Write(context.Format() == report::Format::kJson
                    ? CountsJson(outcome->counts, submitter.counts())
                    : CountsText(outcome->counts, submitter.counts()));
  const Status finished = output->Finish();
  return finished.ok() ? kExitOk : Fail(finished);
}

}  // namespace

void AddImport(CLI::App& app, Context& context) {
  auto arguments = std::make_shared<ImportArguments>();
  CLI::App* import_group = AddGroup(app, "import", "turn files of others into commands",
                                    "suanpan import csv sales.csv.gz --map map.json --book retail");
  CLI::App* csv = AddCommand(
      *import_group, "csv", "import a CSV file (or .gz) by a mapping; repeating it appends nothing",
      "suanpan import csv sales.csv.gz --map map.json --book retail", context,
      [&context, arguments] { return ImportCsvCommand(context, *arguments); });
  csv->add_option("FILE", arguments->file, "the file")->required();
  csv->add_option("--map", arguments->map, "the mapping (docs/import.md)")->required();
  csv->add_option("--source", arguments->source, "name of the writing service, a ref")
      ->capture_default_str()
      ->check(CheckSource);
}

}  // namespace suanpan::cli
