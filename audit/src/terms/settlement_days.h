#pragma once

// V7: settlements run through the days of the agreement's calendar, one after the other, none of
// them before its last day is over. Includes nothing of the engine's rules
// (totals/agreement_base.h says why).

#include <optional>
#include <unordered_map>
#include <vector>

#include "src/files/reversal_copy.h"
#include "src/findings.h"
#include "src/terms/registers.h"
#include "suanpan/schema/event.h"

namespace suanpan::audit {

/// The day that the next settlement runs through, after one through `settled` (0: none yet). Of an
/// agreement that ended and was settled through its end: nothing, the end of any later month will
/// do. Nothing too for one that is settled at its end and has none.
[[nodiscard]] std::optional<Date> NextSettlement(const Terms& terms, Date settled);

/// Memory: agreements that were settled.
class SettlementDays {
 public:
  /// Both must outlive it.
  SettlementDays(const Registers& registers, Findings& findings)
      : registers_(registers), findings_(findings) {}

  void Take(Address at, const schema::Event& event);
  void TakeBack(const Undone& undone);

 private:
  void CheckThrough(Address at, const Terms& terms, Date settled, Date through);

  const Registers& registers_;
  Findings& findings_;
  std::unordered_map<NameId, std::vector<Date>> settled_;  ///< the days that stand
};

}  // namespace suanpan::audit
