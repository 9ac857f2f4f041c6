// One entry per kind as it was first written: tests/golden/KIND.bin, its leaf hash and its JSON.
// They are read for ever. SUANPAN_UPDATE_GOLDEN=1 writes those that are missing, of a new kind or
// version; it never changes one that is there.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "all_kinds.h"
#include "schema_support.h"
#include "suanpan/proof/sha256.h"
#include "suanpan/rules/catalogue.h"
#include "suanpan/schema/event_json.h"

namespace suanpan::schema {
namespace {

std::string PathOf(std::string_view kind, std::string_view suffix) {
  return fmt::format("{}/tests/golden/{}.{}", SUANPAN_SOURCE_DIR, kind, suffix);
}

std::string ReadFile(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  EXPECT_TRUE(file.good()) << path;
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void WriteMissing(const std::string& path, std::string_view text) {
  if (std::ifstream{path}.good()) return;
  std::ofstream{path, std::ios::binary} << text;
}

/// The names of every golden entry, ids from 1.
void AddNames(NameTable& names) {
  for (const std::string_view name : {"first.name", "a", "f-zz", "till-1/b", "p:0.9", "relief",
                                      "c_1", "2025", "daily_sale", "till", "till-3", "donation"}) {
    names.Intern(name);
  }
}

/// Numbers that look random and are always the same; a choice of two is always the second, so that
/// every optional part is there.
class FixedPick {
 public:
  explicit FixedPick(std::uint64_t seed) : state_(seed) {}
  std::uint64_t operator()(std::uint64_t below) {
    if (below == 2) return 1;
    state_ = state_ * 6'364'136'223'846'793'005ULL + 1'442'695'040'888'963'407ULL;
    return (state_ >> 24U) % below;
  }

 private:
  std::uint64_t state_;
};

template <class T>
std::string WrittenNow() {
  Arena arena;
  NameTable names;
  AddNames(names);
  const KindInfo& kind = *rules::Catalogue::Standard().kinds().ByNumber(T::kKind);
  const SampleEntry sample = MakeSample<T>(kind, FixedPick{T::kKind}, arena, names);
  std::string bytes;
  EntryEncoder{}.Encode(sample.common, {&sample.event, 1}, bytes);
  return bytes;
}

/// The entry as `log show` prints it.
std::string ReadAsJson(std::string_view bytes) {
  Arena arena;
  NameTable names;
  AddNames(names);
  const AlignedBytes stored{bytes};
  const auto entry = DecodeEntry(stored.span(), rules::Catalogue::Standard().kinds(), arena);
  if (!entry.ok()) return entry.error().ToString();
  EntryEncoder encoder;
  EXPECT_EQ(CheckCanonical(stored.span(), *entry, encoder).ToString(), Status{}.ToString());
  EXPECT_EQ(CheckEntry(*entry, names).ToString(), Status{}.ToString());
  std::string out;
  JsonText json{out};
  WriteEntryJson(json, names, "zz", Seq{1042}, proof::LeafHash(stored.span()), *entry);
  return out + "\n";
}

template <class T>
void Check() {
  SCOPED_TRACE(T::kName);
  if (std::getenv("SUANPAN_UPDATE_GOLDEN") != nullptr) {
    // What was written once stays as it is, asked or not.
    const std::string bytes = WrittenNow<T>();
    WriteMissing(PathOf(T::kName, "bin"), bytes);
    WriteMissing(PathOf(T::kName, "leaf"), ToHex(proof::LeafHash(AsBytes(bytes)).bytes) + "\n");
    WriteMissing(PathOf(T::kName, "json"), ReadAsJson(bytes));
  }
  const std::string bytes = ReadFile(PathOf(T::kName, "bin"));
  EXPECT_EQ(ReadFile(PathOf(T::kName, "json")), ReadAsJson(bytes));
  EXPECT_EQ(ReadFile(PathOf(T::kName, "leaf")),
            ToHex(proof::LeafHash(AsBytes(bytes)).bytes) + "\n");
  EXPECT_TRUE(WrittenNow<T>() == bytes) << "the writer no longer makes these bytes";
}

TEST(Golden, EveryKindIsReadAndWrittenAsItFirstWas) {
  AllKinds::ForEach([]<class T>() { Check<T>(); });
}

}  // namespace
}  // namespace suanpan::schema
