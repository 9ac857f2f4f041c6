#pragma once

// Kinds 64, 66 and 67: the log's own book-keeping. They have no postings and are no facts.

#include "suanpan/schema/entry_format.h"
#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

struct RefIntroduced {
  static constexpr std::uint16_t kKind = 64;
  static constexpr std::string_view kName = "ref.introduced";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kStruct;
  static constexpr Origin kOrigin = Origin::kLog;

  NameId id;
  std::string_view ref;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Computed();
    v.Number("id", s.id);
    v.Text("ref", s.ref);
  }

  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.NamedText(s.id, s.ref);
  }
};

/// Entries that were promised are gone, and the log goes on without them. An entry of its own,
/// first in it. Example: the log had 27 entries, a copy of 23 was restored: entry 24 has lost_after
/// 23 and from_seq 27.
struct LogRestored {
  static constexpr std::uint16_t kKind = 66;
  static constexpr std::string_view kName = "log.restored";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kStruct;
  static constexpr Origin kOrigin = Origin::kLog;

  struct Fixed {
    std::int64_t from_seq = 0;    ///< last entry that is known to have been promised
    std::int64_t lost_after = 0;  ///< last entry that is kept, the one before this
    NameId reason;
    std::uint32_t zero = 0;
  };
  static constexpr std::int64_t kSeqMax = (std::int64_t{1} << 48) - 2;

  Fixed fixed;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Computed();
    v.Count("from_seq", s.fixed.from_seq, Range{1, kSeqMax}, Need::kRequired);
    v.Name("reason", s.fixed.reason, Grammar::kCode, Need::kRequired);
    v.Count("lost_after", s.fixed.lost_after, Range{1, kSeqMax}, Need::kRequired);
  }

  template <class Io, class S>
  static void Layout(Io& io, S& s) {
    io.Fixed(s.fixed);
  }
};
static_assert(kStorable<LogRestored::Fixed> && sizeof(LogRestored::Fixed) == 24);

struct SchemaAdded {
  static constexpr std::uint16_t kKind = 67;
  static constexpr std::string_view kName = "schema.added";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kTable;
  static constexpr Origin kOrigin = Origin::kLog;

  std::uint32_t version = 0;
  DigestField digest;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Computed();
    v.Count("version", s.version, Range{1, 0xffff'ffffLL}, Need::kRequired);
    v.Digest("digest", s.digest, Need::kRequired);
  }
};

}  // namespace suanpan::schema
