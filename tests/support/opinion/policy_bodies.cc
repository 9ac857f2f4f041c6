// What the bodies of policies must keep to (events.md 3.8).

#include <map>
#include <set>

#include "support/opinion/policies.h"

namespace suanpan::opinion {
namespace {

std::string RowPath(const char* list, std::size_t i) {
  return std::string("body.") + list + "[" + std::to_string(i) + "].";
}

/// Each code once in the rows of a list.
void CheckOnce(const Json& body, const char* list, const char* field) {
  const Json& rows = body.at(list);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (rows[i].at(field) == rows[j].at(field)) Refuse("bad_field", RowPath(list, i) + field);
    }
  }
}

void CheckExpiry(const Json& body) {
  if (body.at("rule") == "none") {
    if (body.contains("n")) Refuse("bad_field", "body.n");
    return;
  }
  if (!body.contains("n")) Refuse("missing_field", "body.n");
  if (body.at("rule") == "months" && body.at("n") == 0) Refuse("bad_field", "body.n");
}

void CheckWindows(const Json& body) {
  const Json windows = body.value("windows", Json::array());
  for (std::size_t i = 0; i < windows.size(); ++i) {
    if (windows[i].at("to_day") < windows[i].at("from_day")) {
      Refuse("bad_field", RowPath("windows", i) + "to_day");
    }
  }
}

void CheckTiers(const Json& body) {
  const Json& tiers = body.at("tiers");
  for (std::size_t i = 1; i < tiers.size(); ++i) {
    if (tiers[i].at("from_fen") <= tiers[i - 1].at("from_fen")) {
      Refuse("bad_field", RowPath("tiers", i) + "from_fen");
    }
  }
}

/// Kinds of facts by family, as events.md lists them.
const std::map<std::string, std::set<std::string>> kFacts = {
    {"book", {"opened"}},
    {"party", {"registered"}},
    {"place", {"registered", "marked"}},
    {"register", {"closed"}},
    {"relation", {"started", "ended"}},
    {"code", {"defined"}},
    {"matter", {"opened"}},
    {"figure", {"stated"}},
    {"document", {"filed"}},
    {"subject", {"erased"}},
    {"policy", {"proposed", "adopted"}},
    {"rule", {"applied"}},
    {"agreement", {"signed"}},
    {"decision", {"recorded"}},
    {"approval", {"given"}},
    {"disclosure", {"published"}},
    {"finding", {"noted"}},
    {"sale", {"recorded"}},
    {"refund", {"recorded"}},
    {"cost", {"recorded"}},
    {"statement", {"received"}},
    {"settlement", {"closed"}},
    {"due", {"waived"}},
    {"fund", {"opened", "transferred"}},
    {"restriction", {"set"}},
    {"funds", {"received"}},
    {"spending", {"requested"}},
    {"money", {"paid"}},
    {"advance", {"settled"}},
    {"milestone", {"accepted"}},
    {"grant", {"applied", "awarded", "reported"}},
    {"goods", {"received", "issued", "counted"}},
    {"journal", {"posted"}},
    {"order", {"placed", "moved"}},
    {"custody", {"passed"}},
    {"session", {"held"}},
    {"attendance", {"recorded"}},
    {"service", {"recorded", "attested"}},
    {"slot", {"scheduled", "marked"}},
    {"assessment", {"recorded"}},
    {"points", {"awarded", "deducted", "moved"}},
    {"offer", {"opened"}},
    {"redemption", {"made"}},
    {"day", {"closed"}},
    {"period", {"closed"}},
    {"entry", {"reversed"}}};

bool IsFact(const std::string& kind) {
  const std::size_t dot = std::min(kind.find('.'), kind.size());
  const auto family = kFacts.find(kind.substr(0, dot));
  return dot < kind.size() && family != kFacts.end() &&
         family->second.contains(kind.substr(dot + 1));
}

void CheckRoles(const Json& roles) {
  for (std::size_t i = 0; i < roles.size(); ++i) {
    const Json& kind = roles[i].at("kind");
    bool good = IsFact(kind);
    for (std::size_t j = 0; j < i; ++j) good = good && roles[j].at("kind") != kind;
    if (!good) Refuse("bad_field", RowPath("roles", i) + "kind");
  }
}

/// Whether a supply needs a field (y), may have it (m) or not (n).
char Need(const std::string& supply, const std::string& field) {
  if (field == "item") return supply == "stock" ? 'y' : 'n';
  if (field == "offer") return supply == "place" ? 'y' : 'n';
  if (field == "vendor") return supply == "vendor" ? 'y' : 'n';
  if (field == "fund") return supply == "stock" || supply == "vendor" ? 'y' : 'n';
  if (field == "value_fen") return supply == "vendor" ? 'y' : 'm';
  return supply == "stock" || supply == "vendor" ? 'm' : 'n';
}

void CheckRewards(const Deciding& d, const Json& body) {
  CheckOnce(body, "rewards", "reward");
  const Json& rewards = body.at("rewards");
  for (std::size_t i = 0; i < rewards.size(); ++i) {
    const std::string path = RowPath("rewards", i);
    for (const char* field : {"item", "offer", "vendor", "fund", "value_fen", "pot"}) {
      const char need = Need(rewards[i].at("supply"), field);
      const bool there = rewards[i].contains(field);
      if (need == 'y' && !there) Refuse("missing_field", path + field);
      if (need == 'n' && there) Refuse("bad_field", path + field);
    }
  }
  for (std::size_t i = 0; i < rewards.size(); ++i) {
    const std::string fund = rewards[i].value("fund", "");
    if (!fund.empty() && !d.state.funds.contains(fund)) {
      Refuse("unknown_ref", RowPath("rewards", i) + "fund", {{"ref", fund}});
    }
  }
}

}  // namespace

void CheckBody(const Deciding& d) {
  const std::string type = d.Text("policy_type");
  const Json& body = d.fact.at("body");
  if (type == "earning") CheckOnce(body, "items", "service_kind");
  if (type == "award_items") CheckOnce(body, "items", "item");
  if (type == "expiry") CheckExpiry(body);
  if (type == "redemption") CheckWindows(body);
  if (type == "price_list") CheckRewards(d, body);
  if (type == "approval") CheckTiers(body);
  if (type == "control") CheckRoles(body.at("roles"));
}

}  // namespace suanpan::opinion
