#pragma once

#include "src/context.h"

namespace suanpan::cli {

/// All that `suanpan` does. Whoever writes opens the data directory by `open_store`, which tests
/// replace to stand between the program and its store.
int RunProgram(int argc, char** argv, OpenStore open_store);

}  // namespace suanpan::cli
