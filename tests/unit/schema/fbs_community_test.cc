// The structs of service, points, redemptions and days in schema/fbs/suanpan.fbs are what the code
// writes.

#include "fbs_schema.h"
#include "suanpan/schema/kinds/days.h"
#include "suanpan/schema/kinds/orders.h"
#include "suanpan/schema/kinds/points.h"
#include "suanpan/schema/kinds/redemptions.h"
#include "suanpan/schema/kinds/service.h"
#include "suanpan/schema/kinds/slots.h"

namespace suanpan::schema {
namespace {

TEST(FbsCommunity, ServicesHaveTheSameBytes) {
  using Service = ServiceRecorded::Fixed;
  ExpectStruct("ServiceRecordedV1", sizeof(Service),
               {MEMBER(Service, person, "person"), MEMBER(Service, holder, "holder"),
                MEMBER(Service, service_kind, "service_kind"), MEMBER(Service, place, "place"),
                MEMBER(Service, team, "team"), MEMBER(Service, service_class, "class"),
                MEMBER(Service, beneficiaries, "beneficiaries"), MEMBER(Service, flags, "flags"),
                MEMBER(Service, from, "from"), MEMBER(Service, to, "to"),
                MEMBER(Service, minutes, "minutes"), MEMBER(Service, quantity, "quantity"),
                MEMBER(Service, order, "order"), MEMBER(Service, session, "session"),
                MEMBER(Service, slot, "slot"), MEMBER(Service, distance, "distance_m")});
  using Attested = ServiceAttested::Fixed;
  ExpectStruct("ServiceAttestedV1", sizeof(Attested),
               {MEMBER(Attested, service, "service"), MEMBER(Attested, previous, "previous"),
                MEMBER(Attested, person, "person"), MEMBER(Attested, step, "step"),
                MEMBER(Attested, quality, "quality"), MEMBER(Attested, minutes_class, "class"),
                MEMBER(Attested, flags, "flags"), MEMBER(Attested, minutes, "minutes"),
                MEMBER(Attested, credited, "credited_minutes")});
}

TEST(FbsCommunity, OrdersAndParcelsHaveTheSameBytes) {
  using Placed = OrderPlaced::Fixed;
  ExpectStruct(
      "OrderPlacedV1", sizeof(Placed),
      {MEMBER(Placed, requester, "requester"), MEMBER(Placed, service_kind, "service_kind"),
       MEMBER(Placed, place, "place"), MEMBER(Placed, beneficiary, "beneficiary"),
       MEMBER(Placed, wanted_by, "wanted_by"), MEMBER(Placed, zero, "zero")});
  using Moved = OrderMoved::Fixed;
  ExpectStruct("OrderMovedV1", sizeof(Moved),
               {MEMBER(Moved, order, "order"), MEMBER(Moved, previous, "previous"),
                MEMBER(Moved, team, "team"), MEMBER(Moved, server, "server"),
                MEMBER(Moved, reason, "reason"), MEMBER(Moved, was_server, "was_server"),
                MEMBER(Moved, to, "to"), MEMBER(Moved, was, "was"), MEMBER(Moved, zero, "zero")});
  using Passed = CustodyPassed::Fixed;
  ExpectStruct(
      "CustodyPassedV1", sizeof(Passed),
      {MEMBER(Passed, order, "order"), MEMBER(Passed, previous, "previous"),
       MEMBER(Passed, quantity, "quantity"), MEMBER(Passed, from, "from"), MEMBER(Passed, to, "to"),
       MEMBER(Passed, place, "place"), MEMBER(Passed, parcel, "parcel"),
       MEMBER(Passed, checked, "checked"), MEMBER(Passed, zero, "zero")});
}

TEST(FbsCommunity, SlotsHaveTheSameBytes) {
  using Slot = SlotScheduled::Fixed;
  ExpectStruct(
      "SlotScheduledV1", sizeof(Slot),
      {MEMBER(Slot, place, "place"), MEMBER(Slot, holder, "holder"), MEMBER(Slot, from, "from"),
       MEMBER(Slot, to, "to"), MEMBER(Slot, slot_type, "slot_type"), MEMBER(Slot, zero, "zero")});
  using Marked = SlotMarked::Fixed;
  ExpectStruct("SlotMarkedV1", sizeof(Marked),
               {MEMBER(Marked, slot, "slot"), MEMBER(Marked, by, "by"), MEMBER(Marked, as, "as"),
                MEMBER(Marked, zero, "zero")});
}

TEST(FbsCommunity, AwardsAndDeductionsHaveTheSameBytes) {
  using Awarded = PointsAwarded::Fixed;
  ExpectStruct("PointsAwardedV1", sizeof(Awarded),
               {MEMBER(Awarded, scheme, "scheme"), MEMBER(Awarded, holder, "holder"),
                MEMBER(Awarded, person, "person"), MEMBER(Awarded, item, "item"),
                MEMBER(Awarded, times, "times"), MEMBER(Awarded, counted, "counted"),
                MEMBER(Awarded, zero, "zero")});
  using Deducted = PointsDeducted::Fixed;
  ExpectStruct("PointsDeductedV1", sizeof(Deducted),
               {MEMBER(Deducted, scheme, "scheme"), MEMBER(Deducted, holder, "holder"),
                MEMBER(Deducted, person, "person"), MEMBER(Deducted, item, "item"),
                MEMBER(Deducted, reason, "reason"), MEMBER(Deducted, times, "times"),
                MEMBER(Deducted, lots, "lots"), MEMBER(Deducted, points, "points"),
                MEMBER(Deducted, claim, "claim")});
  ExpectStruct("TakenLotV1", sizeof(TakenLot),
               {MEMBER(TakenLot, lot, "lot"), MEMBER(TakenLot, quantity, "quantity"),
                MEMBER(TakenLot, person, "person"), MEMBER(TakenLot, earned, "earned"),
                MEMBER(TakenLot, usable_from, "usable_from"), MEMBER(TakenLot, expires, "expires"),
                MEMBER(TakenLot, zero, "zero")});
}

TEST(FbsCommunity, WhatTheLedgerDoesToLotsHasTheSameBytes) {
  using Granted = PointsGranted::Fixed;
  ExpectStruct("PointsGrantedV1", sizeof(Granted),
               {MEMBER(Granted, scheme, "scheme"), MEMBER(Granted, holder, "holder"),
                MEMBER(Granted, person, "person"), MEMBER(Granted, reason, "reason"),
                MEMBER(Granted, zero, "zero"), MEMBER(Granted, points, "points"),
                MEMBER(Granted, counted, "counted"), MEMBER(Granted, carry_total, "carry_total"),
                MEMBER(Granted, offset, "offset"), MEMBER(Granted, earned, "earned"),
                MEMBER(Granted, usable_from, "usable_from"), MEMBER(Granted, expires, "expires"),
                MEMBER(Granted, zero2, "zero2")});
  using Expired = PointsExpired::Fixed;
  ExpectStruct(
      "PointsExpiredV1", sizeof(Expired),
      {MEMBER(Expired, scheme, "scheme"), MEMBER(Expired, holder, "holder"),
       MEMBER(Expired, on, "on"), MEMBER(Expired, lots, "lots"), MEMBER(Expired, zero, "zero")});
  ExpectStruct("ExpiredLotV1", sizeof(ExpiredLot),
               {MEMBER(ExpiredLot, lot, "lot"), MEMBER(ExpiredLot, quantity, "quantity")});
  using Adjusted = PointsAdjusted::Fixed;
  ExpectStruct("PointsAdjustedV1", sizeof(Adjusted),
               {MEMBER(Adjusted, scheme, "scheme"), MEMBER(Adjusted, holder, "holder"),
                MEMBER(Adjusted, claim_change, "claim_change"), MEMBER(Adjusted, lots, "lots"),
                MEMBER(Adjusted, reason, "reason"), MEMBER(Adjusted, zero, "zero")});
  ExpectStruct("LotChangeV1", sizeof(LotChange),
               {MEMBER(LotChange, lot, "lot"), MEMBER(LotChange, change, "change"),
                MEMBER(LotChange, expires, "expires"), MEMBER(LotChange, against, "against"),
                MEMBER(LotChange, zero, "zero")});
}

TEST(FbsCommunity, RedemptionsAndDaysHaveTheSameBytes) {
  using Made = RedemptionMade::Fixed;
  ExpectStruct(
      "RedemptionMadeV1", sizeof(Made),
      {MEMBER(Made, scheme, "scheme"), MEMBER(Made, holder, "holder"), MEMBER(Made, by, "by"),
       MEMBER(Made, purpose, "purpose"), MEMBER(Made, lines, "lines"), MEMBER(Made, lots, "lots"),
       MEMBER(Made, zero, "zero"), MEMBER(Made, points, "points"), MEMBER(Made, cost, "cost_fen")});
  using Line = RedemptionLine;
  ExpectStruct(
      "RedemptionLineV1", sizeof(Line),
      {MEMBER(Line, reward, "reward"), MEMBER(Line, beneficiary, "beneficiary"),
       MEMBER(Line, quantity, "quantity"), MEMBER(Line, points, "points"),
       MEMBER(Line, cost, "cost_fen"), MEMBER(Line, source, "source"), MEMBER(Line, fund, "fund"),
       MEMBER(Line, pot, "from_pot"), MEMBER(Line, supply, "supply"), MEMBER(Line, zero, "zero")});
  using Day = DayClosed::Fixed;
  ExpectStruct("DayClosedV1", sizeof(Day),
               {MEMBER(Day, date, "date"), MEMBER(Day, flags, "flags"), MEMBER(Day, page, "page")});
}

}  // namespace
}  // namespace suanpan::schema
