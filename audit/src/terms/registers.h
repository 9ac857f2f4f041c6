#pragma once

// V7: what is registered in a book and under which terms: every name once, every agreement signed
// before it begins, one agreement of a vendor at a time, and every sale under the one in force.
// Includes nothing of the engine's rules (totals/agreement_base.h says why).

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "src/files/reversal_copy.h"
#include "src/findings.h"
#include "src/totals/agreement_base.h"
#include "suanpan/schema/event.h"
#include "suanpan/schema/kinds/places.h"
#include "suanpan/schema/names.h"

namespace suanpan::audit {

/// What a fund was opened with.
struct FundTerms {
  std::vector<NameId> accounts;
  schema::Pot default_pot;
  std::vector<NameId> purposes;
  std::vector<NameId> places;
  std::vector<NameId> matters;
  Date until;  ///< 0: no end
};

/// Memory: parties, funds and agreements.
class Registers {
 public:
  struct Agreement {
    Terms terms;
    std::vector<Address> signings;    ///< the last one, and those that it amends before it
    bool gone = false;                ///< its signing was taken back
    std::uint64_t outside = 0;        ///< facts that name it on a day on which it is not in force
    std::uint64_t first_outside = 0;  ///< the entry of the first one
    Date outside_on;                  ///< its day
    NameId instead;                   ///< the vendor's agreement of that day; 0: none
  };

  /// Both must outlive it.
  Registers(const schema::NameReader& names, Findings& findings)
      : names_(names), findings_(findings) {}

  void Take(Address at, const schema::Event& event);
  /// Names that go, and ends that are taken back; the copy of a signing comes with an end.
  void TakeBack(std::span<const Undone> undone);
  /// Null where no fund, or no agreement, has the name.
  [[nodiscard]] const FundTerms* FundOf(NameId name) const;
  [[nodiscard]] const Agreement* AgreementOf(NameId name) const;

  [[nodiscard]] bool IsParty(NameId name) const { return parties_.contains(name); }

  /// A sale, or a refund of no sale: under the agreement of this vendor in force on the date, or
  /// under a stated one of this vendor.
  void CheckChoice(Address at, NameId vendor, NameId agreement, bool stated, Date date);
  /// After the last entry: a note for every agreement that facts name outside its days.
  void Finish();

  [[nodiscard]] std::string NameOf(NameId name) const {
    return name.value() == 0 ? "none" : std::string{names_.TextOf(name)};
  }

 private:
  /// The running agreements of a vendor, not those of a matter. In the days of two at once none is
  /// the right one: after such an agreement no choice is judged.
  struct Vendor {
    std::map<Date, std::size_t> by_first_day;
    bool at_once = false;
  };

  void Register(Address at, NameId name);
  void Open(const schema::FundOpened& fact);
  void Sign(Address at, const schema::Event& event);
  /// That it is signed for the same as what it takes the place of, but for rate, dates and loss
  /// policy; the signings of that.
  std::vector<Address> CheckAmendment(Address at, Address replaces, const Terms& terms);
  /// Among the vendor's running agreements, with a finding where it meets another.
  void Run(Address at, std::size_t agreement);
  void StopRunning(std::size_t agreement);
  void Reopen(std::span<const Undone> undone);
  /// An agreement is in force no later than the day of its closing. What may be closed, and when,
  /// the replay knows.
  void Close(const schema::RegisterClosed& fact);
  /// The running agreement whose days meet these, or null.
  [[nodiscard]] const Terms* Meeting(const Vendor& vendor, const Terms& terms) const;
  [[nodiscard]] NameId InForce(const Vendor& vendor, Date date) const;

  const schema::NameReader& names_;
  Findings& findings_;
  std::unordered_set<NameId> registered_;
  std::unordered_set<NameId> parties_;
  std::unordered_map<NameId, FundTerms> funds_;
  std::vector<Agreement> agreements_;
  std::unordered_map<NameId, std::size_t> by_name_;
  std::unordered_map<NameId, Vendor> vendors_;
};

}  // namespace suanpan::audit
