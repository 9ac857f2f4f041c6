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
    {"already_closed", 206},
    {"balance_left", 207},
    {"relation_overlaps", 208},
    {"relation_not_open", 209},
    {"cycle", 210},
    {"version_not_next", 211},
    {"wrong_kind", 213},
    {"evidence_missing", 214},
    {"unknown_address", 215},
    {"amount_overflow", 301},
    {"amount_not_positive", 302},
    {"request_mismatch", 303},
    {"fund_closed", 304},
    {"fund_short", 305},
    {"payable_short", 306},
    {"purpose_outside_restriction", 307},
    {"exceeds_advance", 311},
    {"pot_wrong", 313},
    {"value_missing", 314},
    {"stock_short", 315},
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
    {"policy_missing", 501},
    {"not_member", 502},
    {"reward_unlisted", 503},
    {"window_closed", 504},
    {"wrong_audience", 505},
    {"threshold_not_met", 506},
    {"limit_exceeded", 507},
    {"points_short", 508},
    {"too_many_lots", 509},
    {"no_place", 510},
    {"below_held", 511},
    {"not_held", 512},
    {"transfer_forbidden", 513},
    {"opening_needs_approval", 514},
    {"illegal_transition", 601},
    {"server_missing", 602},
    {"custody_broken", 603},
    {"minutes_exceed_span", 604},
    {"repeated_person", 605},
    {"self_attestation", 606},
    {"step_repeated", 607},
    {"not_pending", 608},
    {"total_mismatch", 609},
    {"occurred_in_future", 701},
    {"day_not_next", 702},
    {"day_in_future", 703},
    {"approval_missing", 801},
    {"approval_used", 802},
    {"self_approval", 803},
    {"dry_run_missing", 805},
    {"retroactive_not_allowed", 806},
};

}  // namespace

void Refuse(const std::string& code, const std::optional<std::string>& field, const Json& detail) {
  throw Refusal{code, field, detail, {}};
}

int NumberOf(const std::string& code) { return kNumbers.at(code); }

}  // namespace suanpan::opinion
