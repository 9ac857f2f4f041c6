#include "suanpan/replay/what_if.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "src/entry_batch.h"
#include "src/log_events.h"
#include "suanpan/proof/sha256.h"
#include "suanpan/rules/policies.h"
#include "suanpan/schema/json_fields.h"

namespace suanpan::replay {
namespace {

using rules::BookState;
using schema::PolicyAdopted;
using schema::PolicyProposed;

using Tried = std::variant<WhatIf, schema::Refusal>;
using NameText = std::function<std::string_view(NameId)>;

/// Names from elsewhere become names of a book that is of no further use.
class IntoBook final : public schema::FieldMap {
 public:
  IntoBook(BookState& state, const NameText& text) : state_(state), text_(text) {}
  NameId MapName(NameId id) override {
    return id.value() == 0 ? id : state_.names.Intern(text_(id));
  }
  Address MapAddress(std::string_view, Address address) override { return address; }

 private:
  BookState& state_;
  const NameText& text_;
};

std::string DayText(Date date) { return date.value() == 0 ? std::string{} : ToText(date); }

/// Later, or never.
bool IsLonger(Date old_day, Date new_day) {
  return old_day.value() != 0 && (new_day.value() == 0 || new_day > old_day);
}

std::vector<WhatIfRow> RowsOf(const BookState& state, const rules::PolicyTrial& trial) {
  const auto name = [&](NameId id) { return std::string{state.names.TextOf(id)}; };
  std::vector<WhatIfRow> rows;
  for (const schema::CaughtRow& row : trial.rows) {
    if (row.points == row.old_points && row.granted.value() == 0) continue;
    rows.push_back({row.points > row.old_points || row.granted.value() > 0,
                    schema::ToText(row.source),
                    name(row.of),
                    name(row.holder),
                    name(row.person),
                    ToText(row.date),
                    row.old_version,
                    row.old_points,
                    row.points,
                    row.granted,
                    {},
                    {}});
  }
  for (const rules::TrialLot& lot : trial.lots) {
    rows.push_back({IsLonger(lot.old_expires, lot.new_expires),
                    schema::ToText(lot.lot),
                    {},
                    name(lot.holder),
                    name(lot.person),
                    ToText(lot.earned),
                    0,
                    lot.points,
                    lot.points,
                    lot.regained,
                    DayText(lot.old_expires),
                    DayText(lot.new_expires)});
  }
  std::ranges::stable_sort(rows, {}, [](const WhatIfRow& row) { return !row.more; });
  return rows;
}

NameId SchemeOf(const PolicyProposed& policy) {
  return policy.type() == schema::PolicyType::kEarning ? policy.earning.scheme
                                                       : policy.award_items.scheme;
}

/// Points for services and deeds that are granted and booked as expired in one entry.
Wide OverAlready(const BookState& state, const rules::PolicyTrial& trial,
                 const PolicyProposed& policy) {
  Wide over = 0;
  for (const schema::CaughtRow& row : trial.rows) {
    const Date ends = rules::ExpiryOf(state, SchemeOf(policy), row.date);
    if (ends.value() != 0 && ends < state.calendar.get().closed) over += row.granted.wide();
  }
  return over;
}

/// What the digest is of: lines of text, each part between tabs (docs/format.md).
std::string DigestedText(std::string_view book, const WhatIf& result, std::string_view fields) {
  std::string text = fmt::format("suanpan what-if 1\n{}\n{}\n{}\n{}\n{}\n", book, result.policy,
                                 result.version, result.at_seq.value(), fields);
  for (const WhatIfRow& row : result.rows) {
    text += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n",
                        row.more ? "more" : "less", row.source, row.of, row.holder, row.person,
                        row.date, row.old_version, row.old_points.value(), row.points.value(),
                        row.granted.value(), row.old_expires, row.expires);
  }
  return text;
}

std::string FieldsOf(const BookState& state, const schema::Event& proposed, const void* payload) {
  std::string text;
  schema::JsonText json{text};
  json.BeginObject();
  schema::JsonFieldWriter writer{json, state.names, schema::JsonFieldWriter::View::kEvent};
  proposed.kind->write_json(writer, payload);
  json.EndObject();
  return text;
}

/// Tries a proposal whose names have these texts.
Result<Tried> Try(const store::EventReader& reader, const store::BookRow& book,
                  const ReplayOptions& options, const NameText& text_of,
                  const schema::Event& proposed) {
  SUANPAN_ASSIGN_OR_RETURN(const ReplayedBook replayed, ReplayBook(reader, book.book, options));
  BookState& state = *replayed.state;
  const rules::Catalogue& catalogue = CatalogueOf(options);
  const Seq head = state.head.get();
  Arena arena;
  IntoBook map{state, text_of};
  const void* payload = proposed.kind->resolve(proposed.payload, map, arena);
  const auto& policy = *static_cast<const PolicyProposed*>(payload);
  LogEvents past{reader, book.book, head, catalogue.kinds()};
  std::variant<rules::PolicyTrial, schema::Refusal> tried =
      rules::TryPolicy(catalogue, state, past, policy);
  SUANPAN_RETURN_IF_ERROR(past.error().Clone(), "reading the past again");
  if (auto* refusal = std::get_if<schema::Refusal>(&tried)) return Tried{std::move(*refusal)};
  WhatIf result;
  result.policy = state.names.TextOf(policy.policy);
  result.version = policy.version;
  result.applies_from = ToText(policy.applies_from);
  result.at_seq = head;
  result.rows = RowsOf(state, std::get<rules::PolicyTrial>(tried));
  result.over = OverAlready(state, std::get<rules::PolicyTrial>(tried), policy);
  const std::string text = DigestedText(book.ref, result, FieldsOf(state, proposed, payload));
  result.digest = proof::Sha256(AsBytes(text));
  return Tried{std::move(result)};
}

}  // namespace

