#pragma once

// Kinds 49, 50: the timetable of stalls, duties and rooms, and what became of it. Stored as
// structs.

#include "suanpan/schema/entry_format.h"
#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

enum class SlotType : std::uint8_t { kStall = 1, kDuty, kRoom };
inline constexpr std::string_view kSlotTypeWords[] = {"stall", "duty", "room"};

struct SlotScheduled {
  static constexpr std::uint16_t kKind = 49;
  static constexpr std::string_view kName = "slot.scheduled";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kStruct;
  static constexpr Origin kOrigin = Origin::kFact;

  struct Fixed {
    NameId place;
    NameId holder;
    StatedTime from;
    StatedTime to;
    std::uint8_t slot_type = 0;
    std::array<std::uint8_t, 7> zero{};
  } fixed;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Enum("slot_type", s.fixed.slot_type, kSlotTypeWords, Need::kRequired);
    v.Name("place", s.fixed.place, Grammar::kRef, Need::kRequired);
    v.Name("holder", s.fixed.holder, Grammar::kRef, Need::kRequired);
    v.Time("from", s.fixed.from, Need::kRequired);
    v.Time("to", s.fixed.to, Need::kRequired);
  }

  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.Fixed(s.fixed);
  }
};
static_assert(kStorable<SlotScheduled::Fixed> && sizeof(SlotScheduled::Fixed) == 32);

enum class SlotMark : std::uint8_t { kCheckedIn = 1, kNoShow, kCancelled };
inline constexpr std::string_view kSlotMarkWords[] = {"checked_in", "no_show", "cancelled"};

struct SlotMarked {
  static constexpr std::uint16_t kKind = 50;
  static constexpr std::string_view kName = "slot.marked";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kStruct;
  static constexpr Origin kOrigin = Origin::kFact;

  struct Fixed {
    Address slot;
    NameId by;
    std::uint8_t as = 0;
    std::array<std::uint8_t, 3> zero{};
  } fixed;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Event("slot", s.fixed.slot, Need::kRequired);
    v.Enum("as", s.fixed.as, kSlotMarkWords, Need::kRequired);
    v.Name("by", s.fixed.by, Grammar::kRef, Need::kOptional);
  }

  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.Fixed(s.fixed);
  }
};
static_assert(kStorable<SlotMarked::Fixed> && sizeof(SlotMarked::Fixed) == 16);

}  // namespace suanpan::schema
