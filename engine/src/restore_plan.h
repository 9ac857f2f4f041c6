#pragma once

// What is about to be accepted as lost, in the meta row "restore" of the data directory. It lets a
// second run tell the same loss from a later one: the same only while the guard has the heads that
// are written here, or those of the log.restored that follows.

#include <vector>

#include "suanpan/engine/restore.h"

namespace suanpan::engine {

struct PlannedLoss {
  BookNo book;
  Seq kept;
  Hash32 root;  ///< of the tree of `kept` entries
  Seq promised;
  bool guard_there = true;
  Guard::Remains remains;
};

/// Stored bytes: version u8 = 1 | {book u32, kept u64, root 32, promised u64, guard_there u8,
/// damaged u8, signed, durable}..., each of the last two as known u8, size u64, root 32.
[[nodiscard]] std::string EncodePlan(const std::vector<PlannedLoss>& plan);
[[nodiscard]] Result<std::vector<PlannedLoss>> ReadPlan(const store::EventReader& reader);
[[nodiscard]] Status WritePlan(store::EventStore& store, const std::vector<PlannedLoss>& plan);
/// log_shorter where a line knows of entries behind the end of its book's log, and guard_older
/// where it was planned because of such a guard, while no log.restored followed: what else told of
/// it may be gone already.
[[nodiscard]] Status CheckPlanned(const std::vector<PlannedLoss>& plan, BookNo book, Seq end);
/// The error of an opening; where it is an alarm that a plan which is there leads out of, it says
/// so behind the alarm.
[[nodiscard]] Status WithPlan(const store::EventReader& reader, const Guard* guard, Status error);
/// Takes a plan away that is there; the guard has followed.
[[nodiscard]] Status DropPlan(store::EventStore& store);

}  // namespace suanpan::engine
