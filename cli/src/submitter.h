#pragma once

// Hands commands to a ledger in batches and answers them in order once they are durable.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/answerer.h"
#include "suanpan/engine/ledger.h"
#include "suanpan/schema/command_json.h"

namespace suanpan::cli {

struct SubmitCounts {
  std::uint64_t commands = 0;
  std::uint64_t events = 0;  ///< stored by this run, derived ones included
  std::uint64_t refused = 0;
  std::uint64_t repeated = 0;
  std::optional<schema::RefusalCode> first_refusal;

  /// Commands that became entries of this run; those of a dry run would have.
  [[nodiscard]] std::uint64_t Appended() const { return commands - refused - repeated; }
};

struct SubmitOptions {
  std::string source = "cli";
  std::size_t batch = 1'000;  ///< commands under way before their answers are waited for
  bool go_on = false;         ///< after a refusal
  bool dry = false;           ///< print the balances that would change instead of answers
};

class Submitter {
 public:
  Submitter(engine::Ledger& ledger, SubmitOptions options, AnswerSink on_answer);

  /// Submits one command. False: it was refused and nothing more should be submitted.
  [[nodiscard]] Result<bool> Submit(std::string_view json);
  /// Waits until everything submitted is answered.
  [[nodiscard]] Status Flush();
  [[nodiscard]] const SubmitCounts& counts() const { return counts_; }

 private:
  /// What a dry run says of a command that would be written, or repeats one that would be; empty:
  /// it is answered as always.
  [[nodiscard]] std::string DryAnswer(const engine::Submission& submission,
                                      const std::vector<engine::BalanceChange>& changes);

  engine::Ledger& ledger_;
  SubmitOptions options_;
  schema::CommandParser parser_;
  std::map<const engine::Book*, Seq> dry_from_;  ///< first entry of a book that a dry run decided
  SubmitCounts counts_;
  Answerer answerer_;
};

}  // namespace suanpan::cli
