#include "src/terms/named_events.h"

#include "suanpan/schema/kind_info.h"
#include "suanpan/schema/kinds/advances.h"
#include "suanpan/schema/kinds/assessments.h"
#include "suanpan/schema/kinds/funds.h"
#include "suanpan/schema/kinds/goods.h"
#include "suanpan/schema/kinds/governance.h"
#include "suanpan/schema/kinds/orders.h"
#include "suanpan/schema/kinds/redemptions.h"
#include "suanpan/schema/kinds/sales.h"
#include "suanpan/schema/kinds/service.h"
#include "suanpan/schema/kinds/sessions.h"
#include "suanpan/schema/kinds/slots.h"

namespace suanpan::audit {

using schema::Event;
using schema::RefusalCode;

namespace {

std::uint64_t BitsOf(std::initializer_list<RefusalCode> codes) {
  std::uint64_t bits = 0;
  for (const RefusalCode code : codes) {
    if (const std::optional<unsigned> bit = schema::IrregularBit(code)) {
      bits |= std::uint64_t{1} << *bit;
    }
  }
  return bits;
}

}  // namespace

std::uint64_t MaySetAside(std::uint16_t kind) {
  switch (kind) {
    case schema::MoneyPaid::kKind:
      return BitsOf({RefusalCode::purpose_outside_restriction, RefusalCode::exceeds_contract,
                     RefusalCode::exceeds_award, RefusalCode::approval_missing});
    case schema::AdvanceSettled::kKind:
    case schema::GoodsIssued::kKind:
      return BitsOf({RefusalCode::purpose_outside_restriction});
    case schema::RedemptionMade::kKind:
      return BitsOf({RefusalCode::limit_exceeded});
    default:
      return 0;
  }
}

const Event* NamedEvents::Find(Address at, Address named, std::uint16_t kind,
                               std::string_view field) {
  const Event* event = nullptr;
  if (named < at) {
    const Result<const Event*> found = entries_.Find(named);
    if (!found.ok()) {
      findings_.Doubt(kV7, "named_event", at.seq().value(),
                      fmt::format("event {} cannot be read again: {}", schema::ToText(named),
                                  found.error().message()));
      return nullptr;
    }
    event = *found;
  }
  if (event == nullptr) {
    findings_.Fail(kV7, "unknown_address", at.seq().value(),
                   fmt::format("its {} is {}, which is no event recorded before", field,
                               schema::ToText(named)));
    return nullptr;
  }
  if (kind == 0 || event->kind->number == kind) return event;
  findings_.Fail(
      kV7, "wrong_kind", at.seq().value(),
      fmt::format("its {} is {}, an event of another kind", field, schema::ToText(named)),
      fmt::format("one of kind {}", kind), std::string{event->kind->name});
  return nullptr;
}

void NamedEvents::CheckCommon(Address at, const Event& event) {
  const schema::EventCommon& common = event.common;
  const auto must_be = [&](std::string_view field, Address named, std::uint16_t kind) {
    if (!named.none()) (void)Find(at, named, kind, field);
  };
  must_be("approval", common.approval, schema::ApprovalGiven::kKind);
  CheckOwn(at, event);
  // What nothing follows from: only that it is earlier. To look each up would let a log that names
  // far and wide make this as slow as it likes.
  const auto must_be_earlier = [&](std::string_view field, Address named) {
    if (named.none() || named < at) return;
    findings_.Fail(kV7, "unknown_address", at.seq().value(),
                   fmt::format("its {} is {}, which is no event recorded before", field,
                               schema::ToText(named)));
  };
  must_be_earlier("replaces", common.replaces);
  must_be_earlier("supplements", common.supplements);
  for (const Address named : common.refs) must_be_earlier("refs", named);
  if ((common.irregular & ~MaySetAside(event.kind->number)) != 0) {
    findings_.Fail(
        kV7, "irregular", at.seq().value(),
        fmt::format("{} sets a rule aside that nothing sets aside for it", event.kind->name));
  }
}

void NamedEvents::CheckAttendance(Address at, const schema::AttendanceRecorded& fact) {
  const Event* session = Find(at, fact.session, schema::SessionHeld::kKind, "session");
  if (session == nullptr) return;
  const Minutes most = session->As<schema::SessionHeld>().minutes;
  for (const schema::AttendanceRow& row : fact.rows) {
    if (row.minutes <= most) continue;
    findings_.Fail(kV7, "minutes_exceed_span", at.seq().value(),
                   "somebody was at a session for longer than it lasted",
                   fmt::format("{} or less", most.value()), std::to_string(row.minutes.value()));
    return;
  }
}

/// What a fact names that the state need not know: replay would not miss it.
void NamedEvents::CheckOwn(Address at, const Event& event) {
  const auto must_be = [&](std::string_view field, Address named, std::uint16_t kind) {
    if (!named.none()) (void)Find(at, named, kind, field);
  };
  switch (event.kind->number) {
    case schema::SaleRecorded::kKind:
      return must_be("slot", event.As<schema::SaleRecorded>().slot, schema::SlotScheduled::kKind);
    case schema::ServiceRecorded::kKind: {
      const auto& service = event.As<schema::ServiceRecorded>().fixed;
      must_be("session", service.session, schema::SessionHeld::kKind);
      return must_be("slot", service.slot, schema::SlotScheduled::kKind);
    }
    case schema::CustodyPassed::kKind:
      return must_be("order", event.As<schema::CustodyPassed>().fixed.order,
                     schema::OrderPlaced::kKind);
    case schema::AttendanceRecorded::kKind:
      return CheckAttendance(at, event.As<schema::AttendanceRecorded>());
    case schema::AssessmentRecorded::kKind:
      return must_be("concerns", event.As<schema::AssessmentRecorded>().concerns, 0);
    default:
      return;
  }
}

}  // namespace suanpan::audit
