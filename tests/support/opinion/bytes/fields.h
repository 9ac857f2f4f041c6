#pragma once

// The fields of one event (or of one line of it): what its caller stated, and what the engine
// computed or filled in.

#include <string>
#include <vector>

#include "support/opinion/bytes/slip.h"
#include "support/opinion/bytes/values.h"

namespace suanpan::opinion::bytes {

class Fields {
 public:
  /// Both objects must outlive this; null: no such object.
  Fields(const Json& stated, const Json* computed, Slip slip)
      : stated_(&stated), computed_(computed), slip_(slip) {}

  /// The value, wherever it is from; null where there is none.
  [[nodiscard]] const Json* Find(const char* name) const;
  [[nodiscard]] bool Has(const char* name) const { return Find(name) != nullptr; }
  /// `mask` where the caller stated the field.
  [[nodiscard]] unsigned Flag(const char* name, unsigned mask) const;
  /// `mask` where the field is there, as a computed one that is true.
  [[nodiscard]] unsigned Mark(const char* name, unsigned mask) const;

  // 0 or empty where there is no such field.
  [[nodiscard]] std::string Text(const char* name) const;
  [[nodiscard]] std::int64_t Amount(const char* name) const;
  [[nodiscard]] std::uint64_t Address(const char* name) const;
  [[nodiscard]] std::uint64_t Day(const char* name) const;
  [[nodiscard]] std::uint64_t Month(const char* name) const;
  [[nodiscard]] std::uint8_t Word(const char* name,
                                  std::initializer_list<std::string_view> words) const;
  /// 1 false, 2 true.
  [[nodiscard]] std::uint8_t Truth(const char* name) const;
  /// A bit for each word of a list, the lowest for the first known one.
  [[nodiscard]] std::uint8_t Bits(const char* name,
                                  std::initializer_list<std::string_view> words) const;
  [[nodiscard]] StatedTime Time(const char* name) const;
  [[nodiscard]] Pot PotField(const char* name) const;
  /// A list of texts.
  [[nodiscard]] std::vector<std::string> Texts(const char* name) const;
  /// A list of objects, each with what was computed for it.
  [[nodiscard]] std::vector<Fields> Lines(const char* name) const;
  /// An object; its fields are absent where it is.
  [[nodiscard]] Fields Inner(const char* name) const;

 private:
  const Json* stated_;
  const Json* computed_;
  Slip slip_;
};

}  // namespace suanpan::opinion::bytes