void Adoptions::OnEvent(const EventContext& context) {
  if (context.event.kind->number != PolicyAdopted::kKind) return;
  const auto& fact = context.event.As<PolicyAdopted>();
  if (!fact.dry_run.digest) return;
  found_.push_back({context.at, fact.proposal, Seq{static_cast<std::uint64_t>(fact.dry_run.at_seq)},
                    *fact.dry_run.digest, context.event.common.business_day});
}

Result<std::vector<AdoptedTrial>> Adoptions::TryAgain(const store::EventReader& reader,
                                                      const store::BookRow& book,
                                                      const BookState& replayed,
                                                      const ReplayOptions& options) const {
  LogEvents events{reader, book.book, replayed.head.get(), CatalogueOf(options).kinds()};
  const NameText text_of = [&](NameId id) { return replayed.names.TextOf(id); };
  ReplayOptions until = options;
  until.stops.clear();
  std::vector<AdoptedTrial> trials;
  for (const Found& found : found_) {
    const schema::Event* proposed = events.Find(found.proposal);
    SUANPAN_RETURN_IF_ERROR(events.error().Clone(), "reading a proposal");
    SUANPAN_INVARIANT(proposed != nullptr);  // a log with that adoption does not replay
    const auto& policy = proposed->As<PolicyProposed>();
    if (policy.applies_from >= found.on) continue;  // it needed no dry run
    until.until = found.at_seq;
    SUANPAN_ASSIGN_OR_RETURN(Tried tried, Try(reader, book, until, text_of, *proposed));
    AdoptedTrial trial{found.adoption, std::string{text_of(policy.policy)},
                       policy.version, found.at_seq,
                       found.stated,   Hash32{}};
    if (auto* refusal = std::get_if<schema::Refusal>(&tried)) {
      trial.found = std::move(*refusal);
    } else {
      trial.found = std::get<WhatIf>(tried).digest;
    }
    trials.push_back(std::move(trial));
  }
  return trials;
}

Result<Tried> TryProposal(const store::EventReader& reader, const store::BookRow& book,
                          const ReplayOptions& options, const schema::Command& command,
                          const schema::Event& proposed) {
  const NameText text_of = [&](NameId id) {
    return std::string_view{command.names[id.value() - 1]};
  };
  return Try(reader, book, options, text_of, proposed);
}

}  // namespace suanpan::replay
