#include "writer_judge.h"

#include <fmt/format.h>

#include <deque>
#include <set>
#include <tuple>

#include "suanpan/engine/entry_log.h"
#include "suanpan/schema/command_json.h"
#include "suanpan/schema/event_json.h"
#include "suanpan/schema/kinds/log.h"
#include "suanpan/schema/name_table.h"
#include "suanpan/schema/names.h"

namespace suanpan::audit {
namespace {

using schema::EntryView;
using schema::Refusal;

class WriterJudge final : public rules::OldEvents {
 public:
  explicit WriterJudge(const rules::SchemaStamp& stamp) : decider_(catalogue_, stamp) {}

  /// Empty where a writer would have written the entry next.
  [[nodiscard]] std::string Take(const std::string& bytes) {
    aligned_.push_back(engine::EntryBytes::Copy(AsBytes(bytes)));
    Result<EntryView> view =
        schema::DecodeEntry(aligned_.back().bytes(), catalogue_.kinds(), arena_);
    if (!view.ok()) return view.error().ToString();
    if (bytes.size() > schema::kEntryBytesMax) return "longer than an entry may be";
    if (view->common.recorded_at < recorded_at_) return "the clock went back";
    recorded_at_ = view->common.recorded_at;
    if (!TakeNames(*view)) return "names out of order or twice";
    const bool of_engine = view->common.key.form == schema::KeyForm::kEngine;
    if (std::string why = of_engine ? "" : TakeKey(view->common); !why.empty()) return why;
    std::string why = of_engine ? Restore(*view, bytes) : Decide(*view, bytes);
    views_.push_back(*view);
    return why;
  }

  [[nodiscard]] const schema::Event* Find(Address address) override {
    const std::uint64_t seq = address.seq().value();
    if (seq == 0 || seq > views_.size()) return nullptr;
    const std::span<const schema::Event> events = views_[seq - 1].events;
    return address.line() < events.size() ? &events[address.line()] : nullptr;
  }
  [[nodiscard]] bool Exists(Address address) override { return Find(address) != nullptr; }

 private:
  /// Addresses within an entry are "#n" in the command.
  class Stated final : public schema::FieldMap {
   public:
    Stated(WriterJudge& judge, const EntryView& view)
        : judge_(judge), seq_(judge.views_.size() + 1), view_(view) {}
    [[nodiscard]] schema::Event Of(schema::Event event) {
      schema::FieldResolver common{*this, judge_.arena_};
      schema::EventCommon::Describe(common, event.common);
      event.payload = event.kind->resolve(event.payload, *this, judge_.arena_);
      return event;
    }
    NameId MapName(NameId id) override { return id; }
    Address MapAddress(std::string_view, Address address) override {
      if (address.seq() != seq_) return address;
      std::uint16_t facts = 0;
      for (std::size_t line = 0; line < view_.events.size(); ++line) {
        const bool is_fact = OriginOf(view_.events[line]) == schema::Origin::kFact;
        if (line == address.line() && is_fact) return schema::LocalAddress(facts);
        facts = static_cast<std::uint16_t>(facts + (is_fact ? 1 : 0));
      }
      return address;  // of what follows: no command can state it, and a writer refuses it
    }

   private:
    WriterJudge& judge_;
    Seq seq_;
    const EntryView& view_;
  };

  [[nodiscard]] bool TakeNames(const EntryView& view) {
    for (const schema::Event& event : view.events) {
      if (event.kind->number != schema::RefIntroduced::kKind) continue;
      const auto& name = event.As<schema::RefIntroduced>();
      if (names_.Intern(name.ref) != name.id || names_.count() != name.id.value()) return false;
    }
    return true;
  }

  [[nodiscard]] std::string TakeKey(const schema::EntryCommon& common) {
    if (!schema::IsRef(names_.TextOf(common.source))) return "no source";
    const std::string source{names_.TextOf(common.source)};
    const std::string stream{names_.TextOf(common.key.stream)};
    const bool is_new =
        keys_.emplace(source, common.key.form, common.key.uuid.bytes, stream, common.key.counter)
            .second;
    return is_new ? "" : "a command key that is bound";
  }

  [[nodiscard]] std::string Decide(const EntryView& view, const std::string& bytes) {
    Stated stated{*this, view};
    std::vector<schema::Event> events;
    for (const schema::Event& event : view.events) events.push_back(stated.Of(event));
    std::string text;
    schema::JsonText json{text};
    schema::WriteCommandJson(json, names_, "zz", {view.common, events});
    const auto parsed = parser_.Parse(text);
    if (const auto* refusal = std::get_if<Refusal>(&parsed)) return Refused(*refusal);
    const auto decided =
        decider_.Decide(state_, *this, std::get<schema::Command>(parsed),
                        names_.TextOf(view.common.source), view.common.recorded_at);
    if (const auto* refusal = std::get_if<Refusal>(&decided)) return Refused(*refusal);
    std::string again;
    const auto& entry = std::get<EntryView>(decided);
    encoder_.Encode(entry.common, entry.events, again);
    state_.Commit();
    return again == bytes ? "" : "other bytes follow from its command";
  }

  /// The one entry that a writer makes without a command.
  [[nodiscard]] std::string Restore(const EntryView& view, const std::string& bytes) {
    if (view.events.empty() || view.events[0].kind->number != schema::LogRestored::kKind)
      return "no command";
    const auto& told = view.events[0].As<schema::LogRestored>().fixed;
    const std::string_view reason = names_.TextOf(told.reason);
    if (!state_.calendar.get().opened) return "nothing to lose yet";
    if (!schema::IsCode(reason)) return "a reason that is no code";
    if (told.from_seq < static_cast<std::int64_t>(state_.head.get().value()) ||
        told.from_seq > schema::LogRestored::kSeqMax)
      return "no entry that was promised";
    std::string again;
    const EntryView entry = decider_.Restored(
        state_, Seq{static_cast<std::uint64_t>(told.from_seq)}, reason, view.common.recorded_at);
    encoder_.Encode(entry.common, entry.events, again);
    state_.Commit();
    return again == bytes ? "" : "other bytes follow from its loss";
  }

  static std::string Refused(const Refusal& refusal) {
    return fmt::format("{} of {}", schema::ToText(refusal.code), refusal.field);
  }

  const rules::Catalogue& catalogue_ = rules::Catalogue::Standard();
  rules::Decider decider_;
  rules::BookState state_;
  schema::CommandParser parser_{catalogue_.kinds()};
  schema::EntryEncoder encoder_;
  schema::NameTable names_;
  InstantUs recorded_at_;
  Arena arena_;
  std::deque<engine::EntryBytes> aligned_;
  std::vector<EntryView> views_;
  std::set<std::tuple<std::string, schema::KeyForm, std::array<std::uint8_t, 16>, std::string,
                      std::uint64_t>>
      keys_;
};

}  // namespace

std::string WhyNoWriterWroteThis(const std::vector<std::string>& entries,
                                 const rules::SchemaStamp& stamp) {
  const auto judge = std::make_unique<WriterJudge>(stamp);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (std::string why = judge->Take(entries[i]); !why.empty()) {
      return fmt::format("entry {}: {}", i + 1, why);
    }
  }
  return {};
}

}  // namespace suanpan::audit
