#include "suanpan/rules/book_state.h"

#include <algorithm>

namespace suanpan::rules {

bool Fund::HasAccount(NameId account) const {
  return std::find(bank_accounts.begin(), bank_accounts.end(), account) != bank_accounts.end();
}

template <class F>
void BookState::ForEachPart(F f) {
  f(calendar);
  f(swept);
  f(roles);
  f(parties);
  f(places);
  f(closed);
  f(erased);
  f(relations);
  f(codes);
  f(funds);
  f(agreements);
  f(months);
  f(bills);
  f(items);
  f(unpriced);
  f(refunded);
  f(line_costs);
  f(taken_off);
  f(approvals);
  f(newest_approval);
  f(used_approvals);
  f(requests);
  f(advances);
  f(accounts);
  f(tied);
  f(head);
  ForEachPointsPart(f);
}

template <class F>
void BookState::ForEachPointsPart(F f) {
  f(offers);
  f(reversed);
  f(amended);
  f(proposals);
  f(policies);
  f(newest_policy);
  f(schemes);
  f(catch_ups);
  f(recounts);
  f(recount_used);
  f(recount_awards);
  f(pending);
  f(carry);
  f(used_units);
  f(awards);
  f(crediting);
  f(lots);
  f(expiring);
  f(spent);
  f(redeemed);
  f(held_places);
  f(places_of);
  f(orders);
  f(due_orders);
  f(custody);
  f(slots);
  f(sessions);
  f(attended);
}

void BookState::Begin() {
  names_at_begin_ = names.count();
  ForEachPart([](auto& part) { part.Begin(); });
}

void BookState::Commit() {
  ForEachPart([](auto& part) { part.Commit(); });
}

void BookState::Rollback() {
  ForEachPart([](auto& part) { part.Rollback(); });
  names.Truncate(names_at_begin_);  // last, since an index orders by them
}

const NameRole& BookState::RoleOf(NameId name) const {
  static constexpr NameRole kNobody{};
  return name.value() < roles.size() ? roles[name.value()] : kNobody;
}

NameRole& BookState::EditRole(NameId name) {
  roles.EnsureSize(std::size_t{name.value()} + 1);
  return roles.Edit(name.value());
}

std::optional<std::uint32_t> BookState::IndexOf(NameId name, Role role) const {
  const NameRole& known = RoleOf(name);
  if (known.role != role) return std::nullopt;
  return known.index;
}

bool BookState::IsVendor(NameId name) const {
  const std::optional<std::uint32_t> party = IndexOf(name, Role::kParty);
  return party && parties[*party].type == schema::PartyType::kVendor;
}

std::optional<std::uint32_t> BookState::AgreementOn(NameId vendor, Date date) const {
  std::uint32_t link = RoleOf(vendor).first_agreement;
  while (link != 0) {
    const Agreement& agreement = agreements[link - 1];
    if (agreement.matter.value() == 0 && agreement.InForce(date)) return link - 1;
    link = agreement.next_of_vendor;
  }
  return std::nullopt;
}

Wide BookState::PotBalance(std::uint32_t fund, schema::Pot pot) const {
  return accounts.NetOf(funds[fund].name, pot);
}

Wide BookState::FundBalance(std::uint32_t fund) const {
  return accounts.NetOf(funds[fund].name, {});
}

}  // namespace suanpan::rules
