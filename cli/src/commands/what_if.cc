// suanpan replay what-if

#include "suanpan/replay/what_if.h"

#include <fmt/format.h>

#include "src/command_reader.h"
#include "src/context.h"
#include "src/output.h"
#include "src/progress.h"
#include "src/refusal_text.h"
#include "src/watched_replay.h"
#include "suanpan/schema/command_json.h"
#include "suanpan/schema/kinds/policies.h"

namespace suanpan::cli {
namespace {

bool IsProposal(const schema::Event& fact) {
  return fact.kind != nullptr && fact.kind->number == schema::PolicyProposed::kKind;
}

/// A proposal in a file of commands.
struct Proposal {
  std::string line;
  std::size_t fact = 0;
};

/// The one proposal of a command.
Result<std::optional<std::size_t>> ProposalIn(schema::CommandParser& parser, std::string_view line,
                                              std::size_t number) {
  const auto parsed = parser.Parse(line);
  const auto wrong = [number](const schema::Refusal& refusal) {
    return MakeError(StatusCode::kInvalidArgument, "line {}: {}; {}", number, TextOf(refusal),
                     kRefusalsPage);
  };
  if (const auto* refusal = std::get_if<schema::Refusal>(&parsed)) return wrong(*refusal);
  const auto& command = std::get<schema::Command>(parsed);
  if (command.envelope_fault) return wrong(*command.envelope_fault);
  if (command.fault) return wrong(command.fault->refusal);
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < command.facts.size(); ++i) {
    if (!IsProposal(command.facts[i])) {
      return MakeError(StatusCode::kInvalidArgument,
                       "line {}: fact {} is no policy.proposed, and nothing else can be tried",
                       number, i);
    }
    if (found) {
      return MakeError(StatusCode::kInvalidArgument,
                       "line {}: a second proposal; try each on its own", number);
    }
    found = i;
  }
  return found;
}

Result<Proposal> ReadProposal(const std::string& path) {
  SUANPAN_ASSIGN_OR_RETURN(CommandReader reader, CommandReader::Open(path));
  schema::CommandParser parser{rules::Catalogue::Standard().kinds()};
  std::optional<Proposal> proposal;
  for (std::size_t number = 1;; ++number) {
    SUANPAN_ASSIGN_OR_RETURN(const std::optional<std::string_view> line, reader.Next());
    if (!line) break;
    if (line->empty()) continue;
    SUANPAN_ASSIGN_OR_RETURN(const std::optional<std::size_t> fact,
                             ProposalIn(parser, *line, number), path);
    if (!fact) continue;
    if (proposal) {
      return MakeError(StatusCode::kInvalidArgument,
                       "{}: line {}: a second proposal; try each on its own", path, number);
    }
    proposal = Proposal{std::string{*line}, *fact};
  }
  if (!proposal)
    return MakeError(StatusCode::kInvalidArgument, "{}: there is no policy.proposed in it", path);
  return *std::move(proposal);
}

report::Cell Points(suanpan::Points points) { return report::Counted{points.wide()}; }
report::Cell TextCell(const std::string& text) {
  return text.empty() ? report::Cell{} : report::Cell{text};
}

std::vector<report::Column> Columns() {
  return {{"change", "change"},
          {"source", "source"},
          {"of", "of", false},
          {"holder", "holder"},
          {"person", "person"},
          {"date", "date"},
          {"old_version", "old version", false},
          {"old_points", "old points"},
          {"points", "points"},
          {"granted", "granted"},
          {"old_expires", "old end", false},
          {"expires", "end", false}};
}

/// What a side of the table adds up to.
struct Sum {
  Wide old_points = 0;
  Wide points = 0;
  Wide granted = 0;
};

std::vector<report::Cell> TotalOf(std::string_view side, const Sum& sum) {
  std::vector<report::Cell> cells(Columns().size());
  cells[0] = std::string{side};
  cells[7] = report::Counted{sum.old_points};
  cells[8] = report::Counted{sum.points};
  cells[9] = report::Counted{sum.granted};
  return cells;
}

report::Document DocumentOf(const std::string& book, const replay::WhatIf& result) {
  report::Document document;
  document.name = "what-if";
  document.head = {{"book", book},
                   {"policy", result.policy},
                   {"version", std::uint64_t{result.version}},
                   {"applies_from", result.applies_from},
                   {"at_seq", result.at_seq.value()},
                   {"ended_already", report::Counted{result.over}},
                   {"digest", ToHex(result.digest.bytes)}};
  document.columns = Columns();
  document.empty_text = "nothing would change";
  Sum sums[2];
  for (const replay::WhatIfRow& row : result.rows) {
    const bool lot = row.of.empty();
    Sum& sum = sums[row.more ? 0 : 1];
    sum.old_points += row.old_points.wide();
    sum.points += row.points.wide();
    sum.granted += row.granted.wide();
    document.rows.push_back(
        {std::string{row.more ? "more" : "less"}, row.source, TextCell(row.of), row.holder,
         TextCell(row.person), row.date,
         row.old_version == 0 ? report::Cell{} : report::Cell{std::uint64_t{row.old_version}},
         Points(row.old_points), Points(row.points), Points(row.granted),
         lot ? report::Cell{row.old_expires.empty() ? "never" : row.old_expires} : report::Cell{},
         lot ? report::Cell{row.expires.empty() ? "never" : row.expires} : report::Cell{}});
  }
  if (!result.rows.empty()) document.totals = {TotalOf("more", sums[0]), TotalOf("less", sums[1])};
  return document;
}

Result<store::BookRow> BookOf(const store::EventReader& reader, std::string_view ref) {
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<store::BookRow> books, reader.Books());
  for (const store::BookRow& book : books) {
    if (book.ref == ref) return book;
  }
  return MakeError(StatusCode::kNotFound, "there is no book '{}'", ref);
}

