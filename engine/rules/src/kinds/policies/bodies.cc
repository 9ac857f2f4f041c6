#include "src/kinds/policies/policies.h"
#include "suanpan/schema/fact_names.h"

namespace suanpan::rules {
namespace {

using schema::PolicyType;
using schema::Supply;

/// No two rows may be about the same name.
template <class Row>
Verdict EachOnce(std::span<const Row> rows, NameId Row::*name, std::string_view list,
                 std::string_view field) {
  for (std::size_t i = 1; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (rows[i].*name != rows[j].*name) continue;
      return Refuse(RefusalCode::bad_field, fmt::format("body.{}[{}].{}", list, i, field))
          .With("reason", "listed twice");
    }
  }
  return std::nullopt;
}

Verdict TestExpiry(const schema::ExpiryBody& body) {
  const bool stated = Has(body.flags, schema::ExpiryBody::kNStated);
  const auto rule = static_cast<schema::ExpiryRule>(body.rule);
  if (rule == schema::ExpiryRule::kNone) {
    return stated ? Verdict{Refuse(RefusalCode::bad_field, "body.n")} : std::nullopt;
  }
  if (!stated) return Refuse(RefusalCode::missing_field, "body.n");
  if (rule == schema::ExpiryRule::kMonths && body.n == 0)
    return Refuse(RefusalCode::bad_field, "body.n");
  return std::nullopt;
}

Verdict TestWindows(const schema::RedemptionBody& body) {
  for (std::size_t i = 0; i < body.windows.size(); ++i) {
    if (body.windows[i].to_day < body.windows[i].from_day)
      return Refuse(RefusalCode::bad_field, fmt::format("body.windows[{}].to_day", i));
  }
  return std::nullopt;
}

/// Whether a fund pays for what is given.
bool IsPaid(const schema::Reward& reward) {
  const auto supply = static_cast<Supply>(reward.supply);
  return supply == Supply::kStock || supply == Supply::kVendor;
}

/// What a supply needs, and what it has no use for.
Verdict TestSupply(const schema::Reward& reward, const std::string& row) {
  const auto supply = static_cast<Supply>(reward.supply);
  const bool pays = IsPaid(reward);
  const auto fits = [&row](std::string_view field, bool there, bool needed, bool kept) -> Verdict {
    if (needed && !there)
      return Refuse(RefusalCode::missing_field, fmt::format("{}{}", row, field));
    if (there && !needed && !kept)
      return Refuse(RefusalCode::bad_field, fmt::format("{}{}", row, field));
    return std::nullopt;
  };
  const Verdict tests[] = {
      fits("item", reward.item.value() != 0, supply == Supply::kStock, false),
      fits("offer", reward.offer.value() != 0, supply == Supply::kPlace, false),
      fits("vendor", reward.vendor.value() != 0, supply == Supply::kVendor, false),
      fits("fund", reward.fund.value() != 0, pays, false),
      fits("value_fen", reward.value.value() != 0, supply == Supply::kVendor, true),
      fits("pot", !reward.pot.none(), false, pays)};
  for (const Verdict& refusal : tests) {
    if (refusal) return refusal;
  }
  return std::nullopt;
}

Verdict TestPriceList(const BookState& state, const schema::PriceListBody& body) {
  if (Verdict refusal = EachOnce(body.rewards, &schema::Reward::reward, "rewards", "reward"))
    return refusal;
  const auto row = [](std::size_t i) { return fmt::format("body.rewards[{}].", i); };
  for (std::size_t i = 0; i < body.rewards.size(); ++i) {
    if (Verdict refusal = TestSupply(body.rewards[i], row(i))) return refusal;
  }
  // Names come after the fields of all rows.
  for (std::size_t i = 0; i < body.rewards.size(); ++i) {
    const schema::Reward& reward = body.rewards[i];
    std::uint32_t fund = 0;
    if (!IsPaid(reward)) continue;
    if (Verdict refusal = MustBe(state, reward.fund, Role::kFund, row(i) + "fund", fund))
      return refusal;
  }
  return std::nullopt;
}

Verdict TestTiers(const schema::ApprovalBody& body) {
  for (std::size_t i = 1; i < body.tiers.size(); ++i) {
    if (body.tiers[i].from <= body.tiers[i - 1].from)
      return Refuse(RefusalCode::bad_field, fmt::format("body.tiers[{}].from_fen", i));
  }
  return std::nullopt;
}

Verdict TestRoles(const schema::ControlBody& body) {
  for (std::size_t i = 0; i < body.roles.size(); ++i) {
    const auto refuse = [i](std::string_view reason) {
      return Refuse(RefusalCode::bad_field, fmt::format("body.roles[{}].kind", i))
          .With("reason", std::string{reason});
    };
    if (!schema::IsFactName(body.roles[i].kind)) return refuse("no kind of fact");
    for (std::size_t j = 0; j < i; ++j) {
      if (body.roles[i].kind == body.roles[j].kind) return refuse("listed twice");
    }
  }
  return std::nullopt;
}

}  // namespace

Verdict TestBody(const BookState& state, const schema::PolicyProposed& policy) {
  switch (policy.type()) {
    case PolicyType::kEarning:
      return EachOnce(policy.earning.items, &schema::EarningItem::service_kind, "items",
                      "service_kind");
    case PolicyType::kAwardItems:
      return EachOnce(policy.award_items.items, &schema::AwardItem::item, "items", "item");
    case PolicyType::kExpiry:
      return TestExpiry(policy.expiry);
    case PolicyType::kRedemption:
      return TestWindows(policy.redemption);
    case PolicyType::kPriceList:
      return TestPriceList(state, policy.price_list);
    case PolicyType::kTransfer:
      return std::nullopt;
    case PolicyType::kApproval:
      return TestTiers(policy.approval);
    case PolicyType::kControl:
      return TestRoles(policy.control);
    default:
      return Refuse(RefusalCode::bad_field, "policy_type").With("reason", "not supported yet");
  }
}

}  // namespace suanpan::rules
