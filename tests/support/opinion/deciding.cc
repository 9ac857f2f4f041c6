#include "support/opinion/deciding.h"

#include <algorithm>
#include <set>

#include "support/opinion/approvals.h"
#include "support/opinion/erasing.h"
#include "support/opinion/kinds.h"

namespace suanpan::opinion {

std::string Deciding::NextAddress() const {
  const std::size_t dot = at.find('.') + 1;
  const std::size_t line = std::stoul(at.substr(dot)) + 1 + derived.size();
  return at.substr(0, dot) + std::to_string(line);
}

const Json& FundOf(const Deciding& d, const char* field) {
  const auto fund = d.state.funds.find(d.Text(field));
  if (fund == d.state.funds.end()) Refuse("unknown_ref", field, {{"ref", d.Text(field)}});
  return fund->second;
}

const Json& AgreementOf(const Deciding& d, const char* field) {
  const auto agreement = d.state.agreements.find(d.Text(field));
  if (agreement == d.state.agreements.end()) {
    Refuse("unknown_ref", field, {{"ref", d.Text(field)}});
  }
  return agreement->second;
}

void RefuseIfNamed(const Deciding& d, const char* field) {
  if (d.fact.contains(field)) Refuse("unknown_ref", field, {{"ref", d.Text(field)}});
}

void CheckAccount(const Deciding& d, const Json& fund) {
  const Json& accounts = fund.at("bank_accounts");
  if (std::find(accounts.begin(), accounts.end(), d.fact.at("account")) == accounts.end()) {
    Refuse("unknown_ref", "account", {{"ref", d.Text("account")}});
  }
}

void CheckFundOpen(const Deciding& d) {
  if (d.state.closed.contains(d.Text("fund"))) Refuse("fund_closed", "fund");
}

namespace {

/// Whether the row of a kind lists a refusal that may be set aside.
bool MayBeSetAside(const std::string& kind, const std::string& code) {
  static const std::map<std::string, std::set<std::string>> kListed = {
      {"money.paid",
       {"purpose_outside_restriction", "exceeds_contract", "exceeds_award", "approval_missing"}},
      {"advance.settled", {"purpose_outside_restriction"}},
      {"goods.issued", {"purpose_outside_restriction"}},
      {"redemption.made", {"limit_exceeded"}}};
  return kListed.contains(kind) && kListed.at(kind).contains(code);
}

/// What a fact replaces was taken back, is of its kind, and nothing else replaced it.
void CheckReplaces(const Deciding& d) {
  if (!d.fact.contains("replaces")) return;
  const auto reversed = d.state.reversed.find(d.Text("replaces"));
  if (reversed == d.state.reversed.end()) Refuse("bad_field", "replaces");
  if (d.state.Find(reversed->first)->kind != d.fact.at("kind")) Refuse("wrong_kind", "replaces");
  if (!reversed->second.replaced.empty()) {
    Refuse("bad_field", "replaces", {{"replaced_by", reversed->second.replaced}});
  }
}

void CheckEnvelope(const Deciding& d) {
  for (const Json& address : d.fact.value("refs", Json::array())) {
    (void)d.state.Named(address, "refs");
  }
  for (const char* field : {"replaces", "supplements"}) {
    if (d.fact.contains(field)) (void)d.state.Named(d.Text(field), field);
  }
  if (d.fact.contains("approval")) {
    (void)d.state.Named(d.Text("approval"), "approval", "approval.given");
  }
  CheckReplaces(d);
  for (const Json& code : d.fact.value("irregular", Json::array())) {
    if (!MayBeSetAside(d.fact.at("kind"), code)) Refuse("bad_field", "irregular");
  }
}

void CheckAddress(const std::string& address, const std::string& field, std::size_t facts_before,
                  std::uint64_t head) {
  if (address.starts_with('#')) {
    if (std::stoull(address.substr(1)) >= facts_before) Refuse("bad_local_ref", field);
  } else if (std::stoull(address) > head) {
    Refuse("unknown_address", field, {{"address", address}});
  }
}

const std::map<std::string, void (*)(Deciding&)> kRules = {
    {"book.opened", OpenBook},
    {"party.registered", RegisterParty},
    {"place.registered", RegisterPlace},
    {"register.closed", CloseRegister},
    {"relation.started", StartRelation},
    {"relation.ended", EndRelation},
    {"code.defined", DefineCode},
    {"subject.erased", EraseSubjects},
    {"policy.proposed", ProposePolicy},
    {"policy.adopted", AdoptPolicy},
    {"rule.applied", ApplyRule},
    {"fund.opened", OpenFund},
    {"agreement.signed", SignAgreement},
    {"sale.recorded", RecordSale},
    {"refund.recorded", RecordRefund},
    {"cost.recorded", RecordCost},
    {"settlement.closed", CloseSettlement},
    {"due.waived", WaiveDue},
    {"funds.received", ReceiveFunds},
    {"spending.requested", RequestSpending},
    {"approval.given", GiveApproval},
    {"money.paid", PayMoney},
    {"advance.settled", SettleAdvance},
    {"goods.received", ReceiveGoods},
    {"goods.issued", IssueGoods},
    {"goods.counted", CountGoods},
    {"offer.opened", OpenOffer},
    {"place.marked", MarkPlace},
    {"day.closed", CloseDay},
    {"entry.reversed", ReverseEntry},
    {"order.placed", PlaceOrder},
    {"order.moved", MoveOrder},
    {"custody.passed", PassCustody},
    {"session.held", HoldSession},
    {"attendance.recorded", RecordAttendance},
    {"slot.scheduled", ScheduleSlot},
    {"slot.marked", MarkSlot},
    {"assessment.recorded", RecordAssessment},
    {"service.recorded", RecordService},
    {"service.attested", AttestService},
    {"points.awarded", AwardPoints},
    {"points.deducted", DeductPoints},
    {"points.moved", MovePoints},
    {"redemption.made", RedeemPoints}};

}  // namespace

void CheckAddresses(const Json& stated, std::size_t facts_before, std::uint64_t head) {
  for (const std::string& field : AddressFields(stated.at("kind"))) {
    if (!stated.contains(field)) continue;
    const Json& value = stated.at(field);
    const Json list = value.is_array() ? value : Json::array({value});
    for (const Json& address : list) CheckAddress(address, field, facts_before, head);
  }
}

namespace {

/// What is wrong with the request or with names comes before roles, everything else after them.
void DecideInOrder(Deciding& d) {
  const std::string role = RoleLacked(d);
  constexpr int kAuthorityFrom = 300;
  try {
    kRules.at(d.fact.at("kind"))(d);
  } catch (const Refusal& refusal) {
    if (role.empty() || NumberOf(refusal.code) < kAuthorityFrom) throw;
  }
  if (!role.empty()) Refuse("role_missing", "actor", {{"role", role}});
}

}  // namespace

void DecideFact(Deciding& d) {
  CheckEnvelope(d);
  CheckErased(d);
  d.state.posting = d.at;
  DecideInOrder(d);
  d.state.events.push_back({d.at, d.fact.at("kind"), d.date, d.fact, d.computed});
  if (d.fact.contains("replaces")) d.state.reversed.at(d.Text("replaces")).replaced = d.at;
  d.state.deriving = true;
  for (const Derived& derived : d.derived) {
    if (derived.kind != "donation.accrued") continue;
    const std::string pledge = "pledge/" + InPath(derived.fields.at("agreement")) + "/";
    const auto change = derived.fields.at("due_change_fen").get<std::int64_t>();
    Post(d.state, pledge + "accrued", change);
    Post(d.state, pledge + "undertaken", -Wide{change});
  }
  d.state.deriving = false;
}

}  // namespace suanpan::opinion
