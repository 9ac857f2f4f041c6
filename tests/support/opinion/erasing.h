#pragma once

// Names that are used no more.

#include "support/opinion/deciding.h"

namespace suanpan::opinion {

/// subject_erased where a fact names somebody erased and neither corrects nor settles.
void CheckErased(const Deciding& d);

}  // namespace suanpan::opinion
