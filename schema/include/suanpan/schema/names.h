#pragma once

// Grammar of the words in a fact (events.md 1.2) and the reader of interned names.

#include <string_view>

#include "suanpan/base/ids.h"

namespace suanpan::schema {

/// Which grammar a field's name obeys. All of them share one space of interned names.
enum class Grammar : unsigned char {
  kRef,   ///< 1-64 bytes of [a-z0-9._:/-]
  kCode,  ///< 1-32 bytes of [a-z0-9_]
};

[[nodiscard]] bool IsRef(std::string_view text);
[[nodiscard]] bool IsCode(std::string_view text);
[[nodiscard]] bool Obeys(std::string_view text, Grammar grammar);
/// What a name of any field may be: the union of the grammars, which is that of a ref.
[[nodiscard]] bool IsName(std::string_view text);
/// 1-32 bytes of [A-Za-z0-9._-], stored in place and never interned.
[[nodiscard]] bool IsToken(std::string_view text);
/// 1-80 bytes of UTF-8 in NFC without control characters.
[[nodiscard]] bool IsLabel(std::string_view text);

/// Looks up interned names. Implementations state their thread rules.
class NameReader {
 public:
  virtual ~NameReader() = default;
  /// Text of an id; empty for 0 and for an id never introduced.
  [[nodiscard]] virtual std::string_view TextOf(NameId id) const = 0;
};

}  // namespace suanpan::schema
