#include "suanpan/rules/catalogue.h"

#include "src/kinds/funds.h"
#include "src/kinds/goods.h"
#include "src/kinds/log.h"
#include "src/kinds/offers.h"
#include "src/kinds/registers.h"
#include "src/kinds/sales.h"
#include "src/kinds/settlements.h"

namespace suanpan::rules {

void Catalogue::AddStandard(Catalogue& catalogue) {
  catalogue.Add<BookOpenedRule>();
  catalogue.Add<PartyRegisteredRule>();
  catalogue.Add<AgreementSignedRule>();
  catalogue.Add<ApprovalGivenRule>();
  catalogue.Add<SaleRecordedRule>();
  catalogue.Add<RefundRecordedRule>();
  catalogue.Add<CostRecordedRule>();
  catalogue.Add<DonationAccruedRule>();
  catalogue.Add<SettlementClosedRule>();
  catalogue.Add<DueWaivedRule>();
  catalogue.Add<FundOpenedRule>();
  catalogue.Add<FundsReceivedRule>();
  catalogue.Add<SpendingRequestedRule>();
  catalogue.Add<MoneyPaidRule>();
  catalogue.Add<GoodsReceivedRule>();
  catalogue.Add<GoodsIssuedRule>();
  catalogue.Add<GoodsCountedRule>();
  catalogue.Add<OfferOpenedRule>();
  catalogue.Add<PlaceMarkedRule>();
  catalogue.Add<RefIntroducedRule>();
  catalogue.Add<LogRestoredRule>();
  catalogue.Add<SchemaAddedRule>();
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
