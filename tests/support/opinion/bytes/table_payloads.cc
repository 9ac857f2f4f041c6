// docs/format.md, section 5: field by field, in the order of the ids there.

#include "support/opinion/bytes/payloads.h"

namespace suanpan::opinion::bytes {
namespace {

/// What one table is filled from.
struct TablePen {
  const Fields& event;
  Names& names;
  Table& table;

  void Name(const char* field) const { table.U32(names.Number(event.Text(field))); }
  void NameList(const char* field) const {
    std::vector<std::uint32_t> numbers;
    for (const std::string& name : event.Texts(field)) numbers.push_back(names.Number(name));
    table.Numbers(std::move(numbers));
  }
  void Text(const char* field) const { table.Text(event.Text(field)); }
  void Digest(const char* field) const { table.Bytes(BytesOfHex(event.Text(field))); }
  void Day(const char* field) const { table.U16(event.Day(field)); }
  void Amount(const char* field) const { table.I64(event.Amount(field)); }
  void Address(const char* field) const { table.U64(event.Address(field)); }
  void Word(const char* field, std::initializer_list<std::string_view> words) const {
    table.U8(event.Word(field, words));
  }
  void Rate(const char* field) const {
    const Fields rate = event.Inner(field);
    table.Rate(static_cast<std::uint32_t>(rate.Amount("n")),
               static_cast<std::uint32_t>(rate.Amount("m")));
  }
  void PotField(const char* field) const {
    const Pot pot = event.PotField(field);
    table.U16(pot.pot_class | static_cast<std::uint64_t>(pot.source) << 8U);
  }
};

}  // namespace

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
  pen.Word("action",
           {"adopt", "spend", "transfer", "award", "waive", "release", "reverse", "erase", "close",
            "post", "redeem", "restrict", "move", "opening", "irregular", "publish"});
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

}  // namespace suanpan::opinion::bytes
