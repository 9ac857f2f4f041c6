#include <algorithm>
#include <set>

#include "src/named/read_entry.h"
#include "src/named/registry.h"
#include "suanpan/audit/export.h"
#include "suanpan/engine/entry_log.h"
#include "suanpan/rules/catalogue.h"

namespace suanpan::audit {

struct CheckRun::Parts {
  struct Named {
    const CheckKind* kind = nullptr;
    std::unique_ptr<NamedCheck> check;
  };
  // Of the rules nothing but the table of kinds: how the bytes of each are read.
  KnownBook book{rules::Catalogue::Standard().kinds()};
  std::vector<Named> checks;
  Arena arena;
};

CheckRun::CheckRun(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
CheckRun::CheckRun(CheckRun&&) noexcept = default;
CheckRun& CheckRun::operator=(CheckRun&&) noexcept = default;
CheckRun::~CheckRun() = default;

Result<CheckRun> CheckRun::Of(std::span<const std::string> names) {
  const std::span<const CheckKind> kinds = CheckKinds();
  for (const std::string& name : names) {
    const bool known =
        std::ranges::any_of(kinds, [&](const CheckKind& kind) { return kind.info.name == name; });
    if (known) continue;
    return MakeError(StatusCode::kInvalidArgument,
                     "there is no check '{}' (see `suanpan audit check --list`)", name);
  }
  auto parts = std::make_unique<Parts>();
  for (const CheckKind& kind : kinds) {
    const bool wanted = names.empty() || std::ranges::find(names, kind.info.name) != names.end();
    if (wanted) parts->checks.push_back({&kind, kind.make(parts->book)});
  }
  return CheckRun{std::move(parts)};
}

Status CheckRun::Take(Seq seq, ByteSpan bytes) {
  Parts& parts = *parts_;
  parts.arena.Reset();
  SUANPAN_ASSIGN_OR_RETURN(const schema::EntryView entry,
                           ReadEntry(seq, bytes, parts.book.kinds, parts.book.names, parts.arena));
  for (std::size_t line = 0; line < entry.events.size(); ++line) {
    const Address at{seq, static_cast<std::uint16_t>(line)};
    for (Parts::Named& named : parts.checks) named.check->Take(at, entry.events[line]);
    parts.book.Take(at, entry.events[line]);
  }
  for (Parts::Named& named : parts.checks) named.check->EndEntry(seq);
  return {};
}

Status CheckRun::Compare(std::string_view own_folder, const ReadOther& read) {
  Parts& parts = *parts_;
  const bool wanted = std::ranges::any_of(
      parts.checks, [](const Parts::Named& named) { return named.check->ComparesBooks(); });
  if (!wanted) return {};
  for (const std::string& other : parts.book.moves.Others()) {
    BookMoves moves;
    Date newest;
    schema::NameTable names;
    const auto take = [&](Seq seq, ByteSpan bytes) -> Status {
      parts.arena.Reset();
      SUANPAN_ASSIGN_OR_RETURN(const schema::EntryView entry,
                               ReadEntry(seq, bytes, parts.book.kinds, names, parts.arena), other);
      for (std::size_t line = 0; line < entry.events.size(); ++line) {
        newest = std::max(newest, entry.events[line].common.business_day);
        moves.Take({seq, static_cast<std::uint16_t>(line)}, entry.events[line], names);
      }
      return {};
    };
    SUANPAN_ASSIGN_OR_RETURN(const bool is_there, read(other, take));
    if (!is_there) continue;
    std::vector<BookMove> with_this{moves.all().begin(), moves.all().end()};
    std::erase_if(with_this,
                  [&](const BookMove& move) { return BookFolder(move.book) != own_folder; });
    for (Parts::Named& named : parts.checks) named.check->TakeOther(other, with_this, newest);
  }
  return {};
}

CheckReport CheckRun::Finish() {
  CheckReport report;
  for (Parts::Named& named : parts_->checks) {
    named.check->Finish();
    const CheckKind& kind = *named.kind;
    std::vector<CheckFinding>& found = named.check->findings();
    report.counts.push_back(
        {kind.info.name, kind.info.number, kind.looked_at, named.check->looked_at(), found.size()});
    std::ranges::stable_sort(found, {}, [](const CheckFinding& finding) {
      return std::tuple{finding.at.none(), finding.at};  // what is about no event comes last
    });
    for (CheckFinding& finding : found) {
      finding.check = kind.info.name;
      report.findings.push_back(std::move(finding));
    }
  }
  return report;
}

namespace {

/// Gives all entries of a book to a function; the tree over them.
Result<proof::Frontier> ReadBook(const store::EventReader& reader, BookNo book,
                                 const CheckRun::TakeEntry& take) {
  SUANPAN_ASSIGN_OR_RETURN(engine::EntryLog log, engine::EntryLog::Open(reader, book));
  while (true) {
    SUANPAN_ASSIGN_OR_RETURN(const std::optional<engine::EntryLog::Entry> entry, log.Next());
    if (!entry) return log.tree();
    SUANPAN_RETURN_IF_ERROR(take(entry->seq, entry->bytes));
  }
}

}  // namespace

Result<CheckReport> RunChecks(const store::EventReader& reader, const store::BookRow& book,
                              CheckRun run, const std::function<void(std::uint64_t)>& on_progress) {
  const auto take = [&](Seq seq, ByteSpan bytes) -> Status {
    if (on_progress != nullptr && seq.value() % 4096 == 0) on_progress(seq.value());
    return run.Take(seq, bytes);
  };
  SUANPAN_ASSIGN_OR_RETURN(const proof::Frontier tree, ReadBook(reader, book.book, take));
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<store::BookRow> books, reader.Books());
  const auto read = [&](std::string_view other,
                        const CheckRun::TakeEntry& take_other) -> Result<bool> {
    const auto row = std::ranges::find(books, other, &store::BookRow::ref);
    if (row == books.end()) return false;
    SUANPAN_ASSIGN_OR_RETURN([[maybe_unused]] const proof::Frontier there,
                             ReadBook(reader, row->book, take_other));
    return true;
  };
  SUANPAN_RETURN_IF_ERROR(run.Compare(BookFolder(book.ref), read));
  CheckReport report = run.Finish();
  report.book = book.ref;
  report.head_seq = tree.size().value();
  report.head_root = tree.Root();
  return report;
}

}  // namespace suanpan::audit
