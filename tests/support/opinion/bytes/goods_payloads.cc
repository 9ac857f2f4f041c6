// Goods, offers, advances and reversals: docs/format-payloads.md, field by field.

#include <stdexcept>
#include <utility>

#include "support/opinion/bytes/payloads.h"
#include "support/opinion/bytes/table_pen.h"
#include "support/opinion/bytes/values.h"

namespace suanpan::opinion::bytes {
namespace {

void GoodsClass(const TablePen& pen) {
  pen.Word("goods_class", {"reward", "material", "asset", "merchandise"});
}

/// Classes of accounts by their paths (docs/format.md, section 9): {o} the owner, {d} the detail,
/// {p} the pot.
constexpr std::pair<const char*, int> kClasses[] = {  // by path: the first that fits
    {"base/{o}/costs", 22},
    {"base/{o}/refunds", 21},
    {"base/{o}/sales", 20},
    {"base/{o}/standard_cost", 23},
    {"base/{o}/total", 25},
    {"base/{o}/unpriced", 24},
    {"fund/{o}/advance/{d}", 2},
    {"fund/{o}/asset/{d}", 5},
    {"fund/{o}/bank/{d}", 1},
    {"fund/{o}/net/{p}/expense/{d}", 9},
    {"fund/{o}/net/{p}/income", 8},
    {"fund/{o}/net/{p}/opening", 7},
    {"fund/{o}/net/{p}/release", 11},
    {"fund/{o}/net/{p}/transfer", 10},
    {"fund/{o}/payable/{d}", 6},
    {"fund/{o}/receivable/{d}", 3},
    {"fund/{o}/stock/{d}", 4},
    {"minutes/served/duty", 55},
    {"minutes/served/opening", 57},
    {"minutes/served/service", 54},
    {"minutes/served/training", 56},
    {"minutes/{o}/duty", 51},
    {"minutes/{o}/opening", 53},
    {"minutes/{o}/service", 50},
    {"minutes/{o}/training", 52},
    {"pieces/{o}/{d}/in", 70},
    {"pieces/{o}/{d}/on_hand", 71},
    {"pieces/{o}/{d}/out/count_difference", 78},
    {"pieces/{o}/{d}/out/disposed", 75},
    {"pieces/{o}/{d}/out/given", 73},
    {"pieces/{o}/{d}/out/redeemed", 77},
    {"pieces/{o}/{d}/out/sold_off", 76},
    {"pieces/{o}/{d}/out/used", 72},
    {"pieces/{o}/{d}/out/waste", 74},
    {"places/{o}/capacity", 60},
    {"places/{o}/free", 61},
    {"places/{o}/held", 62},
    {"places/{o}/no_show", 64},
    {"places/{o}/used", 63},
    {"pledge/{o}/accrued", 31},
    {"pledge/{o}/advance", 34},
    {"pledge/{o}/billed", 32},
    {"pledge/{o}/received", 33},
    {"pledge/{o}/undertaken", 30},
    {"pledge/{o}/waived", 35},
    {"points/{o}/claim/{d}", 41},
    {"points/{o}/deducted", 45},
    {"points/{o}/donated", 47},
    {"points/{o}/expired", 44},
    {"points/{o}/forfeited", 46},
    {"points/{o}/holder/{d}", 40},
    {"points/{o}/issued", 42},
    {"points/{o}/redeemed", 43},
    {"points/{o}/transit/{d}", 48}};

std::vector<std::string> PartsOf(const std::string& path) {
  std::vector<std::string> parts{""};
  for (const char c : path) {
    if (c == '/') {
      parts.emplace_back();
    } else {
      parts.back() += c == '~' ? '/' : c;
    }
  }
  return parts;
}

/// An account as its path tells it.
struct Account {
  int number = 0;
  std::string owner;
  std::string detail;
  std::string pot;
};

/// Whether a path is of a pattern; fills what it holds.
bool Fits(const std::vector<std::string>& parts, const std::string& pattern, Account& account) {
  std::size_t at = 0;
  for (const std::string& part : PartsOf(pattern)) {
    if (at >= parts.size()) return false;
    if (part == "{o}") {
      account.owner = parts[at];
    } else if (part == "{d}") {
      account.detail = parts[at];
    } else if (part == "{p}") {
      if (at + 1 >= parts.size()) return false;
      account.pot = parts[at] + "/" + parts[at + 1];
      ++at;
    } else if (part != parts[at]) {
      return false;
    }
    ++at;
  }
  return at == parts.size();
}

Account AccountOf(const std::string& path) {
  for (const auto& [pattern, number] : kClasses) {
    Account account;
    account.number = number;
    if (Fits(PartsOf(path), pattern, account)) return account;
  }
  throw std::invalid_argument{"no account " + path};
}

}  // namespace

Table GoodsInTable(const Fields& event, Names& names, Slip slip) {
  Table table{slip};
  const TablePen pen{event, names, table};
  pen.Name("item");
  pen.Name("owner");
  GoodsClass(pen);
  pen.Amount("quantity");
  pen.Amount("value_fen");
  pen.Word("value_basis", {"invoice", "market", "agreed", "none"});
  pen.Word("funding", {"gift", "bought"});
  pen.Name("from");
  pen.PotField("pot");
  pen.Name("place");
  pen.PotField("to_pot");
  return table;
}

Table GoodsOutTable(const Fields& event, Names& names, Slip slip) {
  Table table{slip};
  const TablePen pen{event, names, table};
  pen.Name("item");
  pen.Name("owner");
  pen.Amount("quantity");
  pen.Word("reason", {"used", "given", "waste", "disposed", "sold_off"});
  pen.Name("place");
  pen.Name("matter");
  pen.Name("purpose");
  table.I64(event.Amount("value_fen"), true);
  pen.PotField("from_pot");
  GoodsClass(pen);
  return table;
}

Table GoodsCountTable(const Fields& event, Names& names, Slip slip) {
  Table table{slip};
  const TablePen pen{event, names, table};
  pen.Name("item");
  pen.Name("owner");
  table.I64(event.Amount("counted"), true);
  pen.Name("place");
  table.I64(event.Amount("difference"), true);
  table.I64(event.Amount("value_fen"), true);
  pen.PotField("of_pot");
  GoodsClass(pen);
  pen.Name("purpose");
  return table;
}

Table OfferTable(const Fields& event, Names& names, Slip slip) {
  Table table{slip};
  const TablePen pen{event, names, table};
  pen.Name("offer");
  pen.Name("offer_kind");
  pen.Day("on");
  pen.Amount("capacity");
  pen.Word("audience", {"any", "child", "elder"});
  pen.Name("place");
  pen.Count("per_beneficiary");
  table.I64(event.Amount("change"), true);
  return table;
}

void WriteAdvance(const Fields& event, const PayloadPen& pen) {
  pen.Address(event, "advance");
  pen.Amount(event, "spent_fen");
  pen.Amount(event, "returned_fen");
  for (const char* field : {"purpose", "account", "fund", "payee"}) pen.Name(event, field);
  pen.PotField(event, "pot");
  pen.out.Zeros(6);
}

void WriteMark(const Fields& event, const PayloadPen& pen) {
  pen.Address(event, "redemption");
  pen.Name(event, "offer");
  pen.Count16(event, "line");
  pen.out.U8(event.Word("as", {"used", "no_show", "released"}));
  pen.out.Zeros(1);
}

void WriteReversal(const Fields& event, const PayloadPen& pen) {
  const std::vector<Fields> undo = event.Lines("undo");
  const std::vector<std::string> cascade = event.Texts("cascade");
  const std::string copy = BytesOfHex(event.Text("copy"));
  pen.Address(event, "of");
  pen.Amount(event, "entry_fen");
  pen.Name(event, "reason");
  // The names of the rows are numbered before those of the fields that follow here.
  for (const Fields& line : undo) {
    const Account account = AccountOf(line.Text("account"));
    pen.names.Number(account.owner);
    pen.names.Number(account.detail);
  }
  pen.Name(event, "agreement");
  pen.Name(event, "of_actor");
  pen.Count16(event, "of_kind");
  pen.Day(event, "of_date");
  pen.Month(event, "month");
  pen.out.U16(undo.size());
  pen.out.U16(cascade.size());
  pen.out.U16(copy.size());
  for (const Fields& line : undo) {
    const Account account = AccountOf(line.Text("account"));
    const Pot pot = account.pot.empty() ? Pot{} : PotOf(account.pot);
    pen.out.U8(static_cast<std::uint64_t>(account.number));
    pen.out.U8(pot.pot_class);
    pen.out.U8(pot.source);
    pen.out.Zeros(1);
    pen.out.U32(pen.names.Number(account.owner));
    pen.out.U32(pen.names.Number(account.detail));
    pen.out.Zeros(4);
    pen.Amount(line, "amount");
  }
  for (const std::string& address : cascade) pen.out.U64(AddressOf(address));
  pen.out.Raw(copy);
  pen.out.Pad();
}

}  // namespace suanpan::opinion::bytes
