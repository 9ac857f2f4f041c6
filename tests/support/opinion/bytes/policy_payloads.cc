// Policies: docs/format-payloads.md, section 5, kinds 11 to 14, field by field.

#include "support/opinion/bytes/payloads.h"
#include "support/opinion/bytes/table_pen.h"

namespace suanpan::opinion::bytes {
namespace {

/// The rows of a list, each filled by `fill`.
template <class Fill>
void AddRows(const TablePen& pen, const char* field, Slip slip, Fill fill) {
  std::vector<Table> rows;
  for (const Fields& line : pen.event.Lines(field)) {
    fill(TablePen{line, pen.names, rows.emplace_back(slip)});
  }
  pen.table.Rows(std::move(rows));
}

void FillEarningItem(const TablePen& item, Slip slip) {
  item.Name("service_kind");
  item.Word("basis", {"minutes", "session", "beneficiary", "quantity"});
  item.Rate("rate");
  item.Word("rounding", {"cumulative", "per_service"});
  const Fields caps = item.event.Inner("cap");
  Table cap{slip};
  for (const char* field : {"activity", "day", "month", "total"}) cap.I64(caps.Amount(field));
  item.table.Inner(std::move(cap));
  item.Count("min_quality");
}

void FillEarning(const TablePen& body, Slip slip) {
  body.Name("scheme");
  body.Word("holder", {"household", "member"});
  AddRows(body, "items", slip, [slip](const TablePen& item) { FillEarningItem(item, slip); });
  body.table.U8(body.event.Bits("attest_steps", {"served", "worker", "organiser"}));
  body.Count("usable_after_days");
  body.Count("late_limit_days");
  body.Amount("negative_floor");
}

void FillAwardItems(const TablePen& body, Slip slip) {
  body.Name("scheme");
  AddRows(body, "items", slip, [](const TablePen& item) {
    item.Name("item");
    item.Amount("points");
    item.Count("max_per_month");
  });
  body.Amount("base_points");
}

void FillExpiry(const TablePen& body, Slip) {
  body.Name("scheme");
  body.Word("rule", {"none", "months", "end_of_year"});
  body.table.U16(static_cast<std::uint64_t>(body.event.Amount("n")), body.event.Has("n"));
  body.Count("restore_grace_days");
  body.Word("on_household_end", {"keep", "donate", "forfeit"});
}

void FillRedemption(const TablePen& body, Slip slip) {
  body.Name("scheme");
  AddRows(body, "windows", slip, [](const TablePen& window) {
    for (const char* field : {"month", "from_day", "to_day"}) window.Count(field);
  });
  body.Amount("min_balance");
  body.Amount("min_minutes");
  body.table.I64(body.event.Amount("keep_points"), body.event.Has("keep_points"));
  body.Amount("per_day_points");
  body.Count("per_beneficiary_month");
  body.Truth("review");
}

void FillPriceList(const TablePen& body, Slip slip) {
  body.Name("scheme");
  AddRows(body, "rewards", slip, [](const TablePen& reward) {
    reward.Name("reward");
    reward.Amount("points");
    reward.Word("supply", {"stock", "place", "vendor", "partner"});
    for (const char* field : {"item", "offer", "vendor", "fund"}) reward.Name(field);
    reward.Amount("value_fen");
    reward.PotField("pot");
  });
}

void FillTransfer(const TablePen& body, Slip) {
  body.Name("scheme");
  body.Word("allowed", {"none", "household", "ascendants", "any", "donate_only"});
}

void FillApproval(const TablePen& body, Slip slip) {
  body.Action("action");
  AddRows(body, "tiers", slip, [](const TablePen& tier) {
    tier.table.I64(tier.event.Amount("from_fen"), tier.event.Has("from_fen"));
    tier.Count("approvals");
    tier.Name("role");
    tier.Truth("decision");
  });
}

void FillControl(const TablePen& body, Slip slip) {
  AddRows(body, "roles", slip, [](const TablePen& role) {
    role.Text("kind");
    role.Name("role");
  });
}

}  // namespace

Table ProposalTable(const Fields& event, Names& names, Slip slip) {
  Table table{slip};
  const TablePen pen{event, names, table};
  pen.Name("policy");
  pen.Word("policy_type",
           {"earning", "award_items", "expiry", "redemption", "price_list", "transfer", "approval",
            "control", "disclosure", "ratio", "calendar", "check"});
  table.U32(static_cast<std::uint64_t>(event.Amount("version")));
  pen.Day("applies_from");
  const Fields body = event.Inner("body");
  using Fill = void (*)(const TablePen&, Slip);
  const std::pair<std::string_view, Fill> bodies[] = {
      {"earning", FillEarning},       {"award_items", FillAwardItems}, {"expiry", FillExpiry},
      {"redemption", FillRedemption}, {"price_list", FillPriceList},   {"transfer", FillTransfer},
      {"approval", FillApproval},     {"control", FillControl}};
  for (const auto& [type, fill] : bodies) {
    if (event.Text("policy_type") != type) {
      if (slip != Slip::kBodiesInOneField) table.Absent();
      continue;
    }
    Table inner{slip};
    fill(TablePen{body, names, inner}, slip);
    table.Inner(std::move(inner));
  }
  return table;
}

Table AdoptionTable(const Fields& event, Names& names, Slip slip) {
  Table table{slip};
  const TablePen pen{event, names, table};
  pen.Address("proposal");
  pen.AddressList("approvals");
  const Fields run = event.Inner("dry_run");
  Table inner{slip};
  const TablePen run_pen{run, names, inner};
  run_pen.Amount("at_seq");
  run_pen.Digest("digest");
  table.Inner(std::move(inner));
  return table;
}

Table ErasureTable(const Fields& event, Names& names, Slip slip) {
  Table table{slip};
  const TablePen pen{event, names, table};
  pen.NameList("subjects");
  pen.Name("reason");
  pen.AddressList("approvals");
  return table;
}

Table CatchUpTable(const Fields& event, Names& names, Slip slip) {
  Table table{slip};
  const TablePen pen{event, names, table};
  pen.Name("rule");
  pen.Amount("from_seq");
  table.I64(event.Amount("to_seq"), true);
  pen.Truth("done");
  table.U32(static_cast<std::uint64_t>(event.Amount("version")));
  pen.Address("previous");
  AddRows(pen, "rows", slip, [](const TablePen& row) {
    row.Address("source");
    row.Name("of");
    row.Name("person");
    row.Name("holder");
    row.Day("date");
    row.Address("session");
    row.table.I64(row.event.Amount("units"), true);
    row.table.U32(static_cast<std::uint64_t>(row.event.Amount("old_version")));
    row.Truth("other_units");
    row.Amount("old_counted");
    row.Amount("old_points");
    row.Amount("before");
    row.table.I64(row.event.Amount("counted"), true);
    row.table.I64(row.event.Amount("points"), true);
    row.Amount("granted");
  });
  pen.AddressList("lots");
  return table;
}

}  // namespace suanpan::opinion::bytes
