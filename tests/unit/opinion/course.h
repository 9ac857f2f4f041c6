#pragma once

// A history told to the ledger and to the second opinion, and every stage after the answers.

#include <map>
#include <string>
#include <vector>

#include "both.h"
#include "pipeline.h"
#include "suanpan/schema/schema_files.h"
#include "support/opinion/history.h"

namespace suanpan::test {

/// Of the schema that the first entry of each book adds.
[[nodiscard]] Hash32 SchemaDigest();

/// A history as it is told, and what both made of it.
class Course {
 public:
  /// Where an answer differs; empty where none does.
  std::string Tell(const opinion::Told& told);
  [[nodiscard]] const opinion::Ledger& opinion() const { return both_.opinion(); }
  [[nodiscard]] const std::vector<opinion::Told>& told() const { return told_; }
  [[nodiscard]] const opinion::Json& answer() const { return both_.answer(); }

  /// The first stage after the answers that the second opinion contradicts.
  std::string Judge();
  /// What the second opinion expects of a book.
  [[nodiscard]] Expected ExpectedOfBook(const std::string& name) const;

  enum Stage { kLeaves, kBytes, kReplay, kReplayAhead, kExport, kAudit, kChecks, kAll };
  /// What one stage of this run is, judged by what another was expected to be.
  std::string JudgeAgainst(const Expected& expected, Stage stage);

  // What the stages give, for whoever changes it.
  [[nodiscard]] std::vector<std::string> Acknowledged(const std::string& name) const;
  [[nodiscard]] std::vector<std::string> Stored(const std::string& name);
  [[nodiscard]] std::unique_ptr<rules::BookState> Replayed(const std::string& name);
  void Export(const std::string& name, const std::filesystem::path& dir);
  [[nodiscard]] static audit::BookReport ReportOn(const std::filesystem::path& dir);
  [[nodiscard]] static Result<audit::CheckReport> ChecksOn(const std::filesystem::path& dir);

 private:
  /// As reported then: the state after the first half of the commands.
  std::string JudgeMiddle(const std::string& name);

  Both both_{opinion::Fault::kNone, {schema::kSchemaVersion, SchemaDigest()}};
  std::vector<opinion::Told> told_;
  std::vector<opinion::Json> answers_;                            ///< of the ledger, to each
  std::map<std::string, std::vector<std::string>> acknowledged_;  ///< leaves, by book
};

/// Book "zz" with a fund (entry 1), an agreement (2) and so many sales, the last of them of
/// `amount` fen. The same but for that.
void TellPlain(Course& course, int amount, int sales = 3);

}  // namespace suanpan::test
