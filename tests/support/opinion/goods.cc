// goods.received, goods.issued, goods.counted (events.md 3.4).

#include "support/opinion/goods.h"

#include "support/opinion/approvals.h"
#include "support/opinion/funds.h"

namespace suanpan::opinion {

std::string PiecesPath(const std::string& owner, const std::string& item) {
  return "pieces/" + InPath(owner) + "/" + InPath(item) + "/";
}

std::string ValuePath(const State& state, const std::string& fund, const std::string& item) {
  const bool asset = state.items.at({fund, item}).goods_class == "asset";
  return FundPath(fund) + (asset ? "asset/" : "stock/") + InPath(item);
}

Wide OnHand(const State& state, const std::string& owner, const std::string& item) {
  return Balance(state, PiecesPath(owner, item) + "on_hand");
}

std::int64_t ValueOf(const State& state, const std::string& fund, const std::string& item,
                     Wide quantity) {
  const Wide all = OnHand(state, fund, item);
  if (all == 0) return 0;
  const Wide shared = Balance(state, ValuePath(state, fund, item)) * quantity;
  const bool up = state.fault == Fault::kGoodsRoundedUp;
  return Checked(up ? -FloorOf(-shared, all) : FloorOf(shared, all));
}

void TakeOut(Deciding& d, const Leaving& leaving) {
  const auto& [owner, item, quantity, reason, purpose, value] = leaving;
  if (d.state.funds.contains(owner)) {
    const std::string pot = d.state.items.at({owner, item}).pot;
    Post(d.state, FundPath(owner) + "net/" + pot + "/expense/" + purpose, value);
    Post(d.state, ValuePath(d.state, owner, item), -Wide{value});
  }
  Post(d.state, PiecesPath(owner, item) + "out/" + reason, quantity);
  Post(d.state, PiecesPath(owner, item) + "on_hand", -Wide{quantity});
}

namespace {

/// Whether the owner is a fund; else it is a vendor.
bool IsOfFund(const Deciding& d) {
  const std::string owner = d.Text("owner");
  if (d.state.funds.contains(owner)) return true;
  const auto party = d.state.parties.find(owner);
  if (party == d.state.parties.end() || party->second.at("party_type") != "vendor") {
    Refuse("unknown_ref", "owner", {{"ref", owner}});
  }
  return false;
}

void CheckItem(const Deciding& d) {
  if (d.state.items.contains({d.Text("owner"), d.Text("item")})) return;
  Refuse("unknown_ref", "item", {{"ref", d.Text("item")}});
}

/// The pot that a fund's goods go to.
std::string PotFor(const Deciding& d) {
  const Json& fund = d.state.funds.at(d.Text("owner"));
  if (d.fact.contains("pot")) return d.Text("pot");
  if (d.fact.at("funding") == "bought") return fund.at("default_pot");
  return fund.at("restriction").at("class").get<std::string>() + "/in_kind";
}

void CheckValue(const Deciding& d) {
  const bool none = d.Text("value_basis") == "none";
  if (none && d.fact.contains("value_fen")) Refuse("bad_field", "value_fen");
  if (!none && !d.fact.contains("value_fen")) Refuse("value_missing", "value_fen");
  if (!d.fact.contains("funding")) Refuse("missing_field", "funding");
  if (d.Text("funding") == "bought" && !d.fact.contains("from")) Refuse("missing_field", "from");
}

void ReceiveForFund(Deciding& d) {
  CheckValue(d);
  const std::string fund = d.Text("owner");
  const std::string pot = PotFor(d);
  const std::int64_t value = d.fact.value("value_fen", std::int64_t{0});
  const auto item = d.state.items.find({fund, d.Text("item")});
  if (item != d.state.items.end() && OnHand(d.state, fund, d.Text("item")) != 0) {
    if (item->second.goods_class != d.Text("goods_class")) Refuse("bad_field", "goods_class");
    if (item->second.pot != pot) Refuse("pot_wrong", "pot");
  }
  const bool bought = d.Text("funding") == "bought";
  if (!bought) (void)Checked(FundBalance(d.state, fund) + value, "value_fen");
  if (bought) CheckCover(fund, Available(d.state, fund, pot), value, "value_fen");
  d.computed["to_pot"] = pot;
  d.state.items[{fund, d.Text("item")}] = {pot, d.Text("goods_class")};
  Post(d.state, ValuePath(d.state, fund, d.Text("item")), value);
  const std::string other = bought ? "payable/" + InPath(d.Text("from")) : "net/" + pot + "/income";
  Post(d.state, FundPath(fund) + other, -Wide{value});
}

void ReceiveForVendor(Deciding& d) {
  for (const char* field : {"value_fen", "funding", "pot"}) {
    if (d.fact.contains(field)) Refuse("bad_field", field);
  }
  const std::string vendor = d.Text("owner");
  const bool first = !d.state.items.contains({vendor, d.Text("item")});
  if (first || OnHand(d.state, vendor, d.Text("item")) == 0) {
    d.state.items[{vendor, d.Text("item")}] = {{}, d.Text("goods_class")};
  }
}

}  // namespace

void ReceiveGoods(Deciding& d) {
  if (IsOfFund(d)) {
    ReceiveForFund(d);
  } else {
    ReceiveForVendor(d);
  }
  const std::string pieces = PiecesPath(d.Text("owner"), d.Text("item"));
  Post(d.state, pieces + "on_hand", d.Amount("quantity"));
  Post(d.state, pieces + "in", -Wide{d.Amount("quantity")});
}

namespace {

/// What a fund asks before its goods leave: who allows it, what for, and only then whether they are
/// there.
void CheckIssue(Deciding& d) {
  if (!d.fact.contains("purpose")) Refuse("missing_field", "purpose");
  const std::string fund = d.Text("owner");
  const std::int64_t quantity = d.Amount("quantity");
  const auto item = d.state.items.find({fund, d.Text("item")});
  const bool known = item != d.state.items.end();
  const Wide there = known ? OnHand(d.state, fund, d.Text("item")) : 0;
  const bool enough = quantity <= there;
  const std::int64_t value = enough ? ValueOf(d.state, fund, d.Text("item"), quantity) : 0;
  std::vector<Approval*> irregular;
  if (d.fact.contains("irregular")) {
    irregular = ApprovalsStated(d, {"irregular", {}, fund, value, fund});
  }
  if (known) CheckRestriction(d, {fund, item->second.pot, d.Text("purpose"), d.Text("place")});
  if (!enough) {
    Refuse("stock_short", "quantity",
           {{"item", d.Text("item")},
            {"on_hand", std::to_string(Checked(there))},
            {"needed", std::to_string(quantity)}});
  }
  UseAll(irregular);
  d.computed["value_fen"] = value;
  d.computed["from_pot"] = item->second.pot;
  d.computed["goods_class"] = item->second.goods_class;
}

}  // namespace

void IssueGoods(Deciding& d) {
  const bool of_fund = IsOfFund(d);
  RefuseIfNamed(d, "matter");
  if (!of_fund && d.fact.contains("irregular")) Refuse("bad_field", "irregular");
  d.computed["value_fen"] = 0;
  if (of_fund) CheckIssue(d);
  TakeOut(d, {d.Text("owner"), d.Text("item"), d.Amount("quantity"), d.Text("reason"),
              d.Text("purpose"), d.computed.at("value_fen")});
}

void CountGoods(Deciding& d) {
  const bool of_fund = IsOfFund(d);
  if (of_fund) CheckItem(d);
  const std::string owner = d.Text("owner");
  const std::string item = d.Text("item");
  const std::int64_t difference = Checked(d.Amount("counted") - OnHand(d.state, owner, item));
  d.computed["difference"] = difference;
  const Wide pieces = difference < 0 ? -Wide{difference} : Wide{difference};
  const std::int64_t value = of_fund ? ValueOf(d.state, owner, item, pieces) : 0;
  d.computed["value_fen"] = value;
  const std::string pot = of_fund ? d.state.items.at({owner, item}).pot : "";
  if (of_fund) {
    d.computed.update(
        {{"of_pot", pot}, {"goods_class", d.state.items.at({owner, item}).goods_class}});
    if (difference < 0) d.computed["purpose"] = "count_difference";
  }
  if (difference < 0) {
    return TakeOut(d,
                   {owner, item, Checked(pieces), "count_difference", "count_difference", value});
  }
  Post(d.state, PiecesPath(owner, item) + "on_hand", difference);
  Post(d.state, PiecesPath(owner, item) + "in", -Wide{difference});
  if (!of_fund) return;
  (void)Checked(FundBalance(d.state, owner) + value, "counted");
  Post(d.state, ValuePath(d.state, owner, item), value);
  Post(d.state, FundPath(owner) + "net/" + pot + "/income", -Wide{value});
}

}  // namespace suanpan::opinion
