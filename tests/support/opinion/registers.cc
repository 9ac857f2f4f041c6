// Books, parties, funds, agreements, places, codes (events.md 3.1, 3.2).

#include <algorithm>

#include "support/opinion/reversals.h"
#include "support/opinion/settlement.h"

namespace suanpan::opinion {

namespace {

void CheckFree(const Deciding& d, const char* field) {
  const std::string name = d.Text(field);
  if (!d.state.RoleOf(name).empty()) Refuse("ref_taken", field, {{"ref", name}});
}

}  // namespace

void OpenBook(Deciding& d) {
  if (d.state.book) Refuse("book_exists");
  if (d.fact.at("utc_offset_minutes").get<int>() % 15 != 0) {
    Refuse("bad_field", "utc_offset_minutes");
  }
  d.state.book = d.fact;
}

void RegisterParty(Deciding& d) {
  const std::string party = d.Text("party");
  CheckFree(d, "party");
  const std::string type = d.Text("party_type");
  const bool is_private = type == "person" || type == "household" || type == "vendor";
  if (is_private && d.fact.contains("label")) Refuse("label_forbidden", "label");
  d.state.parties[party] = d.fact;
}

void OpenFund(Deciding& d) {
  const std::string fund = d.Text("fund");
  CheckFree(d, "fund");
  const Json& accounts = d.fact.at("bank_accounts");
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    if (std::find(accounts.begin(), accounts.end(), accounts[i]) ==
        accounts.begin() + static_cast<std::ptrdiff_t>(i)) {
      continue;
    };
    Refuse("bad_field", "bank_accounts[" + std::to_string(i) + "]");
  }
  d.state.funds[fund] = d.fact;
}

namespace {

const std::string kNever = "9999-12-31";

void CheckTerms(const Json& fact) {
  if (fact.at("agreement_type") != "donation_share") Refuse("bad_field", "agreement_type");
  const bool standard = fact.value("cost_method", "per_line") == "standard_margin";
  if (standard && !fact.contains("margin")) Refuse("missing_field", "margin");
  if (!standard && fact.contains("margin")) Refuse("bad_field", "margin");
  if (standard && fact.at("basis") == "revenue") Refuse("bad_field", "cost_method");
  if (fact.contains("valid_to") && fact.at("valid_to") < fact.at("valid_from")) {
    Refuse("bad_field", "valid_to");
  }
}

/// One that was ended before it began is never in force.
bool IsEver(const Json& a) { return a.at("valid_from") <= a.value("valid_to", kNever); }

}  // namespace

bool MeetInTime(const Json& a, const Json& b) {
  return a.at("party") == b.at("party") && IsEver(a) && IsEver(b) &&
         a.at("valid_from") <= b.value("valid_to", kNever) &&
         b.at("valid_from") <= a.value("valid_to", kNever);
}

void SignAgreement(Deciding& d) {
  const std::string name = d.Text("agreement");
  CheckTerms(d.fact);
  (void)FundOf(d);
  RefuseIfNamed(d, "matter");
  CheckAmendment(d);
  const bool amends = !d.state.amended.empty() && d.state.amended == d.Text("replaces");
  if (!amends) CheckFree(d, "agreement");
  if (d.Text("valid_from") < d.Text("signed_on")) {
    Refuse("agreement_backdated", "valid_from", {{"signed_on", d.Text("signed_on")}});
  }
  for (const auto& [other, terms] : d.state.agreements) {
    if (other != name && MeetInTime(terms, d.fact)) Refuse("agreement_overlaps", "valid_from");
  }
  if (amends) return AmendAgreement(d, SettledThrough(d.state, name));
  Json terms = d.fact;
  terms["at"] = d.at;
  d.state.agreements[name] = terms;
}

void RegisterPlace(Deciding& d) {
  const std::string within = d.Text("within");
  const bool itself = within == d.Text("place");
  if (!within.empty() && !itself && !d.state.places.contains(within)) {
    Refuse("unknown_ref", "within", {{"ref", within}});
  }
  CheckFree(d, "place");
  if (itself) Refuse("cycle", "within");
  d.state.places[d.Text("place")] = d.fact;
}

void DefineCode(Deciding& d) {
  if (d.fact.contains("valid_to") && d.Text("valid_to") < d.Text("valid_from")) {
    Refuse("bad_field", "valid_to");
  }
  Json& code = d.state.codes[{d.Text("list"), d.Text("code")}];
  const int last = code.is_null() ? 0 : code.at("version").get<int>();
  if (d.fact.at("version") != last + 1) Refuse("version_not_next", "version");
  code = d.fact;
}

}  // namespace suanpan::opinion
