#include "support/opinion/refusal.h"

#include <map>

namespace suanpan::opinion {
namespace {

const std::map<std::string, int> kNumbers = {
    {"bad_json", 101},
    {"unknown_field", 102},
    {"duplicate_field", 103},
    {"bad_field", 104},
    {"missing_field", 105},
    {"unknown_kind", 106},
    {"too_large", 107},
    {"key_conflict", 108},
    {"seq_mismatch", 109},
    {"bad_key", 110},
    {"engine_only", 111},
    {"entry_full", 112},
    {"bad_local_ref", 113},
    {"book_not_open", 201},
    {"book_exists", 202},
    {"unknown_ref", 203},
    {"ref_taken", 204},
    {"label_forbidden", 205},
    {"wrong_kind", 213},
    {"unknown_address", 215},
    {"amount_overflow", 301},
    {"amount_not_positive", 302},
    {"request_mismatch", 303},
    {"fund_short", 305},
    {"purpose_outside_restriction", 307},
    {"pot_wrong", 313},
    {"paid_mismatch", 401},
    {"agreement_not_of_vendor", 402},
    {"agreement_backdated", 403},
    {"agreement_overlaps", 404},
    {"unpriced_limit", 406},
    {"refund_exceeds_sale", 407},
    {"basis_is_revenue", 409},
    {"true_up_done", 410},
    {"settlement_not_next", 411},
    {"through_not_boundary", 412},
    {"exceeds_billed", 413},
    {"occurred_in_future", 701},
    {"approval_missing", 801},
    {"approval_used", 802},
    {"self_approval", 803},
};

}  // namespace

void Refuse(const std::string& code, const std::optional<std::string>& field, const Json& detail) {
  throw Refusal{code, field, detail, {}};
}

int NumberOf(const std::string& code) { return kNumbers.at(code); }

}  // namespace suanpan::opinion
