// suanpan report NAME

#include <fmt/format.h>

#include <charconv>

#include "src/context.h"
#include "src/output.h"
#include "src/progress.h"
#include "src/watched_replay.h"
#include "suanpan/replay/replayer.h"
#include "suanpan/report/statements.h"

namespace suanpan::cli {
namespace {

struct ReportArguments {
  std::string from;
  std::string to;
  std::string date;
  std::string known_at;
  report::ReportFilter filter;
};

/// Position or time up to which the log is read.
bool SetKnownAt(const std::string& known_at, replay::ReplayOptions& options) {
  if (known_at.empty()) return true;
  std::uint64_t seq = 0;
  const char* end = known_at.data() + known_at.size();
  const auto [parsed, error] = std::from_chars(known_at.data(), end, seq);
  if (error == std::errc{} && parsed == end && seq != 0) {
    options.until = Seq{seq};
    return true;
  }
  options.recorded_until = ParseInstant(known_at);
  return options.recorded_until.has_value();
}

using Builder = Result<report::Document> (*)(const report::ReportHead&, const replay::VendorLedger&,
                                             const replay::AccountWindow&, const rules::BookState&,
                                             const report::ReportFilter&);

/// The filters as they were given; empty where none was.
std::string TextOf(const report::ReportFilter& filter) {
  std::string text;
  const auto add = [&text](std::string_view option, const std::string& value) {
    if (value.empty()) return;
    text += fmt::format("{}{} {}", text.empty() ? "" : " ", option, value);
  };
  add("--vendor", filter.vendor);
  add("--agreement", filter.agreement);
  add("--fund", filter.fund);
  return text;
}

Result<report::Document> Build(const Context& context, const ReportArguments& arguments,
                               const replay::ReplayOptions& known_at, Builder build) {
  SUANPAN_ASSIGN_OR_RETURN(std::unique_ptr<store::EventReader> reader, OpenReader(context));
  SUANPAN_ASSIGN_OR_RETURN(const store::BookRow book, ChooseBook(context, *reader));
  const std::string& to = arguments.to.empty() ? arguments.date : arguments.to;
  const replay::DateWindow window{ParseDate(arguments.from), ParseDate(to)};
  replay::VendorLedger vendors{window};
  replay::AccountWindow accounts{window};
  replay::Projection* projections[] = {&vendors, &accounts};
  Progress progress{"replay", "events", std::nullopt, context.quiet};
  replay::ReplayOptions options = WatchedReplay(context, progress, 1);
  options.until = known_at.until;
  options.recorded_until = known_at.recorded_until;
  SUANPAN_ASSIGN_OR_RETURN(const replay::ReplayedBook replayed,
                           replay::ReplayBook(*reader, book.book, options, projections));
  const Seq reached = replayed.state->head.get();
  if (known_at.until && reached < *known_at.until) {
    return MakeError(StatusCode::kNotFound,
                     "book {} has {} entries; --known-at {} is not among them", book.ref,
                     reached.value(), known_at.until->value());
  }
  const report::ReportHead head{book.ref,
                                reached,
                                replayed.root,
                                to,
                                arguments.from,
                                arguments.known_at,
                                engine::DigestState(*replayed.state).root};
  SUANPAN_ASSIGN_OR_RETURN(report::Document document,
                           build(head, vendors, accounts, *replayed.state, arguments.filter));
  const std::string filter = TextOf(arguments.filter);
  if (document.rows.empty() && !filter.empty()) {
    return MakeError(StatusCode::kNotFound, "book {} has nothing with {} up to entry {}{}",
                     book.ref, filter, reached.value(),
                     arguments.filter.vendor.empty() ? "" : "; only agreements have statements");
  }
  return document;
}

int Report(const Context& context, const ReportArguments& arguments, Builder build) {
  replay::ReplayOptions options;
  if (!SetKnownAt(arguments.known_at, options)) {
    return FailUsage(
        fmt::format("--known-at '{}' is neither a sequence from 1 nor a time like "
                    "2026-03-31T18:00:00+08:00",
                    arguments.known_at));
  }
  const std::string& to = arguments.to.empty() ? arguments.date : arguments.to;
  if (!arguments.from.empty() && !to.empty() && to < arguments.from) {
    return FailUsage(
        fmt::format("--from {} lies after {}; no date is between", arguments.from, to));
  }
  const Result<report::Document> document = Build(context, arguments, options, build);
  return document.ok() ? Print(context, *document) : Fail(document.error());
}

struct ReportName {
  const char* name;
  const char* description;
  const char* example;
  int filters;
  Builder build;
};

/// Which rows a report can be narrowed to.
enum Filters : std::uint8_t { kNone = 0, kByFund = 1, kByAgreement = 2 };

constexpr ReportName kReports[] = {
    {"vendor", "donation statement of each agreement: base, due, billed, received, outstanding",
     "suanpan report vendor --vendor v-1 --date 2025-12-31", kByFund | kByAgreement,
     [](const report::ReportHead& head, const replay::VendorLedger& vendors,
        const replay::AccountWindow&, const rules::BookState& state,
        const report::ReportFilter& filter) -> Result<report::Document> {
       SUANPAN_ASSIGN_OR_RETURN(const auto statements, vendors.Statements(state));
       return report::VendorDocument(head, statements, filter);
     }},
    {"fund", "roll-forward of each fund: opening, income by source, spending by purpose, closing",
     "suanpan report fund --from 2025-01-01 --to 2025-12-31", kByFund,
     [](const report::ReportHead& head, const replay::VendorLedger&,
        const replay::AccountWindow& accounts, const rules::BookState& state,
        const report::ReportFilter& filter) -> Result<report::Document> {
       SUANPAN_ASSIGN_OR_RETURN(const auto statements, replay::FundStatements(accounts, state));
       return report::FundDocument(head, statements, filter);
     }},
    {"trial-balance", "opening, debit, credit and closing of every account",
     "suanpan report trial-balance --format csv", kNone,
     [](const report::ReportHead& head, const replay::VendorLedger&,
        const replay::AccountWindow& accounts, const rules::BookState& state,
        const report::ReportFilter&) -> Result<report::Document> {
       SUANPAN_ASSIGN_OR_RETURN(const auto lines, replay::TrialBalance(accounts, state));
       return report::TrialBalanceDocument(head, lines);
     }},
};

int ListReports(const Context& context) {
  report::Document document;
  document.name = "reports";
  document.columns = {{"name", "name"}, {"description", "description"}};
  for (const ReportName& entry : kReports) {
    document.rows.push_back({std::string{entry.name}, std::string{entry.description}});
  }
  return Print(context, document);
}

void AddReportOptions(CLI::App& command, ReportArguments& arguments, int filters) {
  const auto date = [](const std::string& text) {
    return ParseDate(text) ? std::string{} : "not a date like 2026-03-31: " + text;
  };
  command.add_option("--from", arguments.from, "first business date of the window")->check(date);
  CLI::Option* to =
      command.add_option("--to", arguments.to, "last business date of the window")->check(date);
  command.add_option("--date", arguments.date, "as of this business date")
      ->check(date)
      ->excludes(to);
  command.add_option("--known-at", arguments.known_at,
                     "as the log stood at this sequence, or at a time it was recorded by, like "
                     "2026-03-31T18:00:00+08:00");
  if ((filters & kByAgreement) != 0) {
    command.add_option("--vendor", arguments.filter.vendor, "only this vendor");
    command.add_option("--agreement", arguments.filter.agreement, "only this agreement");
  }
  if ((filters & kByFund) != 0) {
    command.add_option("--fund", arguments.filter.fund, "only this fund");
  }
}

}  // namespace

void AddReport(CLI::App& app, Context& context) {
  CLI::App* reports = AddGroup(app, "report", "reports, each rebuilt from the log by replay",
                               "suanpan report fund --date 2025-12-31");
  AddCommand(
      *reports, "list", "the reports there are", "suanpan report list", context,
      [&context] { return ListReports(context); }, Unused{.book = true});
  auto arguments = std::make_shared<ReportArguments>();
  for (const ReportName& entry : kReports) {
    CLI::App* command = AddCommand(
        *reports, entry.name, entry.description, entry.example, context,
        [&context, arguments, build = entry.build] { return Report(context, *arguments, build); });
    AddReportOptions(*command, *arguments, entry.filters);
  }
}

}  // namespace suanpan::cli
