#pragma once

// V7: the events that others name by their address, read from the export again. Includes nothing of
// the engine's rules (totals/agreement_base.h says why).

#include <cstdint>
#include <string_view>

#include "src/files/old_entries.h"
#include "src/findings.h"
#include "suanpan/schema/event.h"
#include "suanpan/schema/kinds/sessions.h"

namespace suanpan::audit {

/// The refusals that a fact of a kind may set aside, as bits of `irregular` (events.md section 9
/// and the kind's row).
[[nodiscard]] std::uint64_t MaySetAside(std::uint16_t kind);

/// Keeps nothing: memory is that of OldEntries.
class NamedEvents {
 public:
  /// Both must outlive it.
  NamedEvents(OldEntries& entries, Findings& findings) : entries_(entries), findings_(findings) {}

  /// The event that `field` of event `at` names, valid until the next call: an earlier one, of a
  /// kind (0: any). Null, with a finding, where that is not so.
  [[nodiscard]] const schema::Event* Find(Address at, Address named, std::uint16_t kind,
                                          std::string_view field);
  /// The addresses that any fact may have, and that it sets nothing aside that its kind may not.
  void CheckCommon(Address at, const schema::Event& event);

 private:
  void CheckOwn(Address at, const schema::Event& event);
  void CheckAttendance(Address at, const schema::AttendanceRecorded& fact);

  OldEntries& entries_;
  Findings& findings_;
};

}  // namespace suanpan::audit
