#include "accept_loss.h"

#include <fstream>

#include "src/rocksdb/open_on.h"
#include "suanpan/engine/entry_log.h"
#include "suanpan/engine/restore.h"
#include "suanpan/schema/kinds/log.h"
#include "suanpan/store/rocksdb_store.h"
#include "support/raw_rows.h"

namespace suanpan::fault {
namespace {

std::string TextOf(const engine::Losses& losses) {
  std::string text;
  for (const engine::BookLoss& loss : losses.books) {
    text +=
        fmt::format("{}{} {} of {}", text.empty() ? "" : ", ", loss.ref.empty() ? "?" : loss.ref,
                    loss.kept.value(), loss.promised.value());
    if (!loss.alarm.empty()) text += " " + loss.alarm;
    if (loss.restored_at != Seq{}) text += fmt::format(" at {}", loss.restored_at.value());
  }
  return text;
}

std::string AcceptHere(const Place& place, rocksdb::Env* env, const std::string& book) {
  auto store = store::OpenRocksDbOn(env, place.data(), {});
  if (!store.ok()) return store.error().ToString();
  engine::AcceptOptions options;
  options.book = book;
  options.reason = "disk_failure";
  options.ledger.clock = [] { return *ParseInstant("2025-06-03T00:00:00Z"); };
  const auto losses =
      engine::AcceptLosses(std::move(store).value(), {place.guard(), Vkey()}, std::move(options));
  return losses.ok() ? TextOf(*losses) : losses.error().ToString();
}
/// Of a book: "zz 6 (6: 5 to 9)", entries and what its log.restored say.
Result<std::string> TextOfLog(const store::EventReader& reader, const store::BookRow& row) {
  SUANPAN_ASSIGN_OR_RETURN(engine::EntryLog log, engine::EntryLog::Open(reader, row.book));
  std::string told;
  while (true) {
    SUANPAN_ASSIGN_OR_RETURN(const std::optional<engine::EntryLog::Entry> entry, log.Next());
    if (!entry) return fmt::format("{} {}{}", row.ref, log.size().value(), told);
    Arena arena;
    SUANPAN_ASSIGN_OR_RETURN(
        const schema::EntryView view,
        schema::DecodeEntry(entry->bytes, rules::Catalogue::Standard().kinds(), arena));
    for (const schema::Event& event : view.events) {
      if (event.kind->number != schema::LogRestored::kKind) continue;
      const auto& fixed = event.As<schema::LogRestored>().fixed;
      told += fmt::format(" ({}: {} to {})", entry->seq.value(), fixed.lost_after, fixed.from_seq);
    }
  }
}

}  // namespace

std::string Found(const Place& place) {
  return AskAndCrash([&] {
    const auto reader = store::OpenRocksDbReader(place.data()).value();
    const auto losses = engine::FindLosses(*reader, {place.guard(), Vkey()});
    return losses.ok() ? TextOf(*losses) : losses.error().ToString();
  });
}

std::string Accept(const Place& place, const std::string& book) {
  return AskAndCrash([&] { return AcceptHere(place, nullptr, book); });
}

std::string AcceptUntilGuardWrite(const Place& place, int nth, GuardCut how) {
  return AskAndCrash([&] {
    EndAtGuardWrite(nth, how);
    return AcceptHere(place, nullptr, {});
  });
}

std::string AcceptWithFault(const Place& place, FileOp op, std::uint64_t nth) {
  return AskAndCrash([&] {
    const auto [files, env] = MakeFaultyDisk();
    files->FailFrom(op, nth, rocksdb::IOStatus::IOError("planted"));
    const std::string text = AcceptHere(place, env, {});
    return files->Count(op) >= nth ? text : "unharmed";
  });
}

std::string BooksOf(const Place& place) {
  return AskAndCrash([&] {
    const auto show = [](store::EventReader& reader) -> Result<std::string> {
      SUANPAN_ASSIGN_OR_RETURN(const std::vector<store::BookRow> rows, reader.Books());
      std::string text;
      for (const store::BookRow& row : rows) {
        SUANPAN_ASSIGN_OR_RETURN(const std::string book, TextOfLog(reader, row));
        text += (text.empty() ? "" : ", ") + book;
      }
      return text;
    };
    std::string seen;
    {
      const auto guard = engine::Guard::Open(place.guard(), Vkey(), engine::Guard::Mode::kRead);
      if (!guard.ok()) return guard.error().ToString();
      const auto reader = store::OpenRocksDbReader(place.data()).value();
      const Status ends = engine::CheckEnds(*reader, **guard);
      seen = ends.ok() ? show(*reader).value() : ends.ToString();
    }
    const auto ledger = OpenLedger(place);
    const std::string written =
        ledger.ok() ? show((*ledger)->reader()).value() : ledger.error().ToString();
    return seen == written ? seen : seen + " / " + written;
  });
}

namespace {

std::string RowOf(std::uint32_t book, std::uint64_t seq) {
  std::string row;
  AppendBig(row, book);
  AppendBig(row, seq);
  return row;
}

}  // namespace

void DeleteBlocks(const Place& place, std::uint32_t book, std::uint64_t from, std::uint64_t to) {
  RunAndCrash([&] {
    suanpan::test::RawRows blocks{place.data(), "blocks"};
    for (std::uint64_t seq = from; seq <= to; ++seq) blocks.Delete(RowOf(book, seq));
  });
}

void CopyBlock(const Place& from, const Place& to, std::uint32_t book, std::uint64_t seq) {
  RunAndCrash([&] {
    const suanpan::test::RawRows source{from.data(), "blocks"};
    suanpan::test::RawRows{to.data(), "blocks"}.Put(RowOf(book, seq),
                                                    source.All().at(RowOf(book, seq)));
  });
}

void ForgetKeys(const Place& place) {
  RunAndCrash([&] {
    const auto store = store::OpenRocksDb(place.data(), {}).value();
    SUANPAN_INVARIANT(store->ClearKeys().ok());
  });
}

void GuardAnother(const Place& place, BookNo book, std::uint64_t size) {
  engine::GuardMark mark{TreeSize{size}, {}};
  mark.root.bytes.fill(1);
  const auto guard = engine::Guard::Open(place.guard(), Vkey(), engine::Guard::Mode::kWrite);
  SUANPAN_INVARIANT(guard.ok() && (*guard)->GoBack(book, mark).ok());
}

void GuardOnly(const Place& place, std::uint64_t size) {
  RunAndCrash([&] {
    const auto reader = store::OpenRocksDbReader(place.data()).value();
    auto log = engine::EntryLog::Open(*reader, BookNo{1}).value();
    while (log.size().value() < size) SUANPAN_INVARIANT(log.Next().value());
    const auto guard = engine::Guard::Open(place.guard(), Vkey(), engine::Guard::Mode::kWrite);
    SUANPAN_INVARIANT((*guard)->GoBack(BookNo{1}, {TreeSize{size}, log.tree().Root()}).ok());
  });
}

std::string ReadGuard(const Place& place) {
  std::ifstream file{place.guard(), std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace suanpan::fault
