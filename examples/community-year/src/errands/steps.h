#pragma once

#include "src/station.h"
#include "suanpan/base/status.h"

namespace suanpan::community_year {

/// The fact of a step of an order.
[[nodiscard]] Status WriteStep(Station& station, Errand& errand, ErrandStep step,
                               YearSecond second);

/// The same for purchase money: asked for, approved by another, paid by a third, and settled.
[[nodiscard]] Status WriteMoneyStep(Station& station, Errand& errand, ErrandStep step,
                                    YearSecond second);

}  // namespace suanpan::community_year
