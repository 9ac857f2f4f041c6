#include "suanpan/replay/verify.h"

#include <algorithm>
#include <map>

#include "src/entry_batch.h"
#include "suanpan/engine/checkpoint_record.h"
#include "suanpan/engine/entry_log.h"
#include "suanpan/engine/key_index.h"
#include "suanpan/replay/what_if.h"

namespace suanpan::replay {
namespace {

using engine::StateDigest;

using Records = std::map<Seq, engine::CheckpointRecord>;

std::string SectionText(const engine::SectionRoot& section) {
  return fmt::format("{} ({} leaves)", ToHex(section.root.bytes), section.leaves);
}

/// Names each section that differs, not only the root: the writer claims them one by one, and a
/// claim that is wrong counts although the root beside it is right.
void CompareDigests(const StateDigest& stored, const StateDigest& computed,
                    std::vector<ReplayDifference>& out) {
  if (stored.root != computed.root) {
    out.push_back({stored.seq, "state root", ToHex(stored.root.bytes), ToHex(computed.root.bytes)});
  }
  std::map<rules::StateSectionNo, std::pair<std::string, std::string>> sections;
  for (const engine::SectionRoot& section : stored.sections) {
    sections[section.number].first = SectionText(section);
  }
  for (const engine::SectionRoot& section : computed.sections) {
    sections[section.number].second = SectionText(section);
  }
  for (const auto& [number, roots] : sections) {
    if (roots.first == roots.second) continue;
    out.push_back(
        {stored.seq, fmt::format("section {}", engine::ToText(number)), roots.first, roots.second});
  }
}

void AddMalformed(Seq seq, const Status& error, std::vector<ReplayDifference>& out) {
  out.push_back({seq, "checkpoint record", "a record that reads", std::string{error.message()}});
}

/// The writer's records by position; those that do not read are differences.
Result<Records> RecordsOf(const store::EventReader& reader, BookNo book,
                          std::vector<ReplayDifference>& out) {
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<store::StoredCheckpoint> stored,
                           reader.Checkpoints(book));
  Records records;
  for (const store::StoredCheckpoint& checkpoint : stored) {
    const Seq seq{checkpoint.size.value()};
    Result<engine::CheckpointRecord> record =
        engine::DecodeCheckpointRecord(checkpoint.size, AsBytes(checkpoint.bytes));
    if (record.ok()) {
      records.emplace(seq, *std::move(record));
    } else {
      AddMalformed(seq, record.error(), out);
    }
  }
  return records;
}

/// Compares one record with the replayed state and tree at its position.
void CompareRecord(const engine::CheckpointRecord& record, const StateDigest& state,
                   const Hash32& root, std::vector<ReplayDifference>& out) {
  CompareDigests(record.state, state, out);
  // The signature is the audit's matter.
  const Result<proof::Checkpoint> head = proof::ReadCheckpoint(record.note);
  if (!head.ok()) {
    AddMalformed(state.seq, head.error(), out);
  } else if (head->root != root || head->size.value() != state.seq.value()) {
    out.push_back({state.seq, "tree root",
                   fmt::format("{} of {} entries", ToHex(head->root.bytes), head->size.value()),
                   fmt::format("{} of {} entries", ToHex(root.bytes), state.seq.value())});
  }
}

/// Records of positions that a replay to the end did not come by: the log has lost entries.
void AddUnreached(const Records& records, Seq head, std::vector<ReplayDifference>& out) {
  for (const auto& [seq, record] : records) {
    if (seq.value() != 0 && seq <= head) continue;
    out.push_back({seq, "log", fmt::format("{} entries", seq.value()),
                   fmt::format("{} entries", head.value())});
  }
}

/// Why the log cannot be replayed: a part of it that cannot be read is no difference but an error;
/// entries before it that contradict each other are one all the same.
Status ReadingError(const store::EventReader& reader, BookNo book, const ReplayOptions& options) {
  engine::ReadablePart part = engine::FindReadablePart(reader, book);
  if (part.reason.ok()) return {};
  ReplayOptions until = options;
  until.stops.clear();
  until.until = std::min(part.end, options.until.value_or(part.end));
  return ReplayBook(reader, book, until).ok() ? std::move(part.reason) : Status{};
}

Status CompareKeys(const store::EventReader& reader, BookNo book, const schema::KindTable& kinds,
                   std::vector<ReplayDifference>& out) {
  SUANPAN_ASSIGN_OR_RETURN(const engine::KeyComparison keys,
                           engine::CompareIndex(reader, book, kinds));
  for (const engine::KeyDifference& difference : keys.differences) {
    out.push_back(
        {difference.seq, std::string{kKeyIndexDiffers}, difference.expected, difference.actual});
  }
  const std::uint64_t more = keys.count - keys.differences.size();
  if (more > 0) {
    out.push_back(
        {{}, std::string{kKeyIndexDiffers}, "", fmt::format("{} more differences", more)});
  }
  return {};
}

/// The dry runs by which policies were adopted that reach back.
Status CompareTrials(const store::EventReader& reader, BookNo book, const Adoptions& adoptions,
                     const rules::BookState& replayed, const ReplayOptions& options,
                     std::vector<ReplayDifference>& out) {
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<store::BookRow> books, reader.Books());
  const auto row = std::ranges::find(books, book, &store::BookRow::book);
  SUANPAN_INVARIANT(row != books.end());
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<AdoptedTrial> trials,
                           adoptions.TryAgain(reader, *row, replayed, options));
  for (const AdoptedTrial& trial : trials) {
    const auto* digest = std::get_if<Hash32>(&trial.found);
    if (digest != nullptr && *digest == trial.stated) continue;
    out.push_back(
        {trial.adoption.seq(),
         fmt::format("{}{} version {} at {}", kDryRunDiffers, trial.policy, trial.version,
                     trial.at_seq.value()),
         ToHex(trial.stated.bytes),
         digest != nullptr
             ? ToHex(digest->bytes)
             : fmt::format("refused: {}", ToText(std::get<schema::Refusal>(trial.found).code))});
  }
  return {};
}

}  // namespace

