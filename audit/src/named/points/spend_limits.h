#pragma once

// What the redemption policy lets a holder spend on a day, and a person have in a month.

#include <map>
#include <vector>

#include "src/named/known/known_book.h"
#include "suanpan/schema/kinds/redemptions.h"

namespace suanpan::audit {

/// Memory: holders and their days, persons and their months, within the 400 days for which the
/// books count them.
class SpendLimits {
 public:
  struct Excess {
    NameId person;  ///< 0: the holder, of points on a day
    Wide limit = 0;
    Wide had = 0;
    bool forgotten = false;  ///< what was had before is not known any more, so that nothing may be
  };

  /// Counts a redemption; what is more than its policy lets it be.
  [[nodiscard]] std::vector<Excess> Take(const KnownBook& book, const schema::RedemptionMade& fact,
                                         Date day);
  void TakeBack(const schema::RedemptionMade& fact, Date day);

 private:
  /// Of a scheme.
  template <class Span>
  struct Cell {
    NameId scheme;
    NameId of;
    Span when;
    friend auto operator<=>(const Cell&, const Cell&) = default;
  };

  void Forget(Month month);

  std::map<Cell<Date>, Wide> points_;   ///< of a holder
  std::map<Cell<Month>, Wide> pieces_;  ///< for a person
  Month swept_;                         ///< the latest of a redemption: the books forget by it
};

/// For whom a line is: whoever redeems, where nobody is named.
[[nodiscard]] inline NameId BeneficiaryOf(const schema::RedemptionMade& fact,
                                          const schema::RedemptionLine& line) {
  return line.beneficiary.value() == 0 ? fact.fixed.by : line.beneficiary;
}

}  // namespace suanpan::audit
