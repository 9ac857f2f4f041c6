#include "both.h"

#include <fmt/format.h>

#include <algorithm>

#include "suanpan/engine/entry_log.h"
#include "suanpan/rules/apply.h"
#include "suanpan/store/memory_store.h"
#include "support/state_figures.h"

namespace suanpan::test {

using opinion::Json;

Both::Both(opinion::Fault fault, rules::SchemaStamp schema)
    : now_us(ParseInstant("2026-12-31T00:00:00Z")->value()),
      opinion_(fault),
      parser_(rules::Catalogue::Standard().kinds()) {
  engine::LedgerOptions options;
  options.schema = schema;
  options.clock = [this] { return InstantUs{now_us}; };
  ledger_ = engine::Ledger::Open(store::MakeMemoryStore(), std::move(options)).value();
}

Json Both::Ask(std::string_view command, const std::string& source) {
  auto parsed = parser_.Parse(command);
  engine::Submission submission;
  if (auto* refusal = std::get_if<schema::Refusal>(&parsed)) {
    submission = ledger_->RefuseText(std::move(*refusal), parser_.book(), parser_.key());
  } else {
    submission = ledger_->Submit(std::get<schema::Command>(parsed), source).value();
  }
  SUANPAN_INVARIANT(ledger_->WaitDurable(submission).ok());
  return Json::parse(ledger_->AnswerJson(submission).value());
}

std::string Both::Play(std::string_view command, const std::string& source) {
  engine_answer_ = Ask(command, source);
  answer_ = opinion_.Answer(command, now_us, source);
  const std::string difference = Difference(engine_answer_, answer_);
  if (difference.empty()) {
    opinion_.LearnReversals(engine_answer_);
    return {};
  }
  return fmt::format("{}\n  the ledger says        {}\n  the second opinion is  {}", difference,
                     engine_answer_.dump(), answer_.dump());
}

std::string Both::CatchUp() {
  for (const auto& [name, book] : opinion_.books()) {
    const std::string broken =
        followed_[name].CatchUp(ledger_->reader(), ledger_->NumberOf(name).value());
    if (!broken.empty()) return fmt::format("book {}: {}", name, broken);
  }
  return {};
}

std::string Both::CompareStates() {
  if (std::string broken = CatchUp(); !broken.empty()) return broken;
  for (const auto& [name, book] : opinion_.books()) {
    const std::string difference =
        opinion::Difference(FiguresOf(followed_[name].state()), opinion::FiguresOf(book.state()));
    if (!difference.empty()) return fmt::format("state of {}: {}", name, difference);
  }
  return {};
}

namespace {

/// An answer without what the second opinion does not tell: leaves are judged with the bytes, the
/// order of accounts is that of numbers it does not know, and the schema that a first entry adds is
/// none of its business.
Json WithoutLogsOwn(Json answer) {
  if (answer.contains("answer")) answer["answer"] = WithoutLogsOwn(answer["answer"]);
  answer.erase("leaf");
  if (!answer.contains("events")) return answer;
  Json& events = answer["events"];
  for (Json& event : events) {
    event.erase("copy");  // judged with the bytes
    if (!event.contains("undo")) continue;
    std::sort(event["undo"].begin(), event["undo"].end(),
              [](const Json& a, const Json& b) { return a.at("account") < b.at("account"); });
  }
  if (!events.empty() && events.back().at("kind") == "schema.added")
    events.erase(events.size() - 1);
  return answer;
}

std::string Differing(const Json& engine, const Json& opinion, const char* field) {
  if (engine.value(field, Json()) == opinion.value(field, Json())) return {};
  return field;
}

}  // namespace

std::string Difference(const Json& engine, const Json& opinion) {
  if (opinion.at("result") != "refused") {
    return WithoutLogsOwn(engine) == opinion ? std::string{} : std::string{"not the same answer"};
  }
  for (const char* field : {"result", "code", "number", "fact"}) {
    if (!Differing(engine, opinion, field).empty()) return field;
  }
  if (opinion.contains("field") && !Differing(engine, opinion, "field").empty()) return "field";
  for (const char* field : {"book", "key", "head_seq"}) {
    if (opinion.contains("book") && !Differing(engine, opinion, field).empty()) return field;
  }
  for (const auto& [name, value] : opinion.at("detail").items()) {
    if (engine.at("detail").value(name, Json()) != value) return "detail." + name;
  }
  return {};
}

}  // namespace suanpan::test
