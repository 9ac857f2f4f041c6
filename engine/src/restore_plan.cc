#include "src/restore_plan.h"

#include <cstring>

namespace suanpan::engine {
namespace {

constexpr std::string_view kMetaRestore = "restore";
constexpr std::uint8_t kPlanVersion = 1;
constexpr std::size_t kMarkBytes = 1 + 8 + 32;
constexpr std::size_t kLossBytes = 4 + 8 + 32 + 8 + 1 + 1 + 2 * kMarkBytes;

void AppendMark(std::string& out, const std::optional<GuardMark>& mark) {
  AppendLittle(out, static_cast<std::uint8_t>(mark ? 1 : 0));
  const GuardMark value = mark.value_or(GuardMark{});
  AppendLittle(out, value.size.value());
  out += AsText(value.root.bytes);
}

Hash32 HashAt(const std::uint8_t* at) {
  Hash32 hash;
  std::memcpy(hash.bytes.data(), at, hash.bytes.size());
  return hash;
}

std::optional<GuardMark> MarkAt(const std::uint8_t* at) {
  if (*at == 0) return std::nullopt;
  return GuardMark{TreeSize{LoadLittle<std::uint64_t>(at + 1)}, HashAt(at + 9)};
}

PlannedLoss LossAt(const std::uint8_t* at) {
  PlannedLoss loss;
  loss.book = BookNo{LoadLittle<std::uint32_t>(at)};
  loss.kept = Seq{LoadLittle<std::uint64_t>(at + 4)};
  loss.root = HashAt(at + 12);
  loss.promised = Seq{LoadLittle<std::uint64_t>(at + 44)};
  loss.guard_there = at[52] != 0;
  loss.remains.damaged = at[53] != 0;
  loss.remains.heads.signed_head = MarkAt(at + 54);
  loss.remains.heads.durable = MarkAt(at + 54 + kMarkBytes);
  return loss;
}

}  // namespace

std::string EncodePlan(const std::vector<PlannedLoss>& plan) {
  std::string out;
  if (plan.empty()) return out;
  AppendLittle(out, kPlanVersion);
  for (const PlannedLoss& loss : plan) {
    AppendLittle(out, loss.book.value());
    AppendLittle(out, loss.kept.value());
    out += AsText(loss.root.bytes);
    AppendLittle(out, loss.promised.value());
    AppendLittle(out, static_cast<std::uint8_t>(loss.guard_there ? 1 : 0));
    AppendLittle(out, static_cast<std::uint8_t>(loss.remains.damaged ? 1 : 0));
    AppendMark(out, loss.remains.heads.signed_head);
    AppendMark(out, loss.remains.heads.durable);
  }
  return out;
}

Result<std::vector<PlannedLoss>> ReadPlan(const store::EventReader& reader) {
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<std::string> row, reader.GetMeta(kMetaRestore));
  std::vector<PlannedLoss> plan;
  if (!row || row->empty()) return plan;
  const ByteSpan bytes = AsBytes(*row);
  if (bytes[0] != kPlanVersion || (bytes.size() - 1) % kLossBytes != 0) {
    return MakeError(StatusCode::kCorruption, "the plan of an earlier restore cannot be read");
  }
  for (std::size_t at = 1; at < bytes.size(); at += kLossBytes) {
    plan.push_back(LossAt(bytes.data() + at));
  }
  return plan;
}

Status WritePlan(store::EventStore& store, const std::vector<PlannedLoss>& plan) {
  return store.PutMeta(kMetaRestore, AsBytes(EncodePlan(plan)));
}

Status CheckPlanned(const std::vector<PlannedLoss>& plan, BookNo book, Seq end) {
  for (const PlannedLoss& planned : plan) {
    if (planned.book != book || planned.kept != end || planned.promised <= end) continue;
    return MakeError(StatusCode::kCorruption,
                     "log_shorter: the log has {} entries, but {} were promised: entries are lost",
                     end.value(), planned.promised.value());
  }
  return {};
}

Status WithPlan(const store::EventReader& reader, Status error) {
  const Result<std::optional<std::string>> row = reader.GetMeta(kMetaRestore);
  if (error.ok() || !row.ok() || !*row || (*row)->empty()) return error;
  return MakeError(error.code(),
                   "a `suanpan restore --accept-loss` was cut short here: run it again to finish "
                   "it ({})",
                   error.message());
}

Status DropPlan(store::EventStore& store) {
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<std::string> row, store.GetMeta(kMetaRestore));
  return row && !row->empty() ? WritePlan(store, {}) : Status{};
}

}  // namespace suanpan::engine
