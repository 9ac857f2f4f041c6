#include "src/context.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <thread>

#include "suanpan/report/display_width.h"
#include "suanpan/schema/json_text.h"
#include "suanpan/schema/names.h"

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

/// Where the global options stand, without those that the command refuses.
std::string FooterOf(const std::string& example, Unused unused) {
  std::vector<std::string_view> none;
  if (unused.book) none.emplace_back("--book");
  if (unused.csv) none.emplace_back("--format csv");
  if (unused.text) none.emplace_back("--format text");
  const std::string but = none.empty() ? "" : fmt::format(" (here not {})", fmt::join(none, ", "));
  return fmt::format("Global options{}: suanpan --help\n\nExample:\n  {}", but, example);
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
  group->footer(FooterOf(example, {}));
  group->require_subcommand(1);
  group->fallthrough();
  return group;
}

CLI::App* AddCommand(CLI::App& parent, const std::string& name, const std::string& description,
                     const std::string& example, Context& context, std::function<int()> run,
                     Unused unused) {
  CLI::App* command = parent.add_subcommand(name, description);
  command->footer(FooterOf(example, unused));
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
void LogWarning(std::string_view message) { spdlog::warn("{}", LogText(message)); }

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
  // Seen as errors of the write, so that we tidy up.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

void LeaveOnInterrupt() {
  for (const int signal : {SIGINT, SIGTERM}) {
    std::signal(signal, [](int) { ::_exit(kExitInterrupted); });
  }
}

bool ReaderLeft() { return g_reader_left; }
void NoteReaderLeft() { g_reader_left = true; }

}  // namespace suanpan::cli
