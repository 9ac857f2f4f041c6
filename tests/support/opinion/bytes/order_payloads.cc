// Orders, sessions, slots and assessments: docs/format-payloads.md, field by field.

#include "support/opinion/bytes/payloads.h"
#include "support/opinion/bytes/table_pen.h"

namespace suanpan::opinion::bytes {
namespace {

/// A count of 32 bits, and whether it was stated.
void Heads(const TablePen& pen, const char* field) {
  pen.table.U32(static_cast<std::uint64_t>(pen.event.Amount(field)), pen.event.Has(field));
}

/// An amount that may be 0 where it was stated.
void AmountIf(const TablePen& pen, const char* field) {
  pen.table.I64(pen.event.Amount(field), pen.event.Has(field));
}

void Time(const TablePen& pen, const char* field) {
  const StatedTime time = pen.event.Time(field);
  pen.table.Time(static_cast<std::uint32_t>(time.seconds), time.quarters);
}

}  // namespace

void WriteOrder(const Fields& event, const PayloadPen& pen) {
  for (const char* field : {"requester", "service_kind", "place", "beneficiary"})
    pen.Name(event, field);
  pen.Day(event, "wanted_by");
  pen.out.Zeros(6);
}

void WriteOrderMove(const Fields& event, const PayloadPen& pen) {
  pen.Address(event, "order");
  pen.Address(event, "previous");
  for (const char* field : {"team", "server", "reason", "was_server"}) pen.Name(event, field);
  pen.out.U8(event.Word(
      "to", {"accepted", "dispatched", "taken", "declined", "cancelled", "failed", "expired"}));
  pen.out.U8(event.Word("was", {"placed", "accepted", "dispatched", "taken", "done", "confirmed",
                                "cancelled", "failed", "expired"}));
  pen.out.Zeros(6);
}

void WriteCustody(const Fields& event, const PayloadPen& pen) {
  pen.Address(event, "order");
  pen.Address(event, "previous");
  pen.Amount(event, "quantity");
  for (const char* field : {"from", "to", "place"}) pen.Name(event, field);
  pen.out.U8(event.Text("parcel").size());
  pen.out.U8(event.Truth("checked"));
  pen.out.Zeros(2);
  pen.Token(event, "parcel");
}

Table SessionTable(const Fields& event, Names& names, Slip slip) {
  Table table{slip};
  const TablePen pen{event, names, table};
  pen.Word("session_type", {"activity", "training", "club", "group", "casework", "meeting",
                            "morning_meeting", "supervision_onsite", "supervision_remote",
                            "monthly_contact", "quarterly_schedule", "free_clinic"});
  for (const char* field : {"service_kind", "place", "unit", "body", "organiser"}) pen.Name(field);
  Time(pen, "from");
  Time(pen, "to");
  pen.Amount("minutes");
  Heads(pen, "expected");
  pen.Name("matter");
  return table;
}

Table AttendanceTable(const Fields& event, Names& names, Slip slip) {
  Table table{slip};
  const TablePen pen{event, names, table};
  pen.Address("session");
  std::vector<Table> rows;
  for (const Fields& line : event.Lines("rows")) {
    const TablePen row{line, names, rows.emplace_back(slip)};
    row.Name("person");
    row.Word("role", {"participant", "volunteer", "trainee", "member"});
    row.Amount("minutes");
  }
  table.Rows(std::move(rows));
  Heads(pen, "uncounted");
  return table;
}

void WriteSlot(const Fields& event, const PayloadPen& pen) {
  pen.Name(event, "place");
  pen.Name(event, "holder");
  pen.Time(event, "from");
  pen.Time(event, "to");
  pen.out.U8(event.Word("slot_type", {"stall", "duty", "room"}));
  pen.out.Zeros(7);
}

void WriteSlotMark(const Fields& event, const PayloadPen& pen) {
  pen.Address(event, "slot");
  pen.Name(event, "by");
  pen.out.U8(event.Word("as", {"checked_in", "no_show", "cancelled"}));
  pen.out.Zeros(3);
}

Table AssessmentTable(const Fields& event, Names& names, Slip slip) {
  Table table{slip};
  const TablePen pen{event, names, table};
  pen.Name("template");
  pen.Name("about");
  pen.Address("concerns");
  pen.Name("respondent");
  std::vector<Table> answers;
  for (const Fields& line : event.Lines("answers")) {
    const TablePen answer{line, names, answers.emplace_back(slip)};
    answer.Name("item");
    AmountIf(answer, "score");
    answer.Name("answer");
  }
  table.Rows(std::move(answers));
  AmountIf(pen, "total");
  AmountIf(pen, "of");
  return table;
}

}  // namespace suanpan::opinion::bytes
