#include "csv_sample.h"

#include <fmt/format.h>

#include <random>

#include "support/seed.h"

namespace suanpan::fault {
namespace {

constexpr int kVendors = 3;

}  // namespace

std::uint64_t Seed() { return test::Seed(20'250'801); }

std::string CsvText() {
  std::mt19937_64 random{Seed()};
  const auto below = [&random](std::uint64_t count) { return random() % count; };
  std::string text = "Row,Day,Item,Quantity,Price,Cost\n";
  for (int row = 1; row <= kCsvRows; ++row) {
    const std::string sign = below(8) == 0 ? "-" : "";
    text +=
        fmt::format("{},2025-06-{:02},item-{},{}{},{}.{:02},{}.{:02}\n", row, 1 + row / 9,
                    below(17), sign, 1 + below(4), below(10), 1 + below(99), below(3), below(100));
  }
  return text;
}

std::string_view CsvMapText() {
  return R"({
  "format": "suanpan.csv-map/1",
  "group": {"max_facts": 5, "by": {"column": "Day"}},
  "facts": [{
    "kind": {"by_sign": {"product": ["Quantity"]},
             "positive": "sale.recorded", "negative": "refund.recorded"},
    "occurred_at": {"time": "Day", "format": "YYYY-MM-DD", "offset": "+08:00"},
    "actor": "p-import",
    "source_doc": {"series": "csv", "number": {"column": "Row", "as": "token"}},
    "vendor": {"bucket": "Item", "of": 3, "prefix": "v-"},
    "lines": [{"item": {"column": "Item", "as": "ref"},
               "quantity": {"column": "Quantity", "as": "number", "abs": true},
               "amount_fen": {"product": ["Price", "Quantity"], "minor_units": 2, "abs": true},
               "cost_fen": {"product": ["Cost", "Quantity"], "minor_units": 2, "abs": true}}]
  }]
})";
}

std::string CsvOpening() {
  constexpr std::string_view kAt =
      R"("occurred_at":"2025-05-01T12:00:00+08:00","actor":"p-office")";
  std::string facts = fmt::format(
      R"({{"kind":"book.opened",{0},"label":"X","utc_offset_minutes":480,"unit":"u-zz",)"
      R"("level":"community","host":"o-host"}},)"
      R"({{"kind":"fund.opened",{0},"fund":"f-zz","label":"F","host":"o-host",)"
      R"("bank_accounts":["b-1"],"default_pot":"restricted/vendor_share",)"
      R"("restriction":{{"class":"restricted","purposes":["elder_care"]}}}})",
      kAt);
  for (int vendor = 0; vendor < kVendors; ++vendor) {
    facts += fmt::format(
        R"(,{{"kind":"agreement.signed",{0},"agreement":"ag-{1}",)"
        R"("agreement_type":"donation_share","party":"v-{1}","signed_on":"2025-05-01",)"
        R"("valid_from":"2025-05-01","fund":"f-zz","basis":"profit","rate":{{"n":1,"m":10}},)"
        R"("loss_policy":"carry_loss","settlement":"month"}})",
        kAt, vendor);
  }
  return fmt::format(R"({{"book":"zz","key":"office/1","facts":[{}]}})", facts);
}

}  // namespace suanpan::fault
