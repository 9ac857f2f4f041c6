// Fields of orders, sessions and service (events.md 3.5).

#include "support/opinion/field_types.h"
#include "support/opinion/kinds.h"

namespace suanpan::opinion {
namespace {

const Fields kServiceRecorded = {{"person", kRef, true},
                                 {"holder", kRef},
                                 {"service_kind", kCode, true},
                                 {"class", Word({"service", "duty"})},
                                 {"from", kTime, true},
                                 {"to", kTime, true},
                                 {"minutes", kPositive, true},
                                 {"beneficiaries", List(0, 50, kRef)},
                                 {"quantity", kPositive},
                                 {"order", kAddress},
                                 {"session", kAddress},
                                 {"slot", kAddress},
                                 {"place", kRef},
                                 {"team", kRef},
                                 {"distance_m", kPositive}};

const Fields kServiceAttested = {{"service", kAddress, true},
                                 {"step", Word({"served", "worker", "organiser"}), true},
                                 {"minutes", kPositive},
                                 {"quality", Number(1, 5)}};

}  // namespace

std::map<std::string, Fields> ServiceKinds() {
  return {{"service.recorded", kServiceRecorded}, {"service.attested", kServiceAttested}};
}

}  // namespace suanpan::opinion
