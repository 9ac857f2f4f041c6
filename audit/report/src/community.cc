#include "suanpan/report/community.h"

#include "src/document_parts.h"

namespace suanpan::report {
namespace {

Document BeginPoints(std::string name, const ReportHead& head) {
  Document document = BeginDocument(std::move(name), head);
  document.says_currency = false;
  document.head.emplace_back("erased_subjects", head.erased_subjects);
  return document;
}

CountedMap ToCells(const std::map<std::string, Wide>& amounts) {
  CountedMap cells;
  for (const auto& [name, units] : amounts) cells[name] = {units};
  return cells;
}

/// Totals of the rows that have the same text in a column; none where each is alone.
void TotalBy(Document& document, std::size_t column) {
  std::map<std::string, std::vector<Cell>> totals;
  for (const std::vector<Cell>& row : document.rows)
    AddToTotals(totals[std::get<std::string>(row[column])], row);
  if (totals.size() == document.rows.size()) return;
  for (auto& [name, sums] : totals) {
    sums[0] = std::string{"total"};
    sums[column] = name;
    document.totals.push_back(std::move(sums));
  }
}

PartList ToParts(const std::vector<replay::LotLine>& lots) {
  PartList list;
  for (const replay::LotLine& lot : lots) {
    Part expires{"expires", {}};
    if (lot.expires.value() != 0) expires.value = ToText(lot.expires);
    list.push_back({{"lot", lot.lot},
                    {"quantity", Counted{lot.quantity}},
                    {"remaining", Counted{lot.remaining}},
                    std::move(expires)});
  }
  return list;
}

}  // namespace

Document PointsDocument(const ReportHead& head,
                        const std::vector<replay::SchemeStatement>& statements,
                        const ReportFilter& filter) {
  Document document = BeginPoints("points", head);
  document.columns = {
      {"scheme", "scheme"},       {"opening", "opening"},   {"granted", "granted"},
      {"redeemed", "redeemed"},   {"expired", "expired"},   {"deducted", "deducted"},
      {"forfeited", "forfeited"}, {"donated", "donated"},   {"moved_in", "moved in"},
      {"moved_out", "moved out"}, {"adjusted", "adjusted"}, {"claims", "claims"},
      {"closing", "closing"},     {"owed", "owed"},         {"live", "live until"}};
  document.empty_text = "no points";
  for (const replay::SchemeStatement& line : statements) {
    if (!Passes(filter.scheme, line.scheme)) continue;
    const replay::PointsFigures& f = line.figures;
    document.rows.push_back({line.scheme, Counted{f.opening}, Counted{f.granted},
                             Counted{f.redeemed}, Counted{f.expired}, Counted{f.deducted},
                             Counted{f.forfeited}, Counted{f.donated}, Counted{f.moved_in},
                             Counted{f.moved_out}, Counted{f.adjusted}, Counted{f.claims},
                             Counted{f.closing}, Counted{f.owed}, ToCells(line.live)});
  }
  return document;
}

Document HouseholdDocument(const ReportHead& head,
                           const std::vector<replay::HouseholdStatement>& statements,
                           const ReportFilter& filter) {
  Document document = BeginPoints("household", head);
  document.columns = {{"household", "household"},
                      {"scheme", "scheme"},
                      {"opening", "opening"},
                      {"granted", "granted"},
                      {"redeemed", "redeemed"},
                      {"expired", "expired"},
                      {"deducted", "deducted"},
                      {"forfeited", "forfeited"},
                      {"donated", "donated"},
                      {"transferred", "transferred"},
                      {"adjusted", "adjusted"},
                      {"claims", "claims"},
                      {"balance", "balance"},
                      {"owed", "owed"},
                      {.name = "lots", .title = "of", .below = true}};
  document.empty_text = "no points";
  for (const replay::HouseholdStatement& line : statements) {
    if (!Passes(filter.household, line.household) || !Passes(filter.scheme, line.scheme)) continue;
    const replay::PointsFigures& f = line.figures;
    document.rows.push_back({line.household, line.scheme, Counted{f.opening}, Counted{f.granted},
                             Counted{f.redeemed}, Counted{f.expired}, Counted{f.deducted},
                             Counted{f.forfeited}, Counted{f.donated}, Counted{f.transferred()},
                             Counted{f.adjusted}, Counted{f.claims}, Counted{f.closing},
                             Counted{f.owed}, ToParts(line.lots)});
  }
  TotalBy(document, 1);
  return document;
}

Document HoursDocument(const ReportHead& head,
                       const std::vector<replay::HoursStatement>& statements,
                       const ReportFilter& filter) {
  Document document = BeginPoints("hours", head);
  document.columns = {{"person", "person"},     {"household", "household"},
                      {"class", "class"},       {"service_kind", "service"},
                      {"services", "services"}, {"minutes", "minutes"},
                      {"counted", "counted"},   {"granted", "points"}};
  document.empty_text = "no service";
  for (const replay::HoursStatement& line : statements) {
    if (!Passes(filter.person, line.person) || !Passes(filter.household, line.household)) continue;
    document.rows.push_back({line.person, line.household, line.service_class, line.service_kind,
                             Counted{line.services}, Counted{line.minutes}, ToCells(line.counted),
                             ToCells(line.granted)});
  }
  TotalBy(document, 2);
  return document;
}

Document OrdersDocument(const ReportHead& head,
                        const std::vector<replay::OrdersStatement>& statements,
                        const ReportFilter& filter) {
  Document document = BeginPoints("orders", head);
  document.columns = {{"service_kind", "service"}};
  for (const std::string_view word : schema::kOrderStateWords)
    document.columns.push_back({std::string{word}, std::string{word}});
  document.columns.push_back({"open", "open"});
  document.columns.push_back({"ages", "open for days"});
  document.columns.push_back({"oldest_days", "oldest"});
  document.empty_text = "no order";
  for (const replay::OrdersStatement& line : statements) {
    if (!Passes(filter.service, line.service_kind)) continue;
    std::vector<Cell> row{line.service_kind};
    for (const std::uint64_t count : line.reached) row.push_back(count);
    row.push_back(line.open);
    row.push_back(ToCells(line.ages));
    row.emplace_back();
    if (line.open != 0) row.back() = line.oldest_days;
    document.rows.push_back(std::move(row));
  }
  return document;
}

Document SlotsDocument(const ReportHead& head,
                       const std::vector<replay::SlotsStatement>& statements,
                       const ReportFilter& filter) {
  Document document = BeginPoints("slots", head);
  document.columns = {{"place", "place"},       {"slot_type", "type"},
                      {"holder", "holder"},     {"scheduled", "scheduled"},
                      {"minutes", "minutes"},   {"checked_in", "checked in"},
                      {"no_show", "no show"},   {"cancelled", "cancelled"},
                      {"unmarked", "unmarked"}, {"used", "used"}};
  document.empty_text = "no slot";
  for (const replay::SlotsStatement& line : statements) {
    if (!Passes(filter.place, line.place) || !Passes(filter.holder, line.holder)) continue;
    document.rows.push_back({line.place, line.slot_type, line.holder, line.scheduled,
                             Counted{line.minutes}, line.checked_in, line.no_show, line.cancelled,
                             line.unmarked, line.used});
  }
  return document;
}

}  // namespace suanpan::report
