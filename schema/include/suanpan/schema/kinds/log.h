#pragma once

// Kinds 64 and 67: the log's own book-keeping. They have no postings and are no facts.

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
