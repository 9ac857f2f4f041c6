// suanpan import csv

#include <fmt/format.h>

#include <chrono>

#include "src/context.h"
#include "src/directories.h"
#include "src/earlier_import.h"
#include "src/output.h"
#include "src/progress.h"
#include "src/refusal_text.h"
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
  bool dry_run = false;
};

constexpr std::size_t kMapBytesMax = std::size_t{1} << 20U;

/// The digest of the content names the file, so that importing it again appends nothing, packed or
/// not.
Result<std::string> DigestOf(const std::string& path) {
  SUANPAN_ASSIGN_OR_RETURN(const std::unique_ptr<import::ByteSource> file,
                           import::OpenFileSource(path));  // names it
  const std::unique_ptr<import::ByteSource> source = import::Unpack(*file);
  proof::Sha256Hasher hasher;
  std::vector<char> buffer(std::size_t{256} * 1024);
  while (true) {
    SUANPAN_ASSIGN_OR_RETURN(const std::size_t got, source->Read(buffer), path);
    if (got == 0) break;
    hasher.Update(AsBytes({buffer.data(), got}));
  }
  return ToHex(hasher.Finish().bytes);
}

std::string CountsJson(const import::ImportCounts& counts, const SubmitCounts& submitted,
                       bool dry_run) {
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
  number("appended", submitted.Appended());
  number("events", submitted.events);
  number("repeated", submitted.repeated);
  number("refused", submitted.refused);
  if (dry_run) {
    json.Key("dry_run");
    json.Bool(true);
  }
  json.EndObject();
  return out + "\n";
}

std::string CountsText(const import::ImportCounts& counts, const SubmitCounts& submitted,
                       bool dry_run) {
  std::string out =
      fmt::format("rows {}, commands {}, facts {}\n", counts.rows, counts.commands, counts.facts);
  for (const auto& [kind, count] : counts.facts_by_kind)
    out += fmt::format("  {} {}\n", kind, count);
  for (const auto& [reason, count] : counts.skipped_by_reason)
    out += fmt::format("  skipped, {}: {}\n", reason, count);
  out += fmt::format("{}appended commands {}, stored events {}, repeated commands {}, refused {}\n",
                     dry_run ? "dry run, nothing written; would be: " : "", submitted.Appended(),
                     submitted.events, submitted.repeated, submitted.refused);
  return out;
}

/// A file that was read to its end once: every row can be mapped.
struct CheckedFile {
  import::CsvMap map;
  std::string digest;
  import::ImportCounts counts;
};

/// Reads the file by its mapping, hands each command to `sink` and shows progress.
Result<import::ImportCounts> ReadRows(
    const Context& context, const ImportArguments& arguments, const import::CsvMap& map,
    const std::string& digest, std::string_view doing,
    const std::function<Status(const import::CommandText&)>& sink) {
  SUANPAN_ASSIGN_OR_RETURN(std::unique_ptr<import::ByteSource> source,
                           import::OpenFileSource(arguments.file));
  Progress progress{std::string{doing}, "rows", std::nullopt, context.quiet};
  return import::ImportCsv(
      map, *source, {context.book, digest}, [&](const import::CommandText& command) -> Status {
        if (Interrupted()) {
          return MakeError(StatusCode::kUnavailable, "interrupted at row {}", command.first_row);
        }
        progress.Set(command.last_row);
        return sink(command);
      });
}

/// Before anything is appended: a file with a bad row must be corrected, and a corrected file is
/// another file, with other keys, so that what was appended of the first would stand twice.
Result<CheckedFile> CheckFile(const Context& context, const ImportArguments& arguments) {
  SUANPAN_ASSIGN_OR_RETURN(const std::string map_text, ReadWholeFile(arguments.map, kMapBytesMax));
  SUANPAN_ASSIGN_OR_RETURN(import::CsvMap map, import::CsvMap::Parse(map_text), arguments.map);
  constexpr std::string_view kNothing = "nothing was appended";
  SUANPAN_ASSIGN_OR_RETURN(std::string digest, DigestOf(arguments.file), kNothing);
  SUANPAN_ASSIGN_OR_RETURN(import::ImportCounts counts,
                           ReadRows(context, arguments, map, digest, "check",
                                    [](const import::CommandText&) { return Status{}; }),
                           fmt::format("{}: {}", kNothing, arguments.file));
  return CheckedFile{std::move(map), std::move(digest), std::move(counts)};
}

/// What of the log contradicts an import by this mapping; empty where nothing does.
Result<std::string> Contradiction(const Context& context, const ImportArguments& arguments,
                                  const CheckedFile& file, const engine::Ledger& ledger) {
  EarlierImport earlier{ledger, context.book, arguments.source, import::KeyStreamOf(file.digest)};
  SUANPAN_ASSIGN_OR_RETURN(const bool any, earlier.Any(file.counts.rows));
  if (!any) return std::string{};
  const Result<import::ImportCounts> read =
      ReadRows(context, arguments, file.map, file.digest, "compare",
               [&](const import::CommandText& command) -> Status {
                 SUANPAN_RETURN_IF_ERROR(earlier.Begins(command.first_row));
                 if (earlier.contradiction().empty()) return {};
                 return MakeError(StatusCode::kFailedPrecondition, "{}", earlier.contradiction());
               });
  if (earlier.contradiction().empty()) {
    if (!read.ok()) return read.error().Clone();
    SUANPAN_RETURN_IF_ERROR(earlier.Ends(file.counts.rows));
  }
  return earlier.contradiction();
}

