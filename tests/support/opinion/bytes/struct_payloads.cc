// docs/format-payloads.md, section 4: field by field, in the order of the offsets there.

#include "support/opinion/bytes/payloads.h"

namespace suanpan::opinion::bytes {
namespace {

void WritePaidLines(const std::vector<Fields>& lines, const PayloadPen& pen) {
  for (const Fields& line : lines) {
    pen.out.U8(
        line.Word("means", {"cash", "wechat", "alipay", "card", "fund_reimbursed", "other"}));
    pen.out.Zeros(7);
    pen.Amount(line, "amount_fen");
  }
}

}  // namespace

void WriteSale(const Fields& event, const PayloadPen& pen) {
  const std::vector<Fields> lines = event.Lines("lines");
  const std::vector<Fields> paid = event.Lines("paid");
  pen.Name(event, "vendor");
  pen.Name(event, "agreement");
  pen.Amount(event, "entry_fen");
  pen.out.U8(lines.size());
  pen.out.U8(paid.size());
  pen.out.U16(event.Flag("slot", 1) | event.Flag("agreement", 2));
  pen.out.Zeros(4);
  if (event.Flag("slot", 1) != 0) pen.Address(event, "slot");
  for (const Fields& line : lines) {
    pen.Name(line, "item");
    pen.out.U32(line.Flag("cost_fen", 1));
    pen.Amount(line, "quantity");
    pen.Amount(line, "amount_fen");
    pen.Amount(line, "cost_fen");
  }
  WritePaidLines(paid, pen);
}

void WriteRefund(const Fields& event, const PayloadPen& pen) {
  const std::vector<Fields> lines = event.Lines("lines");
  const std::vector<Fields> paid = event.Lines("paid");
  pen.Name(event, "vendor");
  pen.Name(event, "agreement");
  pen.Amount(event, "entry_fen");
  pen.Address(event, "sale");
  pen.out.U8(lines.size());
  pen.out.U8(paid.size());
  pen.out.U16(event.Flag("agreement", 2));
  pen.out.Zeros(4);
  for (const Fields& line : lines) {
    pen.Name(line, "item");
    pen.out.U16(line.Flag("sale_line", 1) | line.Flag("cost_fen", 2) | line.Mark("unpriced", 4) |
                line.Mark("standard_cost", 8));
    pen.out.U16(static_cast<std::uint64_t>(line.Amount("sale_line")));
    pen.Amount(line, "quantity");
    pen.Amount(line, "amount_fen");
    pen.Amount(line, "cost_fen");
    pen.Amount(line, "pro_rata_fen");
  }
  WritePaidLines(paid, pen);
}

void WriteCost(const Fields& event, const PayloadPen& pen) {
  pen.Name(event, "agreement");
  pen.Name(event, "cost_kind");
  pen.Amount(event, "entry_fen");
  pen.Amount(event, "amount_fen");
  pen.Address(event, "sale");
  pen.out.U16(static_cast<std::uint64_t>(event.Amount("sale_line")));
  pen.out.U16(event.Flag("sale_line", 1) | event.Mark("posted", 2));
  const Fields true_up = event.Inner("true_up");
  pen.Month(true_up, "from");
  pen.Month(true_up, "to");
  pen.Month(event, "month");
  pen.out.Zeros(6);
}

void WriteAccrual(const Fields& event, const PayloadPen& pen) {
  pen.Name(event, "agreement");
  pen.out.U32(static_cast<std::uint64_t>(event.Amount("residue")));
  pen.Amount(event, "entry_fen");
  pen.Amount(event, "base_fen");
  pen.Amount(event, "due_total_fen");
  pen.Amount(event, "due_change_fen");
  pen.Month(event, "month");
  pen.out.U8(event.Word("reason", {"entry", "reversal", "catch_up", "amendment"}));
  pen.out.Zeros(5);
}

void WriteSettlement(const Fields& event, const PayloadPen& pen) {
  pen.Name(event, "agreement");
  pen.Day(event, "through");
  pen.out.U16(static_cast<std::uint64_t>(event.Amount("terms_days")));
  pen.Amount(event, "due_fen");
  pen.Amount(event, "high_fen");
  pen.Amount(event, "from_advance_fen");
  pen.Amount(event, "to_advance_fen");
  pen.Day(event, "due_on");
  pen.out.U16(event.Flag("terms_days", 1));
  pen.out.Zeros(4);
}

void WriteWaiver(const Fields& event, const PayloadPen& pen) {
  pen.Name(event, "agreement");
  pen.Name(event, "reason");
  pen.Amount(event, "amount_fen");
}

void WriteReceipt(const Fields& event, const PayloadPen& pen) {
  const std::vector<std::string> bills = event.Texts("bills");
  const std::vector<Fields> allocated = event.Lines("allocated");
  for (const char* name : {"fund", "from", "account", "agreement", "grant", "purpose", "matter"}) {
    pen.Name(event, name);
  }
  pen.PotField(event, "pot");
  pen.out.Zeros(2);
  pen.Amount(event, "amount_fen");
  pen.Amount(event, "advance_fen");
  pen.out.U16(bills.size());
  pen.out.U16(allocated.size());
  pen.out.U8(event.Text("bank_ref").size());
  pen.out.U8(event.Text("receipt_no").size());
  pen.out.Zeros(2);
  for (const std::string& month : bills) pen.out.U16(MonthOf(month));
  pen.out.Pad();
  for (const Fields& line : allocated) {
    pen.Amount(line, "amount_fen");
    pen.Month(line, "period");
    pen.out.Zeros(6);
  }
  pen.Token(event, "bank_ref");
  pen.Token(event, "receipt_no");
}

void WritePayment(const Fields& event, const PayloadPen& pen) {
  const std::vector<std::string> approvals = event.Texts("approvals");
  pen.Address(event, "request");
  for (const char* name : {"fund", "payee", "purpose", "account", "grant", "agreement", "matter"}) {
    pen.Name(event, name);
  }
  pen.out.U8(event.Word(
      "use", {"expense", "payable", "advance", "grant", "transfer", "release", "return_to_donor"}));
  pen.PotField(event, "pot");
  pen.out.U8(event.Flag("pot", 1) | event.Flag("approvals", 2));
  pen.Amount(event, "amount_fen");
  pen.out.U16(approvals.size());
  pen.out.U8(event.Text("bank_ref").size());
  pen.out.Zeros(5);
  for (const std::string& address : approvals) pen.out.U64(AddressOf(address));
  pen.Token(event, "bank_ref");
}

}  // namespace suanpan::opinion::bytes
