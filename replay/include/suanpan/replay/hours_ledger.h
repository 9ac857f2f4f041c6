#pragma once

// Minutes that persons have served or were trained for within a window of business dates, and what
// of them counted for points: the projection behind the report `hours`.

#include <map>
#include <string>
#include <vector>

#include "suanpan/replay/account_window.h"
#include "suanpan/schema/kinds/catch_up.h"
#include "suanpan/schema/kinds/corrections.h"
#include "suanpan/schema/kinds/lots.h"
#include "suanpan/schema/kinds/service.h"
#include "suanpan/schema/kinds/sessions.h"

namespace suanpan::replay {

/// Services of one person, kind and class for one holder. What was taken back is in no figure.
struct HoursStatement {
  std::string person;
  std::string household;  ///< whose points they earned; empty: nobody's
  std::string service_class;
  std::string service_kind;
  Wide services = 0;  ///< credited
  Wide minutes = 0;
  std::map<std::string, Wide> counted;  ///< units after caps, by scheme
  std::map<std::string, Wide> granted;  ///< points, by scheme
};

/// Memory: the rows, services that wait for their attestation, credited ones of another class than
/// `service`, sessions.
class HoursLedger final : public Projection {
 public:
  explicit HoursLedger(DateWindow window,
                       const rules::Catalogue& catalogue = rules::Catalogue::Standard())
      : window_(window), kinds_(catalogue.kinds()) {}

  void OnEvent(const EventContext& context) override;

  /// By person, household, class and kind.
  [[nodiscard]] std::vector<HoursStatement> Statements(const rules::BookState& state) const;

 private:
  struct Key {
    NameId person;
    NameId holder;
    std::uint8_t minutes_class = 0;
    NameId service_kind;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  struct Row {
    Wide services = 0;
    Wide minutes = 0;
    std::map<NameId, Wide> counted;
    std::map<NameId, Wide> granted;
  };
  /// What the grants that follow in the entry are for.
  struct Cause {
    Address at;             ///< the attestation, the reversal, or the page of a policy
    std::vector<Key> keys;  ///< one for all of them; of a page one for each
    bool each = false;
  };

  void Record(Address at, const schema::ServiceRecorded& fact);
  void Attest(const EventContext& context);
  void Grant(const EventContext& context);
  /// A policy reaches back: the grants that follow are for these services.
  void Apply(const EventContext& context);
  /// The class of a service that an attestation credited, which a page does not tell.
  [[nodiscard]] std::uint8_t ClassOf(Address attestation) const;
  void Attend(const schema::AttendanceRecorded& fact, int sign);
  void TakeBack(const EventContext& context);
  void Credit(const Key& key, const schema::ServiceAttested& fact, int sign);
  void Count(const Key& key, const schema::PointsGranted& grant, int sign);

  DateWindow window_;
  const schema::KindTable& kinds_;
  bool within_ = false;                      ///< the event at hand lies in the window
  std::map<Address, Key> pending_;           ///< class 0 until it is attested
  std::map<Address, std::uint8_t> classes_;  ///< by the crediting attestation, but for `service`
  std::map<Address, NameId> sessions_;       ///< their kind of service
  Cause cause_;
  std::map<Key, Row> rows_;
};

}  // namespace suanpan::replay
