// suanpan log list | show

#include <fmt/format.h>

#include "src/context.h"
#include "src/output.h"
#include "suanpan/engine/entry_log.h"
#include "suanpan/proof/sha256.h"
#include "suanpan/replay/replayer.h"
#include "suanpan/report/display_width.h"
#include "suanpan/rules/apply.h"
#include "suanpan/schema/event_json.h"

namespace suanpan::cli {
namespace {

struct LogFilter {
  std::string kind;
  std::string account;
  std::string party;
  std::string source;
  std::string from;
  std::string to;
  std::uint64_t limit = 0;
};

/// Reads names and remembers whether one of them was the wanted one.
class WatchedNames final : public schema::NameReader {
 public:
  WatchedNames(const schema::NameReader& names, NameId wanted) : names_(names), wanted_(wanted) {}
  std::string_view TextOf(NameId id) const override {
    seen_ = seen_ || (id == wanted_ && id.value() != 0);
    return names_.TextOf(id);
  }
  [[nodiscard]] bool seen() const { return seen_; }

 private:
  const schema::NameReader& names_;
  NameId wanted_;
  mutable bool seen_ = false;
};

/// Whether `path` is `account` or lies below it: base/ag-1 has base/ag-1/total, not base/ag-10.
bool IsAtOrBelow(std::string_view path, std::string_view account) {
  while (account.ends_with('/')) account.remove_suffix(1);
  return path.starts_with(account) &&
         (path.size() == account.size() || path[account.size()] == '/');
}

class AccountFinder final : public rules::PostingSink {
 public:
  AccountFinder(const schema::NameReader& names, const std::string& account)
      : names_(names), account_(account) {}
  void Add(const rules::AccountKey& key, rules::AnyUnits amount) override {
    if (amount.value() != 0 && IsAtOrBelow(PathOf(key, names_), account_)) found = true;
  }
  bool found = false;

 private:
  const schema::NameReader& names_;
  const std::string& account_;
};

/// An event's own and computed fields.
std::string FieldsOf(const schema::NameReader& names, const schema::Event& event) {
  std::string fields;
  schema::JsonText json{fields};
  schema::JsonFieldWriter writer{json, names, schema::JsonFieldWriter::View::kEvent};
  event.kind->write_json(writer, event.payload);
  return fields;
}

class LogLister final : public replay::Projection {
 public:
  LogLister(const LogFilter& filter, bool json, Output& output)
      : filter_(filter),
        json_(json),
        output_(output),
        from_(ParseDate(filter.from)),
        to_(ParseDate(filter.to)) {}

  [[nodiscard]] std::uint64_t shown() const { return shown_; }
  /// Nothing more is to be shown.
  [[nodiscard]] bool complete() const { return filter_.limit != 0 && shown_ >= filter_.limit; }

  void OnEvent(const replay::EventContext& context) override {
    if (complete()) return;
    const schema::Event& event = context.event;
    if (context.at.line() == 0) facts_ = {};
    const std::optional<std::uint32_t> fact = facts_.Next(event);
    const Date date = event.common.business_day;
    if (!filter_.kind.empty() && event.kind->name != filter_.kind) return;
    if ((from_ && date < *from_) || (to_ && date > *to_)) return;
    if (!filter_.source.empty() &&
        context.state.names.TextOf(context.entry.source) != filter_.source)
      return;
    if (!filter_.account.empty() && !PostsTo(context)) return;
    const WatchedNames names{context.state.names, context.state.names.Find(filter_.party)};
    line_.clear();
    schema::JsonText json{line_};
    schema::WriteEventJson(json, names, context.at, event, fact);
    if (!filter_.party.empty() && !names.seen()) return;
    if (json_) {
      output_.Write(line_);
      output_.Write("\n");
    } else {
      if (shown_ == 0) WriteHead();
      WriteEvent(context);
    }
    ++shown_;
  }

  /// After the last event: what a person sees of a list without rows.
  void WriteEmpty() {
    if (!json_ && shown_ == 0) WriteHead();
  }

