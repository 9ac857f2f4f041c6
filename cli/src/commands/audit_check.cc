// suanpan audit check

#include "src/context.h"
#include "src/output.h"
#include "src/progress.h"
#include "suanpan/audit/check.h"

namespace suanpan::cli {
namespace {

struct CheckArguments {
  std::vector<std::string> names;
  std::string export_dir;
  bool list = false;
};

int ListChecks(const Context& context) {
  report::Document document;
  document.name = "checks";
  document.columns = {{"number", "no"}, {"name", "name"}, {"asks", "asks"}};
  for (const audit::CheckInfo& check : audit::NamedChecks()) {
    document.rows.push_back(
        {std::uint64_t{check.number}, std::string{check.name}, std::string{check.asks}});
  }
  return Print(context, document);
}

Result<audit::CheckReport> RunAll(const Context& context, const CheckArguments& arguments) {
  SUANPAN_ASSIGN_OR_RETURN(audit::CheckRun run, audit::CheckRun::Of(arguments.names));
  Progress progress{"check", "entries", std::nullopt, context.quiet};
  const auto tell = [&progress](std::uint64_t done) { progress.Set(done); };
  if (!arguments.export_dir.empty())
    return audit::RunChecksOnExport(arguments.export_dir, std::move(run), tell);
  SUANPAN_ASSIGN_OR_RETURN(const std::unique_ptr<store::EventReader> reader, OpenReader(context));
  SUANPAN_ASSIGN_OR_RETURN(const store::BookRow book, ChooseBook(context, *reader));
  return audit::RunChecks(*reader, book, std::move(run), tell);
}

int Check(const Context& context, const CheckArguments& arguments) {
  if (arguments.list) return ListChecks(context);
  if (!arguments.export_dir.empty() && !context.book.empty()) {
    return FailUsage("--book is of a data directory; an export has one book, or a folder for each");
  }
  LeaveOnInterrupt();
  const Result<audit::CheckReport> report = RunAll(context, arguments);
  if (!report.ok()) return Fail(report.error());
  return PrintText(context, audit::RenderChecks(*report, context.Format()),
                   report->findings.empty() ? kExitOk : kExitFound);
}

}  // namespace

void AddAuditCheck(CLI::App& audit, Context& context) {
  auto arguments = std::make_shared<CheckArguments>();
  CLI::App* check = AddCommand(
      audit, "check", "named tests over the log of a book: all findings, a count line for each",
      "suanpan audit check p-cap p-lots --json", context,
      [&context, arguments] { return Check(context, *arguments); });
  check->add_option("NAME", arguments->names, "only these tests (else all)");
  check->add_option("--export", arguments->export_dir,
                    "an export of one book, up to its checkpoint (else the data directory)");
  check->add_flag("--list", arguments->list, "the tests there are, and what each asks");
}

}  // namespace suanpan::cli
