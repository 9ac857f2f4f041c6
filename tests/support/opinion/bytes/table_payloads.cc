// docs/format-payloads.md, section 5: field by field, in the order of the ids there.

#include "support/opinion/bytes/payloads.h"
#include "support/opinion/bytes/table_pen.h"

namespace suanpan::opinion::bytes {
Table BookTable(const Fields& event, Names& names, Slip slip) {
  Table table{slip};
  const TablePen pen{event, names, table};
  pen.Text("label");
  table.I16(event.Amount("utc_offset_minutes"), true);
  pen.Name("unit");
  pen.Word("level", {"community", "county", "city", "province"});
  pen.Name("host");
  return table;
}

Table PartyTable(const Fields& event, Names& names, Slip slip) {
  Table table{slip};
  const TablePen pen{event, names, table};
  pen.Name("party");
  pen.Word("party_type", {"person", "household", "member", "vendor", "organisation", "enterprise",
                          "partner_unit", "team", "club", "committee", "unit"});
  pen.Name("class");
  pen.Name("number");
  pen.Text("label");
  pen.Digest("commit");
  return table;
}

Table PlaceTable(const Fields& event, Names& names, Slip slip) {
  Table table{slip};
  const TablePen pen{event, names, table};
  pen.Name("place");
  pen.Word("place_type",
           {"station", "space", "corner", "room", "stall", "site", "collection_point"});
  pen.Name("within");
  pen.Text("label");
  return table;
}

Table ClosingTable(const Fields& event, Names& names, Slip slip) {
  Table table{slip};
  const TablePen pen{event, names, table};
  pen.Name("of");
  pen.Name("outcome");
  pen.Day("on");
  return table;
}

namespace {

/// What the start and the end of a relation have in common.
void AddRelation(const TablePen& pen) {
  pen.Word("relation",
           {"member_of", "in_category", "in_unit", "holds_role", "related_to", "uses", "partner_of",
            "works_with", "incubated_by", "classified", "pilot_of", "located_at"});
  pen.Name("from");
  pen.Name("to");
}

}  // namespace

Table RelationTable(const Fields& event, Names& names, Slip slip) {
  Table table{slip};
  const TablePen pen{event, names, table};
  AddRelation(pen);
  pen.Name("as");
  pen.Day("since");
  return table;
}

Table RelationEndTable(const Fields& event, Names& names, Slip slip) {
  Table table{slip};
  const TablePen pen{event, names, table};
  AddRelation(pen);
  pen.Day("until");
  return table;
}

Table CodeTable(const Fields& event, Names& names, Slip slip) {
  Table table{slip};
  const TablePen pen{event, names, table};
  pen.Word("list", {"service_kind", "purpose", "source", "category", "cost_kind", "item", "reason",
                    "summary", "indicator", "doc_series", "outcome"});
  pen.Name("code");
  pen.Text("label");
  table.U32(static_cast<std::uint64_t>(event.Amount("version")));
  pen.Day("valid_from");
  pen.Day("valid_to");
  pen.Name("group");
  pen.Truth("gapless");
  pen.Truth("protected");
  return table;
}

Table AgreementTable(const Fields& event, Names& names, Slip slip) {
  Table table{slip};
  const TablePen pen{event, names, table};
  pen.Name("agreement");
  pen.Word("agreement_type",
           {"donation_share", "donation", "space_loan", "service_contract", "supply"});
  pen.Name("party");
  pen.Day("signed_on");
  pen.Day("valid_from");
  pen.Day("valid_to");
  pen.Digest("consent");
  pen.Name("fund");
  pen.Word("basis", {"profit", "revenue"});
  pen.Rate("rate");
  pen.Word("loss_policy", {"carry_loss", "net_all", "reset_period"});
  pen.Word("settlement", {"month", "quarter", "year", "end"});
  pen.Word("cost_method", {"per_line", "standard_margin"});
  pen.Rate("margin");
  pen.NameList("cost_kinds");
  table.U16(static_cast<std::uint64_t>(event.Amount("terms_days")), event.Has("terms_days"));
  pen.Name("matter");
  return table;
}

Table ApprovalTable(const Fields& event, Names& names, Slip slip) {
  Table table{slip};
  const TablePen pen{event, names, table};
  pen.Address("of");
  pen.Name("subject");
  pen.Action("action");
  pen.Word("verdict", {"approved", "rejected", "withdrawn"});
  pen.Amount("amount_fen");
  pen.Address("decision");
  return table;
}

Table FundTable(const Fields& event, Names& names, Slip slip) {
  Table table{slip};
  const TablePen pen{event, names, table};
  pen.Name("fund");
  pen.Text("label");
  pen.Name("host");
  pen.NameList("bank_accounts");
  pen.PotField("default_pot");
  const Fields restriction = event.Inner("restriction");
  Table inner{slip};
  const TablePen inner_pen{restriction, names, inner};
  inner_pen.Word("class", {"restricted", "unrestricted"});
  inner_pen.NameList("purposes");
  inner_pen.NameList("places");
  inner_pen.NameList("matters");
  inner_pen.Day("until");
  table.Inner(std::move(inner));
  pen.Name("committee");
  return table;
}

Table RequestTable(const Fields& event, Names& names, Slip slip) {
  Table table{slip};
  const TablePen pen{event, names, table};
  pen.Word("use",
           {"expense", "payable", "advance", "grant", "transfer", "release", "return_to_donor"});
  pen.Name("fund");
  pen.PotField("pot");
  pen.Name("payee");
  pen.Amount("amount_fen");
  pen.Name("purpose");
  pen.Name("matter");
  pen.Name("place");
  pen.Address("basis");
  return table;
}

Table MoveTable(const Fields& event, Names& names, Slip slip) {
  Table table{slip};
  const TablePen pen{event, names, table};
  pen.Name("scheme");
  pen.Name("from");
  pen.Name("to");
  pen.Name("to_book");
  pen.Name("from_book");
  pen.Text("move");
  pen.Amount("points");
  pen.Word("reason", {"split", "merge", "transfer", "donate", "forfeit", "move_away", "death"});
  std::vector<Table> lots;
  for (const Fields& line : event.Lines("lots")) {
    const TablePen lot{line, names, lots.emplace_back(slip)};
    lot.Address("lot");
    lot.Amount("quantity");
    lot.Name("person");
    lot.Day("earned");
    lot.Day("usable_from");
    lot.Day("expires");
  }
  table.Rows(std::move(lots));
  return table;
}

}  // namespace suanpan::opinion::bytes
