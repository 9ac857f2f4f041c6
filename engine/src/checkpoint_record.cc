#include "suanpan/engine/checkpoint_record.h"

#include <fmt/format.h>

#include <cstring>

namespace suanpan::engine {
namespace {

constexpr std::uint8_t kRecordVersion = 1;
constexpr std::size_t kHeadBytes = 1 + 32 + 2;
constexpr std::size_t kSectionBytes = 2 + 8 + 32;

Hash32 HashAt(const std::uint8_t* at) {
  Hash32 hash;
  std::memcpy(hash.bytes.data(), at, hash.bytes.size());
  return hash;
}

Result<GuardMark> HeadIn(const store::StoredCheckpoint& stored) {
  SUANPAN_ASSIGN_OR_RETURN(const CheckpointRecord record,
                           DecodeCheckpointRecord(stored.size, AsBytes(stored.bytes)));
  SUANPAN_ASSIGN_OR_RETURN(const proof::Checkpoint head, proof::ReadCheckpoint(record.note));
  return GuardMark{head.size, head.root};
}

}  // namespace

std::string EncodeCheckpointRecord(const CheckpointRecord& record) {
  std::string out;
  AppendLittle(out, kRecordVersion);
  out += AsText(record.state.root.bytes);
  AppendLittle(out, static_cast<std::uint16_t>(record.state.sections.size()));
  for (const SectionRoot& section : record.state.sections) {
    AppendLittle(out, static_cast<std::uint16_t>(section.number));
    AppendLittle(out, section.leaves);
    out += AsText(section.root.bytes);
  }
  out += record.note;
  return out;
}

Result<CheckpointRecord> DecodeCheckpointRecord(TreeSize size, ByteSpan bytes) {
  const auto damaged = [] {
    return MakeError(StatusCode::kCorruption, "a stored checkpoint is malformed");
  };
  if (bytes.size() < kHeadBytes || bytes[0] != kRecordVersion) return damaged();
  CheckpointRecord record;
  record.state.seq = Seq{size.value()};
  record.state.root = HashAt(bytes.data() + 1);
  const auto sections = LoadLittle<std::uint16_t>(bytes.data() + 33);
  bytes = bytes.subspan(kHeadBytes);
  if (bytes.size() < sections * kSectionBytes) return damaged();
  for (std::uint16_t i = 0; i < sections; ++i) {
    const std::uint8_t* at = bytes.data() + i * kSectionBytes;
    const auto number = static_cast<rules::StateSectionNo>(LoadLittle<std::uint16_t>(at));
    if (i > 0 && record.state.sections.back().number >= number) return damaged();
    record.state.sections.push_back({number, LoadLittle<std::uint64_t>(at + 2), HashAt(at + 10)});
  }
  record.note = AsText(bytes.subspan(sections * kSectionBytes));
  return record;
}

Result<std::optional<GuardMark>> StoredHead(const store::EventReader& reader, BookNo book) {
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<store::StoredCheckpoint> stored,
                           reader.LatestCheckpoint(book));
  if (!stored) return std::optional<GuardMark>{};
  SUANPAN_ASSIGN_OR_RETURN(const GuardMark head, HeadIn(*stored));
  return std::optional{head};
}

Result<std::vector<GuardMark>> StoredHeads(const store::EventReader& reader, BookNo book) {
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<store::StoredCheckpoint> stored,
                           reader.Checkpoints(book));
  std::vector<GuardMark> heads;
  for (const store::StoredCheckpoint& checkpoint : stored) {
    const Result<GuardMark> head = HeadIn(checkpoint);
    if (head.ok()) heads.push_back(*head);
  }
  return heads;
}

std::optional<UnstoredHead> SignedButNotStored(const GuardedHeads& heads, TreeSize stored) {
  if (!heads.signed_head || heads.signed_head->size <= stored) return std::nullopt;
  return UnstoredHead{heads.signed_head->size, stored};
}

Result<std::vector<std::optional<UnstoredHead>>> SignedButNotStored(store::EventReader& reader,
                                                                    std::span<const BookNo> books,
                                                                    const Guard& guard) {
  // A writer tells the guard first; so what the guard has now may be stored by the time we look.
  std::vector<GuardedHeads> heads;
  for (const BookNo book : books) {
    SUANPAN_ASSIGN_OR_RETURN(heads.emplace_back(), guard.Read(book));
  }
  SUANPAN_RETURN_IF_ERROR(reader.Refresh());
  std::vector<std::optional<UnstoredHead>> unstored;
  for (std::size_t i = 0; i < books.size(); ++i) {
    SUANPAN_ASSIGN_OR_RETURN(const std::optional<store::StoredCheckpoint> stored,
                             reader.LatestCheckpoint(books[i]));
    unstored.push_back(SignedButNotStored(heads[i], stored ? stored->size : TreeSize{}));
  }
  return unstored;
}

std::string TextOf(const UnstoredHead& head) {
  const std::string stored =
      head.stored == TreeSize{}
          ? "no checkpoint is stored"
          : fmt::format("the newest checkpoint that is stored has {}", head.stored.value());
  return fmt::format(
      "the guard has a signed head of {} entries, but {}; no entry is missing: sign again with "
      "`suanpan checkpoint`",
      head.signed_size.value(), stored);
}

Result<std::string> SignHead(Ledger& ledger, std::string_view book,
                             const proof::Signer& directory_key) {
  SUANPAN_ASSIGN_OR_RETURN(const BookNo number, ledger.NumberOf(book));
  SUANPAN_ASSIGN_OR_RETURN(const proof::Signer signer, directory_key.ForBook(book));
  SUANPAN_ASSIGN_OR_RETURN(SealedHead head, ledger.Seal(book));
  if (ledger.guard() != nullptr) {
    // Before there is a signature: after a crash in between nobody has seen one.
    SUANPAN_RETURN_IF_ERROR(ledger.guard()->WriteSigned(number, {head.size, head.root}));
  }
  SUANPAN_ASSIGN_OR_RETURN(
      std::string note, proof::SignCheckpoint({signer.name(), head.size, head.root, {}}, signer));
  const CheckpointRecord record{note, std::move(head.state)};
  SUANPAN_RETURN_IF_ERROR(
      ledger.store()->PutCheckpoint(number, head.size, AsBytes(EncodeCheckpointRecord(record))));
  return note;
}

}  // namespace suanpan::engine
