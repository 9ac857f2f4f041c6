#include "suanpan/replay/verify.h"

#include <map>

#include "suanpan/engine/checkpoint_record.h"

namespace suanpan::replay {
namespace {

using engine::StateDigest;

/// Names each section that differs, not only the root.
void CompareDigests(const StateDigest& stored, const StateDigest& computed,
                    std::vector<ReplayDifference>& out) {
  if (stored.root == computed.root) return;
  out.push_back({stored.seq, "state root", ToHex(stored.root.bytes), ToHex(computed.root.bytes)});
  std::map<rules::StateSectionNo, std::pair<std::string, std::string>> sections;
  for (const engine::SectionRoot& section : stored.sections) {
    sections[section.number].first = ToHex(section.root.bytes);
  }
  for (const engine::SectionRoot& section : computed.sections) {
    sections[section.number].second = ToHex(section.root.bytes);
  }
  for (const auto& [number, roots] : sections) {
    if (roots.first == roots.second) continue;
    out.push_back(
        {stored.seq, fmt::format("section {}", engine::ToText(number)), roots.first, roots.second});
  }
}

/// The root that a stored note speaks of; the signature is the audit's matter.
Result<proof::Checkpoint> HeadOf(const engine::CheckpointRecord& record) {
  SUANPAN_ASSIGN_OR_RETURN(const proof::Note note, proof::ParseNote(record.note));
  return proof::ParseCheckpoint(note.text);
}

}  // namespace

Result<ReplayVerification> VerifyBook(const store::EventReader& reader, BookNo book,
                                      const ReplayOptions& options) {
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<store::StoredCheckpoint> stored,
                           reader.Checkpoints(book));
  std::map<Seq, engine::CheckpointRecord> records;
  ReplayVerification result;
  for (const store::StoredCheckpoint& checkpoint : stored) {
    SUANPAN_ASSIGN_OR_RETURN(
        engine::CheckpointRecord record,
        engine::DecodeCheckpointRecord(checkpoint.size, AsBytes(checkpoint.bytes)));
    records.emplace(Seq{checkpoint.size.value()}, std::move(record));
  }
  ReplayOptions with_stops = options;
  for (const auto& [seq, record] : records) with_stops.stops.push_back(seq);
  with_stops.on_stop = [&](Seq seq, const rules::BookState& state, const Hash32& root) -> Status {
    const engine::CheckpointRecord& record = records.at(seq);
    CompareDigests(record.state, engine::DigestState(state), result.differences);
    SUANPAN_ASSIGN_OR_RETURN(const proof::Checkpoint head, HeadOf(record));
    if (head.root != root || head.size.value() != seq.value()) {
      result.differences.push_back({seq, "tree root", ToHex(head.root.bytes), ToHex(root.bytes)});
    }
    ++result.checkpoints;
    return {};
  };
  Result<ReplayedBook> replayed = ReplayBook(reader, book, with_stops);
  if (!replayed.ok()) {
    const StatusCode code = replayed.error().code();
    if (code != StatusCode::kCorruption && code != StatusCode::kFailedPrecondition)
      return std::move(replayed).error();
    result.differences.push_back(
        {Seq{}, "log", "a log that replays", std::string{replayed.error().message()}});
    return result;
  }
  result.head = replayed->state->head.get();
  result.events = replayed->events;
  result.state = engine::DigestState(*replayed->state);
  for (const auto& [seq, record] : records) {
    if (seq <= result.head || options.until) continue;
    result.differences.push_back({seq, "log", fmt::format("{} entries", seq.value()),
                                  fmt::format("{} entries", result.head.value())});
  }
  return result;
}

}  // namespace suanpan::replay
