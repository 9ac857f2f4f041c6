#pragma once

// Every figure of a book's state by name (docs/format.md, section 9), as texts to compare and to
// print. Zeros of no meaning are left out, so that nothing stands for nothing.
//
//   account PATH        debit credit postings last_seq
//   fund F, pot F P     balance
//   party P             type
//   place P             type within
//   closed NAME         on outcome
//   relation REL FROM TO SINCE       as until
//   code LIST CODE      version valid_from valid_to group gapless protected
//   proposal 4.0        policy type version applies_from author
//   policy TYPE SCHEME VERSION       policy applies_from adopted_at
//   agreement A         B T r H settled_total settled_through advance lines that wait
//   month A 2026-03     priced standard trued_up
//   bill A 2026-03-31   settled_on due_on due open
//   waiting 7.0 1       A amount
//   refunded 7.0 1      quantity amount pro_rata
//   approval 9.0        of subject action approver amount_max, or `used`
//   request 8.0         paid amount
//   item OWNER ITEM     pot class
//   advance 9.0         open pot fund payee
//   offer OF            kind on audience place per_beneficiary
//   held 16.0 0         offer beneficiary places, of a line of a redemption
//   place-of BENEFICIARY OFFER       places held or used
//   order 9.0           state server last_day placed_on ratings
//   custody 9.0 PARCEL  holder
//   slot 8.0            its day, while nobody marked it
//   session 8.0         held_on, number of facts that say who was there
//   attended 8.0 PERSON role
//   pending 13.0        person holder service_kind class date minutes steps quality
//   carry PERSON SCHEME KIND         units counted in all
//   used PERSON SCHEME KIND SPAN     units; SPAN is a date, a month, the address of a session
//   award HOLDER SCHEME ITEM MONTH   times
//   spent SCHEME HOLDER DATE         points
//   redeemed BENEFICIARY SCHEME MONTH    quantity
//   lot SCHEME HOLDER 13.2           quantity earned usable_from expires person, and " + " more
//   that ends later day                 last closed, open, next page of the open one swept month in
//   which old requests were dropped last

#include <map>
#include <string>

#include "support/opinion/state.h"

namespace suanpan::opinion {

using Figures = std::map<std::string, std::string>;

[[nodiscard]] Figures FiguresOf(const State& state);
/// Those of service and points among them.
void AddPoints(const State& state, Figures& figures);

/// The first figure in which they differ, with both values; empty where they are equal.
[[nodiscard]] std::string Difference(const Figures& a, const Figures& b);

[[nodiscard]] std::string Text(Wide value);

}  // namespace suanpan::opinion
