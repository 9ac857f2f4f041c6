// suanpan report NAME

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "src/context.h"
#include "src/output.h"
#include "src/progress.h"
#include "src/watched_replay.h"
#include "suanpan/replay/replayer.h"
#include "suanpan/report/community.h"
#include "suanpan/rules/relations.h"

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
  add("--scheme", filter.scheme);
  add("--household", filter.household);
  add("--person", filter.person);
  add("--service", filter.service);
  add("--place", filter.place);
  add("--holder", filter.holder);
  return text;
}

/// The last business date of what was replayed.
class LastDate final : public replay::Projection {
 public:
  void OnEvent(const replay::EventContext& context) override {
    last_ = std::max(last_, context.event.common.business_day);
  }
  [[nodiscard]] std::string text() const { return last_.value() == 0 ? "" : ToText(last_); }

 private:
  Date last_;
};

/// One book, replayed for one report.
class Run {
 public:
  Run(const Context& context, const ReportArguments& arguments,
      const replay::ReplayOptions& known_at)
      : context_(context), arguments_(arguments), known_at_(known_at) {}

  [[nodiscard]] const std::string& to() const {
    return arguments_.to.empty() ? arguments_.date : arguments_.to;
  }
  [[nodiscard]] replay::DateWindow window() const {
    return {ParseDate(arguments_.from), ParseDate(to())};
  }
  [[nodiscard]] const report::ReportFilter& filter() const { return arguments_.filter; }
  /// Feeds the projection with the log. Once.
  [[nodiscard]] Status Replay(replay::Projection& projection);
  [[nodiscard]] const rules::BookState& state() const { return *replayed_.state; }
  [[nodiscard]] report::ReportHead head() const {
    return {book_.ref,
            state().head.get(),
            replayed_.root,
            to(),
            arguments_.from,
            arguments_.known_at,
            engine::DigestState(state()).root,
            state().erased.size(),
            last_date_.text()};
  }
  [[nodiscard]] const store::BookRow& book() const { return book_; }

 private:
  const Context& context_;
  const ReportArguments& arguments_;
  const replay::ReplayOptions& known_at_;
  std::unique_ptr<store::EventReader> reader_;
  store::BookRow book_;
  replay::ReplayedBook replayed_;
  LastDate last_date_;
};

Status Run::Replay(replay::Projection& projection) {
  SUANPAN_ASSIGN_OR_RETURN(reader_, OpenReader(context_));
  SUANPAN_ASSIGN_OR_RETURN(book_, ChooseBook(context_, *reader_));
  replay::Projection* projections[] = {&projection, &last_date_};
  Progress progress{"replay", "events", std::nullopt, context_.quiet};
  replay::ReplayOptions options = WatchedReplay(context_, progress, 1);
  options.until = known_at_.until;
  options.recorded_until = known_at_.recorded_until;
  SUANPAN_ASSIGN_OR_RETURN(replayed_,
                           replay::ReplayBook(*reader_, book_.book, options, projections));
  const Seq reached = state().head.get();
  if (known_at_.until && reached < *known_at_.until) {
    return MakeError(StatusCode::kNotFound,
                     "book {} has {} entries; --known-at {} is not among them", book_.ref,
                     reached.value(), known_at_.until->value());
  }
  return {};
}

using Builder = Result<report::Document> (*)(Run& run);

Result<report::Document> Vendor(Run& run) {
  replay::VendorLedger vendors{run.window()};
  SUANPAN_RETURN_IF_ERROR(run.Replay(vendors));
  SUANPAN_ASSIGN_OR_RETURN(const auto statements, vendors.Statements(run.state()));
  return report::VendorDocument(run.head(), statements, run.filter());
}

Result<report::Document> Fund(Run& run) {
  replay::AccountWindow accounts{run.window()};
  SUANPAN_RETURN_IF_ERROR(run.Replay(accounts));
  SUANPAN_ASSIGN_OR_RETURN(const auto statements, replay::FundStatements(accounts, run.state()));
  return report::FundDocument(run.head(), statements, run.filter());
}

Result<report::Document> TrialBalance(Run& run) {
  replay::AccountWindow accounts{run.window()};
  SUANPAN_RETURN_IF_ERROR(run.Replay(accounts));
  SUANPAN_ASSIGN_OR_RETURN(const auto lines, replay::TrialBalance(accounts, run.state()));
  return report::TrialBalanceDocument(run.head(), lines);
}

Result<report::Document> Points(Run& run) {
  replay::PointsLedger points{run.window()};
  SUANPAN_RETURN_IF_ERROR(run.Replay(points));
  return report::PointsDocument(run.head(), points.Schemes(run.state()), run.filter());
}

bool IsHolder(const rules::BookState& state, const std::string& name) {
  const NameId id = state.names.Find(name);
  if (id.value() == 0) return false;
  const std::optional<schema::PartyType> type = rules::PartyTypeOf(state, id);
  return type == schema::PartyType::kHousehold || type == schema::PartyType::kMember;
}

/// A holder that never had a point has 0 of each scheme, and is no misspelt name.
void AddWithoutPoints(const Run& run, const std::vector<replay::SchemeStatement>& schemes,
                      std::vector<replay::HouseholdStatement>& statements) {
  const report::ReportFilter& filter = run.filter();
  const auto wanted = [&filter](const std::string& scheme) {
    return filter.scheme.empty() || scheme == filter.scheme;
  };
  const bool there = std::ranges::any_of(statements, [&](const auto& line) {
    return line.household == filter.household && wanted(line.scheme);
  });
  if (there || !IsHolder(run.state(), filter.household)) return;
  for (const replay::SchemeStatement& line : schemes) {
    if (wanted(line.scheme)) statements.push_back({filter.household, line.scheme, {}, {}});
  }
  if (schemes.empty() && filter.scheme.empty())
    statements.push_back({filter.household, "", {}, {}});
}

