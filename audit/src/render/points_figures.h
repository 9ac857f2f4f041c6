#pragma once

// The figures of a scheme's points, as every format names and orders them.

#include <string_view>

#include "suanpan/audit/report.h"

namespace suanpan::audit {

struct PointsFigure {
  std::string_view name;
  Points SchemeTotal::*points;
};

inline constexpr PointsFigure kPointsFigures[] = {{"granted", &SchemeTotal::granted},
                                                  {"redeemed", &SchemeTotal::redeemed},
                                                  {"expired", &SchemeTotal::expired},
                                                  {"deducted", &SchemeTotal::deducted},
                                                  {"forfeited", &SchemeTotal::forfeited},
                                                  {"donated", &SchemeTotal::donated},
                                                  {"moved", &SchemeTotal::moved},
                                                  {"owed", &SchemeTotal::owed},
                                                  {"outstanding", &SchemeTotal::outstanding}};

}  // namespace suanpan::audit
