#include "suanpan/import/csv_import.h"

#include <gtest/gtest.h>

#include <string>

#include "import_support.h"

namespace suanpan::import {
namespace {

/// The facts of a one-row import of column A, for a template `a` of its only field.
std::string FieldOf(std::string_view expression, std::string_view value) {
  const std::string map = fmt::format(
      R"({{"format":"suanpan.csv-map/1","facts":[{{"kind":"k.done","a":{}}}]}})", expression);
  const auto imported = ImportText(map, fmt::format("A,B\n{},2\n", value));
  if (!imported.ok()) return MessageOf(imported);
  constexpr std::string_view kHead =
      R"({"book":"zz","key":"csv-0123456789abcdef/1","facts":[{"kind":"k.done","a":)";
  const std::string& command = imported->commands.at(0);
  EXPECT_EQ(command.find(kHead), 0U) << command;
  return command.substr(kHead.size(), command.size() - kHead.size() - 3);
}

TEST(CsvImport, WritesEachExpressionAsItsKindSays) {
  EXPECT_EQ(FieldOf(R"("fixed")", "1"), R"("fixed")");
  EXPECT_EQ(FieldOf(R"({"const":{"column":"not read"}})", "1"), R"({"column":"not read"})");
  EXPECT_EQ(FieldOf(R"(["x",true,-9223372036854775808])", "1"),
            R"(["x",true,-9223372036854775808])");
  EXPECT_EQ(FieldOf(R"({"column":"A","as":"ref"})", "Main St. 5 (B)"), R"("main-st.-5-b-")");
  EXPECT_EQ(FieldOf(R"({"column":"A","as":"ref","prefix":"x/"})", "85123A"), R"("x/85123a")");
  EXPECT_EQ(FieldOf(R"({"column":"A","as":"code"})", "Elder-Care"), R"("elder_care")");
  EXPECT_EQ(FieldOf(R"({"column":"A","as":"token"})", "C536-379"), R"("C536-379")");
  EXPECT_EQ(FieldOf(R"({"column":"A","as":"number"})", "-6"), "-6");
  EXPECT_EQ(FieldOf(R"({"column":"A","as":"number","abs":true})", "-6.0"), "6");
  EXPECT_EQ(FieldOf(R"({"product":["A","B"],"minor_units":2,"round":"half_away"})", "-0.0025"),
            "-1");
  EXPECT_EQ(FieldOf(R"({"bucket":"A","of":12,"prefix":"v-"})", "123456789"),
            "\"v-" + std::to_string(0xcbf43926U % 12) + "\"");
  EXPECT_EQ(FieldOf(R"({"by_sign":{"column":"A"},"negative":"out","zero":0})", "-0.001"),
            R"("out")");
  EXPECT_EQ(FieldOf(R"({"by_sign":{"column":"A","minor_units":2,"round":"half_away"},
                        "negative":"out","zero":0})",
                    "-0.001"),
            "0");
}

TEST(CsvImport, NamesEveryColumnOfAProductThatItCannotTake) {
  const auto wrong = [](std::string_view expression, std::string_view value) {
    const std::string text = FieldOf(expression, value);
    return text.substr(text.find("column"));
  };
  EXPECT_EQ(wrong(R"({"product":["A","B"],"minor_units":2})", "1.0025"),
            "columns A, B: \"1.0025\" times \"2\" has more than 2 decimals: state how to round it");
  EXPECT_EQ(
      wrong(R"({"product":["B","A","A"]})", "4294967296"),
      "columns B, A, A: \"2\" times \"4294967296\" times \"4294967296\" makes an amount larger "
      "than 64 bits hold");
  EXPECT_EQ(
      wrong(R"({"by_sign":{"product":["A","B"]},"negative":1})", "3"),
      "columns A, B: \"3\" times \"2\" makes a value that is positive, for which by_sign says "
      "nothing: add it, or skip such rows");
  EXPECT_EQ(wrong(R"({"column":"A","as":"number"})", "0.5"),
            "column A: \"0.5\" has more than 0 decimals: state how to round it");
}

