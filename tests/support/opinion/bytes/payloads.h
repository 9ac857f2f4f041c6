#pragma once

// The payload of every kind: docs/format-payloads.md, a function each.

#include <string>
#include <string_view>

#include "support/opinion/bytes/bytes.h"
#include "support/opinion/bytes/fields.h"
#include "support/opinion/bytes/names.h"
#include "support/opinion/bytes/table.h"

namespace suanpan::opinion::bytes {

/// Where the parts of one payload are put. Names are numbered as they are written.
struct PayloadPen {
  Bytes& out;
  Names& names;

  void Name(const Fields& from, const char* field) const {
    out.U32(names.Number(from.Text(field)));
  }
  void Amount(const Fields& from, const char* field) const { out.I64(from.Amount(field)); }
  void Address(const Fields& from, const char* field) const { out.U64(from.Address(field)); }
  void Day(const Fields& from, const char* field) const { out.U16(from.Day(field)); }
  void Month(const Fields& from, const char* field) const { out.U16(from.Month(field)); }
  void PotField(const Fields& from, const char* field) const {
    const Pot pot = from.PotField(field);
    out.U8(pot.pot_class);
    out.U8(pot.source);
  }
  void Count16(const Fields& from, const char* field) const {
    out.U16(static_cast<std::uint64_t>(from.Amount(field)));
  }
  void Time(const Fields& from, const char* field) const {
    const StatedTime time = from.Time(field);
    out.U32(static_cast<std::uint64_t>(time.seconds));
    out.U8(static_cast<std::uint64_t>(time.quarters));
    out.Zeros(3);
  }
  /// The bytes of a token, padded.
  void Token(const Fields& from, const char* field) const {
    out.Raw(from.Text(field));
    out.Pad();
  }
};

/// The number of a kind; std::invalid_argument where there is no such kind of a fact or accrual.
[[nodiscard]] std::uint16_t KindNumber(std::string_view kind);

/// Writes the padded payload of an event.
void WritePayload(std::string_view kind, const Fields& event, const PayloadPen& pen);

// The struct kinds.
void WriteSale(const Fields& event, const PayloadPen& pen);
void WriteRefund(const Fields& event, const PayloadPen& pen);
void WriteCost(const Fields& event, const PayloadPen& pen);
void WriteAccrual(const Fields& event, const PayloadPen& pen);
void WriteSettlement(const Fields& event, const PayloadPen& pen);
void WriteWaiver(const Fields& event, const PayloadPen& pen);
void WriteReceipt(const Fields& event, const PayloadPen& pen);
void WritePayment(const Fields& event, const PayloadPen& pen);
void WriteService(const Fields& event, const PayloadPen& pen);
void WriteAttestation(const Fields& event, const PayloadPen& pen);
void WriteAward(const Fields& event, const PayloadPen& pen);
void WriteDeduction(const Fields& event, const PayloadPen& pen);
void WriteGrant(const Fields& event, const PayloadPen& pen);
void WriteExpiry(const Fields& event, const PayloadPen& pen);
void WriteAdjustment(const Fields& event, const PayloadPen& pen);
void WriteRedemption(const Fields& event, const PayloadPen& pen);
void WriteDay(const Fields& event, const PayloadPen& pen);
void WriteAdvance(const Fields& event, const PayloadPen& pen);
void WriteMark(const Fields& event, const PayloadPen& pen);
void WriteReversal(const Fields& event, const PayloadPen& pen);
void WriteOrder(const Fields& event, const PayloadPen& pen);
void WriteOrderMove(const Fields& event, const PayloadPen& pen);
void WriteCustody(const Fields& event, const PayloadPen& pen);
void WriteSlot(const Fields& event, const PayloadPen& pen);
void WriteSlotMark(const Fields& event, const PayloadPen& pen);

// The table kinds.
[[nodiscard]] Table BookTable(const Fields& event, Names& names, Slip slip);
[[nodiscard]] Table PartyTable(const Fields& event, Names& names, Slip slip);
[[nodiscard]] Table PlaceTable(const Fields& event, Names& names, Slip slip);
[[nodiscard]] Table ClosingTable(const Fields& event, Names& names, Slip slip);
[[nodiscard]] Table RelationTable(const Fields& event, Names& names, Slip slip);
[[nodiscard]] Table RelationEndTable(const Fields& event, Names& names, Slip slip);
[[nodiscard]] Table CodeTable(const Fields& event, Names& names, Slip slip);
[[nodiscard]] Table ErasureTable(const Fields& event, Names& names, Slip slip);
[[nodiscard]] Table ProposalTable(const Fields& event, Names& names, Slip slip);
[[nodiscard]] Table AdoptionTable(const Fields& event, Names& names, Slip slip);
[[nodiscard]] Table CatchUpTable(const Fields& event, Names& names, Slip slip);
[[nodiscard]] Table AgreementTable(const Fields& event, Names& names, Slip slip);
[[nodiscard]] Table ApprovalTable(const Fields& event, Names& names, Slip slip);
[[nodiscard]] Table FundTable(const Fields& event, Names& names, Slip slip);
[[nodiscard]] Table RequestTable(const Fields& event, Names& names, Slip slip);
[[nodiscard]] Table MoveTable(const Fields& event, Names& names, Slip slip);
[[nodiscard]] Table GoodsInTable(const Fields& event, Names& names, Slip slip);
[[nodiscard]] Table GoodsOutTable(const Fields& event, Names& names, Slip slip);
[[nodiscard]] Table GoodsCountTable(const Fields& event, Names& names, Slip slip);
[[nodiscard]] Table OfferTable(const Fields& event, Names& names, Slip slip);
[[nodiscard]] Table SessionTable(const Fields& event, Names& names, Slip slip);
[[nodiscard]] Table AttendanceTable(const Fields& event, Names& names, Slip slip);
[[nodiscard]] Table AssessmentTable(const Fields& event, Names& names, Slip slip);

}  // namespace suanpan::opinion::bytes
