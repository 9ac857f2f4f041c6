#include "support/opinion/book.h"

#include <algorithm>

#include "support/opinion/calendar.h"
#include "support/opinion/entry.h"

namespace suanpan::opinion {
namespace {

constexpr std::size_t kEntryBytesMax = 32 * 1024;
constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kAheadMax = 300 * kSecond;

/// What a fact that is not decided yet replaces, or empty.
std::string ReplacedBy(const Json& stated, const Bound& bound) {
  const Json replaces = stated.is_object() ? stated.value("replaces", Json()) : Json();
  if (!replaces.is_string()) return {};
  const std::string text = replaces;
  if (!text.starts_with('#')) return text;
  const std::size_t fact = std::strtoul(text.c_str() + 1, nullptr, 10);
  return fact < bound.addresses.size() ? bound.addresses[fact] : std::string{};
}

}  // namespace

Book::Book(std::string name, Fault fault) : name_(std::move(name)) { state_.fault = fault; }

void Book::DecideOne(const Command& command, std::size_t i, Json& entry, Bound& bound) {
  const Json& stated = command.json.at("facts")[i];
  CheckTwice(command, i);
  const Json fact = ReadFact(stated, bound.addresses);
  const bool opens = fact.at("kind") == "book.opened";
  if (!state_.book && !opens) Refuse("book_not_open", "book");
  const auto seconds = fact.at("occurred_at").at("s").get<std::int64_t>();
  const auto recorded_us = entry.at("recorded_us").get<std::int64_t>();
  if (seconds * kSecond > recorded_us + kAheadMax) Refuse("occurred_in_future", "occurred_at");
  const int offset = state_.book ? state_.book->at("utc_offset_minutes").get<int>()
                     : opens     ? fact.at("utc_offset_minutes").get<int>()
                                 : 0;
  const std::string seq = std::to_string(head() + 1) + ".";
  const int line = static_cast<int>(entry.at("events").size());
  Deciding d{state_, fact, seq + std::to_string(line), DateAt(seconds, offset),
             DateAt(recorded_us / kSecond, offset)};
  if (i + 1 < command.json.at("facts").size()) {
    d.next_replaces = ReplacedBy(command.json.at("facts")[i + 1], bound);
  }
  CheckAddresses(stated, bound.addresses.size(), head());
  DecideFact(d);
  bound.facts.push_back(fact);
  bound.addresses.push_back(d.at);
  entry["events"].push_back(FactEvent(stated, d));
  for (const Derived& derived : d.derived) {
    const std::string at = seq + std::to_string(entry.at("events").size());
    state_.events.push_back(
        {at, derived.kind, d.date, Json::object(), derived.fields, derived.rule});
    entry["events"].push_back(DerivedEvent(stated, d, derived, line));
  }
}

Json Book::Decide(const Command& command, std::int64_t recorded_us, const std::string& source) {
  Json entry = {{"book", name_},
                {"recorded_us", std::max(recorded_us, recorded_us_)},
                {"source", source},
                {"key", command.key},
                {"events", Json::array()}};
  Bound bound;
  bound.seq = head() + 1;
  state_.seq = bound.seq;
  for (std::size_t i = 0; i < command.json.at("facts").size(); ++i) {
    try {
      DecideOne(command, i, entry, bound);
    } catch (Refusal& refusal) {
      refusal.fact = static_cast<int>(i);
      throw;
    }
  }
  if (bytes_of && bytes_of(entry) > kEntryBytesMax) Refuse("entry_full");
  bound.answer = {{"result", "committed"}, {"stage", "durable"},
                  {"book", name_},         {"key", command.key},
                  {"seq", bound.seq},      {"events", CommittedEvents(entry, bound.seq)}};
  recorded_us_ = entry.at("recorded_us");
  entries_.push_back(entry);
  if (state_.fault != Fault::kKeyForgotten) keys_[{source, command.key}] = bound;
  return bound.answer;
}

namespace {

/// A state to go back to. Lists that only grow are cut instead of copied.
class Before {
 public:
  explicit Before(State& state)
      : state_(state), events_(state.events.size()), postings_(state.postings.size()) {
    WithoutLists([&] { copy_ = state; });
  }
  void GoBack() {
    WithoutLists([&] { state_ = copy_; });
    state_.events.resize(events_);
    state_.postings.resize(postings_);
  }

 private:
  template <class F>
  void WithoutLists(F f) {
    std::vector<Event> events = std::move(state_.events);
    std::vector<Posting> postings = std::move(state_.postings);
    state_.events.clear();
    state_.postings.clear();
    f();
    state_.events = std::move(events);
    state_.postings = std::move(postings);
  }

  State& state_;
  State copy_;
  std::size_t events_;
  std::size_t postings_;
};

}  // namespace

Json Book::Answer(const Command& command, std::int64_t recorded_us, const std::string& source) {
  Before before{state_};
  try {
    if (const auto bound = keys_.find({source, command.key}); bound != keys_.end()) {
      CheckSame(command, bound->second);
      return {{"result", "duplicate"}, {"answer", bound->second.answer}};
    }
    CheckEnvelope(command);
    if (command.json.contains("expected_seq") && command.json.at("expected_seq") != head()) {
      Refuse("seq_mismatch", "expected_seq", {{"head_seq", head()}});
    }
    return Decide(command, recorded_us, source);
  } catch (const Refusal& refusal) {
    if (state_.fault != Fault::kSecondFactKept) before.GoBack();
    return RefusedAnswer(refusal, head());
  }
}

Json Ledger::Answer(std::string_view command_json, std::int64_t recorded_us,
                    const std::string& source) {
  Command command;
  try {
    command = ReadText(command_json);
  } catch (const Refusal& refusal) {
    return RefusedAnswer(refusal, 0);
  }
  Book fresh{command.book, fault_};
  fresh.bytes_of = bytes_of;
  const auto known = books_.find(command.book);
  Book& book = known != books_.end() ? known->second : fresh;
  Json answer = book.Answer(command, recorded_us, source);
  if (known == books_.end() && fresh.head() > 0) books_[command.book] = fresh;
  if (answer.at("result") == "refused") {
    if (!command.book.empty()) answer["book"] = command.book;
    if (!command.key.empty()) answer["key"] = command.key;
  }
  return answer;
}

void Book::LearnReversals(const Json& answer) {
  for (const Json& event : answer.at("events")) {
    if (event.at("kind") != "entry.reversed") continue;
    const std::string at = event.at("at");
    const auto line = std::strtoul(at.c_str() + at.find('.') + 1, nullptr, 10);
    Json& computed =
        entries_.at(answer.at("seq").get<std::size_t>() - 1)["events"][line]["computed"];
    computed["copy"] = event.at("copy");
    if (event.contains("undo")) computed["undo"] = event.at("undo");
  }
}

void Ledger::LearnReversals(const Json& answer) {
  if (answer.at("result") == "committed") books_.at(answer.at("book")).LearnReversals(answer);
}

const Book& Ledger::book(const std::string& name) const {
  static const Book kNone;
  const auto known = books_.find(name);
  return known != books_.end() ? known->second : kNone;
}

}  // namespace suanpan::opinion
