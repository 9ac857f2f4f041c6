// suanpan checkpoint, suanpan book list

#include <fmt/format.h>

#include "src/context.h"
#include "src/output.h"
#include "suanpan/engine/checkpoint_record.h"
#include "suanpan/engine/entry_log.h"
#include "suanpan/proof/checkpoint.h"
#include "suanpan/rules/apply.h"
#include "suanpan/schema/kinds/registers.h"

namespace suanpan::cli {
namespace {

/// A head signed with another log's key would be accepted by nobody.
Status CheckSigner(engine::Ledger& ledger, const proof::Signer& signer) {
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<std::string> own,
                           ledger.reader().GetMeta(kMetaVkey));
  const std::string given = ToText(signer.verifier());
  if (own == given) return {};
  return MakeError(StatusCode::kFailedPrecondition,
                   "this is the key of another log, {}; this log's is {}: name the directory of "
                   "its key with --key-dir",
                   given, own.value_or("not known"));
}

/// Signs the head of each book and tells the notes: as they are, or as rows for machines.
Result<report::Document> SignHeads(const Context& context, const std::string& book) {
  SUANPAN_ASSIGN_OR_RETURN(const std::unique_ptr<engine::Ledger> ledger, OpenLedger(context));
  SUANPAN_ASSIGN_OR_RETURN(const proof::Signer signer, OpenSigner(context));
  SUANPAN_RETURN_IF_ERROR(CheckSigner(*ledger, signer));
  report::Document document;
  document.name = "checkpoint";
  document.columns = {{"book", {}}, {"size", {}}, {"root", {}}, {"checkpoint", {}}};
  const std::vector<std::string> books =
      book.empty() ? ledger->Books() : std::vector<std::string>{book};
  for (const std::string& ref : books) {
    SUANPAN_ASSIGN_OR_RETURN(std::string note, engine::SignHead(*ledger, ref, signer));
    SUANPAN_ASSIGN_OR_RETURN(const proof::Checkpoint head, proof::ReadCheckpoint(note));
    document.rows.push_back({ref, head.size.value(), ToHex(head.root.bytes), std::move(note)});
  }
  return document;
}

/// The notes as they stand in files, an empty line between two.
int PrintNotes(const Context& context, const report::Document& document) {
  std::string notes;
  for (std::size_t i = 0; i < document.rows.size(); ++i) {
    if (i > 0) notes += '\n';
    notes += std::get<std::string>(document.rows[i].back());
  }
  return PrintText(context, notes);
}

int Checkpoint(const Context& context, const std::string& stated) {
  if (!stated.empty() && !context.book.empty() && stated != context.book) {
    return FailUsage(fmt::format("both BOOK {} and --book {}; name one", stated, context.book));
  }
  const Result<report::Document> document =
      SignHeads(context, stated.empty() ? context.book : stated);
  if (!document.ok()) return Fail(document.error());
  const bool for_people = context.Format() == report::Format::kText;
  return for_people ? PrintNotes(context, *document) : Print(context, *document);
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

Result<report::Document> BookDocument(const Context& context, const store::EventReader& reader) {
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
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<store::BookRow> books, ChooseBooks(context, reader));
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
  const Result<report::Document> document = BookDocument(context, **reader);
  return document.ok() ? Print(context, *document) : Fail(document.error());
}

}  // namespace

void AddBooks(CLI::App& app, Context& context) {
  auto book = std::make_shared<std::string>();
  CLI::App* checkpoint = AddCommand(
      app, "checkpoint", "sign the current head of a book, or of all; prints the checkpoint",
      "suanpan checkpoint jx-001", context, [&context, book] { return Checkpoint(context, *book); },
      Unused{.csv = true});
  checkpoint->add_option("BOOK", *book, "book to sign (else all)");

  CLI::App* books =
      AddGroup(app, "book", "the books of the data directory", "suanpan book list --json");
  AddCommand(*books, "list", "books with their place in the unit tree, origin and verifier key",
             "suanpan book list", context, [&context] { return BookList(context); });
}

}  // namespace suanpan::cli
