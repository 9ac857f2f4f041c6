#pragma once

// Reports of points and hours, as documents. Amounts are points and minutes, never money.

#include "suanpan/replay/hours_ledger.h"
#include "suanpan/replay/points_ledger.h"
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

}  // namespace suanpan::report