TEST(CsvImport, ReadsTimesByTheStatedFormatAndRefusesUnrealOnes) {
  const auto time = [](std::string_view format, std::string_view value) {
    return FieldOf(fmt::format(R"({{"time":"A","format":"{}","offset":"+08:00"}})", format), value);
  };
  EXPECT_EQ(time("YYYY-MM-DD HH:MM:SS", "2010-12-01 08:26:07"), R"("2010-12-01T08:26:07+08:00")");
  EXPECT_EQ(time("M/D/YYYY H:MM", "12/1/2010 8:26"), R"("2010-12-01T08:26:00+08:00")");
  EXPECT_EQ(time("HH:MM DD.MM.YYYY", "23:59 29.02.2012"), R"("2012-02-29T23:59:00+08:00")");
  EXPECT_EQ(time("YYYYMMDD", "20260303"), R"("2026-03-03T00:00:00+08:00")");
  EXPECT_EQ(FieldOf(R"({"date":"A","format":"DD.MM.YYYY"})", "31.12.2025"), R"("2025-12-31")");
  for (const std::string_view value :
       {"2011-02-29 08:00:00", "2010-12-01 24:00:00", "2010-12-01 08:60:00", "2010-12-01 08:26:60",
        "2010-12-01 08:26", "2010-12-01 8:26:00", "2010-12-01 08:26:00 ", "1969-12-31 08:26:00",
        ""}) {
    EXPECT_NE(
        time("YYYY-MM-DD HH:MM:SS", value).find("is no real time of the form YYYY-MM-DD HH:MM:SS"),
        std::string::npos)
        << value;
  }
}

TEST(CsvImport, EscapesTextOfAnyScriptAndRefusesOtherEncodings) {
  EXPECT_EQ(FieldOf(R"({"column":"A"})", "职中社区 \xf0\x9f\x8c\xb9"),
            "\"职中社区 \xf0\x9f\x8c\xb9\"");
  EXPECT_EQ(FieldOf(R"({"column":"A"})", "\"a\"\"b\\c\nd\te\x01\x7f\""),
            R"("a\"b\\c\nd\te\u0001\u007f")");
  for (const std::string_view bad :
       {"\xd6\xd0", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe4\xb8"}) {
    EXPECT_NE(FieldOf(R"({"column":"A"})", bad).find("must be UTF-8"), std::string::npos);
  }
}

TEST(CsvImport, NamesRowLineColumnValueAndRemedyOfABadRow) {
  EXPECT_EQ(FieldOf(R"({"column":"A","as":"number"})", "\"2,55\"")
                .find(R"(row 1 (line 2): column A: "2,55" is not a number: correct it, or state)"),
            0U);
  EXPECT_NE(FieldOf(R"({"column":"A","as":"number"})", "2.5").find("state how to round it"),
            std::string::npos);
  EXPECT_NE(FieldOf(R"({"column":"A","as":"number"})", "9223372036854775808").find("64 bits"),
            std::string::npos);
  EXPECT_NE(FieldOf(R"({"column":"A","as":"ref"})", "生活").find("a name cannot have"),
            std::string::npos);
  EXPECT_NE(FieldOf(R"({"column":"A","as":"ref"})", "").find("optional"), std::string::npos);
  EXPECT_NE(FieldOf(R"({"column":"A","as":"ref"})", std::string(65, 'x')).find("longer than 64"),
            std::string::npos);
  EXPECT_NE(FieldOf(R"({"column":"A","as":"token"})", "a b").find("is no token"),
            std::string::npos);
  EXPECT_NE(FieldOf(R"({"by_sign":{"column":"A"},"positive":1})", "0").find("by_sign says nothing"),
            std::string::npos);
}

constexpr std::string_view kOptional = R"({"format":"suanpan.csv-map/1","facts":[{"kind":"k.done",
    "from":{"column":"A","as":"ref","optional":true},"list":[{"column":"B","optional":true},1]}]})";

TEST(CsvImport, LeavesOptionalFieldsOutWhereTheColumnIsEmpty) {
  const auto imported = ImportText(kOptional, "A,B\n,\nx,y\n");
  ASSERT_TRUE(imported.ok()) << MessageOf(imported);
  EXPECT_NE(imported->commands[0].find(R"([{"kind":"k.done","list":[1]}])"), std::string::npos);
  EXPECT_NE(imported->commands[1].find(R"([{"kind":"k.done","from":"x","list":["y",1]}])"),
            std::string::npos);
}

