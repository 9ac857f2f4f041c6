#pragma once

// What a reversal takes back, as its copy has it. The reader shares no line with the engine's
// rules.

#include "suanpan/schema/reversal_copy.h"

namespace suanpan::audit {

using Undone = schema::CopiedEvent;

}  // namespace suanpan::audit
