#pragma once

// One ledger on the memory store and the second opinion beside it, told the same commands.

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "followed.h"
#include "suanpan/engine/ledger.h"
#include "suanpan/schema/command_json.h"
#include "support/opinion/book.h"
#include "support/opinion/figures.h"
#include "support/state_figures.h"

namespace suanpan::test {

/// Where an answer of the engine contradicts the second opinion's; empty where it does not. Fields
/// and details that no document fixes are not compared.
[[nodiscard]] std::string Difference(const opinion::Json& engine, const opinion::Json& opinion);

class Both {
 public:
  /// `schema`: what the first entry of a book adds; by default none.
  explicit Both(opinion::Fault fault = opinion::Fault::kNone, rules::SchemaStamp schema = {});

  /// Microseconds since 1970 of both clocks.
  std::int64_t now_us;

  /// Tells both; empty where the answers agree.
  [[nodiscard]] std::string Play(std::string_view command, const std::string& source = "cli");
  /// Applies what came to the log of each book and judges it by the laws of books; empty where all
  /// hold.
  [[nodiscard]] std::string CatchUp();
  /// The same, and compares every figure of each book; empty where all agree.
  [[nodiscard]] std::string CompareStates();

  [[nodiscard]] const opinion::Ledger& opinion() const { return opinion_; }
  [[nodiscard]] engine::Ledger& ledger() { return *ledger_; }
  /// A book as its log has it since CatchUp.
  [[nodiscard]] Followed& followed(const std::string& book) { return followed_[book]; }
  /// The last answer of the second opinion.
  [[nodiscard]] const opinion::Json& answer() const { return answer_; }
  /// And that of the ledger.
  [[nodiscard]] const opinion::Json& engine_answer() const { return engine_answer_; }

 private:
  [[nodiscard]] opinion::Json Ask(std::string_view command, const std::string& source);

  opinion::Ledger opinion_;
  opinion::Json answer_;
  opinion::Json engine_answer_;
  std::unique_ptr<engine::Ledger> ledger_;
  std::map<std::string, Followed> followed_;
  schema::CommandParser parser_;
};

}  // namespace suanpan::test