Result<ReplayVerification> VerifyBook(const store::EventReader& reader, BookNo book,
                                      const ReplayOptions& options) {
  ReplayVerification result;
  SUANPAN_ASSIGN_OR_RETURN(const Records records, RecordsOf(reader, book, result.differences));
  ReplayOptions with_stops = options;
  with_stops.stops.clear();
  for (const auto& [seq, record] : records) with_stops.stops.push_back(seq);
  with_stops.on_stop = [&](Seq seq, const rules::BookState& state, const Hash32& root) {
    CompareRecord(records.at(seq), engine::DigestState(state), root, result.differences);
    ++result.checkpoints;
    return Status{};
  };
  Adoptions adoptions;
  Projection* const projection = &adoptions;
  Result<ReplayedBook> replayed = ReplayBook(reader, book, with_stops, {&projection, 1});
  if (!replayed.ok()) {
    const StatusCode code = replayed.error().code();
    if (code != StatusCode::kCorruption && code != StatusCode::kFailedPrecondition) {
      return std::move(replayed).error();
    }
    SUANPAN_RETURN_IF_ERROR(ReadingError(reader, book, options));
    result.differences.push_back(
        {Seq{}, "log", "a log that replays", std::string{replayed.error().message()}});
    return result;
  }
  result.head = replayed->state->head.get();
  result.events = replayed->events;
  result.state = engine::DigestState(*replayed->state);
  SUANPAN_RETURN_IF_ERROR(
      CompareTrials(reader, book, adoptions, *replayed->state, options, result.differences));
  const bool to_the_end = !options.until && !options.recorded_until;
  if (to_the_end) {
    AddUnreached(records, result.head, result.differences);
    SUANPAN_RETURN_IF_ERROR(
        CompareKeys(reader, book, CatalogueOf(options).kinds(), result.differences));
  }
  return result;
}

}  // namespace suanpan::replay
