// entry.reversed (events.md 3.7, 4.5).

#include "support/opinion/reversals.h"

#include <algorithm>

#include "support/opinion/approvals.h"
#include "support/opinion/donation.h"

namespace suanpan::opinion {

void RefuseDependants() { Refuse("has_dependants", "of"); }

bool IsNamedBy(const State& state, const std::string& address, const char* field,
               const std::vector<std::string>& kinds) {
  return std::any_of(state.events.begin(), state.events.end(), [&](const Event& event) {
    return std::find(kinds.begin(), kinds.end(), event.kind) != kinds.end() &&
           event.fact.value(field, "") == address && state.Stands(event.at);
  });
}

namespace {

/// How facts of a kind are taken back, by the kind's name; all others never are.
struct Way {
  int number = 0;
  void (*undo)(Deciding& d, Undoing& u) = nullptr;
};
const std::map<std::string, Way> kWays = {{"party.registered", {2, UndoParty}},
                                          {"place.registered", {3, UndoPlace}},
                                          {"register.closed", {4, UndoClosing}},
                                          {"relation.started", {5, UndoRelation}},
                                          {"relation.ended", {6, UndoEnd}},
                                          {"code.defined", {7, UndoCode}},
                                          {"agreement.signed", {15, UndoAgreement}},
                                          {"sale.recorded", {20, UndoSale}},
                                          {"refund.recorded", {21, UndoRefund}},
                                          {"cost.recorded", {22, UndoCost}},
                                          {"settlement.closed", {25, UndoSettlement}},
                                          {"due.waived", {26, UndoWaiver}},
                                          {"fund.opened", {27, UndoFund}},
                                          {"funds.received", {29, UndoReceipt}},
                                          {"spending.requested", {30, UndoRequest}},
                                          {"money.paid", {31, UndoPayment}},
                                          {"advance.settled", {33, UndoAdvance}},
                                          {"goods.received", {38, UndoGoodsIn}},
                                          {"goods.issued", {39, UndoGoodsOut}},
                                          {"goods.counted", {40, UndoCount}},
                                          {"order.placed", {42, UndoOrder}},
                                          {"order.moved", {43, UndoOrderMove}},
                                          {"custody.passed", {44, UndoCustody}},
                                          {"session.held", {45, UndoSession}},
                                          {"attendance.recorded", {46, UndoAttendance}},
                                          {"slot.scheduled", {49, UndoSlot}},
                                          {"slot.marked", {50, UndoSlotMark}},
                                          {"assessment.recorded", {51, UndoAssessment}},
                                          {"service.recorded", {47, UndoService}},
                                          {"service.attested", {48, UndoAttestation}},
                                          {"points.awarded", {52, UndoAward}},
                                          {"points.deducted", {53, UndoDeduction}},
                                          {"points.moved", {57, UndoMove}},
                                          {"offer.opened", {58, UndoOffer}},
                                          {"redemption.made", {59, UndoRedemption}},
                                          {"place.marked", {60, UndoMark}}};

/// What the fact itself posted, with its sign turned, but for what is told of restored lots.
std::map<std::string, Wide> Turned(const State& state, const Undoing& u) {
  std::map<std::string, Wide> sums;
  for (const Posting& posting : state.postings) {
    const bool of_cascade =
        std::find(u.cascade.begin(), u.cascade.end(), posting.of) != u.cascade.end();
    if ((posting.of == u.was.at || of_cascade) && !posting.derived) {
      sums[posting.account] -= posting.amount;
    }
  }
  for (const auto& [account, amount] : u.restored) sums[account] -= amount;
  return sums;
}

/// B changes by what is taken out of its parts; what a floor makes of that beyond the fact's own
/// entry is standard cost.
void MoveTotal(Deciding& d, const Undoing& u, std::map<std::string, Wide>& sums) {
  if (u.base.empty()) return;
  const Wide b = MoveBase(d, u.agreement, u.month, u.base, "reversal");
  const std::string base = "base/" + InPath(u.agreement) + "/";
  const Wide more = b - sums[base + "total"];
  sums[base + "total"] += more;
  sums[base + "standard_cost"] -= more;
  d.computed["agreement"] = u.agreement;
  d.computed["month"] = u.month;
  if (b != 0) d.computed["entry_fen"] = Checked(b);
}

std::string FundIn(const std::string& account) {
  if (!account.starts_with("fund/")) return {};
  return account.substr(5, account.find('/', 5) - 5);
}

/// Closed funds stay as they are, and no account ends where it may not.
void CheckBalances(const State& state, const std::map<std::string, Wide>& sums) {
  for (const auto& [account, sum] : sums) {
    for (const auto& [name, closing] : state.closed) {
      if (sum != 0 && InPath(name) == FundIn(account) && state.funds.contains(name)) {
        RefuseDependants();
      }
    }
  }
  const auto below = [&](const std::string& top, const std::string& part, int sign,
                         const char* code) {
    for (const auto& [account, sum] : sums) {
      const bool about = account.starts_with(top) && account.find(part) != std::string::npos;
      if (!about || sum == 0 || sign * (Balance(state, account) + sum) >= 0) continue;
      Refuse(code, "of", {{"account", account}});
    }
  };
  below("fund/", "/bank/", 1, "fund_short");
  for (const char* part : {"/advance/", "/stock/", "/asset/"}) {
    below("fund/", part, 1, "has_dependants");
  }
  below("fund/", "/payable/", -1, "has_dependants");
  below("points/", "/claim/", -1, "has_dependants");
  for (const char* part : {"/free", "/held"}) below("places/", part, 1, "has_dependants");
}

std::string UnitOf(const std::string& account) {
  const std::string top = account.substr(0, account.find('/'));
  const bool money = top == "fund" || top == "base" || top == "pledge";
  return money ? "fen" : top;
}

/// The most money that a fact posted to one account.
std::int64_t MoneyIn(const State& state, const std::string& of) {
  std::map<std::string, Wide> sums;
  for (const Posting& posting : state.postings) {
    if (posting.of == of && !posting.derived && UnitOf(posting.account) == "fen")
      sums[posting.account] += posting.amount;
  }
  Wide most = 0;
  for (const auto& [account, sum] : sums) most = std::max({most, sum, -sum});
  return Checked(most);
}

void PostBack(Deciding& d, const std::map<std::string, Wide>& sums) {
  Json rows = Json::array();
  for (const auto& [account, sum] : sums) {
    if (sum == 0) continue;
    rows.push_back({{"account", account},
                    {"unit", UnitOf(account)},
                    {"amount", std::to_string(Checked(sum))}});
  }
  CheckBalances(d.state, sums);
  for (const auto& [account, sum] : sums) Post(d.state, account, sum);
  if (!rows.empty()) d.computed["undo"] = rows;
}

}  // namespace

void ReverseEntry(Deciding& d) {
  const std::string of = d.Text("of");
  Undoing u{d.state.Named(of, "of")};
  const auto way = kWays.find(u.was.kind);
  const bool derived = u.was.fact.empty();
  if (derived || way == kWays.end()) Refuse("reversal_forbidden", "of", {{"kind", u.was.kind}});
  if (!d.state.Stands(of)) {
    Refuse("already_reversed", "of", {{"by", d.state.reversed.at(of).by}});
  }
  UseAll(ApprovalsStated(
      d, {"reverse", of, {}, MoneyIn(d.state, of), FundIn(d.state, u.was.kind, u.was.fact)}));
  d.computed["of_kind"] = way->second.number;
  d.computed["of_date"] = u.was.date;
  d.computed["of_actor"] = u.was.fact.at("actor");
  way->second.undo(d, u);
  std::map<std::string, Wide> sums = Turned(d.state, u);
  MoveTotal(d, u, sums);
  PostBack(d, sums);
  d.state.reversed[of] = {d.at, {}};
  for (const std::string& address : u.cascade) d.state.reversed[address] = {d.at, {}};
  if (!u.cascade.empty()) d.computed["cascade"] = u.cascade;
}

}  // namespace suanpan::opinion
