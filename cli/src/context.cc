#include "src/context.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <thread>

#include "src/directories.h"
#include "src/progress.h"
#include "suanpan/proof/sha256.h"
#include "suanpan/report/display_width.h"
#include "suanpan/schema/json_text.h"
#include "suanpan/schema/names.h"
#include "suanpan/schema/schema_files.h"
#include "suanpan/store/rocksdb_store.h"

namespace suanpan::cli {
namespace {

volatile std::sig_atomic_t g_interrupted = 0;
bool g_reader_left = false;
bool g_log_json = false;

/// A message for the logger's pattern: safe on a terminal, or a JSON string.
std::string LogText(std::string_view message) {
  if (!g_log_json) return report::TerminalText(message);
  std::string quoted;
  schema::JsonText{quoted}.String(message);
  return quoted;
}

int CodeOf(StatusCode code) {
  return code == StatusCode::kInvalidArgument ? kExitUsage : kExitCouldNot;
}

/// What is wrong with the global options for a command; empty where nothing is.
std::string Misused(const Context& context, Unused unused) {
  if (unused.book && !context.book.empty()) return "--book means nothing to this command";
  if ((unused.csv && context.format == "csv") || (unused.text && context.format == "text")) {
    return fmt::format("this command has no {} form; use --json", context.format);
  }
  return {};
}

std::string FooterOf(const std::string& example) {
  return "Options of every command: suanpan --help\n\nExample:\n  " + example;
}

engine::LedgerOptions LedgerOptionsOf(const Context& context, Progress& progress) {
  engine::LedgerOptions options;
  options.schema = CurrentSchema();
  options.clock = context.Clock();
  options.on_progress = [&progress](std::uint64_t done) { progress.Set(done); };
  return options;
}

}  // namespace

report::Format Context::Format() const {
  if (json) return report::Format::kJson;
  return report::ParseFormat(format).value_or(report::Format::kText);
}

unsigned Context::Threads() const {
  return threads != 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
}

std::function<InstantUs()> Context::Clock() const {
  if (!clock.empty()) {
    const InstantUs fixed = *ParseInstant(clock);  // checked while options were parsed
    return [fixed] { return fixed; };
  }
  return [] {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return InstantUs{std::chrono::duration_cast<std::chrono::microseconds>(now).count()};
  };
}

CLI::App* AddGroup(CLI::App& app, const std::string& name, const std::string& description,
                   const std::string& example) {
  CLI::App* group = app.add_subcommand(name, description);
  group->footer(FooterOf(example));
  group->require_subcommand(1);
  group->fallthrough();
  return group;
}

CLI::App* AddCommand(CLI::App& parent, const std::string& name, const std::string& description,
                     const std::string& example, Context& context, std::function<int()> run,
                     Unused unused) {
  CLI::App* command = parent.add_subcommand(name, description);
  command->footer(FooterOf(example));
  command->fallthrough();
  command->callback([&context, unused, run = std::move(run)] {
    context.action = [&context, unused, run] {
      const std::string misused = Misused(context, unused);
      return misused.empty() ? run() : FailUsage(misused);
    };
  });
  return command;
}

std::string CheckPositive(const std::string& text) {
  const bool digits = text.find_first_not_of("0123456789") == std::string::npos;
  const bool positive = digits && text.find_first_not_of('0') != std::string::npos;
  return positive ? std::string{} : fmt::format("not a count from 1: {}", text);
}

std::string CheckSource(const std::string& text) {
  if (schema::IsRef(text)) return {};
  return fmt::format("not a ref (1 to 64 of a-z 0-9 . _ : / -): {}", text);
}

void Tell(std::string_view text) {
  // A full disk or a closed pipe behind stderr leaves nobody to complain to.
  std::fwrite(text.data(), 1, text.size(), stderr);
}

void TellError(std::string_view message) {
  if (g_log_json) return spdlog::error("{}", LogText(message));
  Tell(fmt::format("suanpan: {}\n", LogText(message)));
}

void LogAsJson(bool json) { g_log_json = json; }
void LogInfo(std::string_view message) { spdlog::info("{}", LogText(message)); }

int Fail(const Status& status) {
  if (!Interrupted() && !ReaderLeft()) TellError(status.message());
  return CodeOf(status.code());
}

int FailUsage(std::string_view message) {
  TellError(message);
  return kExitUsage;
}

bool Interrupted() { return g_interrupted != 0; }

void InstallSignalHandlers() {
  struct sigaction action {};
  action.sa_handler = [](int) { g_interrupted = 1; };
  // No SA_RESTART: a read that waits for input ends, so that what was accepted is answered and the
  // program leaves. SA_RESETHAND: pressed again, it ends at once.
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);  // seen as an error of the write, so that we tidy up
}

