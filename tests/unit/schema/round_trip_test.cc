// Values to bytes and back, to JSON and back, for every kind, over random good values; and what a
// changed or cut byte may do.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "all_kinds.h"
#include "schema_support.h"
#include "suanpan/rules/catalogue.h"
#include "suanpan/schema/command_json.h"
#include "support/everywhere.h"

namespace suanpan::schema {
namespace {

const KindTable& Kinds() { return rules::Catalogue::Standard().kinds(); }

std::uint64_t PickByRapidCheck(std::uint64_t below) {
  return below <= 1 ? 0 : *rc::gen::inRange<std::uint64_t>(0, below);
}

/// A name table in which every id of the sample means something.
struct Made {
  Arena arena;
  NameTable names;
  SampleEntry sample;
  std::string bytes;

  template <class T>
  static void Fill(Made& made, const Pick& pick) {
    made.names.Intern("first.name");
    made.sample = MakeSample<T>(*Kinds().ByNumber(T::kKind), pick, made.arena, made.names);
    EntryEncoder{}.Encode(made.sample.common, {&made.sample.event, 1}, made.bytes);
  }
};

std::string Decoded(ByteSpan bytes, const NameReader& names) {
  Arena arena;
  const Result<EntryView> view = DecodeEntry(bytes, Kinds(), arena);
  if (!view.ok()) return "refused: " + view.error().ToString();
  EntryEncoder encoder;
  if (const Status status = CheckCanonical(bytes, *view, encoder); !status.ok()) {
    return "refused: " + status.ToString();
  }
  if (const Status status = CheckEntry(*view, names); !status.ok()) {
    return "refused: " + status.ToString();
  }
  return EverythingShown(*view, names);
}

template <class T>
void BytesComeBackAsTheSameValues() {
  Made made;
  Made::Fill<T>(made, PickByRapidCheck);
  const AlignedBytes stored{made.bytes};
  Arena arena;
  const Result<EntryView> view = DecodeEntry(stored.span(), Kinds(), arena);
  RC_ASSERT(view.ok());
  EntryEncoder encoder;
  RC_ASSERT(CheckCanonical(stored.span(), *view, encoder).ok());
  const Status checked = CheckEntry(*view, made.names);
  RC_ASSERT(checked.ToString() == Status{}.ToString());
  RC_ASSERT(view->common == made.sample.common);
  const KindInfo& kind = *made.sample.event.kind;
  RC_ASSERT(kind.compare(made.sample.event.payload, view->events[0].payload).empty());
  const EntryView before{made.sample.common, {&made.sample.event, 1}};
  RC_ASSERT(EverythingShown(*view, made.names) == EverythingShown(before, made.names));
}

/// Maps the names of a parsed command to those of the table that the stored event uses.
class ToTable final : public FieldMap {
 public:
  ToTable(const Command& command, NameTable& names) : command_(command), names_(names) {}
  NameId MapName(NameId id) override { return names_.Intern(command_.names[id.value() - 1]); }
  Address MapAddress(std::string_view, Address address) override { return address; }

 private:
  const Command& command_;
  NameTable& names_;
};

template <class T>
void StoredFactReproducesItsCommand() {
  Made made;
  Made::Fill<T>(made, PickByRapidCheck);
  const std::string json = CommandJson("till-3/7", {&made.sample.event, 1}, made.names);
  CommandParser parser{Kinds()};
  const auto parsed = parser.Parse(json);
  const Command* command = std::get_if<Command>(&parsed);
  RC_ASSERT(command != nullptr);
  RC_ASSERT(!command->fault);
  ToTable map{*command, made.names};
  const Event& fact = command->facts[0];
  EventCommon common = fact.common;
  FieldResolver resolver{map, made.arena};
  EventCommon::Describe(resolver, common);
  std::string difference;
  FieldComparer<EventCommon> compare{made.sample.event.common, common, difference};
  EventCommon::Describe(compare, made.sample.event.common);
  RC_ASSERT(difference == "");
  const void* payload = fact.kind->resolve(fact.payload, map, made.arena);
  RC_ASSERT(fact.kind->compare(made.sample.event.payload, payload) == "");
}

std::uint64_t State = 0;
std::uint64_t PickFromSequence(std::uint64_t below) {
  State = State * 6'364'136'223'846'793'005ULL + 1'442'695'040'888'963'407ULL;
  return (State >> 17U) % below;
}

template <class T>
void NoBitIsHidden() {
  const std::uint64_t seeds = test::Everywhere() ? 12 : 3;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    State = seed * 977 + T::kKind;
    Made made;
    Made::Fill<T>(made, PickFromSequence);
    AlignedBytes stored{made.bytes};
    const std::string original = Decoded(stored.span(), made.names);
    ASSERT_FALSE(original.starts_with("refused")) << T::kName << ": " << original;
    for (std::size_t bit = 0; bit < made.bytes.size() * 8; ++bit) {
      const auto mask = static_cast<std::uint8_t>(1U << bit % 8);
      stored.data()[bit / 8] ^= mask;
      EXPECT_NE(Decoded(stored.span(), made.names), original)
          << T::kName << " seed " << seed << ": bit " << bit % 8 << " of byte " << bit / 8;
      stored.data()[bit / 8] ^= mask;
    }
  }
}

template <class T>
void EveryCutIsNoticed() {
  State = T::kKind;
  Made made;
  Made::Fill<T>(made, PickFromSequence);
  for (std::size_t size = 0; size < made.bytes.size(); ++size) {
    const AlignedBytes cut{std::string_view{made.bytes}.substr(0, size)};
    Arena arena;
    EXPECT_FALSE(DecodeEntry(cut.span(), Kinds(), arena).ok()) << T::kName << " cut at " << size;
  }
}

TEST(RoundTrip, BytesComeBackAsTheSameValuesForEveryKind) {
  AllKinds::ForEach([]<class T>() {
    EXPECT_TRUE(rc::check(std::string{T::kName}, [] { BytesComeBackAsTheSameValues<T>(); }));
  });
}

TEST(RoundTrip, AStoredFactReproducesTheCommandThatMadeIt) {
  AllKinds::ForEach([]<class T>() {
    if constexpr (T::kOrigin == Origin::kFact) {
      EXPECT_TRUE(rc::check(std::string{T::kName}, [] { StoredFactReproducesItsCommand<T>(); }));
    }
  });
}

TEST(RoundTrip, NoChangedBitLeavesWhatIsShownAsItWas) {
  AllKinds::ForEach([]<class T>() { NoBitIsHidden<T>(); });
}

TEST(RoundTrip, AnEntryCutAnywhereIsRefused) {
  AllKinds::ForEach([]<class T>() { EveryCutIsNoticed<T>(); });
}

}  // namespace
}  // namespace suanpan::schema
