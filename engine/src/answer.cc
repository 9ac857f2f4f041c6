// Answers of events.md 1.3 as JSON.

#include "src/book.h"
#include "suanpan/engine/ledger.h"
#include "suanpan/schema/event_json.h"

namespace suanpan::engine {
namespace {

constexpr std::size_t kAnswerBytesUsual = 1'024;

void WriteRefusal(schema::JsonText& json, const Submission& submission) {
  const schema::Refusal& refusal = submission.refusal;
  json.BeginObject();
  json.Field("result", "refused");
  json.Field("code", ToText(refusal.code));
  json.Key("number");
  json.Number(schema::NumberOf(refusal.code));
  if (refusal.fact) {
    json.Key("fact");
    json.Number(*refusal.fact);
  }
  if (!refusal.field.empty()) json.Field("field", refusal.field);
  json.Key("detail");
  json.BeginObject();
  for (const schema::Refusal::Detail& detail : refusal.detail) {
    json.Key(detail.name);
    if (detail.is_count) {
      json.Raw(detail.value);
    } else {
      json.String(detail.value);
    }
  }
  json.EndObject();
  json.Key("head_seq");
  json.Number(submission.head.value());
  // Which command this is about, where answers are read apart from their commands.
  if (!submission.book_ref.empty()) json.Field("book", submission.book_ref);
  if (!submission.key.empty()) json.Field("key", submission.key);
  json.EndObject();
}

}  // namespace

Result<std::string> Ledger::AnswerJson(const Submission& submission) const {
  std::string out;
  out.reserve(kAnswerBytesUsual);
  schema::JsonText json{out};
  if (submission.outcome == Submission::Outcome::kRefused) {
    WriteRefusal(json, submission);
    return out;
  }
  // Without the lock, so that answering does not hold up deciding: the entry is immutable once it
  // is waited for, and the names of what was accepted stay.
  const PendingEntry& entry = *submission.entry;
  const rules::BookState& state = submission.book->state;
  Arena arena;
  SUANPAN_ASSIGN_OR_RETURN(const schema::EntryView view,
                           schema::DecodeEntry(entry.bytes, catalogue_.kinds(), arena));
  if (submission.outcome == Submission::Outcome::kDuplicate) {
    json.BeginObject();
    json.Field("result", "duplicate");
    json.Key("answer");
    schema::WriteCommittedJson(json, state.names, submission.book->commit.ref, entry.seq,
                               entry.leaf, view);
    json.EndObject();
  } else {
    schema::WriteCommittedJson(json, state.names, submission.book->commit.ref, entry.seq,
                               entry.leaf, view);
  }
  return out;
}

}  // namespace suanpan::engine
