#pragma once

// Reports of points, hours, orders and slots, as documents. Amounts are points and minutes, never
// money.

#include "suanpan/replay/hours_ledger.h"
#include "suanpan/replay/orders_ledger.h"
#include "suanpan/replay/points_ledger.h"
#include "suanpan/replay/slots_ledger.h"
#include "suanpan/report/statements.h"

namespace suanpan::report {

/// Roll-forward of each scheme, and what is left by the month in which it ends.
[[nodiscard]] Document PointsDocument(const ReportHead& head,
                                      const std::vector<replay::SchemeStatement>& statements,
                                      const ReportFilter& filter);
/// Each holder's points, with the lots that they consist of.
[[nodiscard]] Document HouseholdDocument(const ReportHead& head,
                                         const std::vector<replay::HouseholdStatement>& statements,
                                         const ReportFilter& filter);
/// Minutes of each person by household, class and kind of service.
[[nodiscard]] Document HoursDocument(const ReportHead& head,
                                     const std::vector<replay::HoursStatement>& statements,
                                     const ReportFilter& filter);

/// How far orders of each kind of service came, and how old those are that have not ended.
[[nodiscard]] Document OrdersDocument(const ReportHead& head,
                                      const std::vector<replay::OrdersStatement>& statements,
                                      const ReportFilter& filter);
/// How the timetable was kept.
[[nodiscard]] Document SlotsDocument(const ReportHead& head,
                                     const std::vector<replay::SlotsStatement>& statements,
                                     const ReportFilter& filter);

}  // namespace suanpan::report
