#include "support/test_ledger.h"

#include <gtest/gtest.h>

#include <fstream>

#include "suanpan/engine/checkpoint_record.h"
#include "suanpan/schema/command_json.h"

namespace suanpan::test {

const proof::Signer& TestSigner() {
  static const proof::Signer signer = [] {
    proof::Ed25519Seed seed{};
    seed.fill(7);
    return proof::Signer::FromSeed("books.example", seed).value();
  }();
  return signer;
}

TestLedger::TestLedger(std::unique_ptr<store::EventStore> store, rules::SchemaStamp schema,
                       const rules::Catalogue* catalogue)
    : now(*ParseInstant("2026-02-10T00:00:00Z")),
      catalogue_(catalogue != nullptr ? *catalogue : rules::Catalogue::Standard()) {
  engine::LedgerOptions options;
  options.catalogue = &catalogue_;
  options.schema = schema;
  options.clock = [this] { return now; };
  ledger_ = engine::Ledger::Open(std::move(store), std::move(options)).value();
}

void TestLedger::Submit(std::string_view command_json) {
  schema::CommandParser parser{catalogue_.kinds()};
  const auto parsed = parser.Parse(command_json);
  ASSERT_TRUE(std::holds_alternative<schema::Command>(parsed)) << command_json;
  const Result<engine::Submission> submission =
      ledger_->Submit(std::get<schema::Command>(parsed), "cli");
  ASSERT_TRUE(submission.ok()) << submission.error().ToString();
  ASSERT_EQ(submission->outcome, engine::Submission::Outcome::kAccepted)
      << command_json << "\n"
      << ledger_->AnswerJson(*submission).value();
}

void TestLedger::AddYear(const community_year::YearOptions& options) {
  const Status generated = community_year::GenerateYear(options, [this](std::string_view command) {
    Submit(command);
    return testing::Test::HasFatalFailure() ? MakeError(StatusCode::kUnknown, "refused") : Status{};
  });
  ASSERT_TRUE(generated.ok()) << generated.ToString();
}

void TestLedger::AddFile(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  ASSERT_TRUE(file.good()) << path;
  for (std::string line; std::getline(file, line);) {
    ASSERT_NO_FATAL_FAILURE(Submit(line));
  }
}

void TestLedger::SignAll() {
  for (const std::string& book : ledger_->Books()) {
    const Result<std::string> note = engine::SignHead(*ledger_, book, TestSigner());
    ASSERT_TRUE(note.ok()) << note.error().ToString();
  }
}

BookNo TestLedger::NumberOf(std::string_view book) const { return ledger_->NumberOf(book).value(); }

}  // namespace suanpan::test
