#include "suanpan/rules/catalogue.h"

#include "src/kinds/advances.h"
#include "src/kinds/catch_up/applied.h"
#include "src/kinds/corrections/reversal.h"
#include "src/kinds/days.h"
#include "src/kinds/erasures/erased.h"
#include "src/kinds/funds.h"
#include "src/kinds/goods.h"
#include "src/kinds/log.h"
#include "src/kinds/offers.h"
#include "src/kinds/orders/assessments.h"
#include "src/kinds/orders/orders.h"
#include "src/kinds/points/awards.h"
#include "src/kinds/points/lots.h"
#include "src/kinds/points/moves.h"
#include "src/kinds/points/service.h"
#include "src/kinds/policies/policies.h"
#include "src/kinds/redemptions/redemptions.h"
#include "src/kinds/registers/registers.h"
#include "src/kinds/sales.h"
#include "src/kinds/sessions/sessions.h"
#include "src/kinds/settlements.h"

namespace suanpan::rules {
namespace {

void AddRegisters(Catalogue& catalogue) {
  catalogue.Add<BookOpenedRule>();
  catalogue.Add<PartyRegisteredRule>();
  catalogue.Add<PlaceRegisteredRule>();
  catalogue.Add<RegisterClosedRule>();
  catalogue.Add<RelationStartedRule>();
  catalogue.Add<RelationEndedRule>();
  catalogue.Add<CodeDefinedRule>();
  catalogue.Add<SubjectErasedRule>();
  catalogue.Add<PolicyProposedRule>();
  catalogue.Add<PolicyAdoptedRule>();
  catalogue.Add<RuleAppliedRule>();
  catalogue.Add<AgreementSignedRule>();
  catalogue.Add<ApprovalGivenRule>();
  catalogue.Add<FundOpenedRule>();
}

void AddMoney(Catalogue& catalogue) {
  catalogue.Add<SaleRecordedRule>();
  catalogue.Add<RefundRecordedRule>();
  catalogue.Add<CostRecordedRule>();
  catalogue.Add<DonationAccruedRule>();
  catalogue.Add<SettlementClosedRule>();
  catalogue.Add<DueWaivedRule>();
  catalogue.Add<FundsReceivedRule>();
  catalogue.Add<SpendingRequestedRule>();
  catalogue.Add<MoneyPaidRule>();
  catalogue.Add<AdvanceSettledRule>();
  catalogue.Add<GoodsReceivedRule>();
  catalogue.Add<GoodsIssuedRule>();
  catalogue.Add<GoodsCountedRule>();
}

void AddOrders(Catalogue& catalogue) {
  catalogue.Add<OrderPlacedRule>();
  catalogue.Add<OrderMovedRule>();
  catalogue.Add<CustodyPassedRule>();
  catalogue.Add<SessionHeldRule>();
  catalogue.Add<AttendanceRecordedRule>();
  catalogue.Add<SlotScheduledRule>();
  catalogue.Add<SlotMarkedRule>();
  catalogue.Add<AssessmentRecordedRule>();
}

void AddPoints(Catalogue& catalogue) {
  catalogue.Add<OfferOpenedRule>();
  catalogue.Add<PlaceMarkedRule>();
  catalogue.Add<ServiceRecordedRule>();
  catalogue.Add<ServiceAttestedRule>();
  catalogue.Add<PointsAwardedRule>();
  catalogue.Add<PointsDeductedRule>();
  catalogue.Add<PointsGrantedRule>();
  catalogue.Add<PointsExpiredRule>();
  catalogue.Add<PointsAdjustedRule>();
  catalogue.Add<PointsMovedRule>();
  catalogue.Add<RedemptionMadeRule>();
}

void AddCorrectionsAndLog(Catalogue& catalogue) {
  catalogue.Add<DayClosedRule>();
  catalogue.Add<EntryReversedRule>();
  catalogue.Add<RefIntroducedRule>();
  catalogue.Add<LogRestoredRule>();
  catalogue.Add<SchemaAddedRule>();
}

}  // namespace

void Catalogue::AddStandard(Catalogue& catalogue) {
  AddRegisters(catalogue);
  AddMoney(catalogue);
  AddOrders(catalogue);
  AddPoints(catalogue);
  AddCorrectionsAndLog(catalogue);
}

const Catalogue& Catalogue::Standard() {
  static const Catalogue* const kStandard = [] {
    auto* made = new Catalogue;  // lives as long as the process
    AddStandard(*made);
    return made;
  }();
  return *kStandard;
}

}  // namespace suanpan::rules
