#pragma once

// Kind 14: a page of the job that decides recorded facts again under a version of a policy that
// reaches back (events.md 3.2, 4.7). Stored as a table.

#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

/// A service or a deed that is decided again: what it was, what it earned, what it earns now.
struct CaughtRow {
  Address source;  ///< the service.attested that credited it; the points.awarded
  NameId of;       ///< kind of service, or item
  NameId person;
  NameId holder;
  Date date;                      ///< business date of the service or deed
  Address session;                ///< of a service; 0: none
  Quantity units;                 ///< under the new version, before its caps
  std::uint32_t old_version = 0;  ///< of the policy that it was granted under; 0: none
  std::uint8_t other_units = 0;   ///< kTrue: that version counted something else
  Quantity old_counted;           ///< by the grant of then
  Points old_points;              ///< of all grants so far
  Quantity before;                ///< units counted of earlier ones under the new version
  Quantity counted;               ///< of this one, after caps
  Points points;                  ///< that it would have earned
  Points granted;                 ///< now, so that the holder has no less

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Event("source", s.source, Need::kRequired);
    v.Name("of", s.of, Grammar::kCode, Need::kRequired);
    v.Name("person", s.person, Grammar::kRef, Need::kRequired);
    v.Name("holder", s.holder, Grammar::kRef, Need::kRequired);
    v.Day("date", s.date, Need::kRequired);
    v.Event("session", s.session, Need::kOptional);
    v.Amount("units", s.units, Sign::kNotNegative, Need::kRequired);
    v.Count("old_version", s.old_version, Range{0, 0xffff'ffffLL}, Need::kOptional);
    v.Bool("other_units", s.other_units, Need::kOptional);
    v.Amount("old_counted", s.old_counted, Sign::kNotNegative, Need::kOptional);
    v.Amount("old_points", s.old_points, Sign::kNotNegative, Need::kOptional);
    v.Amount("before", s.before, Sign::kNotNegative, Need::kOptional);
    v.Amount("counted", s.counted, Sign::kNotNegative, Need::kRequired);
    v.Amount("points", s.points, Sign::kNotNegative, Need::kRequired);
    v.Amount("granted", s.granted, Sign::kNotNegative, Need::kOptional);
  }
};

inline constexpr std::size_t kCaughtRowsMax = 64;        ///< so that a page fits an entry
inline constexpr std::size_t kExtendedLotsMax = 200;     ///< likewise; counted once for each holder
inline constexpr std::size_t kCatchUpReadsMax = 20'000;  ///< entries that a page looks at

struct RuleApplied {
  static constexpr std::uint16_t kKind = 14;
  static constexpr std::string_view kName = "rule.applied";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kTable;
  static constexpr Origin kOrigin = Origin::kFact;
  static constexpr std::int64_t kSeqMax = (std::int64_t{1} << 48) - 2;

  NameId rule;
  std::int64_t from_seq = 0;
  std::int64_t to_seq = 0;    ///< computed: the last entry that is done with
  std::uint8_t done = 0;      ///< computed: kTrue on the last page
  std::uint32_t version = 0;  ///< computed: of the policy
  Address previous;           ///< computed: the page before; 0: this is the first
  std::span<const CaughtRow> rows;
  std::span<const Address> lots;  ///< computed: that last longer

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("rule", s.rule, Grammar::kRef, Need::kRequired);
    v.Count("from_seq", s.from_seq, Range{1, kSeqMax}, Need::kRequired);
    v.Computed();
    v.Count("to_seq", s.to_seq, Range{0, kSeqMax}, Need::kRequired);
    v.Bool("done", s.done, Need::kRequired);
    v.Count("version", s.version, Range{1, 1'000'000}, Need::kRequired);
    v.Event("previous", s.previous, Need::kOptional);
    v.template Rows<CaughtRow>("rows", s.rows, kCaughtRowsMax, Need::kOptional);
    v.Events("lots", s.lots, kExtendedLotsMax);
  }
};

}  // namespace suanpan::schema
