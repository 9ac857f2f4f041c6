// Registers, sales and what they owe.

#include "support/opinion/history_facts.h"

#include "support/opinion/calendar.h"
#include "support/opinion/settlement.h"

namespace suanpan::opinion {

Json AnyBook(Invite& invite) {
  Json fact = invite.Fact("book.opened");
  fact["label"] = "职中社区";
  fact["utc_offset_minutes"] = invite.dice.Of(std::vector<int>{480, 480, 480, 0, -720, 345});
  fact["unit"] = "u-zz";
  fact["level"] = invite.dice.Word({"community", "county", "city", "province"});
  fact["host"] = "o-host";
  return fact;
}

Json AnyParty(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("party.registered");
  fact["party"] = dice.OneIn(8) ? invite.Fund() : "o-" + std::to_string(dice.Below(40));
  fact["party_type"] = dice.Word({"person", "household", "vendor", "organisation", "team", "unit"});
  if (dice.OneIn(4)) fact["label"] = "夕阳红助餐点";
  if (dice.OneIn(4)) fact["class"] = "bakery";
  if (dice.OneIn(8)) fact["number"] = "no/" + std::to_string(dice.Below(9));
  return fact;
}

namespace {

std::string AnyPot(Dice& dice) {
  return dice.Word({"restricted", "restricted", "unrestricted"}) + "/" +
         dice.Word({"vendor_share", "government", "donation"});
}

}  // namespace

Json AnyFund(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("fund.opened");
  fact["fund"] = "f-" + std::to_string(dice.Below(4));
  fact["label"] = "慈善公益基金";
  fact["host"] = "o-host";
  fact["bank_accounts"] = dice.OneIn(2) ? Json::array({"b-1"}) : Json{"b-1", "b/2"};
  if (dice.OneIn(16)) fact["bank_accounts"].push_back("b-1");
  fact["default_pot"] = AnyPot(dice);
  Json limits = {{"class", "restricted"}, {"purposes", {"elder_care", "rewards"}}};
  if (dice.OneIn(4)) limits["places"] = Json::array({"pl-1"});
  if (dice.OneIn(8)) limits["matters"] = Json::array({"m-1"});
  if (dice.OneIn(4)) limits["until"] = AddDays(invite.Today(), dice.Below(300));
  fact["restriction"] = limits;
  if (dice.OneIn(4)) fact["committee"] = "t-1";
  return fact;
}

Json AnyAgreement(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("agreement.signed");
  fact["agreement"] = (dice.OneIn(4) ? "ag/" : "ag-") + std::to_string(dice.Below(12));
  fact["agreement_type"] = "donation_share";
  fact["party"] = invite.Vendor();
  const std::string from = AddDays(invite.Today(), dice.Between(-60, 20));
  fact["valid_from"] = from;
  fact["signed_on"] = AddDays(from, dice.OneIn(16) ? 1 : -dice.Below(30));
  if (dice.OneIn(2)) fact["valid_to"] = AddDays(from, dice.Between(dice.OneIn(16) ? -2 : 0, 150));
  fact["fund"] = invite.Fund();
  const int m = dice.Of(std::vector<int>{10, 10, 100, 3, 7, 1'000'000});
  fact["rate"] = {{"n", dice.Below(m + 1)}, {"m", m}};
  fact["basis"] = dice.Word({"profit", "profit", "profit", "revenue"});
  fact["loss_policy"] = dice.Word({"carry_loss", "net_all", "reset_period"});
  fact["settlement"] = dice.Word({"month", "month", "month", "quarter", "year", "end"});
  if (fact["basis"] == "profit" && dice.OneIn(3)) {
    fact["cost_method"] = "standard_margin";
    fact["margin"] = {{"n", dice.Below(8)}, {"m", 7}};
  } else if (dice.OneIn(4)) {
    fact["cost_method"] = "per_line";
  }
  if (dice.OneIn(3)) fact["cost_kinds"] = {"goods", "rent"};
  if (dice.OneIn(3)) fact["terms_days"] = dice.Below(40);
  if (dice.OneIn(60)) fact["matter"] = "m-1";
  return fact;
}

namespace {

std::int64_t Sum(const Json& lines) {
  Wide sum = 0;
  for (const Json& line : lines) {
    const Json& amount = line.at("amount_fen");
    sum += amount.is_string() ? std::stoll(amount.get<std::string>()) : amount.get<std::int64_t>();
  }
  return Fits(sum) ? static_cast<std::int64_t>(sum) : 1;
}

void AddPaid(Invite& invite, Json& fact) {
  const std::int64_t sum = Sum(fact["lines"]);
  if (!invite.dice.OneIn(3) || sum < 2) return;
  const std::int64_t first = invite.dice.OneIn(24) ? sum : sum / 2;
  fact["paid"] = {{{"means", "wechat"}, {"amount_fen", invite.Stated(first)}},
                  {{"means", "cash"}, {"amount_fen", sum - sum / 2}}};
}

}  // namespace

Json AnySale(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("sale.recorded");
  fact["vendor"] = invite.Vendor();
  if (!invite.state.agreements.empty() && dice.OneIn(3)) {
    fact["agreement"] = invite.Agreement();
    const auto known = invite.state.agreements.find(fact["agreement"]);
    if (known != invite.state.agreements.end() && !dice.OneIn(8)) {
      fact["vendor"] = known->second.at("party");
    }
  }
  fact["lines"] = Json::array();
  for (int i = dice.Of(std::vector<int>{1, 1, 2, 3}); i > 0; --i) {
    Json line = {{"item", "item-" + std::to_string(dice.Below(3))},
                 {"quantity", invite.Stated(dice.Between(1, 4))},
                 {"amount_fen", dice.OneIn(12) ? Json(0) : invite.Amount(3'000)}};
    if (!dice.OneIn(3)) line["cost_fen"] = dice.OneIn(8) ? Json(0) : invite.Amount(2'500);
    fact["lines"].push_back(line);
  }
  AddPaid(invite, fact);
  if (dice.OneIn(60)) fact["slot"] = invite.AddressOf("sale.recorded");
  return fact;
}

namespace {

/// A row of a refund of a line, mostly within what is left of it.
Json BackRow(Invite& invite, const Event& sale, int number) {
  Dice& dice = invite.dice;
  const Json& line = sale.fact.at("lines")[static_cast<std::size_t>(number)];
  Wide quantity = line.at("quantity").get<std::int64_t>();
  Wide amount = line.at("amount_fen").get<std::int64_t>();
  for (const Refunded& one : invite.state.refunded) {
    if (one.line != SoldLine{sale.at, number}) continue;
    quantity -= one.quantity;
    amount -= one.amount;
  }
  const auto all = std::max<std::int64_t>(1, static_cast<std::int64_t>(quantity));
  const auto part = dice.OneIn(3) ? std::int64_t{1} : all;
  const auto back = static_cast<std::int64_t>(amount * part / all);
  Json row = {{"quantity", invite.Stated(dice.OneIn(24) ? part + 1 : part)},
              {"amount_fen", invite.Stated(dice.OneIn(24) ? back + (back < INT64_MAX) : back)}};
  if (sale.fact.at("lines").size() > 1 || dice.OneIn(2)) row["sale_line"] = number;
  if (dice.OneIn(4)) row["item"] = line.at("item");
  if (dice.OneIn(3)) row["cost_fen"] = dice.OneIn(2) ? Json(0) : invite.Amount(900);
  return row;
}

}  // namespace

Json AnyRefund(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("refund.recorded");
  const std::string address = invite.AddressOf("sale.recorded");
  const Event* sale = invite.state.Find(address);
  fact["vendor"] = invite.Vendor();
  if (sale == nullptr || sale->kind != "sale.recorded" || dice.OneIn(5)) {
    fact["lines"] = Json::array({{{"quantity", 1}, {"amount_fen", invite.Amount(400)}}});
    if (dice.OneIn(2)) fact["lines"][0]["cost_fen"] = invite.Amount(300);
    if (dice.OneIn(4)) fact["agreement"] = invite.Agreement();
    if (dice.OneIn(8)) fact["sale"] = address;
    return fact;
  }
  fact["sale"] = address;
  if (!dice.OneIn(24)) fact["vendor"] = sale->fact.at("vendor");
  const int lines = static_cast<int>(sale->fact.at("lines").size());
  fact["lines"] = Json::array({BackRow(invite, *sale, dice.Below(lines))});
  if (dice.OneIn(3)) fact["lines"].push_back(BackRow(invite, *sale, dice.Below(lines)));
  if (dice.OneIn(12)) fact["agreement"] = invite.Agreement();
  AddPaid(invite, fact);
  return fact;
}

Json AnyCost(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("cost.recorded");
  fact["agreement"] = invite.Agreement();
  fact["cost_kind"] = dice.Word({"goods", "goods", "rent", "wages"});
  fact["amount_fen"] = invite.Amount(900);
  if (dice.OneIn(8)) fact["amount_fen"] = -dice.Between(1, 500);
  if (!invite.state.waiting.empty() && dice.OneIn(2)) {
    auto line = invite.state.waiting.begin();
    std::advance(line, dice.Below(static_cast<int>(invite.state.waiting.size())));
    fact["sale"] = line->first.first;
    fact["sale_line"] = line->first.second;
    fact["agreement"] = line->second.agreement;
  } else if (dice.OneIn(3)) {
    fact["sale"] = invite.AddressOf("sale.recorded");
    if (dice.OneIn(2)) fact["sale_line"] = dice.Below(3);
  } else if (dice.OneIn(2)) {
    const std::string to = MonthOf(AddDays(invite.Today(), -dice.Below(100)));
    fact["true_up"] = {{"from", AddMonths(to, -dice.Below(3))}, {"to", to}};
  }
  return fact;
}

Json AnySettlement(Invite& invite) {
  Dice& dice = invite.dice;
  Json fact = invite.Fact("settlement.closed");
  std::vector<std::string> due;
  for (const auto& [name, terms] : invite.state.agreements) {
    const auto next = NextBoundary(invite.state, name);
    if (next && *next < invite.Today()) due.push_back(name);
  }
  const std::string name = due.empty() || dice.OneIn(8) ? invite.Agreement() : dice.Of(due);
  fact["agreement"] = name;
  std::string through = LastDayOf(MonthOf(AddDays(invite.Today(), -30)));
  if (invite.state.agreements.contains(name) && !dice.OneIn(6)) {
    through = NextBoundary(invite.state, name).value_or(through);
  }
  if (dice.OneIn(12)) through = AddDays(through, dice.Between(-40, 40));
  fact["through"] = through;
  if (dice.OneIn(4)) fact["terms_days"] = dice.Below(30);
  return fact;
}

}  // namespace suanpan::opinion