int WhatIf(const Context& context, const std::string& path, std::uint64_t at) {
  const Result<Proposal> proposal = ReadProposal(path);
  if (!proposal.ok()) return Fail(proposal.error());
  schema::CommandParser parser{rules::Catalogue::Standard().kinds()};
  const auto parsed = parser.Parse(proposal->line);
  const auto& command = std::get<schema::Command>(parsed);
  if (!context.book.empty() && context.book != command.book)
    return FailUsage(fmt::format("the proposal is for book '{}'", command.book));
  Result<std::unique_ptr<store::EventReader>> reader = OpenReader(context);
  if (!reader.ok()) return Fail(reader.error());
  const Result<store::BookRow> book = BookOf(**reader, command.book);
  if (!book.ok()) return Fail(book.error());
  Progress progress{"replay", "events", std::nullopt, context.quiet};
  replay::ReplayOptions options = WatchedReplay(context, progress, 1);
  if (at != 0) options.until = Seq{at};
  const auto tried =
      replay::TryProposal(**reader, *book, options, command, command.facts[proposal->fact]);
  if (!tried.ok()) return Fail(tried.error());
  if (const auto* refusal = std::get_if<schema::Refusal>(&*tried)) {
    TellError(
        fmt::format("the proposal would be refused: {}; {}", TextOf(*refusal), kRefusalsPage));
    return kExitFound;
  }
  return Print(context, DocumentOf(book->ref, std::get<replay::WhatIf>(*tried)));
}

}  // namespace

void AddWhatIf(CLI::App& replay, Context& context) {
  auto path = std::make_shared<std::string>();
  auto at = std::make_shared<std::uint64_t>(0);
  CLI::App* what_if = AddCommand(
      replay, "what-if", "what a policy that reaches back would change, and the digest of that",
      "suanpan replay what-if --with proposal.jsonl", context,
      [&context, path, at] { return WhatIf(context, *path, *at); });
  what_if->add_option("--with", *path, "file of the command with the policy.proposed, or -")
      ->required();
  what_if->add_option("--at", *at, "position (else the head)")->check(CheckPositive);
}

}  // namespace suanpan::cli
