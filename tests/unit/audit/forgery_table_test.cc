// The table of forgeries (forgery_rows.h), row by row: the library and the program `suanpan audit
// verify` find each by the step and test of its row, with the auditor's own key, policy and state
// of an earlier visit at hand, and call none verified.

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "forgery_rows.h"

namespace suanpan::audit {
namespace {

/// How a visit ended, by the library or by the program.
struct Ending {
  int exit_code = -1;
  std::string verdict;
  std::set<std::string> checks;
  std::string text;
};

Ending EndingOf(const VerifyReport& report) {
  Ending ending{
      ExitCode(report.verdict), std::string{ToText(report.verdict)}, {}, FindingsOf(report)};
  const auto take = [&](const std::vector<Finding>& findings) {
    for (const Finding& finding : findings) {
      if (finding.severity != Severity::kNote) ending.checks.insert(finding.check);
    }
  };
  take(report.findings);
  for (const BookReport& book : report.books) take(book.findings);
  return ending;
}

Ending EndingOf(const test::Outcome& outcome) {
  Ending ending{outcome.exit_code, "none", {}, outcome.output};
  const auto json = nlohmann::json::parse(outcome.output, nullptr, false);
  if (json.is_discarded()) return ending;
  ending.verdict = json["verdict"];
  for (const auto& finding : json["findings"]) {
    if (finding["severity"] != "note") ending.checks.insert(finding["check"]);
  }
  return ending;
}

/// What is amiss with the ending of a visit to a forged export; empty where the row holds.
std::string Complaint(const Forgery& row, const Ending& ending) {
  if (ending.exit_code != ExitCode(row.verdict)) {
    return fmt::format("exit code {} instead of {}", ending.exit_code, ExitCode(row.verdict));
  }
  if (ending.verdict != ToText(row.verdict)) return "verdict " + ending.verdict;
  return ending.checks.contains(row.check) ? "" : row.check + " is not among the findings";
}

/// The same for rows in which the entries alone give the forgery away: nothing that comes before V5
/// finds it.
std::string ComplaintOfEntries(const Forgery& row, const Ending& ending) {
  const auto early =
      std::ranges::find_if(ending.checks, [](const std::string& check) { return check < "V5"; });
  if (early != ending.checks.end()) return *early + ", but the tree is valid";
  return Complaint(row, ending);
}

using Compare = std::string (*)(const Forgery&, const Ending&);

/// Both judge every row; the number of rows.
std::size_t Judge(const std::vector<Forgery>& rows, Compare complaint) {
  for (const Forgery& row : rows) {
    SCOPED_TRACE(row.what);
    Visit visit;
    row.forge(visit);
    const std::string state = ReadText(visit.StateFile());
    const Ending library = EndingOf(visit.InProcess());
    EXPECT_EQ(complaint(row, library), "") << library.text;
    const Ending program = EndingOf(visit.Program());
    EXPECT_EQ(complaint(row, program), "") << program.text;
    EXPECT_EQ(library.checks, program.checks);
    EXPECT_EQ(ReadText(visit.StateFile()), state) << "the state moves on only when verified";
  }
  return rows.size();
}

TEST(ForgeryTable, TheExportItselfIsVerifiedUnderTheSameKeyPolicyAndState) {
  Visit visit;
  const Ending library = EndingOf(visit.InProcess());
  EXPECT_EQ(library.exit_code, 0) << library.text;
  EXPECT_EQ(ReadText(visit.StateFile()), visit.Read(Visit::kCheckpoint));
  EXPECT_EQ(EndingOf(visit.InProcess()).exit_code, 0) << "under the state that moved on";
  const Visit again;
  const Ending program = EndingOf(again.Program());
  EXPECT_EQ(program.exit_code, 0) << program.text;
  EXPECT_EQ(program.verdict, "verified");
  EXPECT_EQ(ReadText(again.StateFile()), again.Read(Visit::kCheckpoint));
}

TEST(ForgeryTable, RebuiltAndSignedAgainItIsVerifiedToo) {
  Visit visit;
  visit.ForgeAfterTheVisit(Visit::Genuine());
  const Ending library = EndingOf(visit.InProcess());
  EXPECT_EQ(library.exit_code, 0) << library.text;
}

TEST(ForgeryTable, EveryForgeryIsFoundByTheLibraryAndByTheProgram) {
  std::size_t rows = 0;
  for (auto* table : {&FileForgeries, &CheckpointForgeries, &OtherLogs}) {
    rows += Judge((*table)(), &Complaint);
  }
  for (auto* table : {&FormForgeries, &EntryForgeries}) {
    rows += Judge((*table)(), &ComplaintOfEntries);
  }
  std::cout << rows << " forgeries, each found by the library and by the program\n";
  RecordProperty("rows", static_cast<int>(rows));
}

TEST(ForgeryTable, ARowFailsWhereTheAuditIsBlind) {
  for (auto* table :
       {&FileForgeries, &CheckpointForgeries, &OtherLogs, &FormForgeries, &EntryForgeries}) {
    for (const Forgery& row : (*table)()) {
      const Ending seen{ExitCode(row.verdict), std::string{ToText(row.verdict)}, {row.check}, {}};
      EXPECT_EQ(Complaint(row, seen), "") << row.what;
      EXPECT_EQ(ComplaintOfEntries(row, seen) == "", row.check >= "V5") << row.what;
      Ending blind = seen;  // the finding is dropped
      blind.checks = {"V6/another"};
      EXPECT_NE(Complaint(row, blind), "") << row.what;
      blind = {0, "verified", {}, {}};  // and with it the verdict
      EXPECT_NE(Complaint(row, blind), "") << row.what;
      blind = seen;  // the program says one thing and ends as another
      blind.exit_code = 0;
      EXPECT_NE(Complaint(row, blind), "") << row.what;
      blind = {ExitCode(row.verdict), "none", {}, "no JSON"};
      EXPECT_NE(Complaint(row, blind), "") << row.what;
    }
  }
}

}  // namespace
}  // namespace suanpan::audit
