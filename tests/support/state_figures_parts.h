#pragma once

// The parts of FiguresOf that lie in files of their own.

#include "support/state_figures.h"

namespace suanpan::test {

void AddPointsFigures(const rules::BookState& state, opinion::Figures& figures);
void AddOrderFigures(const rules::BookState& state, opinion::Figures& figures);

}  // namespace suanpan::test
