#include "src/restore_plan.h"

#include <fmt/format.h>

#include <algorithm>
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

/// Whether the guard is as it was planned, or on its way to the log.restored behind `kept`.
bool GoesBack(const Guard& guard, const PlannedLoss& planned) {
  const Result<Guard::Remains> now = guard.ReadRemains(planned.book);
  const auto goes = [&](const std::optional<GuardMark>& is, const std::optional<GuardMark>& was) {
    return is == was || (is && is->size.value() == Next(planned.kept).value());
  };
  return now.ok() && goes(now->heads.signed_head, planned.remains.heads.signed_head) &&
         goes(now->heads.durable, planned.remains.heads.durable);
}

/// A log that differs from its guard by a log.restored alone, which the guard was to follow.
bool IsToldAlready(const store::EventReader& reader, const Guard& guard,
                   const std::vector<PlannedLoss>& plan, std::string_view message) {
  const Result<std::vector<store::BookRow>> rows = reader.Books();
  if (!rows.ok()) return false;
  for (const store::BookRow& row : *rows) {
    if (!message.starts_with(fmt::format("book {}: log_differs: ", row.ref))) continue;
    const Result<store::BookEnds> ends = reader.Ends(row.book);
    return ends.ok() && std::ranges::any_of(plan, [&](const PlannedLoss& planned) {
             return planned.book == row.book && Next(planned.kept) == ends->log &&
                    GoesBack(guard, planned);
           });
  }
  return false;
}

/// Whether an alarm is one that a plan which is there leads out of.
bool IsOfPlan(const store::EventReader& reader, const Guard* guard, std::string_view message) {
  const Result<std::vector<PlannedLoss>> plan = ReadPlan(reader);
  if (!plan.ok() || plan->empty()) return false;
  for (const std::string_view alarm : {"log_shorter: ", "guard_older: ", "guard_damaged: ",
                                       "guard_missing: ", " was indexed or signed: "}) {
    if (message.find(alarm) != std::string_view::npos) return true;
  }
  return guard != nullptr && IsToldAlready(reader, *guard, *plan, message);
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
    if (planned.book != book || planned.kept != end) continue;
    if (planned.promised > end) {
      return MakeError(
          StatusCode::kCorruption,
          "log_shorter: the log has {} entries, but {} were promised: entries are lost",
          end.value(), planned.promised.value());
    }
    // A guard that is missing or a damaged slot stays an alarm of its own until all is told.
    if (planned.guard_there && !planned.remains.damaged) {
      return MakeError(StatusCode::kCorruption,
                       "guard_older: what was promised beyond entry {} is not known", end.value());
    }
  }
  return {};
}

Status WithPlan(const store::EventReader& reader, const Guard* guard, Status error) {
  if (error.ok() || error.code() != StatusCode::kCorruption ||
      !IsOfPlan(reader, guard, error.message()))
    return error;
  return MakeError(error.code(),
                   "{}; a `suanpan restore --accept-loss` was cut short here: run it again to "
                   "finish it",
                   error.message());
}

Status DropPlan(store::EventStore& store) {
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<std::string> row, store.GetMeta(kMetaRestore));
  return row && !row->empty() ? WritePlan(store, {}) : Status{};
}

}  // namespace suanpan::engine
