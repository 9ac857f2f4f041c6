// register.closed (events.md 3.1).

#include "support/opinion/approvals.h"
#include "support/opinion/funds.h"
#include "support/opinion/settlement.h"

namespace suanpan::opinion {
namespace {

/// Whether an account below a prefix has a balance.
bool AnyBelow(const State& state, const std::string& prefix) {
  for (const Posting& posting : state.postings) {
    const bool below = posting.account.starts_with(prefix);
    if (below && Balance(state, posting.account) != 0) return true;
  }
  return false;
}

bool AnyPot(const State& state, const std::string& fund) {
  const std::string net = FundPath(fund) + "net/";
  for (const Posting& posting : state.postings) {
    if (!posting.account.starts_with(net)) continue;
    const std::string rest = posting.account.substr(net.size());
    const std::string pot = rest.substr(0, rest.find('/', rest.find('/') + 1));
    if (PotBalance(state, fund, pot) != 0) return true;
  }
  return false;
}

bool FundHasBalance(const State& state, const std::string& fund) {
  if (AnyPot(state, fund)) return true;
  for (const char* part : {"bank/", "advance/", "receivable/", "stock/", "asset/", "payable/"}) {
    if (AnyBelow(state, FundPath(fund) + part)) return true;
  }
  return false;
}

bool HolderHasBalance(const State& state, const std::string& holder) {
  for (const Posting& posting : state.postings) {
    const std::string& path = posting.account;
    const bool of_holder =
        path.ends_with("/holder/" + InPath(holder)) || path.ends_with("/claim/" + InPath(holder));
    if (path.starts_with("points/") && of_holder && Balance(state, path) != 0) return true;
  }
  return false;
}

bool HasBalance(const State& state, const std::string& name, const std::string& role) {
  if (role == "fund") return FundHasBalance(state, name);
  if (role == "party") return HolderHasBalance(state, name);
  return role == "offer" && Balance(state, "places/" + InPath(name) + "/held") != 0;
}

}  // namespace

void CloseRegister(Deciding& d) {
  const std::string of = d.Text("of");
  const std::string on = d.Text("on");
  const std::string role = d.state.RoleOf(of);
  if (on > d.date) Refuse("bad_field", "on");
  if (role.empty() || role == "policy") Refuse("unknown_ref", "of", {{"ref", of}});
  if (d.state.closed.contains(of)) Refuse("already_closed", "of");
  if (role == "agreement" && SettledThrough(d.state, of) > on) Refuse("bad_field", "on");
  if (HasBalance(d.state, of, role)) Refuse("balance_left", "of");
  if (role == "fund") {
    if (!d.fact.contains("approval")) Refuse("missing_field", "approval");
    UseAll(ApprovalsStated(d, {"close", {}, of, 0, of}));
  }
  if (role == "agreement") {
    Json& terms = d.state.agreements.at(of);
    terms["valid_to"] = std::min(terms.value("valid_to", on), on);
  }
  d.state.closed[of] = d.fact;
}

}  // namespace suanpan::opinion
