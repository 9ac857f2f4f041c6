#include "commands.h"

#include <fmt/format.h>

namespace suanpan::engine::test {

Json FactOf(std::string_view kind, const Json& fields) {
  Json fact{{"kind", kind}, {"occurred_at", kNoon}, {"actor", "p-1"}};
  fact.update(fields);
  return fact;
}

std::string CommandOf(std::string_view book, std::string_view key, const std::vector<Json>& facts,
                      std::optional<std::uint64_t> expected_seq) {
  Json command{{"book", book}, {"key", key}};
  if (expected_seq) command["expected_seq"] = *expected_seq;
  command["facts"] = facts;
  return command.dump();
}

Json BookOpenedFact() {
  return FactOf("book.opened", {{"label", "职中社区"},
                                {"utc_offset_minutes", 480},
                                {"unit", "u-1"},
                                {"level", "community"},
                                {"host", "o-1"}});
}

Json VendorFact(std::string_view vendor) {
  return FactOf("party.registered", {{"party", vendor}, {"party_type", "vendor"}});
}

Json FundFact() {
  return FactOf("fund.opened",
                {{"fund", "f-1"},
                 {"label", "慈善公益基金"},
                 {"host", "o-1"},
                 {"bank_accounts", {"b-1"}},
                 {"default_pot", "restricted/vendor_share"},
                 {"restriction", {{"class", "restricted"}, {"purposes", {"elder_care"}}}}});
}

Json AgreementFact(std::string_view vendor) {
  return FactOf("agreement.signed", {{"agreement", "ag-1"},
                                     {"agreement_type", "donation_share"},
                                     {"party", vendor},
                                     {"signed_on", "2025-01-01"},
                                     {"valid_from", "2025-01-01"},
                                     {"fund", "f-1"},
                                     {"basis", "profit"},
                                     {"rate", {{"n", 1}, {"m", 10}}},
                                     {"loss_policy", "carry_loss"},
                                     {"settlement", "month"}});
}

Json SaleFact(std::string_view amount_fen, std::string_view cost_fen) {
  return FactOf("sale.recorded", {{"vendor", "v-1"},
                                  {"lines",
                                   {{{"item", "i-1"},
                                     {"quantity", "1"},
                                     {"amount_fen", amount_fen},
                                     {"cost_fen", cost_fen}}}}});
}

Json CostFact(std::string_view sale, std::string_view amount_fen) {
  return FactOf("cost.recorded", {{"agreement", "ag-1"},
                                  {"sale", sale},
                                  {"sale_line", 0},
                                  {"cost_kind", "goods"},
                                  {"amount_fen", amount_fen}});
}

std::string OpeningOf(std::string_view book, std::string_view key) {
  return CommandOf(book, key,
                   {BookOpenedFact(), FundFact(), VendorFact("v-1"), AgreementFact("v-1")});
}

std::string SaleOf(std::string_view book, std::uint64_t n) {
  return CommandOf(book, fmt::format("till/{}", n), {SaleFact("100", "60")});
}

}  // namespace suanpan::engine::test
