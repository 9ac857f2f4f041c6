#pragma once

// Reports of money, as documents, and what all reports share.

#include "suanpan/engine/state_root.h"
#include "suanpan/replay/statements.h"
#include "suanpan/report/document.h"

namespace suanpan::report {

/// Position and parameters that every report document carries.
struct ReportHead {
  std::string book;
  Seq head_seq;
  Hash32 head_root;
  std::string date;      ///< last business date looked at; empty: all
  std::string from;      ///< first business date; empty: all
  std::string known_at;  ///< position or time asked for; empty: the head
  Hash32 state_root;
  std::uint64_t erased_subjects = 0;  ///< shown where rows are about people
  std::string last_date;              ///< last business date of the entries; told to people
};

/// Limits of rows: empty means all.
struct ReportFilter {
  std::string vendor;
  std::string agreement;
  std::string fund;
  std::string scheme;
  std::string household;
  std::string person;
  std::string service;
  std::string place;
  std::string holder;
};

[[nodiscard]] Document VendorDocument(const ReportHead& head,
                                      const std::vector<replay::VendorStatement>& statements,
                                      const ReportFilter& filter);
[[nodiscard]] Document FundDocument(const ReportHead& head,
                                    const std::vector<replay::FundStatement>& statements,
                                    const ReportFilter& filter);
[[nodiscard]] Document TrialBalanceDocument(const ReportHead& head,
                                            const std::vector<replay::TrialBalanceLine>& lines);

}  // namespace suanpan::report
