#include "support/opinion/state.h"

#include <algorithm>

namespace suanpan::opinion {

const Event* State::Find(const std::string& address) const {
  const auto event =
      std::find_if(events.begin(), events.end(), [&](const Event& e) { return e.at == address; });
  return event == events.end() ? nullptr : &*event;
}

const Event& State::Named(const std::string& address, const std::string& field,
                          const std::string& kind) const {
  const Event* event = Find(address);
  if (event == nullptr) Refuse("unknown_address", field, {{"address", address}});
  if (!kind.empty() && event->kind != kind) Refuse("wrong_kind", field);
  return *event;
}

std::string State::RoleOf(const std::string& name) const {
  if (parties.contains(name)) return "party";
  if (funds.contains(name)) return "fund";
  if (agreements.contains(name)) return "agreement";
  if (places.contains(name)) return "place";
  if (offers.contains(name)) return "offer";
  return policy_names.contains(name) ? "policy" : "";
}

bool State::IsClosed(const std::string& name, const std::string& date) const {
  const auto closing = closed.find(name);
  return closing != closed.end() && closing->second.at("on").get<std::string>() < date;
}

std::string InPath(std::string name) {
  std::replace(name.begin(), name.end(), '/', '~');
  return name;
}

Wide Balance(const State& state, const std::string& account) {
  Wide balance = 0;
  for (const Posting& posting : state.postings) {
    if (posting.account == account) balance += posting.amount;
  }
  return balance;
}

Wide BalanceBelow(const State& state, const std::string& prefix) {
  Wide balance = 0;
  for (const Posting& posting : state.postings) {
    if (posting.account.starts_with(prefix)) balance += posting.amount;
  }
  return balance;
}

void Post(State& state, const std::string& account, Wide amount) {
  if (amount == 0) return;
  state.postings.push_back({account, Checked(amount), state.seq, state.posting, state.deriving});
  Wide debit = 0;
  Wide credit = 0;
  for (const Posting& posting : state.postings) {
    if (posting.account != account) continue;
    (posting.amount > 0 ? debit : credit) += posting.amount;
  }
  (void)Checked(debit);
  (void)Checked(-credit);
}

}  // namespace suanpan::opinion
