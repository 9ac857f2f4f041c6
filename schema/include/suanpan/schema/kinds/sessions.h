#pragma once

// Kinds 45, 46: what was held together, and who was there. Stored as tables.

#include "suanpan/schema/entry_format.h"
#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

enum class SessionType : std::uint8_t {
  kActivity = 1,
  kTraining,
  kClub,
  kGroup,
  kCasework,
  kMeeting,
  kMorningMeeting,
  kSupervisionOnsite,
  kSupervisionRemote,
  kMonthlyContact,
  kQuarterlySchedule,
  kFreeClinic
};
inline constexpr std::string_view kSessionTypeWords[] = {
    "activity",        "training",           "club",
    "group",           "casework",           "meeting",
    "morning_meeting", "supervision_onsite", "supervision_remote",
    "monthly_contact", "quarterly_schedule", "free_clinic"};

/// Persons that nobody names: expected ones, and uncounted ones.
inline constexpr std::uint32_t kHeadsMax = 1'000'000;
inline constexpr std::size_t kAttendanceRowsMax = 300;

struct SessionHeld {
  static constexpr std::uint16_t kKind = 45;
  static constexpr std::string_view kName = "session.held";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kTable;
  static constexpr Origin kOrigin = Origin::kFact;
  enum : std::uint8_t { kExpectedStated = 1 };

  std::uint8_t session_type = 0;
  NameId service_kind;
  NameId place;
  NameId unit;
  NameId body;
  NameId organiser;
  StatedTime from;
  StatedTime to;
  Minutes minutes;
  std::uint32_t expected = 0;
  NameId matter;
  std::uint8_t flags = 0;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Enum("session_type", s.session_type, kSessionTypeWords, Need::kRequired);
    v.Name("service_kind", s.service_kind, Grammar::kCode, Need::kOptional);
    v.Name("place", s.place, Grammar::kRef, Need::kOptional);
    v.Name("unit", s.unit, Grammar::kRef, Need::kOptional);
    v.Name("body", s.body, Grammar::kRef, Need::kOptional);
    v.Name("organiser", s.organiser, Grammar::kRef, Need::kRequired);
    v.Time("from", s.from, Need::kRequired);
    v.Time("to", s.to, Need::kRequired);
    v.Amount("minutes", s.minutes, Sign::kPositive, Need::kRequired);
    v.CountIf("expected", s.expected, Range{0, kHeadsMax}, s.flags, kExpectedStated);
    v.Name("matter", s.matter, Grammar::kRef, Need::kOptional);
  }
};

enum class AttendanceRole : std::uint8_t { kParticipant = 1, kVolunteer, kTrainee, kMember };
inline constexpr std::string_view kAttendanceRoleWords[] = {"participant", "volunteer", "trainee",
                                                            "member"};

struct AttendanceRow {
  NameId person;
  std::uint8_t role = 0;
  Minutes minutes;  ///< 0: not stated

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("person", s.person, Grammar::kRef, Need::kRequired);
    v.Enum("role", s.role, kAttendanceRoleWords, Need::kRequired);
    v.Amount("minutes", s.minutes, Sign::kPositive, Need::kOptional);
  }
};

struct AttendanceRecorded {
  static constexpr std::uint16_t kKind = 46;
  static constexpr std::string_view kName = "attendance.recorded";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kTable;
  static constexpr Origin kOrigin = Origin::kFact;
  enum : std::uint8_t { kUncountedStated = 1 };

  Address session;
  std::span<const AttendanceRow> rows;
  std::uint32_t uncounted = 0;
  std::uint8_t flags = 0;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Event("session", s.session, Need::kRequired);
    v.template Rows<AttendanceRow>("rows", s.rows, kAttendanceRowsMax, Need::kRequired);
    v.CountIf("uncounted", s.uncounted, Range{0, kHeadsMax}, s.flags, kUncountedStated);
  }
};

}  // namespace suanpan::schema
