#pragma once

// Turnovers of every account within a window of business dates: the projection behind trial
// balance, vendor and fund statements.

#include <map>
#include <optional>

#include "suanpan/replay/counting_days.h"
#include "suanpan/replay/projection.h"
#include "suanpan/rules/catalogue.h"

namespace suanpan::replay {

/// Business dates that a report looks at; both ends inclusive, absent means open.
struct DateWindow {
  std::optional<Date> from;
  std::optional<Date> to;

  [[nodiscard]] bool Before(Date date) const { return from && date < *from; }
  [[nodiscard]] bool After(Date date) const { return to && date > *to; }
};

/// Opening is the balance before the window; debit and credit are the turnovers in it.
struct Turnover {
  Wide opening = 0;
  Wide debit = 0;
  Wide credit = 0;
  [[nodiscard]] Wide moved() const { return debit - credit; }
  [[nodiscard]] Wide closing() const { return opening + moved(); }
};

class AccountWindow final : public Projection {
 public:
  explicit AccountWindow(DateWindow window,
                         const rules::Catalogue& catalogue = rules::Catalogue::Standard())
      : window_(window), catalogue_(catalogue) {}

  void OnEvent(const EventContext& context) override;

  [[nodiscard]] const std::map<rules::AccountKey, Turnover>& accounts() const { return accounts_; }
  /// Zero for an account never posted to.
  [[nodiscard]] Turnover Of(const rules::AccountKey& key) const;

 private:
  DateWindow window_;
  const rules::Catalogue& catalogue_;
  CountingDays days_;
  std::map<rules::AccountKey, Turnover> accounts_;
};

}  // namespace suanpan::replay
