#pragma once

// Kind 61: the end of a day, in pages. Stored as a struct.

#include "suanpan/schema/entry_format.h"
#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

inline constexpr std::uint32_t kPagesMax = 1'000'000;

struct DayClosed {
  static constexpr std::uint16_t kKind = 61;
  static constexpr std::string_view kName = "day.closed";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kStruct;
  static constexpr Origin kOrigin = Origin::kFact;
  enum : std::uint16_t { kMore = 1 };

  struct Fixed {
    static constexpr unsigned kFlagsKnown = kMore;
    Date date;
    std::uint16_t flags = 0;
    std::uint32_t page = 0;
  } fixed;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Day("date", s.fixed.date, Need::kRequired);
    v.Count("page", s.fixed.page, Range{0, kPagesMax}, Need::kRequired);
    v.Computed();
    v.Flag("more", s.fixed.flags, kMore);
  }

  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.Fixed(s.fixed);
  }
};
static_assert(kStorable<DayClosed::Fixed> && sizeof(DayClosed::Fixed) == 8);

}  // namespace suanpan::schema
