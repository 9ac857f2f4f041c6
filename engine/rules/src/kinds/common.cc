#include "src/kinds/common.h"

#include <fmt/format.h>

namespace suanpan::rules {

Status OverflowError() {
  return MakeError(StatusCode::kOutOfRange, "an amount would leave 64 bits");
}
bool IsOverflow(const Status& status) { return status.code() == StatusCode::kOutOfRange; }

Refusal UnknownRef(const BookState& state, NameId name, std::string_view field) {
  return Refuse(RefusalCode::unknown_ref, field).With("ref", std::string{state.names.TextOf(name)});
}

Refusal FundShort(const BookState& state, NameId fund, Wide available, Fen needed,
                  std::string_view field) {
  return Refuse(RefusalCode::fund_short, field)
      .With("fund", std::string{state.names.TextOf(fund)})
      .With("available_fen", std::to_string(static_cast<std::int64_t>(available)))
      .With("needed_fen", std::to_string(needed.value()));
}

Refusal OutsideRestriction(const BookState& state, NameId fund) {
  return Refuse(RefusalCode::purpose_outside_restriction, "purpose")
      .With("fund", std::string{state.names.TextOf(fund)});
}

Verdict MustBe(const BookState& state, NameId name, Role role, std::string_view field,
               std::uint32_t& index) {
  const std::optional<std::uint32_t> found = state.IndexOf(name, role);
  if (!found) return UnknownRef(state, name, field);
  index = *found;
  return std::nullopt;
}

Verdict MustBeOpen(const BookState& state, NameId fund) {
  const Closing* closing = state.closed.Find(fund);
  if (closing == nullptr) return std::nullopt;
  return Refuse(RefusalCode::fund_closed, "fund")
      .With("fund", std::string{state.names.TextOf(fund)})
      .With("on", ToText(closing->on));
}

NameId FundOfAgreement(const BookState& state, NameId agreement) {
  const std::optional<std::uint32_t> index = state.IndexOf(agreement, Role::kAgreement);
  return index ? state.funds[state.agreements[*index].fund].name : NameId{};
}

Verdict MustName(DecideContext& context, Address address, std::uint16_t kind,
                 std::string_view field, const Event*& event) {
  event = context.old_events.Find(address);
  if (event == nullptr)
    return Refuse(RefusalCode::unknown_address, field).With("address", schema::ToText(address));
  if (kind != 0 && event->kind->number != kind) {
    return Refuse(RefusalCode::wrong_kind, field).With("kind", std::string{event->kind->name});
  }
  return std::nullopt;
}

Verdict MustStand(DecideContext& context, Address address, std::uint16_t kind,
                  std::string_view field, const Event*& event) {
  if (Verdict refusal = MustName(context, address, kind, field, event)) return refusal;
  const Reversed* reversed = context.state.reversed.Find(address);
  if (reversed == nullptr) return std::nullopt;
  return Refuse(RefusalCode::unknown_address, field)
      .With("address", schema::ToText(address))
      .With("reversed_by", schema::ToText(reversed->by));
}

std::int64_t MinutesBetween(const StatedTime& from, const StatedTime& to) {
  const std::int64_t seconds = std::int64_t{to.seconds} - std::int64_t{from.seconds};
  return seconds < 0 ? -1 : seconds / 60;
}

Verdict TestReplaces(const BookState& state, const Event& event) {
  const Address replaces = event.common.replaces;
  if (replaces.none()) return std::nullopt;
  const Reversed* reversed = state.reversed.Find(replaces);
  if (reversed == nullptr) {
    return Refuse(RefusalCode::bad_field, "replaces").With("reason", "it was not taken back");
  }
  if (reversed->kind != event.kind->number) {
    return Refuse(RefusalCode::wrong_kind, "replaces").WithCount("kind", reversed->kind);
  }
  if (reversed->replaced.none()) return std::nullopt;
  return Refuse(RefusalCode::bad_field, "replaces")
      .With("replaced_by", schema::ToText(reversed->replaced));
}

Refusal HasDependants(std::string_view reason) {
  return Refuse(RefusalCode::has_dependants, "of").With("reason", std::string{reason});
}

Verdict TestMoneyBack(const BookState& state, NameId fund, schema::Pot pot, Fen amount) {
  const std::optional<std::uint32_t> index = state.IndexOf(fund, Role::kFund);
  if (!index || state.closed.Find(fund) != nullptr) return HasDependants("the fund is closed");
  const Wide available = AvailableOf(state, *index, pot);
  if (amount.wide() <= available) return std::nullopt;
  return FundShort(state, fund, available, amount, "of");
}

void CountFact(BookState& state, std::uint32_t agreement, int change) {
  std::uint32_t& facts = state.agreements.Edit(agreement).facts;
  facts = static_cast<std::uint32_t>(static_cast<std::int64_t>(facts) + change);
}

Verdict MakeAccrual(DecideContext& context, const Event& fact, const BaseMove& move,
                    std::vector<Event>& derived) {
  const BookState& state = context.state;
  const Agreement& agreement = state.agreements[*state.IndexOf(move.agreement, Role::kAgreement)];
  const std::optional<DonationFigures> figures = FiguresOf(state, agreement);
  if (!figures) return Refuse(RefusalCode::amount_overflow);
  const std::optional<std::int64_t> change =
      NarrowWide(figures->due_total.wide() - agreement.due_total.wide());
  if (!change) return Refuse(RefusalCode::amount_overflow);
  auto* accrual = context.arena.One<schema::DonationAccrued>();
  accrual->fixed.agreement = agreement.name;
  accrual->fixed.residue = figures->residue;
  accrual->fixed.entry = move.entry;
  accrual->fixed.base = figures->base;
  accrual->fixed.due_total = figures->due_total;
  accrual->fixed.due_change = Fen{*change};
  accrual->fixed.month = move.month;
  accrual->fixed.reason = static_cast<std::uint8_t>(move.reason);
  Event event;
  event.kind = context.kinds.ByNumber(schema::DonationAccrued::kKind);
  event.payload = accrual;
  event.common.occurred = fact.common.occurred;
  event.common.business_day = fact.common.business_day;
  event.common.period = fact.common.period;
  event.common.cause = static_cast<std::uint16_t>(context.at.line() + 1);
  derived.push_back(event);
  return std::nullopt;
}

std::optional<Fen> BaseChange(const BookState& state, const Agreement& agreement,
                              std::span<const MonthChange> changes) {
  const std::optional<DonationFigures> figures = FiguresOf(state, agreement, std::nullopt, changes);
  if (!figures) return std::nullopt;
  const std::optional<std::int64_t> change =
      NarrowWide(figures->base.wide() - agreement.base.wide());
  if (!change) return std::nullopt;
  return Fen{*change};
}

Verdict FindAgreement(const BookState& state, NameId vendor, bool stated, Date date, NameId& id) {
  std::uint32_t index = 0;
  if (stated) {
    if (Verdict refusal = MustBe(state, id, Role::kAgreement, "agreement", index)) return refusal;
    if (state.agreements[index].vendor != vendor) {
      return Refuse(RefusalCode::agreement_not_of_vendor, "agreement")
          .With("vendor", std::string{state.names.TextOf(state.agreements[index].vendor)});
    }
    return std::nullopt;
  }
  const std::optional<std::uint32_t> found = state.AgreementOn(vendor, date);
  id = found ? state.agreements[*found].name : NameId{};
  return std::nullopt;
}

Verdict TestPaid(std::span<const schema::PaidLine> paid, Wide amount) {
  if (paid.empty()) return std::nullopt;
  const Wide sum = SumOf(paid, &schema::PaidLine::amount);
  if (sum == amount) return std::nullopt;
  const auto text = [](Wide value) {
    const std::optional<std::int64_t> narrow = NarrowWide(value);
    return narrow ? fmt::format("{}", *narrow) : std::string{"beyond 64 bits"};
  };
  return Refuse(RefusalCode::paid_mismatch, "paid")
      .With("paid_fen", text(sum))
      .With("amount_fen", text(amount));
}

}  // namespace suanpan::rules
