#include "support/book_harness.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "suanpan/rules/repeat.h"
#include "suanpan/schema/json_fields.h"
#include "support/state_text.h"

namespace suanpan::testing {

using schema::Refusal;
using schema::RefusalCode;
using schema::Refuse;

/// Old events, read from the bytes that were kept.
class BookHarness::History final : public rules::OldEvents {
 public:
  explicit History(const BookHarness& book) : book_(book) {}
  [[nodiscard]] const schema::Event* Find(Address address) override { return book_.Find(address); }
  [[nodiscard]] bool Exists(Address address) override { return Find(address) != nullptr; }

 private:
  const BookHarness& book_;
};

std::string Answer::ToText() const {
  if (!refusal) return fmt::format("entry {}{}", seq.value(), duplicate ? " again" : "");
  std::string text =
      fmt::format("refused {} ({})", schema::ToText(refusal->code), NumberOf(refusal->code));
  if (refusal->fact) text += fmt::format(" fact {}", *refusal->fact);
  text += ' ' + refusal->field;
  for (const Refusal::Detail& detail : refusal->detail)
    text += fmt::format(" {}={}", detail.name, detail.value);
  return text;
}

BookHarness::BookHarness(const rules::Catalogue& catalogue, const rules::SchemaStamp& schema)
    : catalogue_(catalogue),
      parser_(catalogue.kinds()),
      decider_(catalogue, schema),
      state_(std::make_unique<rules::BookState>()) {}

Answer BookHarness::Append(std::string_view json) {
  std::variant<schema::Command, Refusal> parsed = parser_.Parse(json);
  if (auto* refusal = std::get_if<Refusal>(&parsed)) return {Seq{}, false, std::move(*refusal)};
  const auto& command = std::get<schema::Command>(parsed);
  const bool stream = command.key.form == schema::KeyForm::kStream;
  Key key{command.key.form, command.key.uuid,
          stream ? std::string{command.names[command.key.stream.value() - 1]} : std::string{},
          command.key.counter};
  if (const auto bound = keys_.find(key); bound != keys_.end())
    return Repeat(command, bound->second);
  const std::string before = compare_refused ? StateText(*state_) : std::string{};
  Answer answer = Decide(command, key);
  if (answer.refusal && compare_refused) {
    EXPECT_EQ(before, StateText(*state_)) << "a refusal left a trace: " << answer.ToText();
  }
  return answer;
}

Answer BookHarness::Repeat(const schema::Command& command, Seq seq) {
  Arena scratch;
  const std::optional<rules::RepeatDifference> difference =
      rules::CompareRepeat(state_->names, seq, entry(seq), command, scratch);
  if (!difference) return {seq, true, std::nullopt};
  Refusal refusal =
      Refuse(RefusalCode::key_conflict, difference->field).With("seq", std::to_string(seq.value()));
  refusal.fact = difference->fact;
  return {seq, false, std::move(refusal)};
}

Answer BookHarness::Decide(const schema::Command& command, const Key& key) {
  History history{*this};
  auto decided = decider_.Decide(*state_, history, command, "test", recorded_at);
  if (auto* refusal = std::get_if<Refusal>(&decided)) return {Seq{}, false, std::move(*refusal)};
  if (std::optional<Refusal> full = Keep(std::get<schema::EntryView>(decided))) {
    state_->Rollback();
    return {Seq{}, false, std::move(full)};
  }
  state_->Commit();
  keys_.emplace(key, state_->head.get());
  return {state_->head.get(), false, std::nullopt};
}

Seq BookHarness::Restore(Seq from, std::string_view reason) {
  const std::optional<Refusal> full = Keep(decider_.Restored(*state_, from, reason, recorded_at));
  SUANPAN_INVARIANT(!full);
  state_->Commit();
  return state_->head.get();
}

std::optional<Refusal> BookHarness::Keep(const schema::EntryView& decided) {
  std::string bytes;
  encoder_.Encode(decided.common, decided.events, bytes);
  if (bytes.size() > schema::kEntryBytesMax) return Refuse(RefusalCode::entry_full);
  bytes_.push_back(std::move(bytes));
  Result<schema::EntryView> decoded =
      schema::DecodeEntry(AsBytes(bytes_.back()), catalogue_.kinds(), arena_);
  SUANPAN_INVARIANT(decoded.ok(), "{}", decoded.error().ToString());
  const Status canonical = schema::CheckCanonical(AsBytes(bytes_.back()), *decoded, encoder_);
  EXPECT_TRUE(canonical.ok()) << canonical.ToString();
  views_.push_back(*decoded);
  return std::nullopt;
}

const schema::Event* BookHarness::Find(Address address) const {
  const std::uint64_t seq = address.seq().value();
  if (seq == 0 || seq > views_.size()) return nullptr;
  const std::span<const schema::Event> events = views_[seq - 1].events;
  return address.line() < events.size() ? &events[address.line()] : nullptr;
}

std::string BookHarness::EventJson(Address address) const {
  const schema::Event* event = Find(address);
  if (event == nullptr) return {};
  std::string text;
  schema::JsonText json{text};
  json.BeginObject();
  json.Field("kind", event->kind->name);
  schema::JsonFieldWriter writer{json, state_->names, schema::JsonFieldWriter::View::kEvent};
  event->kind->write_json(writer, event->payload);
  json.EndObject();
  return text;
}

std::int64_t BookHarness::Balance(std::string_view path) const {
  const std::map<std::string, std::int64_t> balances = Balances();
  const auto found = balances.find(std::string{path});
  return found == balances.end() ? 0 : found->second;
}

std::map<std::string, std::int64_t> BookHarness::Balances() const {
  std::map<std::string, std::int64_t> balances;
  for (const rules::Account& account : state_->accounts.all()) {
    if (account.balance().value() != 0) {
      balances[PathOf(account.key, state_->names)] = account.balance().value();
    }
  }
  return balances;
}

const rules::Agreement& BookHarness::AgreementOf(std::string_view name) const {
  const std::optional<std::uint32_t> index =
      state_->IndexOf(state_->names.Find(name), rules::Role::kAgreement);
  SUANPAN_INVARIANT(index.has_value(), "no agreement {}", name);
  return state_->agreements[*index];
}

Status BookHarness::ApplyForged(Seq seq, const schema::EntryView& forged, bool with_past) const {
  rules::BookState state;
  History past{*this};
  for (std::uint64_t before = 1; before < seq.value(); ++before)
    SUANPAN_RETURN_IF_ERROR(rules::ApplyEntry(catalogue_, state, Seq{before}, entry(Seq{before})));
  return rules::ApplyEntry(catalogue_, state, seq, forged, with_past ? &past : nullptr);
}

Status BookHarness::Replay(rules::BookState& state) const {
  History past{*this};
  for (std::size_t i = 0; i < bytes_.size(); ++i) {
    Arena arena;
    SUANPAN_ASSIGN_OR_RETURN(const schema::EntryView view,
                             schema::DecodeEntry(AsBytes(bytes_[i]), catalogue_.kinds(), arena));
    SUANPAN_RETURN_IF_ERROR(rules::ApplyEntry(catalogue_, state, Seq{i + 1}, view, &past));
  }
  return {};
}

std::string BookHarness::CompareWithReplay() const {
  rules::BookState replayed;
  if (const Status status = Replay(replayed); !status.ok()) return status.ToString();
  return FirstDifference(StateText(*state_), StateText(replayed));
}

}  // namespace suanpan::testing
