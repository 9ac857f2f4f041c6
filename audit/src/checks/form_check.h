#pragma once

// V5 of the values of an entry: ranges of fields, and what one field demands of another.

#include "suanpan/base/status.h"
#include "suanpan/schema/entry_codec.h"
#include "suanpan/schema/names.h"

namespace suanpan::audit {

/// kCorruption where an event is not one that its fields allow, whatever the log says besides.
[[nodiscard]] Status CheckForm(const schema::EntryView& entry, const schema::NameReader& names);

}  // namespace suanpan::audit
