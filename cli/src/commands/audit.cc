// suanpan audit export | verify

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "src/context.h"
#include "src/directories.h"
#include "src/output.h"
#include "src/progress.h"
#include "suanpan/audit/export.h"
#include "suanpan/audit/render.h"
#include "suanpan/audit/verify.h"
#include "suanpan/engine/checkpoint_record.h"
#include "suanpan/schema/schema_files.h"

namespace suanpan::cli {
namespace {

struct VerifyArguments {
  std::string dir;
  std::string vkey;
  std::string policy;
  std::string state;
  std::vector<std::string> anchors;
  std::string max_age;
};

constexpr std::size_t kPolicyBytesMax = std::size_t{1} << 20U;

/// The newest signed head of a book.
Result<audit::BookExport> NewestHead(const store::EventReader& reader, const store::BookRow& book) {
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<store::StoredCheckpoint> stored,
                           reader.LatestCheckpoint(book.book));
  if (!stored) {
    return MakeError(
        StatusCode::kFailedPrecondition,
        "book {} has no checkpoint to export it at; sign its head with `suanpan checkpoint {}`",
        book.ref, book.ref);
  }
  SUANPAN_ASSIGN_OR_RETURN(engine::CheckpointRecord record,
                           engine::DecodeCheckpointRecord(stored->size, AsBytes(stored->bytes)),
                           book.ref);
  return audit::BookExport{book.ref, book.book, std::move(record.note), stored->size};
}

Result<report::Document> ExportAll(const Context& context, const std::string& dir) {
  SUANPAN_ASSIGN_OR_RETURN(const std::unique_ptr<store::EventReader> reader, OpenReader(context));
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<store::BookRow> books, ChooseBooks(context, *reader));
  if (books.empty()) return MakeError(StatusCode::kNotFound, "the data directory has no book");
  report::Document document;
  document.name = "export";
  document.columns = {{"book", "book"},
                      {"size", "entries"},
                      {"later_entries", "not signed yet"},
                      UnstoredColumn(),
                      {"dir", "directory"}};
  // An export at a stored head is whole, and ends before one that others may have seen.
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<TreeSize> unstored,
                           WarnOfUnstoredHeads(context, *reader, books));
  std::vector<audit::BookExport> exports;
  for (const store::BookRow& book : books) {
    SUANPAN_ASSIGN_OR_RETURN(audit::BookExport head, NewestHead(*reader, book));
    const std::string folder =
        books.size() == 1 ? dir : fmt::format("{}/{}", dir, audit::BookFolder(book.ref));
    SUANPAN_ASSIGN_OR_RETURN(const std::optional<store::StoredBlock> last,
                             reader->LastBlock(book.book));
    const std::uint64_t entries = last ? last->last.value() : 0;
    document.rows.push_back({book.ref, head.size.value(), entries - head.size.value(),
                             CellOf(unstored[exports.size()]), folder});
    exports.push_back(std::move(head));
  }
  SUANPAN_RETURN_IF_ERROR(
      audit::ExportDirectory(*reader, exports, schema::SchemaFiles(), dir, false));
  return document;
}

/// A shell variable that is not set leaves nothing where the directory's name should be.
constexpr std::string_view kNoDirectory = "DIR is empty; name the directory of the export";

int Export(const Context& context, const std::string& dir) {
  if (dir.empty()) return FailUsage(kNoDirectory);
  if (IsInside(dir, context.data_dir)) {
    return FailUsage(fmt::format("{} lies inside the data directory", dir));
  }
  const Result<report::Document> document = ExportAll(context, dir);
  return document.ok() ? Print(context, *document) : Fail(document.error());
}

/// "90s", "15m", "24h", "7d" in seconds.
std::optional<std::uint64_t> ParseAge(std::string_view text) {
  std::uint64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc{} || end + 1 != text.data() + text.size()) return std::nullopt;
  switch (*end) {
    case 's':
      return count;
    case 'm':
      return count * 60;
    case 'h':
      return count * 3600;
    case 'd':
      return count * 86'400;
    default:
      return std::nullopt;
  }
}

