#pragma once

// The FlatBuffers schema that this version writes with, carried inside the library: an export
// copies it, so that whoever reads the log needs nothing of ours, and `schema.added` records the
// SHA-256 of its compiled form (docs/format.md).

#include <cstdint>
#include <span>
#include <string_view>

#include "suanpan/base/bytes.h"

namespace suanpan::schema {

/// Version of the set of payload schemas, recorded by `schema.added` before its first use. Grows by
/// 1 with every released change of schema/fbs.
inline constexpr std::uint32_t kSchemaVersion = 2;

struct SchemaFile {
  std::string_view name;  ///< without suffix: "suanpan"
  std::string_view text;  ///< the .fbs source
  ByteSpan compiled;      ///< the .bfbs, 8-byte aligned; its SHA-256 is the schema's digest
};

/// All schema files, today one. Static memory; any thread.
[[nodiscard]] std::span<const SchemaFile> SchemaFiles();

}  // namespace suanpan::schema
