#include "suanpan/import/csv_map.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "import_support.h"

namespace suanpan::import {
namespace {

/// A mapping whose only fact has one more field.
std::string WithField(std::string_view field) {
  return fmt::format(R"({{"format":"suanpan.csv-map/1","facts":[{{"kind":"k.done",{}}}]}})", field);
}
/// A mapping with one more part beside its facts.
std::string WithPart(std::string_view part) {
  return fmt::format(R"({{"format":"suanpan.csv-map/1",{},"facts":[{{"kind":"k.done"}}]}})", part);
}

struct BadMap {
  std::string map;
  std::string_view message;
};
const std::vector<BadMap> kBadMaps{
    {"", "not valid JSON"},
    {"[]", "must be an object"},
    {R"({"facts":[]})", "format is missing"},
    {R"({"format":"suanpan.csv-map/2","facts":[]})", "\"suanpan.csv-map/2\" is not known"},
    {R"({"format":"suanpan.csv-map/1"})", "facts is missing"},
    {R"({"format":"suanpan.csv-map/1","facts":[]})", "facts must list 1 to 16"},
    {R"({"format":"suanpan.csv-map/1","facts":[{"a":1}]})", "facts[0].kind is missing"},
    {R"({"format":"suanpan.csv-map/1","facts":[{"kind":{"column":"K"}}]})",
     "facts[0].kind must be the name of a kind"},
    {R"({"format":"suanpan.csv-map/1","facts":[{"kind":"a\"b"}]})", "facts[0].kind must be"},
    {R"({"format":"suanpan.csv-map/1","facts":[{"column":"K"}]})", "must be an object with a kind"},
    {WithPart(R"("colour":1)"), "colour: unknown field; known here: bad_rows, comment"},
    {WithPart(R"("group":{"max_facts":2},"group":{"max_facts":3})"), "\"group\" appears twice"},
    {WithPart(R"("group":{"max_facts":257})"), "group.max_facts must be an integer from 1 to 256"},
    {WithPart(R"("group":{"max_facts":0})"), "group.max_facts"},
    {WithPart(R"("group":{"max_facts":18446744073709551615})"), "group.max_facts"},
    {WithPart(R"("group":{"by":{"column":"A","last":2}})"), "group.by.last: unknown field"},
    {WithPart(R"("file":{"delimiter":"ab"})"), "file.delimiter must be one punctuation"},
    {WithPart(R"("file":{"delimiter":"\""})"), "delimiter and quote"},
    {WithPart(R"("file":{"thousands":"."})"), "decimal and thousands must differ"},
    {WithPart(R"("file":{"columns":[1]})"), "file.columns must hold texts only"},
    {WithPart(R"("rows":[{"reason":"r"}])"), "rows[0] needs either keep or skip"},
    {WithPart(R"("rows":[{"skip":{"column":"A","matches":"("},"reason":"r"}])"),
     "rows[0].skip.matches: \"(\" is no regular expression"},
    {WithPart(R"("rows":[{"skip":{"column":"A","matches":"a{1001}"},"reason":"r"}])"),
     "is no regular expression"},
    {WithPart(R"("rows":[{"skip":{"column":"A","matches":"((a{99}){99}){99}"},"reason":"r"}])"),
     "is no regular expression"},
    {WithPart(R"("rows":[{"skip":{"column":"A","matches":"(a)\\1"},"reason":"r"}])"),
     "is no regular expression"},
    {WithPart(R"("rows":[{"skip":{"column":"A","matches":"x"}}])"), "rows[0].reason is missing"},
    {WithPart(R"("rows":[{"skip":{"column":"A","is":"odd"},"reason":"r"}])"),
     "rows[0].skip.is must be zero, negative or positive"},
    {WithPart(R"("bad_rows":"ignore")"), "bad_rows must be \"stop\" or {\"skip\": REASON}"},
    {WithField(R"("a":null)"), "null is not used"},
    {WithField(R"("a":1.5)"), "1.5: numbers are integers"},
    {WithField(R"("a":{"const":[1e3]})"), "numbers are integers"},
    {WithField(R"("a":{"column":"A","as":"float"})"),
     "facts[0].a.as: \"float\" is not one of text, ref, code, token, number"},
    {WithField(R"("a":{"column":"A","colour":1})"), "facts[0].a.colour: unknown field"},
    {WithField(R"("a":{"column":"A","product":["B"]})"), "facts[0].a.product: unknown field"},
    {WithField(R"("a":{"column":"A","minor_units":2})"), "facts[0].a.minor_units: unknown field"},
    {WithField(R"("a":[{"product":[]}])"), "facts[0].a[0].product must list 1 to 8 columns"},
    {WithField(R"("a":{"product":["A"],"round":"floor"})"), "to round, state minor_units too"},
    {WithField(R"("a":{"product":["A"],"minor_units":2,"round":"up"})"),
     "\"up\" is not one of exact, half_away"},
    {WithField(R"("a":{"bucket":"A"})"), "facts[0].a.of is missing"},
    {WithField(R"("a":{"bucket":"A","of":0})"), "facts[0].a.of must be an integer from 1"},
    {WithField(R"("a":{"time":"A","format":"YYYY-MM-DD"})"), "facts[0].a.offset is missing"},
    {WithField(R"("a":{"time":"A","format":"YYYY-MM-DD","offset":"8"})"), "such as +08:00"},
    {WithField(R"("a":{"date":"A","format":"YYYY-MM"})"), "must have YYYY, MM and DD once"},
    {WithField(R"("a":{"date":"A","format":"YYYY-MM-DD DD"})"), "must have YYYY, MM and DD once"},
    {WithField(R"("a":{"date":"A","format":"YYYY-MM-DD q"})"), "must have YYYY, MM and DD once"},
    {WithField(R"("a":{"by_sign":{"column":"A"}})"), "needs at least one of positive"},
    {WithField(R"("a":{"by_sign":{"column":"A","abs":true},"zero":1})"), "has no sign"},
    {std::string(17, '[') + std::string(17, ']'), "nested deeper than 16"},
    {std::string(300'000, ' '), "longer than 262144 bytes"},
};

TEST(CsvMap, RefusesBadInputNamingTheField) {
  for (const BadMap& c : kBadMaps) {
    const std::string message = MessageOf(CsvMap::Parse(c.map));
    EXPECT_NE(message.find(c.message), std::string::npos) << c.map << "\n  gave: " << message;
  }
}

TEST(CsvMap, AcceptsEveryFileOfTheFuzzCorpusThatSaysSo) {
  const std::string corpus = std::string{SUANPAN_SOURCE_DIR} + "/tests/fuzz/corpus/csv_map";
  int seen = 0;
  for (const auto& entry : std::filesystem::directory_iterator(corpus)) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const bool good = entry.path().filename().string().starts_with("good");
    const auto map = CsvMap::Parse(text);
    EXPECT_EQ(map.ok(), good) << entry.path() << ": " << MessageOf(map);
    ++seen;
  }
  EXPECT_GE(seen, 4);
}

}  // namespace
}  // namespace suanpan::import
