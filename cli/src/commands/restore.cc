// suanpan restore

#include "suanpan/engine/restore.h"

#include <fmt/format.h>

#include <algorithm>

#include "src/context.h"
#include "src/directories.h"
#include "src/output.h"
#include "src/progress.h"
#include "suanpan/schema/names.h"
#include "suanpan/store/rocksdb_store.h"

namespace suanpan::cli {
namespace {

using engine::BookLoss;
using engine::GuardFile;
using engine::Losses;
using report::Cell;

struct RestoreArguments {
  std::string reason;
  bool accept_loss = false;
  bool dry_run = false;
};

std::string_view WordOf(GuardFile file) {
  switch (file) {
    case GuardFile::kThere:
      return "there";
    case GuardFile::kMissing:
      return "missing";
    case GuardFile::kDamaged:
      return "damaged";
  }
  return "";
}

Cell SizeOf(const std::optional<engine::GuardMark>& mark) {
  return mark ? Cell{mark->size.value()} : Cell{};
}

bool IsAskedFor(const Context& context, const BookLoss& loss) {
  return context.book.empty() || loss.name() == context.book;
}

/// Books with an alarm, of those that were asked for or of the others, by name.
std::vector<const BookLoss*> AlarmsOf(const Context& context, const Losses& losses, bool asked) {
  std::vector<const BookLoss*> alarms;
  for (const BookLoss& loss : losses.books) {
    if (!loss.alarm.empty() && IsAskedFor(context, loss) == asked) alarms.push_back(&loss);
  }
  return alarms;
}

/// With a --book it is that book's alarm, without one any: that there is no guard is one too.
bool AnyAskedFor(const Context& context, const Losses& losses) {
  if (context.book.empty()) return losses.any();
  return !AlarmsOf(context, losses, true).empty();
}

/// What is lost at least. Where an alarm does not tell, people see a question mark, machines null.
Cell LostOf(const Context& context, const BookLoss& loss) {
  const std::optional<std::uint64_t> lost = loss.lost();
  if (lost) return Cell{*lost};
  return context.Format() == report::Format::kText ? Cell{std::string{"?"}} : Cell{};
}

report::Document DocumentOf(const Context& context, const Losses& losses) {
  report::Document document;
  document.name = "restore";
  document.head = {{"data", context.data_dir}, {"guard", std::string{WordOf(losses.guard_file)}}};
  document.columns = {{"book", "book"},          {"seq", "entries"},
                      {"signed", "signed"},      {"acknowledged", "acknowledged"},
                      {"promised", "promised"},  {"lost_at_least", "lost at least"},
                      {"alarm", "alarm", false}, {"restored_at", "told in the log at", false},
                      UnstoredColumn()};
  document.empty_text = "no book yet";
  for (const BookLoss& loss : losses.books) {
    if (!IsAskedFor(context, loss)) continue;
    document.rows.push_back({loss.name(), loss.kept.value(), SizeOf(loss.heads.signed_head),
                             SizeOf(loss.heads.durable), loss.promised.value(),
                             LostOf(context, loss), loss.alarm.empty() ? Cell{} : Cell{loss.alarm},
                             loss.restored_at == Seq{} ? Cell{} : Cell{loss.restored_at.value()},
                             loss.unstored ? CellOf(loss.unstored->signed_size) : Cell{}});
  }
  return document;
}

/// A guard is made anew only beside the key that belongs to the data: elsewhere it would be a
/// second one.
bool HasKey(const Context& context, const engine::GuardPlace& place) {
  const Result<proof::Signer> signer = OpenSigner(context);
  return signer.ok() && ToText(signer->verifier()) == place.vkey;
}

/// What to know before anybody accepts. Another log is no loss, and nobody is led to accept it.
void Advise(const Context& context, const engine::GuardPlace& place, const Losses& losses) {
  if (losses.guard_file != GuardFile::kThere && !HasKey(context, place)) {
    return Tell(fmt::format("suanpan: {}\n", NoKeyRemedy(context)));
  }
  bool differs = false;
  std::string others;  // that can be accepted one by one
  for (const BookLoss* loss : AlarmsOf(context, losses, true)) {
    if (loss->differs()) {
      differs = true;
      Tell(fmt::format("suanpan: book {}: {}\n", loss->name(), loss->text));
    } else {
      others += fmt::format("{}{}", others.empty() ? "" : ", ", loss->name());
    }
  }
  if (differs) {
    Tell("suanpan: no command accepts that: first restore a copy that has the entries\n");
    if (!others.empty()) Tell(fmt::format("suanpan: then look again at {}\n", others));
    return;
  }
  Tell(
      "suanpan: first look for a newer copy of the data directory, or of its key directory. What "
      "nobody has, restore --accept-loss --reason CODE gives up: each log says so for ever, and "
      "commands that are lost may be sent again\n");
}

/// Of the books that were not asked for.
void TellOthers(const Context& context, const Losses& losses) {
  for (const BookLoss* loss : AlarmsOf(context, losses, false)) {
    Tell(
        fmt::format("suanpan: but book {} has an alarm, {}, and keeps the directory from being "
                    "opened: look at it with `suanpan restore`\n",
                    loss->name(), loss->alarm));
  }
}

void TellDone(const Context& context, const Losses& losses) {
  if (losses.guard_file != GuardFile::kThere) Tell("suanpan: the guard is made anew\n");
  if (AlarmsOf(context, losses, true).empty()) return;
  for (const BookLoss* loss : AlarmsOf(context, losses, true)) {
    if (loss->restored_at != Seq{}) continue;
    Tell(fmt::format(
        "suanpan: book {}: not one entry is left of it, so that no log can tell it: tell those "
        "who hold its receipts or checkpoints\n",
        loss->name()));
  }
  Tell(
      "suanpan: sign the new heads with `suanpan checkpoint`. Tell each service which entries are "
      "lost, so that it sends again every command whose receipt names one of them, and keeps that "
      "receipt; tell the auditors, and whoever else holds a receipt or a checkpoint of a lost "
      "entry\n");
  TellOthers(context, losses);
}

/// Of the one book that was asked for, or of all.
void TellNothing(const Context& context, const Losses& losses) {
  if (context.book.empty()) return Tell("suanpan: nothing is lost, and nothing was written\n");
  Tell(fmt::format("suanpan: nothing is lost of book {}, and nothing was written\n", context.book));
  TellOthers(context, losses);
}

/// --book must be one that the data directory or its guard has.
Status CheckBook(const Context& context, const Losses& losses) {
  if (context.book.empty()) return {};
  std::string nameless;
  for (const BookLoss& loss : losses.books) {
    if (IsAskedFor(context, loss)) return {};
    if (loss.ref.empty())
      nameless += fmt::format("; --book '{}' is a book that is gone", loss.name());
  }
  return MakeError(StatusCode::kNotFound, "there is no book '{}' (see `suanpan restore`){}",
                   context.book, nameless);
}

struct Finding {
  engine::GuardPlace place;
  Losses losses;
};

Result<Finding> Find(const Context& context) {
  SUANPAN_ASSIGN_OR_RETURN(const std::unique_ptr<store::EventReader> reader,
                           context.open.reader(context.data_dir));
  SUANPAN_ASSIGN_OR_RETURN(engine::GuardPlace place, GuardPlaceOf(context, *reader));
  SUANPAN_ASSIGN_OR_RETURN(Losses losses, engine::FindLosses(*reader, place));
  SUANPAN_RETURN_IF_ERROR(CheckBook(context, losses));
  return Finding{std::move(place), std::move(losses)};
}

Result<Losses> Accept(const Context& context, const std::string& reason, const Losses& found) {
  SUANPAN_ASSIGN_OR_RETURN(std::unique_ptr<store::EventStore> store,
                           context.open.store(context.data_dir, {}));
  SUANPAN_ASSIGN_OR_RETURN(const engine::GuardPlace place, GuardPlaceOf(context, *store));
  if (found.guard_file != GuardFile::kThere && !HasKey(context, place)) {
    return MakeError(StatusCode::kFailedPrecondition, "{}", NoKeyRemedy(context));
  }
  Progress progress{"opening", "entries", std::nullopt, context.quiet};
  return engine::AcceptLosses(std::move(store), place,
                              {context.book, reason, LedgerOptionsOf(context, progress)});
}

/// No alarm, and nothing that accepting would mend.
void WarnOfUnstored(const Context& context, const Losses& losses) {
  for (const BookLoss& loss : losses.books) {
    if (!loss.unstored || !IsAskedFor(context, loss)) continue;
    LogWarning(fmt::format("book {}: {}", loss.ref, engine::TextOf(*loss.unstored)));
  }
}

int Restore(const Context& context, const RestoreArguments& arguments) {
  const bool asked_to = arguments.accept_loss && !arguments.dry_run;
  if (asked_to && arguments.reason.empty()) {
    return FailUsage("--accept-loss needs a --reason, a code such as disk_failure");
  }
  Result<Finding> found = Find(context);
  if (!found.ok()) return Fail(found.error());
  Result<Losses> losses = std::move(found->losses);
  const bool any = AnyAskedFor(context, *losses);
  const bool accept = any && asked_to;
  if (accept) {
    losses = Accept(context, arguments.reason, *losses);
    if (!losses.ok()) return Fail(losses.error());
  }
  const int printed = Print(context, DocumentOf(context, *losses));
  if (printed != kExitOk) return printed;
  WarnOfUnstored(context, *losses);
  if (!any) {
    TellNothing(context, *losses);
  } else if (accept) {
    TellDone(context, *losses);
  } else {
    Advise(context, found->place, *losses);
  }
  return any && !accept ? kExitFound : kExitOk;
}

std::string CheckReason(const std::string& text) {
  if (schema::IsCode(text)) return {};
  return fmt::format("not a code (1 to 32 of a-z 0-9 _): {}", text);
}

}  // namespace

void AddRestore(CLI::App& app, Context& context) {
  auto arguments = std::make_shared<RestoreArguments>();
  CLI::App* command = AddCommand(
      app, "restore", "what a restored or damaged data directory lacks, and going on without it",
      "suanpan restore --accept-loss --reason disk_failure", context,
      [&context, arguments] { return Restore(context, *arguments); });
  CLI::Option* accept =
      command->add_flag("--accept-loss", arguments->accept_loss,
                        "give up what is lost: each book's log says so for ever (log.restored)");
  command->add_option("--reason", arguments->reason, "why, a code that the log keeps")
      ->check(CheckReason)
      ->needs(accept);
  command->add_flag("--dry-run", arguments->dry_run,
                    "only tell, which is what happens without --accept-loss too");
}

}  // namespace suanpan::cli
