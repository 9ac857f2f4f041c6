#pragma once

// V5, V6 and V7 over the entries of one book in order.

#include <memory>
#include <set>
#include <vector>

#include "src/checks/first_use.h"
#include "src/checks/key_check.h"
#include "src/files/bundle.h"
#include "src/files/past_events.h"
#include "src/findings.h"
#include "src/points/points_totals.h"
#include "src/terms/reversals.h"
#include "src/terms/terms_check.h"
#include "src/totals/donation_totals.h"
#include "src/totals/fund_totals.h"
#include "suanpan/rules/apply.h"
#include "suanpan/schema/name_table.h"

namespace suanpan::audit {

class ReplayCheck {
 public:
  /// `accepted` are the digests that schema.added may name, `entries` the same book's. All must
  /// outlive it.
  ReplayCheck(const rules::Catalogue& catalogue, const std::set<Hash32>& accepted,
              OldEntries& entries, Findings& findings);

  /// An entry that V5 finds wrong ends V6 and V7 there: it is neither applied nor summed up. V5
  /// goes on as far as it can.
  void Take(const PreparedBundle& bundle);
  /// The rest of the log could not be read.
  void Lost();
  /// Totals and what is left to compare, into the report.
  void Finish(BookReport& report);

 private:
  void TakeEntry(Seq seq, const PreparedEntry& entry);
  /// V5 of the bytes: false where the entry's values cannot be relied on.
  [[nodiscard]] bool CheckBytes(Seq seq, const PreparedEntry& entry);
  [[nodiscard]] bool TakeNames(Seq seq, const schema::EntryView& view);
  void CheckOrder(Seq seq, const schema::EntryView& view, std::uint32_t names_before);
  void CheckTimes(Seq seq, const schema::EntryView& view);
  /// False where a log.restored tells numbers that it cannot have; a note where it may.
  [[nodiscard]] bool TakeRestored(Seq seq, const schema::EntryView& view);
  void CheckSchema(Seq seq, const schema::EntryView& view);
  void CheckKey(Seq seq, const schema::EntryView& view);
  void AddUp(Seq seq, const schema::EntryView& view);
  void Apply(Seq seq, const schema::EntryView& view);
  void CompareFunds();
  void NoteDuplicate(std::uint64_t seq, std::uint64_t first);
  /// V6 and V7 cannot go on from this entry.
  void Break(Seq seq);

  const rules::Catalogue& catalogue_;
  const std::set<Hash32>& accepted_;
  Findings& findings_;
  schema::NameTable names_;  ///< the audit's own; the state's are the rules'
  OldEntries& entries_;
  std::unique_ptr<rules::BookState> state_;
  Reversals reversals_;
  TermsCheck terms_;
  DonationTotals donations_;
  FundTotals funds_;
  PointsTotals points_;
  KeyCheck keys_;
  FirstUse first_use_;
  std::set<std::string> schemas_;
  std::uint64_t events_ = 0;
  std::uint64_t commands_ = 0;
  InstantUs last_recorded_;
  std::int16_t utc_offset_minutes_ = 0;
  bool names_known_ = true;  ///< every entry so far was decoded, so names are complete
  bool whole_ = true;        ///< no entry so far was malformed: totals are complete
  bool replaying_ = true;    ///< every entry so far was applied
  bool keys_work_ = true;
};

}  // namespace suanpan::audit