Result<report::Document> Household(Run& run) {
  replay::PointsLedger points{run.window()};
  SUANPAN_RETURN_IF_ERROR(run.Replay(points));
  std::vector<replay::HouseholdStatement> statements = points.Households(run.state());
  if (!run.filter().household.empty())
    AddWithoutPoints(run, points.Schemes(run.state()), statements);
  return report::HouseholdDocument(run.head(), statements, run.filter());
}

Result<report::Document> Hours(Run& run) {
  replay::HoursLedger hours{run.window()};
  SUANPAN_RETURN_IF_ERROR(run.Replay(hours));
  return report::HoursDocument(run.head(), hours.Statements(run.state()), run.filter());
}

Result<report::Document> Orders(Run& run) {
  replay::OrdersLedger orders{run.window()};
  SUANPAN_RETURN_IF_ERROR(run.Replay(orders));
  return report::OrdersDocument(run.head(), orders.Statements(run.state()), run.filter());
}

Result<report::Document> Slots(Run& run) {
  replay::SlotsLedger slots{run.window()};
  SUANPAN_RETURN_IF_ERROR(run.Replay(slots));
  return report::SlotsDocument(run.head(), slots.Statements(run.state()), run.filter());
}

/// Whether all that a filter names is known by name, so that no row means that it has nothing. Of
/// agreements, funds, schemes and kinds of service a row is all that is known.
bool IsKnown(const rules::BookState& state, const report::ReportFilter& filter) {
  for (const std::string* name :
       {&filter.vendor, &filter.agreement, &filter.fund, &filter.scheme, &filter.service}) {
    if (!name->empty()) return false;
  }
  for (const std::string* name : {&filter.person, &filter.place, &filter.holder}) {
    if (!name->empty() && state.names.Find(*name).value() == 0) return false;
  }
  return filter.household.empty() || IsHolder(state, filter.household);
}

Result<report::Document> Build(Run& run, Builder build) {
  SUANPAN_ASSIGN_OR_RETURN(report::Document document, build(run));
  const std::string filter = TextOf(run.filter());
  if (document.rows.empty() && !filter.empty() && !IsKnown(run.state(), run.filter())) {
    return MakeError(StatusCode::kNotFound, "book {} has nothing with {} up to entry {}{}",
                     run.book().ref, filter, run.state().head.get().value(),
                     run.filter().vendor.empty() ? "" : "; only agreements have statements");
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
  Run run{context, arguments, options};
  if (!arguments.from.empty() && !run.to().empty() && run.to() < arguments.from) {
    return FailUsage(
        fmt::format("--from {} lies after {}; no date is between", arguments.from, run.to()));
  }
  const Result<report::Document> document = Build(run, build);
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
enum Filters : std::uint8_t {
  kNone = 0,
  kByFund = 1,
  kByAgreement = 2,
  kByScheme = 4,
  kByHousehold = 8,
  kByPerson = 16,
  kByService = 32,
  kByPlace = 64
};

constexpr ReportName kReports[] = {
    {"vendor", "donation statement of each agreement: base, due, billed, received, outstanding",
     "suanpan report vendor --vendor v-1 --date 2025-12-31", kByFund | kByAgreement, &Vendor},
    {"fund", "roll-forward of each fund: opening, income by source, spending by purpose, closing",
     "suanpan report fund --from 2025-01-01 --to 2025-12-31", kByFund, &Fund},
    {"trial-balance", "opening, debit, credit and closing of every account",
     "suanpan report trial-balance --format csv", kNone, &TrialBalance},
    {"points", "roll-forward of each scheme of points; what is left, by the month in which it ends",
     "suanpan report points --from 2025-01-01 --to 2025-12-31", kByScheme, &Points},
    {"household", "points of each household: granted, redeemed, expired, balance, and its lots",
     "suanpan report household --household h-1 --json", kByScheme | kByHousehold, &Household},
    {"hours", "minutes that each person served, by household, class and service; points for them",
     "suanpan report hours --person p-1 --date 2025-12-31", kByHousehold | kByPerson, &Hours},
    {"orders", "how far the orders of each service came; those that are open, by age",
     "suanpan report orders --from 2025-01-01 --to 2025-12-31", kByService, &Orders},
    {"slots", "how the timetable was kept: checked in, no show, cancelled, used",
     "suanpan report slots --from 2025-01-01 --to 2025-01-31", kByPlace, &Slots},
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
  if ((filters & kByScheme) != 0) {
    command.add_option("--scheme", arguments.filter.scheme, "only this scheme of points");
  }
  if ((filters & kByHousehold) != 0) {
    command.add_option("--household", arguments.filter.household,
                       "only this household, or member of an alliance");
  }
  if ((filters & kByPerson) != 0) {
    command.add_option("--person", arguments.filter.person, "only this person");
  }
  if ((filters & kByService) != 0) {
    command.add_option("--service", arguments.filter.service, "only this kind of service");
  }
  if ((filters & kByPlace) != 0) {
    command.add_option("--place", arguments.filter.place, "only this place");
    command.add_option("--holder", arguments.filter.holder, "only this vendor, member or other");
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