constexpr std::string_view kGrouped = R"({"format":"suanpan.csv-map/1",
    "rows":[{"keep":{"column":"Code","matches":"^[0-9]"},"reason":"no_code"},
            {"skip":{"column":"Amount","is":"zero"},"reason":"zero"}],
    "group":{"max_facts":3,"by":{"column":"Day","first":5}},
    "facts":[{"n":{"column":"Amount","as":"number","abs":true},
      "kind":{"by_sign":{"column":"Amount"},"positive":"sale.recorded",
              "negative":"refund.recorded"}}]})";

TEST(CsvImport, GroupsConsecutiveRowsAndCountsWhatItSkips) {
  const auto imported = ImportText(kGrouped,
                                   "Day,Code,Amount\n"
                                   "01-01 a,x,1\n"                              // 1: skipped
                                   "01-01 b,1,1\n"                              // 2
                                   "01-01 c,1,0.0\n"                            // 3: skipped
                                   "01-01 d,1,-2\n"                             // 4
                                   "01-02 e,1,3\n"                              // 5: another day
                                   "01-02 f,1,4\n01-02 g,1,5\n01-02 h,1,6\n");  // 8: full before it
  ASSERT_TRUE(imported.ok()) << MessageOf(imported);
  ASSERT_EQ(imported->commands.size(), 3U);
  EXPECT_EQ(
      imported->commands[0],
      R"({"book":"zz","key":"csv-0123456789abcdef/2","facts":[{"kind":"sale.recorded","n":1},)"
      R"({"kind":"refund.recorded","n":2}]})");
  const auto& details = imported->details;
  EXPECT_EQ(details[0].first_row, 2U);
  EXPECT_EQ(details[0].last_row, 4U);
  EXPECT_EQ(details[1].first_row, 5U);
  EXPECT_EQ(details[1].facts, 3U);
  EXPECT_EQ(details[2].first_row, 8U);
  const ImportCounts& counts = imported->counts;
  EXPECT_EQ(counts.rows, 8U);
  EXPECT_EQ(counts.commands, 3U);
  EXPECT_EQ(counts.facts, 6U);
  EXPECT_EQ(counts.facts_by_kind.at("refund.recorded"), 1U);
  EXPECT_EQ(counts.skipped_by_reason.at("no_code"), 1U);
  EXPECT_EQ(counts.skipped_by_reason.at("zero"), 1U);
}

TEST(CsvImport, MakesTheSameTextsForLineEndsMarksAndPackingOfTheSameRows) {
  const auto unix_ends = ImportText(kGrouped, "Day,Code,Amount\n01-01,1,1\n01-02,1,2\n");
  const auto dos_ends = ImportText(kGrouped,
                                   "\xef\xbb\xbf"
                                   "Day,Code,Amount\r\n01-01,1,1\r\n\r\n\"01-02\",1,2");
  ASSERT_TRUE(unix_ends.ok() && dos_ends.ok());
  EXPECT_EQ(unix_ends->commands, dos_ends->commands);
}

TEST(CsvImport, SkipsBadRowsOnlyWhereTheMapSaysSo) {
  const std::string strict = R"({"format":"suanpan.csv-map/1",
      "facts":[{"kind":"a.done"},{"kind":"b.done","n":{"column":"N","as":"number"}}]})";
  std::string lenient = strict;
  lenient.insert(1, R"("bad_rows":{"skip":"unreadable"},)");
  constexpr std::string_view kCsv = "N,M\n1,1\nx,1\n3\n4,4\n";
  EXPECT_EQ(MessageOf(ImportText(strict, kCsv)).find("row 2 (line 3): column N"), 0U);
  const auto imported = ImportText(lenient, kCsv);
  ASSERT_TRUE(imported.ok()) << MessageOf(imported);
  EXPECT_EQ(imported->counts.skipped_by_reason.at("unreadable"), 2U);
  EXPECT_EQ(imported->counts.facts, 4U);
  ASSERT_EQ(imported->commands.size(), 2U);
  EXPECT_NE(
      imported->commands[1].find(R"(/4","facts":[{"kind":"a.done"},{"kind":"b.done","n":4}]})"),
      std::string::npos);
  EXPECT_FALSE(ImportText(lenient, "N,M\n1,1\n2,\"x\"y\n").ok());  // broken CSV is never skipped
}

