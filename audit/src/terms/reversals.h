#pragma once

// V7: what is taken back is what stands in the log: the copy in a reversal is the named event, byte
// by byte, with all that was derived from it and what it stands on; nothing is taken back or
// replaced twice, and nothing comes of a sale that is gone. Includes nothing of the engine's rules
// (totals/agreement_base.h says why).

#include <map>
#include <string>
#include <vector>

#include "src/files/old_entries.h"
#include "src/files/reversal_copy.h"
#include "src/findings.h"
#include "suanpan/schema/table_writer.h"

namespace suanpan::audit {

/// Reads the named events from the export again. Memory: a cell for each event that was taken back.
class Reversals {
 public:
  /// All must outlive it.
  Reversals(const schema::KindTable& kinds, OldEntries& entries, Findings& findings)
      : kinds_(kinds), entries_(entries), findings_(findings) {}

  /// What the event takes back or needs to know, valid until the next call; empty where it is no
  /// reversal, or one that cannot be read.
  [[nodiscard]] const std::vector<Undone>& Take(Address at, const schema::Event& event);

 private:
  struct Gone {
    std::uint16_t kind = 0;
    bool replaced = false;
  };
  void CheckReplaces(Address at, const schema::Event& event);
  void CheckSale(Address at, Address sale);
  void CheckCopy(Address at, const Undone& undone);
  /// That the events after a fact in its entry that came of it are the next of what goes with it.
  void CheckDerived(Address at, const Undone& fact, std::size_t& next);
  void CheckOnce(Address at, const Undone& undone);
  /// Of what the state does not remember the reversal names what goes with it.
  void CheckRefs(Address at, const schema::Event& reversal);
  /// The named event, null where there is none before `at`; nothing, with a doubt, where it cannot
  /// be read again.
  [[nodiscard]] std::optional<const schema::Event*> Find(Address at, Address named);
  void Fail(Address at, std::string_view slug, std::string text) {
    findings_.Fail(kV7, slug, at.seq().value(), std::move(text));
  }

  const schema::KindTable& kinds_;
  OldEntries& entries_;
  Findings& findings_;
  Arena arena_;
  std::vector<Undone> undone_;
  std::map<Address, Gone> gone_;
  schema::TableWriter tables_;
};

}  // namespace suanpan::audit
