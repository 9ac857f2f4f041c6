// The program but for its entry point: options in, a command's action run, an exit code out.

#include "src/program.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <exception>

#include "src/context.h"
#include "suanpan/schema/schema_files.h"
#include "suanpan/store/rocksdb_store.h"

namespace suanpan::cli {
namespace {

std::string VersionText() {
#if defined(__clang__)
  const std::string compiler = "clang " __clang_version__;
#else
  const std::string compiler = "g++ " __VERSION__;
#endif
  return fmt::format("suanpan {}\ncompiler {}\nschema {}\nRocksDB {}", SUANPAN_VERSION, compiler,
                     schema::kSchemaVersion, store::RocksDbVersion());
}

void AddGlobalOptions(CLI::App& app, Context& context) {
  app.add_option("--data", context.data_dir,
                 "data directory (else $SUANPAN_DATA, else ./suanpan-data)");
  app.add_option("--key-dir", context.key_dir,
                 "key directory (else $SUANPAN_KEYS, else DATA.keys)");
  app.add_option("--book", context.book, "one book");
  CLI::Option* json = app.add_flag("--json", context.json, "output for machines");
  app.add_option("--format", context.format, "text, json or csv")
      ->check(CLI::IsMember({"text", "json", "csv"}))
      ->excludes(json);
  app.add_option("-o,--output", context.output, "write the result to a file");
  app.add_option("--threads", context.threads, "threads to use (else one per processor)")
      ->check(CLI::Range(1, 1024));
  app.add_flag("--quiet", context.quiet, "no progress");
  app.add_option("--log-level", context.log_level, "trace, debug, info, warn, error or off")
      ->check(CLI::IsMember({"trace", "debug", "info", "warn", "error", "off"}));
  app.add_flag("--log-json", context.log_json, "logs on stderr as JSON lines");
  app.add_option("--clock", context.clock, "fixed recording time, RFC 3339 (for tests)")
      ->check([](const std::string& text) {
        return ParseInstant(text) ? std::string{} : "not a time like 2026-03-03T10:00:00Z: " + text;
      })
      ->group("");
}

void SetUpLogging(const Context& context) {
  auto logger = spdlog::stderr_color_mt("suanpan");
  logger->set_level(spdlog::level::from_str(context.log_level));
  // In JSON the message is a string with its quotes already (LogText).
  logger->set_pattern(
      context.log_json ? R"({"time":"%Y-%m-%dT%H:%M:%S.%fZ","level":"%l","message":%v})"
                       : "%Y-%m-%d %H:%M:%S.%e %l %v",
      context.log_json ? spdlog::pattern_time_type::utc : spdlog::pattern_time_type::local);
  spdlog::set_default_logger(std::move(logger));
  LogAsJson(context.log_json);
}

int RunParsed(Context& context) {
  if (context.data_dir.empty()) {
    const char* env = std::getenv("SUANPAN_DATA");
    context.data_dir = env != nullptr && *env != '\0' ? env : "suanpan-data";
  }
  SetUpLogging(context);
  InstallSignalHandlers();
  const int code = context.action();
  if (ReaderLeft()) {
    // Everything is tidied up: end as any other program before `| head` does.
    std::signal(SIGPIPE, SIG_DFL);
    std::raise(SIGPIPE);
  }
  return Interrupted() ? kExitInterrupted : code;
}

/// A standard stream that the caller has closed (`>&-`) would lend its number to the next file we
/// open, and answers would be written into the database.
void OccupyStandardStreams() {
  for (int file = STDIN_FILENO; file <= STDERR_FILENO; ++file) {
    if (::fcntl(file, F_GETFD) >= 0) continue;
    // open() gives the lowest free number. What goes to stdout shall fail, not vanish.
    static_cast<void>(::open("/dev/null", file == STDOUT_FILENO ? O_RDONLY : O_RDWR));
  }
}

/// What is wrong with the arguments, and the help that tells the right ones.
std::string UsageText(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App* command = &app;
  std::string name = app.get_name();
  while (!command->get_subcommands().empty()) {
    command = command->get_subcommands().front();
    name += " " + command->get_name();
  }
  const bool group = command->get_require_subcommand_min() > 0;
  const std::vector<std::string> unknown = app.remaining(true);
  std::string what = error.what();
  if (!unknown.empty()) {
    const bool option = unknown.front().starts_with('-');
    what = fmt::format("unknown {} '{}'",
                       option  ? "option"
                       : group ? "command"
                               : "argument",
                       unknown.front());
  } else if (group && dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    what = "a command is missing";
  }
  std::ranges::replace(what, '\n', ' ');
  return fmt::format("{}; see `{} --help`", what, name);
}

/// Turns `help report fund` into `report fund --help`; tells what is wrong with it, if anything is.
std::string TurnHelp(const CLI::App& app, std::vector<std::string>& arguments) {
  if (arguments.empty() || arguments.front() != "help") return {};
  arguments.erase(arguments.begin());
  const CLI::App* command = &app;
  std::string path = app.get_name();
  for (const std::string& name : arguments) {
    const std::vector<const CLI::App*> there =
        command->get_subcommands([&name](const CLI::App* one) { return one->get_name() == name; });
    if (there.empty()) return fmt::format("unknown command '{}'; see `{} --help`", name, path);
    command = there.front();
    path += " " + name;
  }
  arguments.emplace_back("--help");
  return {};
}

int ParseAndRun(int argc, char** argv, Opening open) {
  Context context;
  context.open = TellingExports(std::move(open));
  CLI::App app{"suanpan (算盘): an event-sourced ledger for community points and charity funds",
               "suanpan"};
  app.require_subcommand(1);
  app.fallthrough();
  app.set_version_flag("--version", VersionText());
  app.footer(
      "Help of a command: suanpan help COMMAND\n\nExample:\n  suanpan init && suanpan append "
      "commands.jsonl && suanpan report fund");
  AddGlobalOptions(app, context);
  AddInit(app, context);
  AddAppend(app, context);
  AddImport(app, context);
  AddBooks(app, context);
  AddLog(app, context);
  AddReport(app, context);
  AddReplay(app, context);
  AddAudit(app, context);
  AddStatus(app, context);
  AddRestore(app, context);
  std::vector<std::string> arguments(argv + 1, argv + argc);
  if (const std::string wrong = TurnHelp(app, arguments); !wrong.empty()) return FailUsage(wrong);
  std::ranges::reverse(arguments);  // as the parser takes them
  try {
    app.parse(arguments);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    return FailUsage(UsageText(app, error));
  }
  return RunParsed(context);
}

}  // namespace

int RunProgram(int argc, char** argv, Opening open) {
  OccupyStandardStreams();
  try {
    return ParseAndRun(argc, argv, std::move(open));
  } catch (const std::exception& error) {
    Tell(fmt::format("suanpan: unexpected failure: {}\n", error.what()));
  } catch (...) {
    Tell("suanpan: unexpected failure of no known kind\n");
  }
  return kExitCouldNot;
}

}  // namespace suanpan::cli