TEST(CsvImport, RefusesFilesWithoutTheColumnsOfTheMap) {
  EXPECT_EQ(MessageOf(ImportText(kOptional, "A,C\n1,2\n")),
            R"(header: no column B, which the mapping uses; the file has "A", "C")");
  EXPECT_NE(MessageOf(ImportText(kOptional, "A,B,A\n1,2,3\n")).find("two columns are called A"),
            std::string::npos);
  EXPECT_NE(MessageOf(ImportText(kOptional, "")).find("it has no header"), std::string::npos);
  EXPECT_EQ(ImportText(kOptional, "A,B\n").value().counts.rows, 0U);
}

TEST(CsvImport, NamesTheColumnsOfAFileWithoutHeader) {
  std::string map{kOptional};
  map.insert(1, R"("file":{"columns":["A","B"],"delimiter":";"},)");
  const auto imported = ImportText(map, "x;y\n");
  ASSERT_TRUE(imported.ok()) << MessageOf(imported);
  EXPECT_EQ(imported->details.at(0).first_row, 1U);
  EXPECT_NE(imported->commands[0].find(R"("from":"x")"), std::string::npos);
}

TEST(CsvImport, KeepsCommandsWithinTheRequestLimit) {
  const std::string map = R"({"format":"suanpan.csv-map/1","group":{"max_facts":256},
      "facts":[{"kind":"k.done","a":{"column":"A"}}]})";
  std::string csv = "A\n";
  for (int i = 0; i < 10; ++i) csv += std::string(20'000, 'x') + "\n";
  const auto imported = ImportText(map, csv);
  ASSERT_TRUE(imported.ok()) << MessageOf(imported);
  EXPECT_EQ(imported->commands.size(), 4U);  // three rows each
  for (const std::string& command : imported->commands) EXPECT_LE(command.size(), kCommandBytesMax);
  EXPECT_NE(MessageOf(ImportText(map, "A\n" + std::string(65'500, 'x') + "\n"))
                .find("row 1 (line 2): its facts are longer than"),
            std::string::npos);
}

// Backtracking would take longer than anybody waits, and recurse as deep as the value is long.
TEST(CsvImport, TriesAnyPatternOnTheLongestValue) {
  std::string map{kGrouped};
  map.replace(map.find("^[0-9]"), 6, "^(1*)*(1|1)*x");
  const std::string csv = "Day,Code,Amount\n1," + std::string(60'000, '1') + ",1\n";
  const auto imported = ImportText(map, csv);
  ASSERT_TRUE(imported.ok()) << MessageOf(imported);
  EXPECT_TRUE(imported->commands.empty());
}

TEST(CsvImport, StopsAtTheErrorOfTheSinkAndChecksItsOptions) {
  const Result<CsvMap> map = CsvMap::Parse(kOptional);
  ASSERT_TRUE(map.ok());
  MemorySource source("A,B\n1,2\n3,4\n5,6\n");
  int calls = 0;
  const ImportOptions options{.book = "zz", .file_digest_hex = std::string{kDigest}};
  const auto stopped = ImportCsv(*map, source, options, [&](const CommandText&) -> Status {
    return ++calls == 2 ? Status{StatusCode::kConflict, "refused"} : Status{};
  });
  ASSERT_FALSE(stopped.ok());
  EXPECT_EQ(stopped.error().message(), "refused");
  EXPECT_EQ(calls, 2);
  const auto refused = [&](const ImportOptions& bad) {
    return !ImportCsv(*map, source, bad, [](const CommandText&) { return Status{}; }).ok();
  };
  EXPECT_TRUE(refused({.book = "zz", .file_digest_hex = "0123"}));
  EXPECT_TRUE(refused({.book = "", .file_digest_hex = std::string{kDigest}}));
}

}  // namespace
}  // namespace suanpan::import
