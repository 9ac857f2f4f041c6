#pragma once

// How the timetable was kept: the slots of days within a window, as it was at its end. The
// projection behind the report `slots`.

#include <map>
#include <string>
#include <vector>

#include "suanpan/replay/account_window.h"
#include "suanpan/schema/kinds/corrections.h"
#include "suanpan/schema/kinds/slots.h"

namespace suanpan::replay {

/// Slots of one holder at one place.
struct SlotsStatement {
  std::string place;
  std::string slot_type;
  std::string holder;
  std::uint64_t scheduled = 0;
  Wide minutes = 0;  ///< of those that were not cancelled
  std::uint64_t checked_in = 0;
  std::uint64_t no_show = 0;
  std::uint64_t cancelled = 0;
  std::uint64_t unmarked = 0;
  std::uint64_t used = 0;  ///< a sale or a service names it
};

/// Memory: the slots of the window.
class SlotsLedger final : public Projection {
 public:
  explicit SlotsLedger(DateWindow window,
                       const rules::Catalogue& catalogue = rules::Catalogue::Standard())
      : window_(window), kinds_(catalogue.kinds()) {}

  void OnEvent(const EventContext& context) override;

  /// By place, type and holder.
  [[nodiscard]] std::vector<SlotsStatement> Statements(const rules::BookState& state) const;

 private:
  struct Slot {
    NameId place;
    NameId holder;
    std::uint8_t slot_type = 0;
    std::uint8_t mark = 0;  ///< 0: none
    Wide minutes = 0;
    std::uint64_t named = 0;  ///< by sales and services
  };
  void Schedule(const EventContext& context);
  void Mark(Address slot, std::uint8_t mark);
  void Name(const schema::Event& event, int sign);
  void TakeBack(const schema::EntryReversed& fact);

  DateWindow window_;
  const schema::KindTable& kinds_;
  std::map<Address, Slot> slots_;
};

}  // namespace suanpan::replay