void LeaveOnInterrupt() {
  for (const int signal : {SIGINT, SIGTERM}) {
    std::signal(signal, [](int) { ::_exit(kExitInterrupted); });
  }
}

bool ReaderLeft() { return g_reader_left; }
void NoteReaderLeft() { g_reader_left = true; }

rules::SchemaStamp CurrentSchema() {
  return {schema::kSchemaVersion, proof::Sha256(schema::SchemaFiles().front().compiled)};
}

Result<std::unique_ptr<store::EventReader>> OpenReader(const Context& context) {
  LogInfo(fmt::format("reading {}", context.data_dir));
  return store::OpenRocksDbReader(context.data_dir);
}

Result<std::unique_ptr<engine::Ledger>> OpenLedger(const Context& context) {
  SUANPAN_ASSIGN_OR_RETURN(std::unique_ptr<store::EventStore> store,
                           store::OpenRocksDb(context.data_dir));
  LogInfo(fmt::format("opened {} for writing", context.data_dir));
  Progress progress{"opening", "entries", std::nullopt, context.quiet};
  Result<std::unique_ptr<engine::Ledger>> ledger =
      engine::Ledger::Open(std::move(store), LedgerOptionsOf(context, progress));
  if (ledger.ok()) LogInfo(fmt::format("folded the logs of {} books", (*ledger)->Books().size()));
  return ledger;
}

Result<std::unique_ptr<engine::Ledger>> OpenDryLedger(const Context& context) {
  SUANPAN_ASSIGN_OR_RETURN(std::unique_ptr<store::EventReader> reader, OpenReader(context));
  Progress progress{"opening", "entries", std::nullopt, context.quiet};
  return engine::Ledger::OpenDry(std::move(reader), LedgerOptionsOf(context, progress));
}

Result<proof::Signer> OpenSigner(const Context& context) {
  const std::string path = LogKeyPath(KeyDirectory(context.data_dir, context.key_dir));
  SUANPAN_ASSIGN_OR_RETURN(const std::string text, ReadWholeFile(path, 64 * 1024),
                           "the log key cannot be read; name its directory with --key-dir");
  std::string_view line = text;
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  return proof::Signer::Parse(line);
}

Result<std::vector<store::BookRow>> ChooseBooks(const Context& context,
                                                const store::EventReader& reader) {
  if (!context.book.empty()) {
    SUANPAN_ASSIGN_OR_RETURN(store::BookRow book, ChooseBook(context, reader));
    return std::vector<store::BookRow>{std::move(book)};
  }
  SUANPAN_ASSIGN_OR_RETURN(std::vector<store::BookRow> books, reader.Books());
  std::ranges::sort(books, {}, &store::BookRow::ref);
  return books;
}

Result<store::BookRow> ChooseBook(const Context& context, const store::EventReader& reader) {
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<store::BookRow> books, reader.Books());
  if (context.book.empty()) {
    if (books.size() == 1) return books.front();
    if (books.empty()) {
      return MakeError(StatusCode::kNotFound,
                       "the data directory has no book yet; append a book.opened command");
    }
    return MakeError(StatusCode::kInvalidArgument,
                     "there are {} books; name one with --book (see `suanpan book list`)",
                     books.size());
  }
  for (const store::BookRow& row : books) {
    if (row.ref == context.book) return row;
  }
  return MakeError(StatusCode::kNotFound, "there is no book '{}' (see `suanpan book list`)",
                   context.book);
}

}  // namespace suanpan::cli
