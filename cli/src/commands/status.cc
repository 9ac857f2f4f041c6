// suanpan status

#include <fmt/format.h>

#include "src/context.h"
#include "src/output.h"
#include "suanpan/store/block.h"

namespace suanpan::cli {
namespace {

/// Counts a book's events from its block headers.
Result<std::uint64_t> CountEvents(const store::EventReader& reader, BookNo book,
                                  std::uint64_t& bytes) {
  SUANPAN_ASSIGN_OR_RETURN(std::unique_ptr<store::BlockCursor> cursor,
                           reader.ReadBlocks(book, Seq{1}));
  std::uint64_t events = 0;
  while (true) {
    SUANPAN_ASSIGN_OR_RETURN(const std::optional<ByteSpan> block, cursor->Next());
    if (!block) return events;
    SUANPAN_ASSIGN_OR_RETURN(const store::BlockHeader header, store::ReadBlockHeader(*block));
    events += header.events;
    bytes += block->size();
  }
}

Result<std::vector<report::Cell>> RowOf(const store::EventReader& reader, const store::BookRow& row,
                                        TreeSize unstored) {
  std::uint64_t bytes = 0;
  SUANPAN_ASSIGN_OR_RETURN(const std::uint64_t events, CountEvents(reader, row.book, bytes));
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<store::StoredBlock> last,
                           reader.LastBlock(row.book));
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<store::StoredCheckpoint> checkpoint,
                           reader.LatestCheckpoint(row.book));
  SUANPAN_ASSIGN_OR_RETURN(const Seq watermark, reader.KeyWatermark(row.book));
  return std::vector<report::Cell>{row.ref,
                                   last ? last->last.value() : 0U,
                                   events,
                                   bytes,
                                   checkpoint ? checkpoint->size.value() : 0U,
                                   CellOf(unstored),
                                   watermark.value()};
}

Result<report::Document> StatusDocument(const Context& context) {
  SUANPAN_ASSIGN_OR_RETURN(const std::unique_ptr<store::EventReader> reader, OpenReader(context));
  report::Document document;
  document.name = "status";
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<std::string> vkey, reader->GetMeta(kMetaVkey));
  SUANPAN_ASSIGN_OR_RETURN(const store::StoreStats stats, reader->Stats());
  document.head = {{"data", context.data_dir},
                   {"vkey", vkey ? report::Cell{*vkey} : report::Cell{}}};
  for (const store::StoreStats::Family& family : stats.families) {
    document.head.emplace_back(fmt::format("bytes_{}", family.name), family.bytes);
  }
  document.head.emplace_back("bytes_write_ahead", stats.write_ahead_bytes);
  document.columns = {{"book", "book"},
                      {"seq", "entries"},
                      {"events", "events"},
                      {"log_bytes", "log bytes"},
                      {"checkpoint_size", "last checkpoint"},
                      UnstoredColumn(),
                      {"key_watermark", "keys indexed"}};
  document.empty_text = "no book yet";
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<store::BookRow> books, ChooseBooks(context, *reader));
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<TreeSize> unstored,
                           WarnOfUnstoredHeads(context, *reader, books));
  for (std::size_t i = 0; i < books.size(); ++i) {
    SUANPAN_ASSIGN_OR_RETURN(document.rows.emplace_back(), RowOf(*reader, books[i], unstored[i]),
                             books[i].ref);
  }
  return document;
}

int ShowStatus(const Context& context) {
  const Result<report::Document> document = StatusDocument(context);
  return document.ok() ? Print(context, *document) : Fail(document.error());
}

}  // namespace

void AddStatus(CLI::App& app, Context& context) {
  AddCommand(app, "status", "books, events, bytes, last checkpoint", "suanpan status --data ledger",
             context, [&context] { return ShowStatus(context); });
}

}  // namespace suanpan::cli