/// Refuses what would count rows of an earlier import again; nothing where it would not.
std::optional<int> RefuseOtherMapping(const Context& context, const ImportArguments& arguments,
                                      const CheckedFile& file, const engine::Ledger& ledger) {
  const Result<std::string> found = Contradiction(context, arguments, file, ledger);
  if (!found.ok()) return Fail(found.error());
  if (found->empty()) return std::nullopt;
  TellError(fmt::format(
      "nothing was appended: {} was imported into book {} by another mapping, and by this one rows "
      "would count twice: {}; import it by the mapping of then, which appends what is missing, and "
      "put right by corrections what that mapping got wrong",
      arguments.file, context.book, *found));
  return kExitFound;
}

/// `refusal` is what the submitter was answered last.
Status Submit(const Context& context, const ImportArguments& arguments, const CheckedFile& file,
              Submitter& submitter, const std::string& refusal) {
  const Result<import::ImportCounts> read = ReadRows(
      context, arguments, file.map, file.digest, "import",
      [&](const import::CommandText& command) -> Status {
        SUANPAN_ASSIGN_OR_RETURN(const bool go_on, submitter.Submit(command.json));
        if (go_on) return {};
        const bool one = command.first_row == command.last_row;
        return MakeError(StatusCode::kFailedPrecondition, "{} {} refused ({}): {}",
                         one ? fmt::format("row {}", command.first_row)
                             : fmt::format("rows {} to {}", command.first_row, command.last_row),
                         one ? "was" : "were", kRefusalsPage, refusal);
      });
  SUANPAN_RETURN_IF_ERROR(submitter.Flush());
  return read.ok() ? Status{} : read.error().Clone();
}

int PrintCounts(const Context& context, const import::ImportCounts& counts,
                const SubmitCounts& submitted, bool dry_run) {
  const bool for_machines = context.Format() == report::Format::kJson;
  return PrintText(context, for_machines ? CountsJson(counts, submitted, dry_run)
                                         : CountsText(counts, submitted, dry_run));
}

/// Of what stands in the log after a refusal, and how to go on.
std::string AfterRefusal(const SubmitCounts& submitted, bool dry_run) {
  const std::uint64_t stand = submitted.commands - submitted.refused;
  if (dry_run) return "dry run, nothing written";
  if (stand == 0) return "nothing was appended";
  return fmt::format(
      "before it {} command{} appended: remove the cause and import the same file again, which "
      "appends the rest; a changed file would append the first rows twice",
      stand, stand == 1 ? " was" : "s were");
}

int ImportCsvCommand(const Context& context, const ImportArguments& arguments) {
  if (context.book.empty()) return FailUsage("name the book to import into with --book");
  const Result<CheckedFile> file = CheckFile(context, arguments);
  if (!file.ok()) return Fail(file.error());
  Result<std::unique_ptr<engine::Ledger>> ledger =
      arguments.dry_run ? OpenDryLedger(context) : OpenLedger(context);
  if (!ledger.ok()) return Fail(ledger.error());
  if (const std::optional<int> code = RefuseOtherMapping(context, arguments, *file, **ledger)) {
    return *code;
  }
  std::string refusal;
  Submitter submitter{**ledger,
                      {arguments.source, 1'000, false, false},
                      [&](std::string_view answer, bool refused) {
                        if (refused) refusal = answer;
                      }};
  Status submitted = Submit(context, arguments, *file, submitter, refusal);
  // Without the answer of a refusal it was a write that failed, whatever was refused besides.
  const bool refused = !refusal.empty();
  if (!submitted.ok() && !refused) {
    return Fail(std::move(submitted).WithContext(
        "the import did not come to its end; import the same file again, which appends the rest"));
  }
  const int printed = PrintCounts(context, file->counts, submitter.counts(), arguments.dry_run);
  if (printed != kExitOk || !refused) return printed;
  TellError(fmt::format("{}; {}", submitted.message(),
                        AfterRefusal(submitter.counts(), arguments.dry_run)));
  return kExitFound;
}

}  // namespace

void AddImport(CLI::App& app, Context& context) {
  auto arguments = std::make_shared<ImportArguments>();
  CLI::App* import_group = AddGroup(app, "import", "turn files of others into commands",
                                    "suanpan import csv sales.csv.gz --map map.json --book retail");
  CLI::App* csv = AddCommand(
      *import_group, "csv", "import a CSV file (or .gz) by a mapping; repeating it appends nothing",
      "suanpan import csv sales.csv.gz --map map.json --book retail", context,
      [&context, arguments] { return ImportCsvCommand(context, *arguments); }, Unused{.csv = true});
  csv->add_option("FILE", arguments->file, "the file")->required();
  csv->add_option("--map", arguments->map, "the mapping (docs/import.md)")->required();
  csv->add_option("--source", arguments->source, "name of the writing service, a ref")
      ->capture_default_str()
      ->check(CheckSource);
  csv->add_flag("--dry-run", arguments->dry_run, "check and decide only, write nothing");
}

}  // namespace suanpan::cli
