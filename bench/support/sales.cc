#include "support/sales.h"

#include <algorithm>

#include "suanpan/base/invariant.h"
#include "suanpan/community_year/generate.h"
#include "suanpan/rules/catalogue.h"
#include "suanpan/schema/command_json.h"

namespace suanpan::bench {
namespace {

constexpr std::uint32_t kVendors = 12;
/// Fewer days with more sales keep the sales apart from what settles, closes and refunds them.
constexpr std::uint32_t kDaysMin = 5;

bool IsSale(std::string_view json) {
  return json.find(R"("kind":"sale.recorded")") != std::string_view::npos;
}

void ParseInto(const std::vector<std::string>& lines, TypedCommands& commands) {
  schema::CommandParser parser{rules::Catalogue::Standard().kinds()};
  for (const std::string& json : lines) {
    const auto parsed = parser.Parse(json);
    const auto* command = std::get_if<schema::Command>(&parsed);
    SUANPAN_INVARIANT(command != nullptr, "{}", json);
    commands.Add(*command);
  }
}

}  // namespace

SaleLines MakeSaleLines(std::uint32_t books, std::uint32_t sales) {
  SaleLines lines;
  lines.sales.resize(books);
  for (std::uint32_t book = 0; book < books; ++book) {
    community_year::YearOptions options;
    options.first_community = book;
    options.days =
        std::max(kDaysMin, sales / (books * kVendors * community_year::kSalesPerVendorDayMax) + 1);
    options.vendors = kVendors;
    options.households = 0;
    options.sales_per_vendor_day = std::clamp(sales / (books * options.days * kVendors), 1U,
                                              community_year::kSalesPerVendorDayMax);
    std::vector<std::string>& of_book = lines.sales[book];
    const Status made = community_year::GenerateYear(options, [&](std::string_view json) {
      if (IsSale(json)) {
        of_book.emplace_back(json);
      } else if (of_book.empty()) {
        lines.opening.emplace_back(json);
      }
      return Status{};
    });
    SUANPAN_INVARIANT(made.ok() && !of_book.empty(), "{}", made.ToString());
  }
  return lines;
}

std::unique_ptr<TypedSales> ParseSales(const SaleLines& lines) {
  auto typed = std::make_unique<TypedSales>();
  ParseInto(lines.opening, typed->opening);
  for (const std::vector<std::string>& of_book : lines.sales)
    ParseInto(of_book, typed->sales.emplace_back());
  return typed;
}

}  // namespace suanpan::bench
