#pragma once

// Services that were recorded and wait for the rest of their attestation, and the one that the last
// attestation credited.

#include <optional>
#include <unordered_map>
#include <vector>

#include "suanpan/schema/event.h"
#include "suanpan/schema/kind_info.h"
#include "suanpan/schema/kinds/corrections.h"
#include "suanpan/schema/kinds/lots.h"
#include "suanpan/schema/kinds/service.h"

namespace suanpan::audit {

/// A service with what was attested of it so far.
struct KnownService {
  NameId person;
  NameId holder;  ///< 0: earns nobody anything
  NameId service_kind;
  std::uint8_t service_class = 0;
  std::uint8_t steps = 0;    ///< a bit for each, from 1 for the first
  std::uint8_t quality = 0;  ///< the last one stated; 0: none
  Date day;
  Wide minutes = 0;  ///< as lowered so far
  Wide beneficiaries = 0;
  Wide quantity = 0;
  Address session;
  Address order;

  [[nodiscard]] static KnownService Of(const schema::ServiceRecorded& fact, Date day);
  [[nodiscard]] KnownService With(const schema::ServiceAttested& fact) const;
};

/// What a reversal of a service or of an attestation took back.
struct TakenBack {
  KnownService service;  ///< as it was credited
  bool credited = false;
  std::vector<schema::PointsGranted::Fixed> grants;
  std::vector<schema::RuleRef> rules;  ///< that each was made by
};

/// Memory: services that wait.
class Services {
 public:
  /// Events of other kinds change nothing.
  void Take(Address at, const schema::Event& event, const schema::KindTable& kinds);

  /// Null where it does not wait for anything.
  [[nodiscard]] const KnownService* Find(Address service) const;
  /// The service that the fact at an address credited; null where it is not the last one that did.
  [[nodiscard]] const KnownService* CreditedAt(Address attestation) const;
  /// The month of the latest attestation that credited: what caps counted well before it is
  /// forgotten by the books.
  [[nodiscard]] Month newest() const { return newest_; }
  /// What a reversal takes back, where it is one of a service, an attestation or an award.
  [[nodiscard]] static std::optional<TakenBack> Reversed(const schema::EntryReversed& fact,
                                                         const schema::KindTable& kinds);

 private:
  struct AddressHash {
    std::size_t operator()(Address address) const {
      return std::hash<std::uint64_t>{}(address.packed());
    }
  };
  void Attest(Address at, const schema::Event& event);
  void TakeBack(const schema::EntryReversed& fact, const schema::KindTable& kinds);

  std::unordered_map<Address, KnownService, AddressHash> waiting_;
  Address credited_at_;
  KnownService credited_;
  Month newest_;
};

}  // namespace suanpan::audit
