// The real data of testdata/README.md under the map that the example ships. Totals are recomputed
// from the emitted JSON by another parser and compared with the published ones.

#include <gtest/gtest.h>
#include <simdjson.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "suanpan/base/units.h"
#include "suanpan/import/csv_import.h"

namespace suanpan::import {
namespace {

constexpr std::size_t kVendors = 12;
constexpr std::string_view kFileDigest =
    "737745256ddb4410bfe4e29f2dcb72329b7486e584837f1e84f9a07416cf7d45";

std::string SharedDir() {
  const char* stated = std::getenv("SUANPAN_SHARED");
  return stated != nullptr ? stated : std::string{SUANPAN_SOURCE_DIR} + "/../shared";
}

std::string ReadText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.is_open()) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

/// An auditor of the emitted texts.
struct Tally {
  simdjson::dom::parser parser;
  std::array<std::int64_t, kVendors> base{};
  std::uint64_t sales = 0;
  std::uint64_t refunds = 0;
  std::set<std::string> keys;

  Status Take(const CommandText& command) {
    simdjson::padded_string text(command.json);
    const simdjson::dom::element json = parser.parse(text);
    EXPECT_EQ(std::string_view{json["book"]}, "retail");
    const std::string_view key = json["key"];
    EXPECT_EQ(key, "csv-737745256ddb4410/" + std::to_string(command.first_row));
    EXPECT_TRUE(keys.emplace(key).second) << key;
    const simdjson::dom::array facts = json["facts"];
    EXPECT_EQ(facts.size(), command.facts);
    EXPECT_LE(facts.size(), 100U);
    const std::string_view day = std::string_view{facts.at(0)["occurred_at"]}.substr(0, 10);
    for (const simdjson::dom::element fact : facts) {
      EXPECT_EQ(std::string_view{fact["occurred_at"]}.substr(0, 10), day);
      TakeFact(fact);
    }
    return {};
  }

  void TakeFact(simdjson::dom::element fact) {
    const std::string_view kind = fact["kind"];
    const std::string vendor{std::string_view{fact["vendor"]}};
    const std::int64_t amount = fact["lines"].at(0)["amount_fen"];
    const std::int64_t quantity = fact["lines"].at(0)["quantity"];
    EXPECT_GE(amount, 0);
    EXPECT_GT(quantity, 0);
    const auto place = static_cast<std::size_t>(std::stoi(vendor.substr(2)));
    ASSERT_LT(place, kVendors);
    base[place] += kind == "sale.recorded" ? amount : -amount;
    (kind == "sale.recorded" ? sales : refunds) += 1;
  }

  [[nodiscard]] std::int64_t DueTotal(std::int64_t n, std::int64_t m) const {
    Wide total = 0;
    for (const std::int64_t amount : base) total += FloorMulDiv(n, amount, m);
    return NarrowWide(total).value();
  }
};

TEST(OnlineRetail, GivesThePublishedTotalsOfTheStandardReading) {
  const std::string path = SharedDir() + "/testdata/online_retail_2010_2011.csv.gz";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no test data at " << path;
  const std::string example = std::string{SUANPAN_SOURCE_DIR} + "/examples/online-retail";
  const Result<CsvMap> map = CsvMap::Parse(ReadText(example + "/map.json"));
  ASSERT_TRUE(map.ok()) << map.error().ToString();
  auto source = OpenFileSource(path);
  ASSERT_TRUE(source.ok());

  Tally tally;
  const Result<ImportCounts> counts =
      ImportCsv(*map, **source, {.book = "retail", .file_digest_hex = std::string{kFileDigest}},
                [&](const CommandText& command) { return tally.Take(command); });
  ASSERT_TRUE(counts.ok()) << counts.error().ToString();

  EXPECT_EQ(counts->rows, 541'909U);
  EXPECT_EQ(counts->facts, 536'429U);
  EXPECT_EQ(counts->commands, tally.keys.size());
  EXPECT_EQ(counts->facts_by_kind.size(), 2U);
  EXPECT_EQ(counts->facts_by_kind.at("refund.recorded"), 8'704U);
  EXPECT_EQ(counts->facts_by_kind.at("sale.recorded"), 536'429U - 8'704U);
  EXPECT_EQ(tally.refunds, 8'704U);
  EXPECT_EQ(tally.sales + tally.refunds, 536'429U);
  std::uint64_t skipped = 0;
  for (const auto& [reason, rows] : counts->skipped_by_reason) skipped += rows;
  EXPECT_EQ(counts->skipped_by_reason.size(), 2U);
  EXPECT_EQ(skipped, 541'909U - 536'429U);
  EXPECT_LE(counts->skipped_by_reason.at("value_zero"), 2'515U);  // all lines at price zero

  EXPECT_EQ(tally.DueTotal(1, 1), 979'231'043);
  EXPECT_EQ(tally.DueTotal(1, 10), 97'923'099);
  EXPECT_EQ(tally.DueTotal(3, 100), 29'376'925);
}

TEST(OnlineRetail, SetupFilesAreCommandsForTheSameTwelveVendors) {
  for (const std::string name : {"setup-revenue.jsonl", "setup-margin.jsonl"}) {
    simdjson::dom::parser parser;
    const simdjson::padded_string text(
        ReadText(std::string{SUANPAN_SOURCE_DIR} + "/examples/online-retail/" + name));
    std::set<std::string> vendors;
    std::set<std::string> keys;
    for (const simdjson::dom::element command : parser.parse_many(text)) {
      EXPECT_EQ(std::string_view{command["book"]}, "retail");
      EXPECT_TRUE(keys.emplace(std::string_view{command["key"]}).second);
      for (const simdjson::dom::element fact : command["facts"]) {
        if (std::string_view{fact["kind"]} != "agreement.signed") continue;
        vendors.emplace(std::string_view{fact["party"]});
        EXPECT_EQ(std::string_view{fact["valid_from"]}, "2010-12-01");
      }
    }
    EXPECT_EQ(vendors.size(), kVendors) << name;
    EXPECT_TRUE(vendors.contains("v-0") && vendors.contains("v-11")) << name;
  }
}

}  // namespace
}  // namespace suanpan::import
