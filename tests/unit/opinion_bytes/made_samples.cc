// Samples that no ledger has decided: commands encoded as they are, and filled values.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "all_kinds.h"
#include "samples.h"
#include "schema_support.h"
#include "suanpan/rules/catalogue.h"
#include "suanpan/schema/command_json.h"
#include "suanpan/schema/kinds/log.h"
#include "support/command_table.h"
#include "told.h"

namespace suanpan::opinion::bytes {
namespace {

using schema::Event;

const schema::KindTable& Kinds() { return rules::Catalogue::Standard().kinds(); }

/// Local names of a command to those of a book that begins with it, "#n" to line n of entry 1.
class ToBook final : public schema::FieldMap {
 public:
  ToBook(const schema::Command& command, schema::NameTable& names)
      : command_(command), names_(names) {}
  NameId MapName(NameId id) override { return names_.Intern(command_.names[id.value() - 1]); }
  Address MapAddress(std::string_view, Address address) override {
    return schema::IsLocal(address) ? Address{Seq{1}, address.line()} : address;
  }

 private:
  const schema::Command& command_;
  schema::NameTable& names_;
};

/// The events of a command without any rule, and the names they introduce.
std::vector<Event> EventsOf(const schema::Command& command, ToBook& to_book,
                            const schema::NameTable& names, Arena& arena) {
  std::vector<Event> events;
  for (const Event& stated : command.facts) {
    Event event = stated;
    schema::FieldResolver resolver{to_book, arena};
    schema::EventCommon::Describe(resolver, event.common);
    event.payload = event.kind->resolve(stated.payload, to_book, arena);
    event.common.business_day = Date{static_cast<std::uint16_t>(20'000 + events.size())};
    event.common.period = MonthOf(event.common.business_day);
    events.push_back(event);
  }
  for (std::uint32_t id = 1; id <= names.count(); ++id) {
    const std::string_view name = names.TextOf(NameId{id});
    auto* introduced = arena.One<schema::RefIntroduced>();
    *introduced = {names.Find(name), name};
    Event event;
    event.kind = Kinds().ByNumber(schema::RefIntroduced::kKind);
    event.payload = introduced;
    event.common.occurred = events.front().common.occurred;
    event.common.business_day = events.front().common.business_day;
    event.common.period = events.front().common.period;
    events.push_back(event);
  }
  return events;
}

Sample SampleOf(const testing::CommandCase& row, const schema::Command& command) {
  Arena arena;
  schema::NameTable names;
  ToBook to_book{command, names};
  schema::EntryView entry;
  entry.common.source = names.Intern("test");
  entry.common.recorded_at = InstantUs{1'790'000'000'000'000};
  entry.common.key = command.key;
  if (command.key.form == schema::KeyForm::kStream)
    entry.common.key.stream = to_book.MapName(command.key.stream);
  const std::vector<Event> events = EventsOf(command, to_book, names, arena);
  entry.events = events;
  Sample sample;
  sample.name = row.name;
  sample.told.push_back(ToldOf(entry, Seq{1}, names, row.command));
  schema::EntryEncoder{}.Encode(entry.common, entry.events, sample.entries.emplace_back());
  return sample;
}

/// Numbers that look random and are the same for the same seed.
class SeededPick {
 public:
  explicit SeededPick(std::uint64_t seed) : state_(seed) {}
  std::uint64_t operator()(std::uint64_t below) {
    state_ = state_ * 6'364'136'223'846'793'005ULL + 1'442'695'040'888'963'407ULL;
    return (state_ >> 24U) % below;
  }

 private:
  std::uint64_t state_;
};

template <class T>
Sample Filled(const schema::Pick& pick, std::string name) {
  Arena arena;
  schema::NameTable names;
  names.Intern("first.name");
  const schema::SampleEntry made =
      schema::MakeSample<T>(*Kinds().ByNumber(T::kKind), pick, arena, names);
  const schema::EntryView entry{made.common, {&made.event, 1}};
  Sample sample;
  sample.name = std::move(name);
  for (std::uint32_t id = 1; id <= names.count(); ++id)
    sample.names.emplace_back(names.TextOf(NameId{id}));
  sample.told.push_back(ToldOf(entry, names));
  schema::EntryEncoder{}.Encode(entry.common, entry.events, sample.entries.emplace_back());
  return sample;
}

/// Every choice of two, such as present or absent, as `most`, but for one.
template <class T>
void AddEachAlone(bool most, std::vector<Sample>& samples) {
  std::uint64_t choices = 1;
  for (std::uint64_t other = 0; other <= choices; ++other) {  // 0: none is another
    std::uint64_t asked = 0;
    SeededPick numbers{T::kKind};
    const schema::Pick pick = [&](std::uint64_t below) -> std::uint64_t {
      if (below != 2) return numbers(below);
      return (++asked == other) != most ? 1 : 0;
    };
    const std::string_view what = most ? "everything" : "nothing";
    samples.push_back(
        Filled<T>(pick, other == 0 ? fmt::format("{} {}", T::kName, what)
                                   : fmt::format("{} {} but choice {}", T::kName, what, other)));
    if (other == 0) choices = asked;
  }
}

template <class T>
void AddFilled(std::vector<Sample>& samples) {
  if (T::kOrigin == schema::Origin::kLog) return;  // the second opinion adds these itself
  AddEachAlone<T>(true, samples);
  AddEachAlone<T>(false, samples);
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    samples.push_back(Filled<T>(SeededPick{seed}, fmt::format("{} seed {}", T::kName, seed)));
  }
}

}  // namespace

std::vector<Sample> CommandTableSamples() {
  std::vector<Sample> samples;
  schema::CommandParser parser{Kinds()};
  for (const testing::CommandCase& row : testing::ReadCommandTable()) {
    if (!row.verdict.starts_with("ok")) continue;
    const auto parsed = parser.Parse(row.command);
    EXPECT_TRUE(std::holds_alternative<schema::Command>(parsed)) << row.name;
    samples.push_back(SampleOf(row, std::get<schema::Command>(parsed)));
  }
  return samples;
}

std::vector<Sample> FilledSamples() {
  std::vector<Sample> samples;
  schema::AllKinds::ForEach([&]<class T>() { AddFilled<T>(samples); });
  return samples;
}

}  // namespace suanpan::opinion::bytes
