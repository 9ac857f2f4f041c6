#pragma once

#include "src/context.h"

namespace suanpan::cli {

/// All that `suanpan` does. The data directory is opened by `open`, which tests replace to stand
/// between the program and its store.
int RunProgram(int argc, char** argv, Opening open);

}  // namespace suanpan::cli
