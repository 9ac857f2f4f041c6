#pragma once

/// Tables of sessions and assessments, read by generated code and as the code has them.

#include "generated_same.h"
#include "suanpan/schema/kinds/assessments.h"
#include "suanpan/schema/kinds/sessions.h"
#include "suanpan_generated.h"

namespace suanpan::schema {

inline void Same(const fbs::Time* read, const StatedTime& value) {
  RC_ASSERT((read == nullptr) == (value.seconds == 0));
  if (read == nullptr) return;
  RC_ASSERT(read->s() == value.seconds && read->zone_quarters() == value.zone_quarters);
}

inline void Compare(const fbs::SessionHeld& read, const SessionHeld& value) {
  Same(read.session_type(), value.session_type);
  Same(read.service_kind(), value.service_kind.value());
  Same(read.place(), value.place.value());
  Same(read.unit(), value.unit.value());
  Same(read.body(), value.body.value());
  Same(read.organiser(), value.organiser.value());
  Same(read.from(), value.from);
  Same(read.to(), value.to);
  Same(read.minutes(), value.minutes.value());
  Same(read.expected(), value.expected, Has(value.flags, SessionHeld::kExpectedStated));
  Same(read.matter(), value.matter.value());
}

inline void Compare(const fbs::AttendanceRecorded& read, const AttendanceRecorded& value) {
  Same(read.session(), value.session.packed());
  RC_ASSERT(read.rows() != nullptr && read.rows()->size() == value.rows.size());
  for (unsigned i = 0; i < value.rows.size(); ++i) {
    const fbs::AttendanceRow& row = *read.rows()->Get(i);
    Same(row.person(), value.rows[i].person.value());
    Same(row.role(), value.rows[i].role);
    Same(row.minutes(), value.rows[i].minutes.value());
  }
  Same(read.uncounted(), value.uncounted, Has(value.flags, AttendanceRecorded::kUncountedStated));
}

inline void Compare(const fbs::AssessmentRecorded& read, const AssessmentRecorded& value) {
  Same(read.template_(), value.template_code.value());
  Same(read.about(), value.about.value());
  Same(read.concerns(), value.concerns.packed());
  Same(read.respondent(), value.respondent.value());
  RC_ASSERT(read.answers() != nullptr && read.answers()->size() == value.answers.size());
  for (unsigned i = 0; i < value.answers.size(); ++i) {
    const fbs::AssessmentAnswer& row = *read.answers()->Get(i);
    const AssessmentAnswer& answer = value.answers[i];
    Same(row.item(), answer.item.value());
    Same(row.score(), answer.score.value(), Has(answer.flags, AssessmentAnswer::kScoreStated));
    Same(row.answer(), answer.answer.value());
  }
  Same(read.total(), value.total.value(), Has(value.flags, AssessmentRecorded::kTotalStated));
  Same(read.of(), value.of.value(), Has(value.flags, AssessmentRecorded::kOfStated));
}

}  // namespace suanpan::schema
