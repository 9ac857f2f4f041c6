#pragma once

// Kinds 47, 48: a service, and its attestation. Stored as structs.

#include "suanpan/schema/entry_format.h"
#include "suanpan/schema/field_types.h"
#include "suanpan/schema/kinds/policy_bodies.h"

namespace suanpan::schema {

enum class ServiceClass : std::uint8_t { kService = 1, kDuty };
inline constexpr std::string_view kServiceClassWords[] = {"service", "duty"};
/// Classes of minutes; the first two are those that a service may have.
enum class MinutesClass : std::uint8_t { kService = 1, kDuty, kTraining, kOpening };
inline constexpr std::string_view kMinutesClassWords[] = {"service", "duty", "training", "opening"};
inline constexpr std::size_t kBeneficiariesMax = 50;

struct ServiceRecorded {
  static constexpr std::uint16_t kKind = 47;
  static constexpr std::string_view kName = "service.recorded";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kStruct;
  static constexpr Origin kOrigin = Origin::kFact;
  enum : std::uint16_t { kHolderStated = 1, kDistanceStated = 2 };

  struct Fixed {
    static constexpr unsigned kFlagsKnown = kHolderStated | kDistanceStated;
    NameId person;
    NameId holder;  ///< whose points it earns; 0: nobody's
    NameId service_kind;
    NameId place;
    NameId team;
    std::uint8_t service_class = 0;  ///< 0: not stated, that is service
    std::uint8_t beneficiaries = 0;
    std::uint16_t flags = 0;
    StatedTime from;
    StatedTime to;
    Minutes minutes;
    Quantity quantity;
    Address order;
    Address session;
    Address slot;
    Quantity distance;  ///< metres
  } fixed;
  std::span<const NameId> beneficiaries;

  [[nodiscard]] ServiceClass service_class() const {
    return fixed.service_class == 0 ? ServiceClass::kService
                                    : static_cast<ServiceClass>(fixed.service_class);
  }

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("person", s.fixed.person, Grammar::kRef, Need::kRequired);
    v.NameStated("holder", s.fixed.holder, Grammar::kRef, s.fixed.flags, kHolderStated);
    v.Name("service_kind", s.fixed.service_kind, Grammar::kCode, Need::kRequired);
    v.Enum("class", s.fixed.service_class, kServiceClassWords, Need::kOptional);
    v.Time("from", s.fixed.from, Need::kRequired);
    v.Time("to", s.fixed.to, Need::kRequired);
    v.Amount("minutes", s.fixed.minutes, Sign::kPositive, Need::kRequired);
    v.Names("beneficiaries", s.beneficiaries, Grammar::kRef, kBeneficiariesMax, Need::kOptional);
    v.Amount("quantity", s.fixed.quantity, Sign::kPositive, Need::kOptional);
    v.Event("order", s.fixed.order, Need::kOptional);
    v.Event("session", s.fixed.session, Need::kOptional);
    v.Event("slot", s.fixed.slot, Need::kOptional);
    v.Name("place", s.fixed.place, Grammar::kRef, Need::kOptional);
    v.Name("team", s.fixed.team, Grammar::kRef, Need::kOptional);
    v.AmountIf("distance_m", s.fixed.distance, Sign::kPositive, s.fixed.flags, kDistanceStated);
  }

  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.Counts(s.fixed.beneficiaries, s.beneficiaries);
    io.Fixed(s.fixed);
    io.Rows(s.beneficiaries, s.fixed.beneficiaries);
  }
};
static_assert(kStorable<ServiceRecorded::Fixed> && sizeof(ServiceRecorded::Fixed) == 88);

struct ServiceAttested {
  static constexpr std::uint16_t kKind = 48;
  static constexpr std::string_view kName = "service.attested";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kStruct;
  static constexpr Origin kOrigin = Origin::kFact;
  enum : std::uint8_t { kMinutesStated = 1, kCredited = 2 };

  struct Fixed {
    static constexpr unsigned kFlagsKnown = kMinutesStated | kCredited;
    Address service;
    Address previous;  ///< computed: the attestation of the service before this; 0: none
    NameId person;     ///< computed
    std::uint8_t step = 0;
    std::uint8_t quality = 0;        ///< 1 to 5; 0: not stated
    std::uint8_t minutes_class = 0;  ///< computed
    std::uint8_t flags = 0;
    Minutes minutes;
    Minutes credited;  ///< computed: what the last step credits
  } fixed;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Event("service", s.fixed.service, Need::kRequired);
    v.Enum("step", s.fixed.step, kAttestStepWords, Need::kRequired);
    v.AmountIf("minutes", s.fixed.minutes, Sign::kPositive, s.fixed.flags, kMinutesStated);
    v.Count("quality", s.fixed.quality, Range{0, 5}, Need::kOptional);
    v.Computed();
    v.Event("previous", s.fixed.previous, Need::kOptional);
    v.Name("person", s.fixed.person, Grammar::kRef, Need::kOptional);
    v.Enum("class", s.fixed.minutes_class, kMinutesClassWords, Need::kOptional);
    v.Flag("credited", s.fixed.flags, kCredited);
    v.Amount("credited_minutes", s.fixed.credited, Sign::kNotNegative, Need::kOptional);
  }

  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.Fixed(s.fixed);
  }
};
static_assert(kStorable<ServiceAttested::Fixed> && sizeof(ServiceAttested::Fixed) == 40);

}  // namespace suanpan::schema
