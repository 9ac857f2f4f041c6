#include "read_back.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace suanpan::community_year {
namespace {

bool SaleHasBase(const Fact& sale, const std::map<std::string, bool>& needs_cost) {
  if (!needs_cost.at(sale.text("vendor"))) return true;
  const auto& lines = sale.json.at("lines");
  const auto priced = [](const nlohmann::json& line) { return line.contains("cost_fen"); };
  return std::any_of(lines.begin(), lines.end(), priced);
}

// Every base entry is followed by one accrual; a sale whose lines all lack a cost moves no base
// where costs are counted by line. A deed is followed by a grant, an attested service too, unless
// it was ordered: volunteers of a team have no household. What the close of a day is followed by
// does not matter: it ends its command.
std::size_t DerivedEvents(const ReadBack& read, const Fact& fact,
                          const std::map<std::string, bool>& needs_cost) {
  const std::string kind = fact.kind();
  if (kind == "refund.recorded" || kind == "cost.recorded" || kind == "points.awarded") return 1;
  if (kind == "sale.recorded") return SaleHasBase(fact, needs_cost) ? 1 : 0;
  if (kind != "service.attested") return 0;
  const Fact* service = read.Find(fact, fact.text("service"));
  return service == nullptr || service->json.contains("order") ? 0 : 1;
}

}  // namespace

const Fact* ReadBack::Find(const Fact& from, const std::string& reference) const {
  if (reference.front() == '#') {
    std::size_t wanted = std::stoul(reference.substr(1));
    for (const Fact& fact : facts) {
      if (fact.command == from.command && wanted-- == 0) return &fact;
    }
    return nullptr;
  }
  const auto found = by_address.find(from.book + " " + reference);
  return found == by_address.end() ? nullptr : &facts[found->second];
}

std::vector<const Fact*> ReadBack::OfKind(const std::string& kind) const {
  std::vector<const Fact*> found;
  for (const Fact& fact : facts) {
    if (fact.kind() == kind) found.push_back(&fact);
  }
  return found;
}

std::vector<std::string> Lines(const YearOptions& options) {
  std::vector<std::string> lines;
  const Status status = GenerateYear(options, [&lines](std::string_view command) {
    lines.emplace_back(command);
    return Status{};
  });
  EXPECT_TRUE(status.ok()) << status.ToString();
  return lines;
}

ReadBack Read(const YearOptions& options) {
  ReadBack read;
  read.lines = Lines(options);
  std::map<std::string, std::size_t> heads;
  std::map<std::string, bool> needs_cost;
  for (const std::string& text : read.lines) {
    nlohmann::json command = nlohmann::json::parse(text);
    const std::string book = command.at("book");
    const std::size_t seq = ++heads[book];
    std::size_t line = 0;
    for (const nlohmann::json& json : command.at("facts")) {
      Fact fact{json, book, std::to_string(seq) + "." + std::to_string(line), read.commands.size()};
      if (fact.kind() == "agreement.signed") {
        needs_cost[fact.text("party")] = json.value("cost_method", "") == "per_line";
      }
      line += 1 + DerivedEvents(read, fact, needs_cost);
      read.by_address[book + " " + fact.address] = read.facts.size();
      read.facts.push_back(std::move(fact));
    }
    read.commands.push_back(std::move(command));
  }
  return read;
}

const ReadBack& YearOf(std::uint32_t sales_per_vendor_day) {
  static std::map<std::uint32_t, ReadBack> years;
  const auto known = years.find(sales_per_vendor_day);
  if (known != years.end()) return known->second;
  YearOptions options;
  options.sales_per_vendor_day = sales_per_vendor_day;
  return years.emplace(sales_per_vendor_day, Read(options)).first->second;
}

}  // namespace suanpan::community_year
