#pragma once

// Every kind's struct, for tests that need the type and not only its KindInfo. A test compares the
// list with the catalogue.

#include <tuple>

#include "suanpan/schema/kinds/advances.h"
#include "suanpan/schema/kinds/assessments.h"
#include "suanpan/schema/kinds/catch_up.h"
#include "suanpan/schema/kinds/codes.h"
#include "suanpan/schema/kinds/corrections.h"
#include "suanpan/schema/kinds/costs.h"
#include "suanpan/schema/kinds/days.h"
#include "suanpan/schema/kinds/donations.h"
#include "suanpan/schema/kinds/erasures.h"
#include "suanpan/schema/kinds/funds.h"
#include "suanpan/schema/kinds/goods.h"
#include "suanpan/schema/kinds/governance.h"
#include "suanpan/schema/kinds/log.h"
#include "suanpan/schema/kinds/offers.h"
#include "suanpan/schema/kinds/orders.h"
#include "suanpan/schema/kinds/places.h"
#include "suanpan/schema/kinds/points.h"
#include "suanpan/schema/kinds/policies.h"
#include "suanpan/schema/kinds/redemptions.h"
#include "suanpan/schema/kinds/registers.h"
#include "suanpan/schema/kinds/relations.h"
#include "suanpan/schema/kinds/sales.h"
#include "suanpan/schema/kinds/service.h"
#include "suanpan/schema/kinds/sessions.h"
#include "suanpan/schema/kinds/slots.h"

namespace suanpan::schema {

template <class... T>
struct KindList {
  /// Calls `visit.template operator()<T>()` for every kind.
  template <class Visit>
  static void ForEach(Visit&& visit) {
    (visit.template operator()<T>(), ...);
  }
};

using AllKinds =
    KindList<BookOpened, PartyRegistered, PlaceRegistered, RegisterClosed, RelationStarted,
             RelationEnded, CodeDefined, SubjectErased, PolicyProposed, PolicyAdopted, RuleApplied,
             AgreementSigned, ApprovalGiven, SaleRecorded, RefundRecorded, CostRecorded,
             DonationAccrued, SettlementClosed, DueWaived, FundOpened, FundsReceived,
             SpendingRequested, MoneyPaid, AdvanceSettled, GoodsReceived, GoodsIssued, GoodsCounted,
             OfferOpened, PlaceMarked, OrderPlaced, OrderMoved, CustodyPassed, SessionHeld,
             AttendanceRecorded, ServiceRecorded, ServiceAttested, SlotScheduled, SlotMarked,
             AssessmentRecorded, PointsAwarded, PointsDeducted, PointsGranted, PointsExpired,
             PointsAdjusted, PointsMoved, RedemptionMade, DayClosed, EntryReversed, RefIntroduced,
             LogRestored, SchemaAdded>;

}  // namespace suanpan::schema