 private:
  bool PostsTo(const replay::EventContext& context) const {
    AccountFinder finder{context.state.names, filter_.account};
    rules::PostingsOf(rules::Catalogue::Standard(), context.state, context.event, finder);
    return finder.found;
  }
  void WriteHead() {
    WriteRow("position", "date", "kind", "actor", "fields");
    WriteRow(std::string(10, '-'), std::string(10, '-'), std::string(18, '-'),
             std::string(kActorWidth, '-'), "------");
  }
  void WriteRow(std::string_view position, std::string_view date, std::string_view kind,
                std::string_view actor, std::string_view fields) {
    output_.Write(fmt::format("{:>10}  {:<10}  {}  {}  {}\n", position, date,
                              report::PadRight(kind, 18), report::PadRight(actor, kActorWidth),
                              fields));
  }
  void WriteEvent(const replay::EventContext& context) {
    const std::string actor =
        report::TerminalText(context.state.names.TextOf(context.event.common.actor));
    WriteRow(schema::ToText(context.at), ToText(context.event.common.business_day),
             context.event.kind->name, actor, FieldsOf(context.state.names, context.event));
  }

  /// Most refs of people fit; the list is not held back to find the longest.
  static constexpr std::size_t kActorWidth = 16;

  const LogFilter& filter_;
  bool json_;
  Output& output_;
  std::optional<Date> from_;
  std::optional<Date> to_;
  std::string line_;
  std::uint64_t shown_ = 0;
  schema::FactCounter facts_;  ///< of the entry so far
};

/// A misspelt kind must not look like a log without such events.
bool IsKind(const std::string& name) {
  return rules::Catalogue::Standard().kinds().ByName(name) != nullptr;
}

/// A misspelt name must not look like one without events. `state` is that of the whole log.
Status CheckNames(const LogFilter& filter, const std::string& book, const rules::BookState& state) {
  for (const auto& [option, name] :
       {std::pair{"--party", filter.party}, std::pair{"--source", filter.source}}) {
    if (name.empty() || state.names.Find(name).value() != 0) continue;
    return MakeError(StatusCode::kNotFound, "book {} knows no name '{}' ({})", book, name, option);
  }
  if (filter.account.empty()) return {};
  for (std::size_t i = 0; i < state.accounts.all().size(); ++i) {
    if (IsAtOrBelow(PathOf(state.accounts.all()[i].key, state.names), filter.account)) return {};
  }
  return MakeError(
      StatusCode::kNotFound,
      "book {} has no account at or below {}; 'suanpan report trial-balance' lists them", book,
      filter.account);
}

int LogList(const Context& context, const LogFilter& filter) {
  if (!filter.kind.empty() && !IsKind(filter.kind)) {
    return FailUsage(fmt::format("--kind '{}' is no kind of event", filter.kind));
  }
  if (!filter.from.empty() && !filter.to.empty() && filter.to < filter.from) {
    return FailUsage(
        fmt::format("--from {} lies after --to {}; no date is between", filter.from, filter.to));
  }
  Result<std::unique_ptr<store::EventReader>> reader = OpenReader(context);
  if (!reader.ok()) return Fail(reader.error());
  const Result<store::BookRow> book = ChooseBook(context, **reader);
  if (!book.ok()) return Fail(book.error());
  Result<Output> output = Output::Open(context);
  if (!output.ok()) return Fail(output.error());
  LogLister lister{filter, context.Format() == report::Format::kJson, *output};
  replay::Projection* projections[] = {&lister};
  replay::ReplayOptions options;
  options.give_up = [&] { return Interrupted() || lister.complete() || output->failed(); };
  const Result<replay::ReplayedBook> replayed =
      replay::ReplayBook(**reader, book->book, options, projections);
  if (!replayed.ok() && !lister.complete() && !output->failed()) return Fail(replayed.error());
  if (replayed.ok() && lister.shown() == 0) {
    const Status known = CheckNames(filter, book->ref, *replayed->state);
    if (!known.ok()) return Fail(known);
    lister.WriteEmpty();
  }
  const Status finished = output->Finish();
  return finished.ok() ? kExitOk : Fail(finished);
}

/// An entry as a table: what is common to its events above, a row for each of them.
report::Document EntryDocument(const schema::NameReader& names, const store::BookRow& book, Seq seq,
                               const Hash32& leaf, const schema::EntryView& view,
                               std::optional<std::uint16_t> only) {
  report::Document document;
  document.head = {{"book", book.ref},
                   {"seq", seq.value()},
                   {"recorded_at", ToText(view.common.recorded_at)},
                   {"source", std::string{names.TextOf(view.common.source)}},
                   {"key", schema::KeyText(names, view.common.key)},
                   {"leaf", ToHex(leaf.bytes)}};
  document.columns = {{"at", "position"},
                      {"business_date", "date"},
                      {"kind", "kind"},
                      {"actor", "actor", false},
                      {"fields", "fields"}};
  for (std::size_t line = 0; line < view.events.size(); ++line) {
    if (only && *only != line) continue;
    const schema::Event& event = view.events[line];
    const std::string_view actor = names.TextOf(event.common.actor);
    document.rows.push_back({schema::ToText(Address{seq, static_cast<std::uint16_t>(line)}),
                             ToText(event.common.business_day), std::string{event.kind->name},
                             actor.empty() ? report::Cell{} : report::Cell{std::string{actor}},
                             FieldsOf(names, event)});
  }
  return document;
}

std::string EventJson(const schema::NameReader& names, Seq seq, const schema::EntryView& view,
                      std::uint16_t line) {
  schema::FactCounter facts;
  std::optional<std::uint32_t> fact;
  for (std::size_t i = 0; i <= line; ++i) fact = facts.Next(view.events[i]);
  std::string out;
  schema::JsonText json{out};
  schema::WriteEventJson(json, names, {seq, line}, view.events[line], fact);
  return out;
}

Result<std::string> EntryText(const Context& context, const store::EventReader& reader,
                              const store::BookRow& book, Seq seq,
                              std::optional<std::uint16_t> line) {
  const schema::KindTable& kinds = rules::Catalogue::Standard().kinds();
  SUANPAN_ASSIGN_OR_RETURN(const engine::EntryBytes entry,
                           engine::ReadEntry(reader, book.book, seq));
  schema::NameTable names;
  SUANPAN_RETURN_IF_ERROR(engine::ReadNames(reader, book.book, seq, kinds, names));
  Arena arena;
  SUANPAN_ASSIGN_OR_RETURN(const schema::EntryView view,
                           schema::DecodeEntry(entry.bytes(), kinds, arena));
  if (line && *line >= view.events.size()) {
    return MakeError(StatusCode::kNotFound, "entry {} has {} events", seq.value(),
                     view.events.size());
  }
  const Hash32 leaf = proof::LeafHash(entry.bytes());
  if (context.Format() == report::Format::kText) {
    return report::RenderText(EntryDocument(names, book, seq, leaf, view, line));
  }
  if (line) return EventJson(names, seq, view, *line) + "\n";
  std::string out;
  schema::JsonText json{out};
  schema::WriteEntryJson(json, names, book.ref, seq, leaf, view);
  return out + "\n";
}

int LogShow(const Context& context, const std::string& position) {
  const bool whole = position.find('.') == std::string::npos;
  const std::optional<Address> address =
      schema::ParseAddress(whole ? position + ".0" : position, false);
  if (!address) return FailUsage(fmt::format("'{}' is neither a sequence nor seq.line", position));
  Result<std::unique_ptr<store::EventReader>> reader = OpenReader(context);
  if (!reader.ok()) return Fail(reader.error());
  const Result<store::BookRow> book = ChooseBook(context, **reader);
  if (!book.ok()) return Fail(book.error());
  const Result<std::string> text = EntryText(context, **reader, *book, address->seq(),
                                             whole ? std::nullopt : std::optional{address->line()});
  if (!text.ok()) return Fail(text.error());
  return PrintText(context, *text);
}

}  // namespace

void AddLog(CLI::App& app, Context& context) {
  CLI::App* log = AddGroup(app, "log", "the log itself", "suanpan log show 24");
  auto filter = std::make_shared<LogFilter>();
  CLI::App* list = AddCommand(
      *log, "list", "events in order, one a line",
      "suanpan log list --kind sale.recorded --limit 20", context,
      [&context, filter] { return LogList(context, *filter); }, Unused{.csv = true});
  const auto date = [](const std::string& text) {
    return ParseDate(text) ? std::string{} : "not a date like 2026-03-31: " + text;
  };
  list->add_option("--kind", filter->kind, "only this kind");
  list->add_option("--account", filter->account,
                   "only events that post to accounts of this path or below");
  list->add_option("--party", filter->party, "only events that name this ref");
  list->add_option("--source", filter->source, "only entries of this source");
  list->add_option("--from", filter->from, "from this business date")->check(date);
  list->add_option("--to", filter->to, "to this business date")->check(date);
  list->add_option("--limit", filter->limit, "at most so many")->check(CheckPositive);
  auto position = std::make_shared<std::string>();
  CLI::App* show = AddCommand(
      *log, "show", "one entry, or one event of it", "suanpan log show 24.0", context,
      [&context, position] { return LogShow(context, *position); }, Unused{.csv = true});
  show->add_option("SEQ[.LINE]", *position, "the entry or event")->required();
}

}  // namespace suanpan::cli
