#include "support/opinion/bytes/payloads.h"

#include <map>
#include <stdexcept>

namespace suanpan::opinion::bytes {
namespace {

using StructKind = void (*)(const Fields&, const PayloadPen&);
using TableKind = Table (*)(const Fields&, Names&, Slip);

struct Kind {
  std::uint16_t number = 0;
  StructKind as_struct = nullptr;
  TableKind as_table = nullptr;
};

const std::map<std::string, Kind, std::less<>> kKinds = {
    {"book.opened", {1, nullptr, BookTable}},
    {"party.registered", {2, nullptr, PartyTable}},
    {"place.registered", {3, nullptr, PlaceTable}},
    {"register.closed", {4, nullptr, ClosingTable}},
    {"relation.started", {5, nullptr, RelationTable}},
    {"relation.ended", {6, nullptr, RelationEndTable}},
    {"code.defined", {7, nullptr, CodeTable}},
    {"subject.erased", {11, nullptr, ErasureTable}},
    {"policy.proposed", {12, nullptr, ProposalTable}},
    {"policy.adopted", {13, nullptr, AdoptionTable}},
    {"rule.applied", {14, nullptr, CatchUpTable}},
    {"agreement.signed", {15, nullptr, AgreementTable}},
    {"approval.given", {17, nullptr, ApprovalTable}},
    {"sale.recorded", {20, WriteSale, nullptr}},
    {"refund.recorded", {21, WriteRefund, nullptr}},
    {"cost.recorded", {22, WriteCost, nullptr}},
    {"donation.accrued", {24, WriteAccrual, nullptr}},
    {"settlement.closed", {25, WriteSettlement, nullptr}},
    {"due.waived", {26, WriteWaiver, nullptr}},
    {"fund.opened", {27, nullptr, FundTable}},
    {"funds.received", {29, WriteReceipt, nullptr}},
    {"spending.requested", {30, nullptr, RequestTable}},
    {"money.paid", {31, WritePayment, nullptr}},
    {"advance.settled", {33, WriteAdvance, nullptr}},
    {"goods.received", {38, nullptr, GoodsInTable}},
    {"goods.issued", {39, nullptr, GoodsOutTable}},
    {"goods.counted", {40, nullptr, GoodsCountTable}},
    {"order.placed", {42, WriteOrder, nullptr}},
    {"order.moved", {43, WriteOrderMove, nullptr}},
    {"custody.passed", {44, WriteCustody, nullptr}},
    {"session.held", {45, nullptr, SessionTable}},
    {"attendance.recorded", {46, nullptr, AttendanceTable}},
    {"service.recorded", {47, WriteService, nullptr}},
    {"service.attested", {48, WriteAttestation, nullptr}},
    {"slot.scheduled", {49, WriteSlot, nullptr}},
    {"slot.marked", {50, WriteSlotMark, nullptr}},
    {"assessment.recorded", {51, nullptr, AssessmentTable}},
    {"points.awarded", {52, WriteAward, nullptr}},
    {"points.deducted", {53, WriteDeduction, nullptr}},
    {"points.granted", {54, WriteGrant, nullptr}},
    {"points.expired", {55, WriteExpiry, nullptr}},
    {"points.adjusted", {56, WriteAdjustment, nullptr}},
    {"points.moved", {57, nullptr, MoveTable}},
    {"offer.opened", {58, nullptr, OfferTable}},
    {"redemption.made", {59, WriteRedemption, nullptr}},
    {"place.marked", {60, WriteMark, nullptr}},
    {"day.closed", {61, WriteDay, nullptr}},
    {"entry.reversed", {63, WriteReversal, nullptr}},
};

const Kind& KindOf(std::string_view name) {
  const auto found = kKinds.find(name);
  if (found == kKinds.end()) throw std::invalid_argument{"no kind " + std::string{name}};
  return found->second;
}

}  // namespace

std::uint16_t KindNumber(std::string_view kind) { return KindOf(kind).number; }

void WritePayload(std::string_view kind, const Fields& event, const PayloadPen& pen) {
  const Kind& known = KindOf(kind);
  if (known.as_struct != nullptr) return known.as_struct(event, pen);
  pen.out.Raw(known.as_table(event, pen.names, pen.out.slip()).Finish());
  pen.out.Pad();
}

}  // namespace suanpan::opinion::bytes
