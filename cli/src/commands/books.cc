// suanpan checkpoint, suanpan book list

#include <fmt/format.h>

#include "src/context.h"
#include "src/output.h"
#include "suanpan/engine/checkpoint_record.h"
#include "suanpan/engine/entry_log.h"
#include "suanpan/rules/apply.h"
#include "suanpan/schema/kinds/registers.h"

namespace suanpan::cli {
namespace {

int Checkpoint(const Context& context, const std::string& stated) {
  Result<proof::Signer> signer = OpenSigner(context);
  if (!signer.ok()) {
    // Where there is no data either, that is the mistake to tell.
    const Result<std::unique_ptr<store::EventReader>> reader = OpenReader(context);
    return Fail(reader.ok() ? signer.error() : reader.error());
  }
  Result<std::unique_ptr<engine::Ledger>> ledger = OpenLedger(context);
  if (!ledger.ok()) return Fail(ledger.error());
  std::vector<std::string> books = (*ledger)->Books();
  const std::string wanted = stated.empty() ? context.book : stated;
  if (!wanted.empty()) books = {wanted};
  Result<Output> output = Output::Open(context);
  if (!output.ok()) return Fail(output.error());
  for (std::size_t i = 0; i < books.size(); ++i) {
    const Result<std::string> note = engine::SignHead(**ledger, books[i], *signer);
    if (!note.ok()) return Fail(note.error());
    if (i > 0) output->Write("\n");
    output->Write(*note);
  }
  const Status finished = output->Finish();
  return finished.ok() ? kExitOk : Fail(finished);
}

/// What a book says of itself in its first entry.
struct BookPlace {
  std::string label;
  std::string unit;
  std::string level;
};

Result<BookPlace> PlaceOf(const store::EventReader& reader, BookNo number) {
  BookPlace place;
  SUANPAN_ASSIGN_OR_RETURN(const engine::EntryBytes entry,
                           engine::ReadEntry(reader, number, Seq{1}));
  Arena arena;
  const rules::Catalogue& catalogue = rules::Catalogue::Standard();
  SUANPAN_ASSIGN_OR_RETURN(const schema::EntryView view,
                           schema::DecodeEntry(entry.bytes(), catalogue.kinds(), arena));
  rules::BookState state;
  SUANPAN_RETURN_IF_ERROR(rules::ApplyEntry(catalogue, state, Seq{1}, view));
  const auto& opened = view.events.front().As<schema::BookOpened>();
  place.label = opened.label;
  place.unit = state.names.TextOf(opened.unit);
  place.level = schema::kUnitLevelWords[opened.level - 1U];
  return place;
}

Result<report::Document> BookDocument(const store::EventReader& reader) {
  report::Document document;
  document.name = "books";
  document.columns = {{"book", "book"}, {"label", "label"}, {"level", "level"},
                      {"unit", "unit"}, {"seq", "entries"}, {"origin", "origin"},
                      {"vkey", "vkey"}};
  document.empty_text = "no book yet: append a book.opened command";
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<std::string> vkey, reader.GetMeta(kMetaVkey));
  if (!vkey)
    return MakeError(StatusCode::kCorruption, "the data directory does not tell its verifier key");
  SUANPAN_ASSIGN_OR_RETURN(const proof::VerifierKey directory_key, proof::ParseVerifierKey(*vkey));
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<store::BookRow> books, reader.Books());
  for (const store::BookRow& row : books) {
    SUANPAN_ASSIGN_OR_RETURN(const proof::VerifierKey key, proof::ForBook(directory_key, row.ref));
    SUANPAN_ASSIGN_OR_RETURN(const std::optional<store::StoredBlock> last,
                             reader.LastBlock(row.book));
    SUANPAN_ASSIGN_OR_RETURN(const BookPlace place, PlaceOf(reader, row.book), row.ref);
    document.rows.push_back({row.ref, place.label, place.level, place.unit,
                             last ? last->last.value() : 0U, key.name, ToText(key)});
  }
  return document;
}

int BookList(const Context& context) {
  const Result<std::unique_ptr<store::EventReader>> reader = OpenReader(context);
  if (!reader.ok()) return Fail(reader.error());
  const Result<report::Document> document = BookDocument(**reader);
  return document.ok() ? Print(context, *document) : Fail(document.error());
}

}  // namespace

void AddBooks(CLI::App& app, Context& context) {
  auto book = std::make_shared<std::string>();
  CLI::App* checkpoint = AddCommand(
      app, "checkpoint", "sign the current head of a book, or of all; prints the checkpoint",
      "suanpan checkpoint jx-001", context,
      [&context, book] { return Checkpoint(context, *book); });
  checkpoint->add_option("BOOK", *book, "book to sign (else all)");

  CLI::App* books =
      AddGroup(app, "book", "the books of the data directory", "suanpan book list --json");
  AddCommand(*books, "list", "books with their place in the unit tree, origin and verifier key",
             "suanpan book list", context, [&context] { return BookList(context); });
}

}  // namespace suanpan::cli
