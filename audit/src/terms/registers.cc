#include "src/terms/registers.h"

#include <algorithm>
#include <iterator>

#include "suanpan/schema/kind_info.h"

namespace suanpan::audit {

using schema::AgreementSigned;
using schema::FundOpened;
using schema::PartyRegistered;
using schema::PlaceRegistered;
using schema::RegisterClosed;

namespace {

std::string DaysOf(const Terms& terms) {
  return fmt::format("{} to {}", ToText(terms.valid_from),
                     terms.valid_to.value() == 0 ? "an open end" : ToText(terms.valid_to));
}

}  // namespace

void Registers::Take(Address at, const schema::Event& event) {
  switch (event.kind->number) {
    case PartyRegistered::kKind:
      parties_.insert(event.As<PartyRegistered>().party);
      return Register(at, event.As<PartyRegistered>().party);
    case FundOpened::kKind:
      Register(at, event.As<FundOpened>().fund);
      return Open(event.As<FundOpened>());
    case AgreementSigned::kKind:
      return Sign(at, event);
    case PlaceRegistered::kKind:
      return Register(at, event.As<PlaceRegistered>().place);
    case RegisterClosed::kKind:
      return Close(event.As<RegisterClosed>());
    default:
      return;  // no other kind registers a name or ends what is registered
  }
}

void Registers::Register(Address at, NameId name) {
  if (registered_.insert(name).second) return;
  findings_.Fail(kV7, "ref_taken", at.seq().value(), NameOf(name) + " is registered twice");
}

const FundTerms* Registers::FundOf(NameId name) const {
  const auto found = funds_.find(name);
  return found == funds_.end() ? nullptr : &found->second;
}

const Registers::Agreement* Registers::AgreementOf(NameId name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &agreements_[found->second];
}

void Registers::Open(const FundOpened& fact) {
  FundTerms terms;
  terms.accounts.assign(fact.bank_accounts.begin(), fact.bank_accounts.end());
  terms.default_pot = fact.default_pot;
  const schema::Restriction& restriction = fact.restriction;
  terms.purposes.assign(restriction.purposes.begin(), restriction.purposes.end());
  terms.places.assign(restriction.places.begin(), restriction.places.end());
  terms.matters.assign(restriction.matters.begin(), restriction.matters.end());
  terms.until = restriction.until;
  funds_.emplace(fact.fund, std::move(terms));
}

void Registers::Sign(Address at, const schema::Event& event) {
  const auto& fact = event.As<AgreementSigned>();
  const std::uint64_t seq = at.seq().value();
  if (fact.agreement_type != static_cast<std::uint8_t>(schema::AgreementType::kDonationShare)) {
    return findings_.Doubt(kV7, "unknown_type", seq,
                           "an agreement of a type that this version of suanpan does not know; "
                           "use a newer one");
  }
  const Terms terms = Terms::Of(fact);
  Register(at, fact.agreement);
  if (by_name_.contains(fact.agreement)) return;  // said: registered twice
  if (FundOf(fact.fund) == nullptr) {
    findings_.Fail(kV7, "unknown_fund", seq, NameOf(fact.fund) + " is no fund of this book");
  }
  if (terms.of_matter) {  // one of a matter may run beside the vendor's other one
    findings_.Fail(kV7, "unknown_matter", seq, NameOf(fact.matter) + " is no matter of this book");
  }
  if (terms.valid_from < terms.signed_on) {
    findings_.Fail(kV7, "agreement_backdated", seq,
                   NameOf(terms.agreement) + " begins before it was signed",
                   ToText(terms.signed_on) + " or later", ToText(terms.valid_from));
  }
  by_name_.emplace(fact.agreement, agreements_.size());
  std::vector<Address> signings = CheckAmendment(at, event.common.replaces, terms);
  signings.push_back(at);
  agreements_.push_back({terms, std::move(signings), false, 0, 0, {}, {}});
  if (!terms.of_matter) Run(at, agreements_.size() - 1);
}

void Registers::Run(Address at, std::size_t agreement) {
  const Terms& terms = agreements_[agreement].terms;
  Vendor& vendor = vendors_[terms.vendor];
  if (const Terms* other = Meeting(vendor, terms)) {
    vendor.at_once = true;
    return findings_.Fail(
        kV7, "agreement_overlaps", at.seq().value(),
        fmt::format("{} and {} of {} are in force at the same time", NameOf(terms.agreement),
                    NameOf(other->agreement), NameOf(terms.vendor)),
        "days outside " + DaysOf(*other), DaysOf(terms));
  }
  vendor.by_first_day.emplace(terms.valid_from, agreement);
}

void Registers::StopRunning(std::size_t agreement) {
  const Terms& terms = agreements_[agreement].terms;
  std::map<Date, std::size_t>& by_first_day = vendors_[terms.vendor].by_first_day;
  const auto found = by_first_day.find(terms.valid_from);
  if (found != by_first_day.end() && found->second == agreement) by_first_day.erase(found);
}

std::vector<Address> Registers::CheckAmendment(Address at, Address replaces, const Terms& terms) {
  const auto was = std::ranges::find_if(agreements_, [replaces](const Agreement& agreement) {
    return agreement.signings.back() == replaces;
  });
  if (replaces.none() || was == agreements_.end()) return {};
  Terms same = terms;
  same.signed_on = was->terms.signed_on;
  same.valid_from = was->terms.valid_from;
  same.valid_to = was->terms.valid_to;
  same.rate = was->terms.rate;
  same.loss_policy = was->terms.loss_policy;
  if (same != was->terms) {
    findings_.Fail(
        kV7, "amendment", at.seq().value(),
        NameOf(terms.agreement) + " is amended in more than rate, dates and loss policy");
  }
  return was->signings;
}

void Registers::TakeBack(std::span<const Undone> undone) {
  const schema::Event& event = undone.front().event;
  switch (event.kind->number) {
    case PartyRegistered::kKind:
      registered_.erase(event.As<PartyRegistered>().party);
      return;
    case PlaceRegistered::kKind:
      registered_.erase(event.As<PlaceRegistered>().place);
      return;
    case FundOpened::kKind:
      registered_.erase(event.As<FundOpened>().fund);
      funds_.erase(event.As<FundOpened>().fund);
      return;
    case AgreementSigned::kKind: {  // one that amends it is signed anew
      const NameId name = event.As<AgreementSigned>().agreement;
      const auto named = by_name_.find(name);
      if (named == by_name_.end()) return;
      StopRunning(named->second);
      agreements_[named->second].gone = true;
      by_name_.erase(named);
      registered_.erase(name);
      return;
    }
    case RegisterClosed::kKind:
      return Reopen(undone);
    default:
      return;  // no other kind registers a name or ends what is registered
  }
}

void Registers::Reopen(std::span<const Undone> undone) {
  const auto named = by_name_.find(undone.front().event.As<RegisterClosed>().of);
  const bool known = named != by_name_.end() && undone.size() > 1 &&
                     undone[1].event.kind->number == AgreementSigned::kKind;
  if (!known) return;
  StopRunning(named->second);
  agreements_[named->second].terms.valid_to = undone[1].event.As<AgreementSigned>().valid_to;
  if (!agreements_[named->second].terms.of_matter) Run(undone.front().at, named->second);
}

void Registers::Close(const RegisterClosed& fact) {
  const auto named = by_name_.find(fact.of);
  if (named == by_name_.end()) return;
  Terms& terms = agreements_[named->second].terms;
  if (terms.valid_to.value() != 0 && terms.valid_to <= fact.on) return;
  terms.valid_to = fact.on;
  std::map<Date, std::size_t>& by_first_day = vendors_[terms.vendor].by_first_day;
  const auto found = by_first_day.find(terms.valid_from);
  const bool listed = found != by_first_day.end() && found->second == named->second;
  if (listed && terms.valid_to < terms.valid_from) by_first_day.erase(found);  // it never began
}

const Terms* Registers::Meeting(const Vendor& vendor, const Terms& terms) const {
  const auto next = vendor.by_first_day.lower_bound(terms.valid_from);
  if (next != vendor.by_first_day.end() &&
      (terms.valid_to.value() == 0 || next->first <= terms.valid_to)) {
    return &agreements_[next->second].terms;
  }
  if (next == vendor.by_first_day.begin()) return nullptr;
  const Terms& before = agreements_[std::prev(next)->second].terms;
  return before.InForce(terms.valid_from) ? &before : nullptr;
}

NameId Registers::InForce(const Vendor& vendor, Date date) const {
  const auto next = vendor.by_first_day.upper_bound(date);
  if (next == vendor.by_first_day.begin()) return {};
  const Terms& terms = agreements_[std::prev(next)->second].terms;
  return terms.InForce(date) ? terms.agreement : NameId{};
}

void Registers::CheckChoice(Address at, NameId vendor, NameId agreement, bool stated, Date date) {
  const auto known = vendors_.find(vendor);
  const bool at_once = known != vendors_.end() && known->second.at_once;
  const NameId due = known == vendors_.end() ? NameId{} : InForce(known->second, date);
  if (due == agreement || (at_once && !stated)) return;
  if (!stated) {
    return findings_.Fail(kV7, "agreement_in_force", at.seq().value(),
                          fmt::format("the fact is booked under another agreement than the one of "
                                      "{} in force on {}",
                                      NameOf(vendor), ToText(date)),
                          NameOf(due), NameOf(agreement));
  }
  const auto named = by_name_.find(agreement);
  if (named == by_name_.end() || agreements_[named->second].terms.vendor != vendor) {
    return findings_.Fail(kV7, "agreement_of_vendor", at.seq().value(),
                          NameOf(agreement) + " is no agreement of " + NameOf(vendor));
  }
  Agreement& used = agreements_[named->second];
  if (used.terms.InForce(date)) return;  // one of a matter
  if (used.outside++ != 0) return;
  used.first_outside = at.seq().value();
  used.outside_on = date;
  used.instead = due;
}

void Registers::Finish() {
  for (const Agreement& agreement : agreements_) {
    if (agreement.outside == 0) continue;
    const Terms& terms = agreement.terms;
    // The engine takes a fact that names its agreement itself (events.md 4.10): it is for people to
    // judge, and no breach of the log.
    findings_.Note(
        kV7, "agreement_out_of_force", agreement.first_outside,
        fmt::format("{} sales and refunds name {} on days on which it is not in force; the first "
                    "is of {}{}, when the agreement of {} in force is: {}",
                    agreement.outside, NameOf(terms.agreement), ToText(agreement.outside_on),
                    agreement.outside_on < terms.signed_on ? ", before it was signed" : "",
                    NameOf(terms.vendor), NameOf(agreement.instead)),
        DaysOf(terms), ToText(agreement.outside_on));
  }
}

}  // namespace suanpan::audit
