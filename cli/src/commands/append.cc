// suanpan append

#include <fmt/format.h>

#include <chrono>

#include "src/command_reader.h"
#include "src/context.h"
#include "src/output.h"
#include "src/progress.h"
#include "src/refusal_text.h"
#include "src/submitter.h"

namespace suanpan::cli {
namespace {

struct AppendArguments {
  std::string file = "-";
  std::string source = "cli";
  std::size_t batch = 1'000;
  bool dry_run = false;
  bool go_on = false;
};

/// Feeds lines until the end, a stop, or Ctrl-C. `first_refused` becomes the line of the first
/// refusal.
Status FeedLines(CommandReader& reader, Submitter& submitter, Output& output, Progress& progress,
                 std::uint64_t& first_refused) {
  while (true) {
    if (reader.WouldWait()) {
      // Whoever sends the next command may wait for the answer to this one.
      SUANPAN_RETURN_IF_ERROR(submitter.Flush());
      output.Flush();
    }
    SUANPAN_ASSIGN_OR_RETURN(const std::optional<std::string_view> line, reader.Next());
    if (!line) return {};
    if (line->empty()) continue;
    SUANPAN_ASSIGN_OR_RETURN(const bool go_on, submitter.Submit(*line));
    progress.Set(submitter.counts().commands);
    if (first_refused == 0 && submitter.counts().refused != 0) first_refused = reader.line();
    if (!go_on || output.failed()) return {};
  }
}

/// The same, and what was accepted is answered in every case.
Status Feed(CommandReader& reader, Submitter& submitter, Output& output, Progress& progress,
            std::uint64_t& first_refused) {
  Status fed = FeedLines(reader, submitter, output, progress, first_refused);
  Status answered = submitter.Flush();
  return fed.ok() ? std::move(answered) : std::move(fed);
}

void PrintSummary(const SubmitCounts& counts, double seconds, bool dry_run) {
  Tell(fmt::format(
      "commands {}, events {}, refused {}, repeated {}, seconds {:.3f}, events/s {:.0f}{}\n",
      counts.commands, counts.events, counts.refused, counts.repeated, seconds,
      seconds > 0 ? static_cast<double>(counts.events) / seconds : 0.0,
      dry_run ? " (dry run, nothing written)" : ""));
}

/// After an error: what was handed in without an answer may stand in the log or not.
void TellUnanswered(const SubmitCounts& counts, std::uint64_t answered) {
  Tell(
      fmt::format("commands {}, answered {}, refused {}; of the other {} it is not known: give the "
                  "same commands again, those in the log are answered as duplicates\n",
                  counts.commands, answered, counts.refused, counts.commands - answered));
}

int TellRefused(schema::RefusalCode code, std::uint64_t line, bool went_on) {
  const std::string what = TextOf(code);
  TellError(went_on ? fmt::format("the first refused command is in line {}, with {}: {}", line,
                                  what, kRefusalsPage)
                    : fmt::format("stopped at line {}, refused with {}: {}; --continue goes on",
                                  line, what, kRefusalsPage));
  return kExitFound;
}

int Append(const Context& context, const AppendArguments& arguments) {
  Result<CommandReader> reader = CommandReader::Open(arguments.file);
  if (!reader.ok()) return Fail(reader.error());
  Result<std::unique_ptr<engine::Ledger>> ledger =
      arguments.dry_run ? OpenDryLedger(context) : OpenLedger(context);
  if (!ledger.ok()) return Fail(ledger.error());
  Result<Output> output = Output::Open(context);
  if (!output.ok()) return Fail(output.error());
  std::uint64_t answered = 0;
  Submitter submitter{**ledger,
                      {arguments.source, arguments.batch, arguments.go_on, arguments.dry_run},
                      [&](std::string_view answer, bool) {
                        ++answered;
                        output->Write(answer);
                        output->Write("\n");
                      }};
  const auto start = std::chrono::steady_clock::now();
  Status status;
  std::uint64_t first_refused = 0;
  {
    Progress progress{"append", "commands", std::nullopt, context.quiet};
    status = Feed(*reader, submitter, *output, progress, first_refused);
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  if (status.ok()) {
    status = output->Finish();
  } else {
    output->Flush();
  }
  const SubmitCounts& counts = submitter.counts();
  if (answered != counts.commands && !arguments.dry_run) {
    TellUnanswered(counts, answered);
  } else if (status.ok() || answered != 0) {
    PrintSummary(counts, seconds.count(), arguments.dry_run);
  }
  if (!status.ok()) return Fail(status);
  if (first_refused == 0) return kExitOk;
  return TellRefused(*counts.first_refusal, first_refused, arguments.go_on);
}

}  // namespace

void AddAppend(CLI::App& app, Context& context) {
  auto arguments = std::make_shared<AppendArguments>();
  CLI::App* command = AddCommand(
      app, "append",
      "append commands (JSON Lines); one answer a line, each given when its entry is durable",
      "suanpan append --continue commands.jsonl > answers.jsonl", context,
      [&context, arguments] { return Append(context, *arguments); },
      Unused{.book = true, .csv = true, .text = true});
  command->add_option("FILE", arguments->file, "commands; - is standard input")
      ->capture_default_str();
  command->add_option("--batch", arguments->batch, "commands under way at once")
      ->capture_default_str()
      ->check(CLI::Range(std::size_t{1}, std::size_t{1'000'000}));
  command->add_option("--source", arguments->source, "name of the writing service, a ref")
      ->capture_default_str()
      ->check(CheckSource);
  command->add_flag("--dry-run", arguments->dry_run,
                    "decide only; print every balance that would change");
  command->add_flag("--continue", arguments->go_on, "go on after a refusal");
}

}  // namespace suanpan::cli
