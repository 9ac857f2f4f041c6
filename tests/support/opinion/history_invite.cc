// What all facts of a random history have in common.

#include "support/opinion/calendar.h"
#include "support/opinion/history_facts.h"
#include "support/opinion/points.h"
#include "support/opinion/relations.h"

namespace suanpan::opinion {
namespace {

constexpr std::int64_t kDay = 86'400;

std::string TwoDigits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

/// An instant as RFC 3339 at an offset.
std::string TimeText(std::int64_t seconds, int offset, bool fraction) {
  const std::int64_t local = seconds + offset * 60;
  const std::int64_t in_day = local % kDay;
  std::string text = DateOf(local / kDay) + "T" + TwoDigits(in_day / 3'600) + ":" +
                     TwoDigits(in_day / 60 % 60) + ":" + TwoDigits(in_day % 60);
  if (fraction) text += ".75";
  if (offset == 0) return text + "Z";
  const int minutes = offset < 0 ? -offset : offset;
  return text + (offset < 0 ? "-" : "+") + TwoDigits(minutes / 60) + ":" + TwoDigits(minutes % 60);
}

/// Mostly of the last hours; some late, a few very late or too early.
std::int64_t SecondsAgo(Dice& dice) {
  if (dice.OneIn(5)) return dice.Between(1, 120) * kDay;
  if (dice.OneIn(60)) return dice.Between(395, 405) * kDay;
  if (dice.OneIn(60)) return -dice.Between(299, 302);
  return dice.Below(50'000);
}

const std::string kDigest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/// Parts of the envelope that decide nothing.
void Decorate(Invite& invite, Json& fact) {
  Dice& dice = invite.dice;
  if (dice.OneIn(4)) {
    fact["source_doc"] = {{"series", "till-1"}, {"number", std::to_string(dice.Below(1'000))}};
  }
  if (dice.OneIn(8)) fact["evidence"] = Json::array({kDigest});
  if (dice.OneIn(8)) fact["refs"] = Json::array({invite.AddressOf("sale.recorded")});
  if (dice.OneIn(8)) fact["summary"] = dice.Word({"daily_sale", "late", "keyed_in_error"});
  if (dice.OneIn(16)) fact["note_commit"] = kDigest;
  if (dice.OneIn(32)) fact["replaces"] = invite.AddressOf("cost.recorded");
  if (dice.OneIn(32)) fact["supplements"] = invite.AddressOf("sale.recorded");
}

template <class Map>
std::string OneOf(const Map& known, const std::string& other, Dice& dice) {
  if (known.empty() || dice.OneIn(24)) return other;
  std::vector<std::string> names;
  for (const auto& [name, value] : known) names.push_back(name);
  return dice.Of(names);
}

}  // namespace

std::string Invite::Today() const { return DateAt(now_s, 480); }

Json Invite::Fact(const std::string& kind) {
  const int offset = dice.Of(std::vector<int>{480, 480, 480, 0, -300, 345, 900});
  Json fact = {{"kind", kind},
               {"occurred_at", TimeText(now_s - SecondsAgo(dice), offset, dice.OneIn(8))},
               {"actor", Person()}};
  Decorate(*this, fact);
  return fact;
}

Json Invite::Plain(const std::string& kind) {
  return {{"kind", kind},
          {"occurred_at", TimeText(now_s - dice.Below(20'000), 480, false)},
          {"actor", Person()}};
}

std::string Invite::BusinessDate(const Json& fact) const {
  const auto time = TimeOf(fact.at("occurred_at"));
  return DateAt(time->seconds, state.book ? state.book->at("utc_offset_minutes").get<int>() : 480);
}

std::string Invite::Other(const std::string& one, const std::string& two) {
  if (dice.OneIn(12)) return one;
  std::string other = Person();
  while (other == one || other == two) other = Person();
  return other;
}

std::string Invite::Fund() { return OneOf(state.funds, "f-none", dice); }
std::string Invite::Agreement() { return OneOf(state.agreements, "ag-none", dice); }

std::string Invite::Account(const std::string& fund) {
  if (!state.funds.contains(fund) || dice.OneIn(24)) return "b-none";
  return dice.Of(state.funds.at(fund).at("bank_accounts").get<std::vector<std::string>>());
}

std::string Invite::AddressOf(const std::string& kind) {
  if (dice.OneIn(40)) return dice.OneIn(2) ? "1.900" : "90000.0";
  std::vector<std::string> found;
  const bool any = dice.OneIn(40);
  for (const Event& event : state.events) {
    if (any || event.kind == kind) found.push_back(event.at);
  }
  if (found.empty()) return state.events.empty() ? "90000.1" : state.events.back().at;
  const std::size_t recent = found.size() > 4 && !dice.OneIn(4) ? found.size() - 4 : 0;
  return found[recent +
               static_cast<std::size_t>(dice.Below(static_cast<int>(found.size() - recent)))];
}

Json Invite::Stated(std::int64_t amount) {
  if (dice.OneIn(4)) return std::to_string(amount);
  return amount;
}

Json Invite::Amount(std::int64_t max) {
  if (dice.OneIn(150)) {
    return Stated(INT64_MAX - (dice.OneIn(2) ? 0 : dice.Below(4'000)));
  }
  if (dice.OneIn(150)) return Stated(std::int64_t{1} << dice.Between(40, 62));
  return Stated(1 + static_cast<std::int64_t>(dice.Next() % static_cast<std::uint64_t>(max)));
}

Json Invite::Approved(const std::string& action, const std::string& subject, Json fact) {
  if (dice.OneIn(16)) return fact;
  std::vector<std::string> live;
  for (const Approval& one : state.approvals) {
    if (one.action == action && (one.subject == subject || dice.OneIn(8))) live.push_back(one.at);
  }
  if (!live.empty() && dice.OneIn(5)) {
    fact["approval"] = live.back();
    return fact;
  }
  Json approval = Plain("approval.given");
  approval.update({{"subject", subject}, {"action", action}, {"verdict", "approved"}});
  if (dice.OneIn(24)) approval["action"] = "post";
  approval["actor"] = Other(fact.at("actor"));
  fact["approval"] = "#0";
  return {approval, fact};
}

std::string Invite::Holder() {
  if (dice.OneIn(32)) return dice.Word({"h-9", "p-1", "v-0"});
  std::vector<std::string> holders;
  for (const auto& [name, party] : state.parties) {
    if (!HolderKind(state, name).empty()) holders.push_back(name);
  }
  return holders.empty() ? "h-9" : dice.Of(holders);
}

std::string Invite::MemberOf(const std::string& holder, const std::string& date) {
  if (dice.OneIn(16)) return Neighbour();
  std::vector<std::string> members;
  for (const Relation& one : state.relations) {
    const bool about = one.relation == "member_of" && one.to == holder;
    if (about && IsInForce(one, date)) members.push_back(one.from);
  }
  return members.empty() ? holder : dice.Of(members);
}

}  // namespace suanpan::opinion
