#pragma once

// Small value types of fields, and what a visitor of fields must offer.
//
// Every kind of fact is one struct with `Describe(visitor, self)`, which names its fields once, in
// catalogue order. Reading JSON, writing JSON, comparing, interning, validating and the table
// encoding are visitors over it, so that a new kind enters in one place. A visitor V has, for a
// label and a reference to the field:
//
//   Name(label, NameId&, Grammar, Need)
//   NameStated(label, NameId&, Grammar, flags&, mask)
//   Amount(label, Amount<U>&, Sign, Need)
//   AmountStated, AmountIf(label, Amount<U>&, Sign, flags&, mask)
//   Count(label, integer&, Range, Need)
//   CountStated, CountIf(label, integer&, Range, flags&, mask)
//   Enum(label, u8&, Words, Need), WordSet(label, u8& bits, Words, Need)
//   Bool(label, u8&, Need)  0 absent, 1 false, 2 true
//   Day(label, Date&, Need), Period(label, Month&, Need), Time(label, StatedTime&, Need)
//   Periods(label, span<const Month>&, max)
//   Event(label, Address&, Need)
//   Events(label, span<const Address>&, max)
//   EventsStated(label, span<const Address>&, max, flags&, mask)
//   Token(label, string_view&, Need), Label(label, string_view&, Need)
//   Digest(label, DigestField&, Need), Ratio(label, Rate&, RateLimit, Need)
//   PotOf(label, Pot&, Need), PotStated(label, Pot&, flags&, mask)
//   Names(label, span<const NameId>&, Grammar, max, Need)
//   Rows<Row>(label, span<const Row>&, max, Need), Object(label, Sub&, Need)
//   Account(label, u8& class, Pot&, NameId& owner, NameId& detail)  computed: an account by its
//   path Bytes(label, string_view&, max)  computed: bytes as they are stored Computed()  the fields
//   after it, in this object, are the engine's: in events, never in commands Flag(label, flags&,
//   mask)  a computed bit, shown as true where it is set
//
// Besides, for OneOf: a visitor of tables has Skip(), for a choice that is not there; one that
// lists what there may be has Choice(label, name, Sub&).
//
// Optional means: absent is the zero value. Stated means: the engine fills in a default, and the
// mask in `flags` tells whether the caller stated it. If means: the mask tells whether the field is
// there at all, 0 included; where it is not, the value is 0.

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

#include "suanpan/base/bytes.h"
#include "suanpan/base/date.h"
#include "suanpan/base/ids.h"
#include "suanpan/base/units.h"
#include "suanpan/schema/names.h"

namespace suanpan::schema {

enum class Need : std::uint8_t { kRequired, kOptional };

enum class Sign : std::uint8_t {
  kPositive,     ///< > 0, else amount_not_positive
  kNotNegative,  ///< >= 0
  kSigned,       ///< not 0
  kAny,          ///< computed fields
};

struct Range {
  std::int64_t min = 0;
  std::int64_t max = 0;
};

/// Words of an enumeration; the stored value is 1 + position, 0 is absent.
using Words = std::span<const std::string_view>;

/// n/m with 0 <= n <= m * 1000 and 1 <= m <= 1,000,000; donation and margin rates n <= m.
struct Rate {
  std::uint32_t n = 0;
  std::uint32_t m = 0;
  friend bool operator==(const Rate&, const Rate&) = default;
};
enum class RateLimit : std::uint8_t { kAny, kAtMostOne };
inline constexpr std::uint32_t kRateTermMax = 1'000'000;

enum class PotClass : std::uint8_t { kRestricted = 1, kUnrestricted = 2 };
enum class PotSource : std::uint8_t {
  kVendorShare = 1,
  kCharitySale = 2,
  kDonation = 3,
  kInKind = 4,
  kGovernment = 5,
  kWelfareLottery = 6,
  kFoundation = 7,
  kMembership = 8,
  kService = 9,
  kInterest = 10,
  kOther = 11
};
inline constexpr std::string_view kPotClassWords[] = {"restricted", "unrestricted"};
inline constexpr std::string_view kPotSourceWords[] = {
    "vendor_share", "charity_sale", "donation", "in_kind",  "government", "welfare_lottery",
    "foundation",   "membership",   "service",  "interest", "other"};

/// Net assets of a fund by class and source; both 0 is absent.
struct Pot {
  std::uint8_t pot_class = 0;
  std::uint8_t source = 0;
  [[nodiscard]] constexpr bool none() const { return pot_class == 0; }
  friend constexpr auto operator<=>(const Pot&, const Pot&) = default;
};
[[nodiscard]] std::string ToText(Pot pot);
[[nodiscard]] std::optional<Pot> ParsePot(std::string_view text);

using DigestField = std::optional<Hash32>;

/// "#n" of a command before it is resolved: fact n of the same command.
inline constexpr std::uint64_t kLocalSeq = (std::uint64_t{1} << 48U) - 1;
[[nodiscard]] constexpr Address LocalAddress(std::uint16_t fact) { return {Seq{kLocalSeq}, fact}; }
[[nodiscard]] constexpr bool IsLocal(Address address) { return address.seq().value() == kLocalSeq; }

/// "1042.0".
[[nodiscard]] std::string ToText(Address address);
/// "1042.0", or "#3" where `local_allowed`.
[[nodiscard]] std::optional<Address> ParseAddress(std::string_view text, bool local_allowed);

/// Encoding of a kind's payload.
enum class Encoding : std::uint8_t { kStruct, kTable };

/// Who may write a kind.
enum class Origin : std::uint8_t {
  kFact,     ///< a caller
  kDerived,  ///< the engine, caused by a fact of the same entry (marked D in the catalogue)
  kLog,      ///< the log's own book-keeping
};

inline constexpr std::uint8_t kFalse = 1;
inline constexpr std::uint8_t kTrue = 2;
inline constexpr std::string_view kBoolWords[] = {"false", "true"};

/// One object under one label, whose fields depend on a word: the one of `subs` with the number
/// `chosen`, from 1. In tables each has a field of its own, named by `names`.
template <class V, class... Sub>
void OneOf(V& v, std::string_view label, Words names, std::uint8_t chosen, Sub&... subs) {
  std::size_t number = 0;
  const auto visit = [&](auto& sub) {
    const std::string_view name = names[number++];
    if constexpr (requires { v.Choice(label, name, sub); }) {
      v.Choice(label, name, sub);
    } else if constexpr (requires { v.Skip(); }) {
      if (number == chosen) return v.Object(name, sub, Need::kRequired);
      v.Skip();
    } else if (number == chosen) {
      v.Object(label, sub, Need::kRequired);
    }
  };
  (visit(subs), ...);
}

/// The flags word of a payload, read and written through a mask.
template <class F>
[[nodiscard]] constexpr bool Has(F flags, unsigned mask) {
  return (flags & mask) != 0;
}

}  // namespace suanpan::schema
