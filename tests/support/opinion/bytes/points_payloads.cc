// Service, points, redemptions and days: docs/format-payloads.md, section 4, field by field.

#include "support/opinion/bytes/payloads.h"

namespace suanpan::opinion::bytes {
namespace {

void WriteTakenLots(const std::vector<Fields>& lots, const PayloadPen& pen) {
  for (const Fields& lot : lots) {
    pen.Address(lot, "lot");
    pen.Amount(lot, "quantity");
    pen.Name(lot, "person");
    pen.Day(lot, "earned");
    pen.Day(lot, "usable_from");
    pen.Day(lot, "expires");
    pen.out.Zeros(6);
  }
}

void WriteNames(const Fields& event, const PayloadPen& pen,
                std::initializer_list<const char*> fields) {
  for (const char* field : fields) pen.Name(event, field);
}

}  // namespace

void WriteService(const Fields& event, const PayloadPen& pen) {
  const std::vector<std::string> beneficiaries = event.Texts("beneficiaries");
  WriteNames(event, pen, {"person", "holder", "service_kind"});
  // The names of the rows are numbered before those of the fields that follow here.
  for (const std::string& name : beneficiaries) pen.names.Number(name);
  WriteNames(event, pen, {"place", "team"});
  pen.out.U8(event.Word("class", {"service", "duty"}));
  pen.out.U8(beneficiaries.size());
  pen.out.U16(event.Flag("holder", 1) | event.Flag("distance_m", 2));
  pen.Time(event, "from");
  pen.Time(event, "to");
  pen.Amount(event, "minutes");
  pen.Amount(event, "quantity");
  for (const char* field : {"order", "session", "slot"}) pen.Address(event, field);
  pen.Amount(event, "distance_m");
  for (const std::string& name : beneficiaries) pen.out.U32(pen.names.Number(name));
  pen.out.Pad();
}

void WriteAttestation(const Fields& event, const PayloadPen& pen) {
  pen.Address(event, "service");
  pen.Address(event, "previous");
  pen.Name(event, "person");
  pen.out.U8(event.Word("step", {"served", "worker", "organiser"}));
  pen.out.U8(static_cast<std::uint64_t>(event.Amount("quality")));
  pen.out.U8(event.Word("class", {"service", "duty", "training", "opening"}));
  pen.out.U8(event.Flag("minutes", 1) | event.Mark("credited", 2));
  pen.Amount(event, "minutes");
  pen.Amount(event, "credited_minutes");
}

void WriteAward(const Fields& event, const PayloadPen& pen) {
  WriteNames(event, pen, {"scheme", "holder", "person", "item"});
  pen.Count16(event, "times");
  pen.Count16(event, "counted");
  pen.out.Zeros(4);
}

void WriteDeduction(const Fields& event, const PayloadPen& pen) {
  const std::vector<Fields> lots = event.Lines("lots");
  WriteNames(event, pen, {"scheme", "holder", "person", "item", "reason"});
  pen.Count16(event, "times");
  pen.out.U16(lots.size());
  pen.Amount(event, "points");
  pen.Amount(event, "claim");
  WriteTakenLots(lots, pen);
}

void WriteGrant(const Fields& event, const PayloadPen& pen) {
  WriteNames(event, pen, {"scheme", "holder", "person"});
  pen.out.U8(event.Word("reason", {"service", "item", "catch_up", "carry"}));
  pen.out.Zeros(3);
  for (const char* field : {"points", "counted", "carry_total", "offset"}) {
    pen.Amount(event, field);
  }
  for (const char* field : {"earned", "usable_from", "expires"}) pen.Day(event, field);
  pen.out.Zeros(2);
}

void WriteExpiry(const Fields& event, const PayloadPen& pen) {
  const std::vector<Fields> lots = event.Lines("lots");
  WriteNames(event, pen, {"scheme", "holder"});
  pen.Day(event, "on");
  pen.out.U16(lots.size());
  pen.out.Zeros(4);
  for (const Fields& lot : lots) {
    pen.Address(lot, "lot");
    pen.Amount(lot, "quantity");
  }
}

void WriteAdjustment(const Fields& event, const PayloadPen& pen) {
  const std::vector<Fields> lots = event.Lines("lots");
  WriteNames(event, pen, {"scheme", "holder"});
  pen.Amount(event, "claim_change");
  pen.out.U16(lots.size());
  pen.out.U8(event.Word("reason", {"reversal", "restore", "late", "catch_up", "extension"}));
  pen.out.Zeros(5);
  for (const Fields& lot : lots) {
    pen.Address(lot, "lot");
    pen.Amount(lot, "change");
    pen.Day(lot, "expires");
    pen.out.U8(lot.Word("against", {"issued", "redeemed", "expired", "deducted"}));
    pen.out.Zeros(5);
  }
}

void WriteRedemption(const Fields& event, const PayloadPen& pen) {
  const std::vector<Fields> lines = event.Lines("lines");
  const std::vector<Fields> lots = event.Lines("lots");
  WriteNames(event, pen, {"scheme", "holder", "by"});
  for (const Fields& line : lines) {  // numbered before the purpose
    pen.names.Number(line.Text("reward"));
    pen.names.Number(line.Text("beneficiary"));
  }
  pen.Name(event, "purpose");
  pen.out.U16(lines.size());
  pen.out.U16(lots.size());
  pen.out.Zeros(4);
  pen.Amount(event, "points");
  pen.Amount(event, "cost_fen");
  for (const Fields& line : lines) {
    WriteNames(line, pen, {"reward", "beneficiary"});
    for (const char* field : {"quantity", "points", "cost_fen"}) pen.Amount(line, field);
    WriteNames(line, pen, {"source", "fund"});
    pen.PotField(line, "from_pot");
    pen.out.U8(line.Word("supply", {"stock", "place", "vendor", "partner"}));
    pen.out.Zeros(5);
  }
  WriteTakenLots(lots, pen);
}

void WriteDay(const Fields& event, const PayloadPen& pen) {
  pen.Day(event, "date");
  pen.out.U16(event.Mark("more", 1));
  pen.out.U32(static_cast<std::uint64_t>(event.Amount("page")));
}

}  // namespace suanpan::opinion::bytes
