#include "src/state/sections.h"

namespace suanpan::rules {

void AddAccounts(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kAccounts);
  for (const Account& account : state.accounts.all()) {
    Field key = out.field();
    key.Byte(static_cast<std::uint8_t>(account.key.account_class)).Of(account.key.pot);
    key.Of(account.key.owner).Of(account.key.detail);
    Field value = out.field();
    value.Byte(static_cast<std::uint8_t>(UnitOf(account.key.account_class)))
        .Of(account.debit)
        .Of(account.credit);
    value.Little(account.postings).Little(account.last_seq.value());
    out.Leaf(key, value);
  }
}

}  // namespace suanpan::rules
