#include <gtest/gtest.h>

#include "forgery_rows.h"
#include "suanpan/proof/sha256.h"

namespace suanpan::audit {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFull = "tile/entries/000";
constexpr const char* kPartial = "tile/entries/001.p/9";
constexpr const char* kLeaves = "tile/0/000";
constexpr const char* kLastLeaves = "tile/0/001.p/9";
constexpr const char* kRoots = "tile/1/000.p/1";

std::string SchemaFile(std::string_view suffix) {
  const std::string name = ToHex(proof::Sha256(schema::SchemaFiles()[0].compiled).bytes);
  return "schemas/" + name + std::string{suffix};
}

/// The table's default of a field, changed in the source of the schema.
void ChangeDefault(Visit& visit) {
  std::string text = visit.Read(SchemaFile(".fbs"));
  const std::size_t at = text.find("(id: 2)");
  ASSERT_NE(at, std::string::npos);
  visit.Write(SchemaFile(".fbs"), text.insert(at, "= 7 "));
}

void Shorten(Visit& visit, const char* name, std::size_t by) {
  const std::string bytes = visit.Read(name);
  visit.Write(name, bytes.substr(0, bytes.size() - by));
}

void Rename(Visit& visit, const char* from, const char* to) {
  visit.Write(to, visit.Read(from));
  visit.Remove(from);
}

/// A second book of which the auditor kept a checkpoint, and which the export has not.
void KnowAnotherBook(Visit& visit) {
  const test::TempDir other;
  WriteForged(other.path(), "yy", {Visit::Genuine().begin(), Visit::Genuine().begin() + 10});
  WriteText(visit.StateFile("yy"), ReadText(other.path() / Visit::kCheckpoint));
}

void AddBook(Visit& visit) {
  fs::create_directory(visit.dir() / "more");
  fs::copy(visit.dir() / "tile", visit.dir() / "more" / "tile", fs::copy_options::recursive);
}

std::vector<Forgery> ChangedFiles() {
  return {
      {"one bit flipped in an entry", [](Visit& v) { v.Flip(kFull, 150); }, "V4/root"},
      {"one bit flipped in the last entry", [](Visit& v) { v.Flip(kPartial, 900); }, "V4/root"},
      {"one bit flipped in the length of an entry", [](Visit& v) { v.Flip(kFull, 1); },
       "V4/damaged_file"},
      {"one bit flipped in a tile of leaves", [](Visit& v) { v.Flip(kLeaves, 8'191); }, "V4/tile"},
      {"one bit flipped in a partial tile", [](Visit& v) { v.Flip(kLastLeaves, 3); }, "V4/tile"},
      {"one bit flipped in a tile of roots", [](Visit& v) { v.Flip(kRoots, 31); }, "V4/tile"},
      {"a bundle truncated by a byte", [](Visit& v) { Shorten(v, kPartial, 1); },
       "V4/damaged_file"},
      {"a bundle truncated to half", [](Visit& v) { Shorten(v, kFull, 9'000); }, "V4/damaged_file"},
      {"an empty bundle", [](Visit& v) { v.Write(kFull, ""); }, "V4/damaged_file"},
      {"trailing bytes after a bundle", [](Visit& v) { v.Append(kFull, "x"); }, "V4/damaged_file"},
      {"trailing bytes after a tile", [](Visit& v) { v.Append(kLeaves, "x"); }, "V4/damaged_file"},
      {"a default changed in the schema", ChangeDefault, "V5/schema_file"},
      {"one bit flipped in the compiled schema", [](Visit& v) { v.Flip(SchemaFile(".bfbs"), 40); },
       "V5/schema_file"},
  };
}

std::vector<Forgery> MissingAndSurplusFiles() {
  constexpr Verdict kUndecided = Verdict::kUndecided;
  return {
      {"a bundle of the wrong width", [](Visit& v) { Rename(v, kPartial, "tile/entries/001.p/8"); },
       "V4/surplus_file"},
      {"a tile of the wrong width", [](Visit& v) { Rename(v, kLastLeaves, "tile/0/001.p/10"); },
       "V4/surplus_file"},
      {"a full tile in the place of a partial one",
       [](Visit& v) { Rename(v, kLastLeaves, "tile/0/001"); }, "V4/surplus_file"},
      {"a missing bundle", [](Visit& v) { v.Remove(kFull); }, "V4/missing_file", kUndecided},
      {"a missing partial bundle", [](Visit& v) { v.Remove(kPartial); }, "V4/missing_file",
       kUndecided},
      {"a missing partial tile", [](Visit& v) { v.Remove(kLastLeaves); }, "V4/missing_file",
       kUndecided},
      {"a missing tile of leaves", [](Visit& v) { v.Remove(kLeaves); }, "V4/missing_file",
       kUndecided},
      {"a missing tile of roots", [](Visit& v) { v.Remove(kRoots); }, "V4/missing_file",
       kUndecided},
      {"a missing schema", [](Visit& v) { v.Remove(SchemaFile(".bfbs")); }, "V5/missing_schema",
       kUndecided},
      {"a missing checkpoint", [](Visit& v) { v.Remove(Visit::kCheckpoint); }, "V3/missing_book"},
      {"a surplus file", [](Visit& v) { v.Write("tile/notes.txt", "x"); }, "V4/surplus_file"},
      {"a surplus tile", [](Visit& v) { v.Write("tile/0/009", "x"); }, "V4/surplus_file"},
      {"a surplus level", [](Visit& v) { v.Write("tile/2/000.p/1", "x"); }, "V4/surplus_file"},
      {"a surplus schema", [](Visit& v) { v.Write("schemas/0000.bfbs", "x"); },
       "V5/unknown_schema"},
      {"a file named like no tile", [](Visit& v) { v.Write("tile/0/1", "x"); }, "V4/surplus_file"},
      {"a narrower bundle that is no prefix",
       [](Visit& v) { v.Write("tile/entries/000.p/1", "x"); }, "V4/surplus_file"},
      {"a narrower tile that is no prefix", [](Visit& v) { v.Write("tile/0/000.p/5", "x"); },
       "V4/surplus_file"},
      {"a second book in an export of one", AddBook, "V4/surplus_book"},
      {"a missing book", KnowAnotherBook, "V3/missing_book"},
  };
}

}  // namespace

std::vector<Forgery> FileForgeries() {
  std::vector<Forgery> rows = ChangedFiles();
  for (Forgery& row : MissingAndSurplusFiles()) rows.push_back(std::move(row));
  return rows;
}

}  // namespace suanpan::audit
