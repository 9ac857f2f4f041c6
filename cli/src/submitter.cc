#include "src/submitter.h"

#include "suanpan/schema/json_text.h"

namespace suanpan::cli {

using engine::Submission;

Submitter::Submitter(engine::Ledger& ledger, SubmitOptions options, AnswerSink on_answer)
    : ledger_(ledger),
      options_(std::move(options)),
      parser_(rules::Catalogue::Standard().kinds()),
      answerer_(ledger, options_.batch, std::move(on_answer)) {}

Result<bool> Submitter::Submit(std::string_view json) {
  ++counts_.commands;
  std::variant<schema::Command, schema::Refusal> parsed = parser_.Parse(json);
  Submission submission;
  if (auto* refusal = std::get_if<schema::Refusal>(&parsed)) {
    submission = ledger_.RefuseText(std::move(*refusal), parser_.book(), parser_.key());
  } else {
    SUANPAN_ASSIGN_OR_RETURN(submission,
                             ledger_.Submit(std::get<schema::Command>(parsed), options_.source));
  }
  const bool refused = submission.outcome == Submission::Outcome::kRefused;
  if (refused && ++counts_.refused == 1) counts_.first_refusal = submission.refusal.code;
  if (submission.outcome == Submission::Outcome::kDuplicate) ++counts_.repeated;
  if (submission.outcome == Submission::Outcome::kAccepted)
    counts_.events += submission.entry->summary.events;
  std::string answer;
  if (options_.dry) {
    SUANPAN_ASSIGN_OR_RETURN(const std::vector<engine::BalanceChange> changes,
                             ledger_.ChangesOf(submission));
    answer = DryAnswer(submission, changes);
  }
  SUANPAN_RETURN_IF_ERROR(answerer_.Push(std::move(submission), std::move(answer)));
  const bool stop = refused && !options_.go_on;
  if (stop) SUANPAN_RETURN_IF_ERROR(Flush());
  return !stop;
}

Status Submitter::Flush() { return answerer_.Flush(); }

std::string Submitter::DryAnswer(const Submission& submission,
                                 const std::vector<engine::BalanceChange>& changes) {
  if (submission.outcome == Submission::Outcome::kRefused) return {};
  const bool accepted = submission.outcome == Submission::Outcome::kAccepted;
  if (accepted) dry_from_.try_emplace(submission.book, submission.entry->seq);
  const auto from = dry_from_.find(submission.book);
  const bool is_of_this_run = from != dry_from_.end() && submission.entry != nullptr &&
                              submission.entry->seq >= from->second;
  if (!is_of_this_run) return {};
  std::string out;
  schema::JsonText json{out};
  json.BeginObject();
  json.Field("result", accepted ? "would_commit" : "would_repeat");
  json.Field("book", parser_.book());
  json.Field("key", parser_.key());
  json.Key("seq");
  json.Number(submission.entry->seq.value());
  json.Key("events");
  json.Number(submission.entry->summary.events);
  json.Key("balances");
  json.BeginArray();
  for (const engine::BalanceChange& change : changes) {
    json.BeginObject();
    json.Field("account", change.account);
    const bool money = change.unit == rules::UnitOfAccount::kFen;
    if (!money) json.Field("unit", ToText(change.unit));
    json.Key(money ? "before_fen" : "before");
    json.Amount(change.before.value());
    json.Key(money ? "after_fen" : "after");
    json.Amount(change.after.value());
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return out;
}

}  // namespace suanpan::cli
