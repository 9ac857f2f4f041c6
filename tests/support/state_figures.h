#pragma once

// The figures of the engine's state under the names of the second opinion.

#include "suanpan/rules/book_state.h"
#include "support/opinion/figures.h"

namespace suanpan::test {

/// Every figure of a book's state as opinion::FiguresOf names it.
[[nodiscard]] opinion::Figures FiguresOf(const rules::BookState& state);

}  // namespace suanpan::test
