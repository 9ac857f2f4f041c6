#include "place_check.h"

#include <algorithm>

#include "suanpan/engine/checkpoint_record.h"
#include "suanpan/engine/entry_log.h"
#include "suanpan/engine/key_index.h"
#include "suanpan/proof/checkpoint.h"
#include "suanpan/proof/sha256.h"
#include "suanpan/store/rocksdb_store.h"
#include "support/log_blocks.h"

namespace suanpan::fault {
namespace {

using suanpan::test::EntriesOf;

/// Past an index that keeps the directory from being opened.
std::unique_ptr<store::EventReader> ReaderOf(const Place& place) {
  auto reader = store::OpenRocksDbReader(place.data());
  if (!reader.ok()) reader = store::OpenRocksDbReaderPastKeys(place.data());
  return std::move(reader).value();
}

std::string LogText(const store::EventReader& reader) {
  std::string text;
  for (const store::BookRow& row : reader.Books().value()) {
    text += row.ref;
    for (const std::string& entry : EntriesOf(reader, row.book)) {
      text += " " + ToHex(proof::LeafHash(AsBytes(entry)).bytes).substr(0, 16);
    }
    text += "\n";
  }
  return text;
}

/// A line.
std::string IndexText(const store::EventReader& reader, const store::BookRow& row) {
  const std::string unreadable = fmt::format("{} cannot be read\n", row.ref);
  const Result<Seq> watermark = reader.KeyWatermark(row.book);
  if (!watermark.ok()) return unreadable;
  std::vector<std::string> keys;
  const Status walked =
      reader.VisitKeys(row.book, [&keys](const store::KeyBinding& binding) -> Status {
        keys.push_back(fmt::format(" {}:{}", binding.key.counter, binding.seq.value()));
        return {};
      });
  if (!walked.ok()) return unreadable;
  std::sort(keys.begin(), keys.end());
  std::string text = fmt::format("{} {}:", row.ref, watermark->value());
  for (const std::string& key : keys) text += key;
  return text + "\n";
}

std::string IndexText(const store::EventReader& reader) {
  std::string text;
  for (const store::BookRow& row : reader.Books().value()) text += IndexText(reader, row);
  return text;
}

/// The first key that does not lead where the log says; empty: none. `lying`: lines of books whose
/// index may be so still.
std::string IndexDifference(const store::EventReader& reader, const std::string& lying) {
  for (const store::BookRow& row : reader.Books().value()) {
    if (lying.find(IndexText(reader, row)) != std::string::npos) continue;
    const auto compared =
        engine::CompareIndex(reader, row.book, rules::Catalogue::Standard().kinds());
    if (!compared.ok()) return compared.error().ToString();
    if (compared->count == 0) continue;
    const engine::KeyDifference& first = compared->differences.front();
    return fmt::format("index of {} at {}: {}, not {}", row.ref, first.seq.value(), first.actual,
                       first.expected);
  }
  return {};
}

/// Signed heads are of this log, and the guard knew before there was a signature.
std::string WrongHeads(const store::EventReader& reader, const engine::Guard& guard) {
  for (const store::BookRow& row : reader.Books().value()) {
    const std::optional<engine::GuardMark> known = guard.Read(row.book).value().signed_head;
    for (const store::StoredCheckpoint& stored : reader.Checkpoints(row.book).value()) {
      const auto record =
          engine::DecodeCheckpointRecord(stored.size, AsBytes(stored.bytes)).value();
      const proof::Checkpoint head = proof::ReadCheckpoint(record.note).value();
      engine::EntryLog log = engine::EntryLog::Open(reader, row.book).value();
      while (log.size() < stored.size) SUANPAN_INVARIANT(log.Next().value());
      const std::string which = fmt::format("head {} of {} ", stored.size.value(), row.ref);
      if (head.size != stored.size || log.tree().Root() != head.root) return which + "differs";
      if (!known || known->size < stored.size) return which + "is not known to the guard";
    }
  }
  return {};
}

/// Of what was answered, and of what opening found.
std::string UnknownToGuard(const store::EventReader& reader, const engine::Guard& guard) {
  for (const store::BookRow& row : reader.Books().value()) {
    const std::optional<engine::GuardMark> durable = guard.Read(row.book).value().durable;
    const std::uint64_t end = reader.Ends(row.book).value().log.value();
    if (!durable || durable->size.value() != end)
      return fmt::format("the guard does not know of {} entries of {}", end, row.ref);
  }
  return {};
}

std::string WrongTo(const Place& place, const PlaceText& before, const std::string& lying,
                    bool done) {
  const auto guard = engine::Guard::Open(place.guard(), Vkey(), engine::Guard::Mode::kRead);
  if (!guard.ok()) return guard.error().ToString();
  const auto reader = ReaderOf(place);
  if (const Status ends = engine::CheckEnds(*reader, **guard); !ends.ok()) return ends.ToString();
  if (LogText(*reader) != before.log) return "another log";
  if (std::string wrong = WrongHeads(*reader, **guard); !wrong.empty()) return wrong;
  if (std::string wrong = done ? UnknownToGuard(*reader, **guard) : ""; !wrong.empty())
    return wrong;
  return IndexDifference(*reader, lying);
}

}  // namespace

PlaceText TextOfPlace(const Place& place) {
  PlaceText text;
  text.log = AskAndCrash([&] { return LogText(*ReaderOf(place)); });
  text.index = AskAndCrash([&] { return IndexText(*ReaderOf(place)); });
  return text;
}

std::string WrongToReader(const Place& place, const PlaceText& before) {
  return AskAndCrash([&] { return WrongTo(place, before, before.index, false); });
}

std::string WrongWhenDone(const Place& place, const PlaceText& before) {
  return AskAndCrash([&] { return WrongTo(place, before, {}, true); });
}

std::string WrongToWriter(const Place& place, const PlaceText& before) {
  return AskAndCrash([&]() -> std::string {
    const auto ledger = OpenLedger(place);
    if (!ledger.ok()) return ledger.error().ToString();
    for (const store::BookRow& row : (*ledger)->reader().Books().value()) {
      const std::vector<std::string> entries = EntriesOf((*ledger)->reader(), row.book);
      for (std::uint64_t n = 1; n < entries.size(); ++n) {
        const auto again = SubmitSale(**ledger, n, row.ref);
        if (!again.ok()) return again.error().ToString();
        const bool first = again->outcome == engine::Submission::Outcome::kDuplicate &&
                           again->entry->seq == Seq{n + 1} &&
                           again->entry->leaf == proof::LeafHash(AsBytes(entries[n]));
        if (!first) return fmt::format("sale {} of {} is answered anew", n, row.ref);
      }
    }
    return LogText((*ledger)->reader()) == before.log ? std::string{} : "another log";
  });
}

std::string SignedHeads(const Place& place) {
  return AskAndCrash([&] {
    const auto reader = ReaderOf(place);
    std::string text;
    for (const store::BookRow& row : reader->Books().value()) {
      const store::BookEnds ends = reader->Ends(row.book).value();
      text += fmt::format("{}{} {} of {}", text.empty() ? "" : ", ", row.ref,
                          ends.signed_size.value(), ends.log.value());
    }
    return text;
  });
}

}  // namespace suanpan::fault
