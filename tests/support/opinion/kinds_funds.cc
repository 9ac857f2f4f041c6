// Fields of funds, money and goods (events.md 3.4).

#include "support/opinion/field_types.h"
#include "support/opinion/kinds.h"

namespace suanpan::opinion {
namespace {

const Type kUse =
    Word({"expense", "payable", "advance", "grant", "transfer", "release", "return_to_donor"});

const Fields kFundOpened = {{"fund", kRef, true},
                            {"label", kLabel, true},
                            {"host", kRef, true},
                            {"bank_accounts", List(1, 16, kRef), true},
                            {"default_pot", Pot(), true},
                            {"restriction",
                             Object({{"class", Word({"restricted", "unrestricted"}), true},
                                     {"purposes", List(1, 64, kCode), true},
                                     {"places", List(0, 64, kRef)},
                                     {"matters", List(0, 64, kRef)},
                                     {"until", kDate}}),
                             true},
                            {"committee", kRef}};

const Fields kFundsReceived = {{"fund", kRef, true},    {"pot", Pot(), true},
                               {"from", kRef, true},    {"amount_fen", kPositive, true},
                               {"account", kRef, true}, {"bank_ref", kToken},
                               {"agreement", kRef},     {"grant", kRef},
                               {"purpose", kCode},      {"bills", List(0, 120, kMonth)},
                               {"matter", kRef},        {"receipt_no", kToken}};

const Fields kSpendingRequested = {{"use", kUse, true},
                                   {"fund", kRef, true},
                                   {"pot", Pot()},
                                   {"payee", kRef, true},
                                   {"amount_fen", kPositive, true},
                                   {"purpose", kCode, true},
                                   {"matter", kRef},
                                   {"place", kRef},
                                   {"basis", kAddress}};

const Fields kMoneyPaid = {{"request", kAddress, true},
                           {"use", kUse, true},
                           {"fund", kRef, true},
                           {"pot", Pot()},
                           {"payee", kRef, true},
                           {"amount_fen", kPositive, true},
                           {"purpose", kCode, true},
                           {"account", kRef, true},
                           {"bank_ref", kToken},
                           {"grant", kRef},
                           {"agreement", kRef},
                           {"matter", kRef},
                           {"approvals", List(0, 16, kAddress)}};

const Fields kAdvanceSettled = {{"advance", kAddress, true},
                                {"spent_fen", kNotNegative, true},
                                {"returned_fen", kNotNegative, true},
                                {"purpose", kCode, true},
                                {"account", kRef}};

const Fields kGoodsReceived = {
    {"item", kRef, true},
    {"owner", kRef, true},
    {"goods_class", Word({"reward", "material", "asset", "merchandise"}), true},
    {"quantity", kPositive, true},
    {"value_fen", kPositive},
    {"value_basis", Word({"invoice", "market", "agreed", "none"})},
    {"funding", Word({"gift", "bought"})},
    {"from", kRef},
    {"pot", Pot()},
    {"place", kRef}};

const Fields kGoodsIssued = {
    {"item", kRef, true},
    {"owner", kRef, true},
    {"quantity", kPositive, true},
    {"reason", Word({"used", "given", "waste", "disposed", "sold_off"}), true},
    {"place", kRef},
    {"matter", kRef},
    {"purpose", kCode}};

const Fields kGoodsCounted = {
    {"item", kRef, true}, {"owner", kRef, true}, {"counted", kNotNegative, true}, {"place", kRef}};

}  // namespace

std::map<std::string, Fields> FundKinds() {
  return {{"fund.opened", kFundOpened},
          {"funds.received", kFundsReceived},
          {"spending.requested", kSpendingRequested},
          {"money.paid", kMoneyPaid},
          {"advance.settled", kAdvanceSettled},
          {"goods.received", kGoodsReceived},
          {"goods.issued", kGoodsIssued},
          {"goods.counted", kGoodsCounted}};
}

}  // namespace suanpan::opinion
