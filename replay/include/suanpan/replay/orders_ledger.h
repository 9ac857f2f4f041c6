#pragma once

// What became of the orders that were placed within a window of business dates, as it was at its
// end: the projection behind the report `orders`.

#include <array>
#include <map>
#include <string>
#include <vector>

#include "suanpan/replay/account_window.h"
#include "suanpan/schema/kinds/corrections.h"
#include "suanpan/schema/kinds/orders.h"

namespace suanpan::replay {

/// Orders of one kind of service. An order is counted in each state that it came to, and those that
/// have not ended by their age.
struct OrdersStatement {
  std::string service_kind;
  /// By state, from placed.
  std::array<std::uint64_t, std::size(schema::kOrderStateWords)> reached{};
  std::uint64_t open = 0;
  std::map<std::string, Wide> ages;  ///< open ones, by days: "00-07", "08-30", "31-90", "91-"
  std::uint64_t oldest_days = 0;     ///< of an open one
};

/// Memory: the orders of the window.
class OrdersLedger final : public Projection {
 public:
  explicit OrdersLedger(DateWindow window,
                        const rules::Catalogue& catalogue = rules::Catalogue::Standard())
      : window_(window), kinds_(catalogue.kinds()) {}

  void OnEvent(const EventContext& context) override;

  /// By kind of service. Ages are days from placing to the end of the window, or to the latest
  /// business date of the log.
  [[nodiscard]] std::vector<OrdersStatement> Statements(const rules::BookState& state) const;

 private:
  struct Order {
    NameId service_kind;
    Date placed_on;
    schema::OrderState state = schema::OrderState::kPlaced;
    std::array<std::uint16_t, std::size(schema::kOrderStateWords)> reached{};  ///< how often
  };
  void Reach(Address order, schema::OrderState state);
  /// An order that left a state is where it was before.
  void Return(Address order, schema::OrderState to);
  void TakeBack(const schema::EntryReversed& fact);

  DateWindow window_;
  const schema::KindTable& kinds_;
  Date newest_;
  std::map<Address, Order> orders_;
  std::map<Address, Address> services_;  ///< that wait for their attestation: their orders
};

}  // namespace suanpan::replay
