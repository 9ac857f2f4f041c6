#pragma once

// The types of fields that the tables of several subjects use.

#include "support/opinion/calendar.h"
#include "support/opinion/fields.h"
#include "support/opinion/names.h"

namespace suanpan::opinion {

inline const Type kRef = Matching(IsRef);
inline const Type kCode = Matching(IsCode);
inline const Type kToken = Matching(IsToken);
inline const Type kLabel = Matching(IsLabel);
inline const Type kDigest = Matching(IsDigest);
inline const Type kDate = Matching(IsDate);
inline const Type kMonth = Matching(IsMonth);
inline const Type kAddress = Address();
inline const Type kPositive = Amount(Sign::kPositive);
inline const Type kNotNegative = Amount(Sign::kNotNegative);
inline const Type kTruth = Truth();
inline const Type kTime = Timestamp();
/// A count of which no document says how large it may be.
inline const Type kCount = Number(0, 1'000'000);
inline const Type kCountFromOne = Number(1, 1'000'000);

}  // namespace suanpan::opinion
