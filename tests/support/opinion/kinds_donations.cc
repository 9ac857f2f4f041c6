// Fields of sales and donations (events.md 3.3).

#include "support/opinion/field_types.h"
#include "support/opinion/kinds.h"

namespace suanpan::opinion {
namespace {

const Field kPaid = {
    "paid",
    List(0, 16,
         Object({{"means", Word({"cash", "wechat", "alipay", "card", "fund_reimbursed", "other"}),
                  true},
                 {"amount_fen", kPositive, true}}))};

const Fields kSaleRecorded = {{"vendor", kRef, true},
                              {"agreement", kRef},
                              {"lines",
                               List(1, 200,
                                    Object({{"item", kRef, true},
                                            {"quantity", kPositive, true},
                                            {"amount_fen", kNotNegative, true},
                                            {"cost_fen", kNotNegative}})),
                               true},
                              kPaid,
                              {"slot", kAddress}};

const Fields kRefundRecorded = {{"vendor", kRef, true},
                                {"sale", kAddress},
                                {"agreement", kRef},
                                {"lines",
                                 List(1, 200,
                                      Object({{"sale_line", Number(0, 199)},
                                              {"item", kRef},
                                              {"quantity", kPositive, true},
                                              {"amount_fen", kNotNegative, true},
                                              {"cost_fen", kNotNegative}})),
                                 true},
                                kPaid};

const Fields kCostRecorded = {{"agreement", kRef, true},
                              {"sale", kAddress},
                              {"sale_line", Number(0, 199)},
                              {"cost_kind", kCode, true},
                              {"amount_fen", Amount(Sign::kNotZero), true},
                              {"true_up", Object({{"from", kMonth, true}, {"to", kMonth, true}})}};

const Fields kSettlementClosed = {
    {"agreement", kRef, true}, {"through", kDate, true}, {"terms_days", Number(0, 3650)}};

const Fields kDueWaived = {
    {"agreement", kRef, true}, {"amount_fen", kPositive, true}, {"reason", kCode, true}};

}  // namespace

std::map<std::string, Fields> DonationKinds() {
  return {{"sale.recorded", kSaleRecorded},
          {"refund.recorded", kRefundRecorded},
          {"cost.recorded", kCostRecorded},
          {"settlement.closed", kSettlementClosed},
          {"due.waived", kDueWaived}};
}

}  // namespace suanpan::opinion