Result<audit::VerifyOptions> OptionsOf(const Context& context, const VerifyArguments& arguments) {
  audit::VerifyOptions options;
  options.dir = arguments.dir;
  options.vkey = arguments.vkey;
  if (!arguments.policy.empty()) {
    SUANPAN_ASSIGN_OR_RETURN(options.policy, ReadWholeFile(arguments.policy, kPolicyBytesMax));
    options.policy_name = arguments.policy;
  }
  if (!arguments.state.empty()) options.state_dir = arguments.state;
  options.anchors.assign(arguments.anchors.begin(), arguments.anchors.end());
  options.threads = context.Threads();
  options.now = context.Clock()();
  options.clock = context.Clock();
  if (!arguments.max_age.empty()) {
    options.max_age_s = ParseAge(arguments.max_age);
    if (!options.max_age_s) {
      return MakeError(StatusCode::kInvalidArgument, "--max-age '{}' is not like 90s, 15m, 24h, 7d",
                       arguments.max_age);
    }
  }
  return options;
}

std::string Rendered(const audit::VerifyReport& report, report::Format format) {
  switch (format) {
    case report::Format::kJson:
      return audit::RenderJson(report);
    case report::Format::kCsv:
      return audit::RenderCsv(report);
    case report::Format::kText:
      break;
  }
  return audit::RenderText(report);
}

/// A mistyped --state looks like a first visit: so it is said that nothing was compared.
void TellFirstVisits(const VerifyArguments& arguments, const audit::VerifyReport& report) {
  if (arguments.state.empty()) return;
  for (const audit::BookReport& book : report.books) {
    const bool compared = std::ranges::any_of(book.steps, [](const audit::Step& step) {
      return step.step == "V3" && step.result != audit::StepResult::kNotAsked;
    });
    if (compared || !book.has_head()) continue;
    LogWarning(fmt::format(
        "{}: {} has no head of an earlier visit: this log was compared with none (V3 not asked)",
        book.origin, arguments.state));
  }
}

int Verify(const Context& context, const VerifyArguments& arguments) {
  if (arguments.dir.empty()) return FailUsage(kNoDirectory);
  Result<audit::VerifyOptions> options = OptionsOf(context, arguments);
  if (!options.ok()) return Fail(options.error());
  LeaveOnInterrupt();
  std::optional<Progress> progress;
  options->on_progress = [&](std::uint64_t done, std::uint64_t total) {
    if (!progress) progress.emplace("verify", "entries", total, context.quiet);
    progress->Set(done);
  };
  const Result<audit::VerifyReport> report = audit::VerifyExport(*options);
  progress.reset();
  if (!report.ok()) return Fail(report.error());
  TellFirstVisits(arguments, *report);
  return PrintText(context, Rendered(*report, context.Format()), audit::ExitCode(report->verdict));
}

}  // namespace

void AddAudit(CLI::App& app, Context& context) {
  CLI::App* audit =
      AddGroup(app, "audit", "export a log, verify one from itself alone, test it by name",
               "suanpan audit export out && suanpan audit verify out --vkey \"$(cat log.vkey)\"");
  auto dir = std::make_shared<std::string>();
  CLI::App* export_command = AddCommand(
      *audit, "export", "write the files with which anybody verifies the newest checkpoint",
      "suanpan audit export out --book jx-001", context,
      [&context, dir] { return Export(context, *dir); });
  export_command->add_option("DIR", *dir, "directory to write")->required();

  auto arguments = std::make_shared<VerifyArguments>();
  CLI::App* verify = AddCommand(
      *audit, "verify",
      "verify an export with your own key; totals of funds, agreements and points, and a verdict",
      "suanpan audit verify out --vkey \"$(cat log.vkey)\"", context,
      [&context, arguments] { return Verify(context, *arguments); }, Unused{.book = true});
  verify->add_option("DIR", arguments->dir, "the export")->required();
  verify->add_option("--vkey", arguments->vkey,
                     "verifier key of the log or of its book, from elsewhere than the export");
  verify->add_option("--policy", arguments->policy, "policy file: logs, witnesses, quorum");
  verify->add_option("--state", arguments->state, "directory of your last verified checkpoints");
  verify->add_option("--anchor", arguments->anchors, "a checkpoint you hold; may be repeated");
  verify->add_option("--max-age", arguments->max_age, "oldest cosignature allowed: 90s, 24h, 7d");
  AddAuditCheck(*audit, context);
}

}  // namespace suanpan::cli
