// What is owed of a deduction that is taken back (events.md 4.5, 4.10).

#include "support/opinion/points.h"
#include "support/opinion/reversals.h"

namespace suanpan::opinion {

void GiveBackPaid(Deciding& d, Undoing& u) {
  const std::string scheme = u.was.fact.at("scheme");
  const std::string holder = u.was.fact.at("holder");
  const Wide claimed = u.was.computed.value("claim", std::int64_t{0});
  const std::int64_t paid = Checked(claimed - ClaimOf(d.state, scheme, holder));
  if (paid <= 0) return;
  const std::string ends = ExpiryOf(d.state, scheme, d.date);
  const std::string person = u.was.fact.value("person", holder);
  const Lot lot{scheme, holder, u.was.at, paid, d.date, d.date, ends, person};
  Json row = {{"lot", lot.at}, {"change", paid}, {"against", "deducted"}};
  if (!ends.empty()) row["expires"] = ends;
  d.derived.push_back({"points.adjusted",
                       {{"scheme", scheme},
                        {"holder", holder},
                        {"reason", "restore"},
                        {"lots", Json::array({row})}},
                       {}});
  d.state.deriving = true;
  PutLot(d.state, lot);
  Post(d.state, HolderPath(scheme, holder), paid);
  Post(d.state, PointsPath(scheme, "deducted"), -Wide{paid});
  d.state.deriving = false;
  u.restored[ClaimPath(scheme, holder)] += paid;
  u.restored[PointsPath(scheme, "deducted")] -= paid;
  ExpireBack(d, {lot});
}

}  // namespace suanpan::opinion
