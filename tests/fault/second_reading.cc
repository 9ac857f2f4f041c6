#include "second_reading.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <zlib.h>

#include <array>
#include <sstream>
#include <vector>

#include "csv_sample.h"
#include "suanpan/base/invariant.h"

namespace suanpan::fault {
namespace {

using Row = std::array<std::string, 6>;  ///< row, day, item, quantity, price, cost

std::vector<Row> RowsOf(const std::string& csv) {
  std::vector<Row> rows;
  std::istringstream lines{csv};
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    std::istringstream fields{line};
    for (std::string& field : rows.emplace_back()) std::getline(fields, field, ',');
  }
  return rows;
}

/// "12.34" times a whole number, in fen and without a sign.
long Fen(const std::string& decimal, const std::string& times) {
  const std::size_t point = decimal.find('.');
  const long fen = std::stol(decimal.substr(0, point)) * 100 + std::stol(decimal.substr(point + 1));
  return std::labs(fen * std::stol(times));
}

std::string FactOf(const Row& row) {
  const auto& [number, day, item, quantity, price, cost] = row;
  const auto crc = ::crc32(0, reinterpret_cast<const Bytef*>(item.data()), uInt(item.size()));
  return fmt::format(
      R"({{"kind":"{}","occurred_at":"{}T00:00:00+08:00","actor":"p-import",)"
      R"("source_doc":{{"series":"csv","number":"{}"}},"vendor":"v-{}","lines":[{{"item":"{}",)"
      R"("quantity":{},"amount_fen":{},"cost_fen":{}}}]}})",
      quantity[0] == '-' ? "refund.recorded" : "sale.recorded", day, number, crc % 3, item,
      std::labs(std::stol(quantity)), Fen(price, quantity), Fen(cost, quantity));
}

std::string StreamOf(const std::string& csv) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  SUANPAN_INVARIANT(
      EVP_Digest(csv.data(), csv.size(), digest.data(), nullptr, EVP_sha256(), nullptr) == 1);
  std::string stream = "csv-";
  for (std::size_t i = 0; i < 8; ++i) stream += fmt::format("{:02x}", digest[i]);
  return stream;
}

}  // namespace

opinion::Ledger SecondReading(const std::string& csv, const std::string& keyed_by,
                              std::int64_t now_us) {
  opinion::Ledger ledger;
  const auto tell = [&](const std::string& command, const char* source) {
    const opinion::Json answer = ledger.Answer(command, now_us, source);
    SUANPAN_INVARIANT(answer.at("result") == "committed", "{}", answer.dump());
  };
  tell(CsvOpening(), "cli");
  const std::vector<Row> rows = RowsOf(csv);
  const std::string stream = StreamOf(keyed_by);
  for (std::size_t first = 0; first < rows.size();) {
    std::size_t end = first;
    std::string facts;
    while (end < rows.size() && end < first + 5 && rows[end][1] == rows[first][1]) {
      facts += (facts.empty() ? "" : ",") + FactOf(rows[end++]);
    }
    tell(fmt::format(R"({{"book":"zz","key":"{}/{}","facts":[{}]}})", stream, first + 1, facts),
         "import");
    first = end;
  }
  return ledger;
}

}  // namespace suanpan::fault
