#pragma once

// Struct payloads: a fixed part, optional words, rows and tokens, all padded to 8 bytes with zeros.
// `Layout` of a kind names the parts once; the writer and the reader here walk it. Reading is
// zero-copy: rows are spans into the payload, which must be 8-byte aligned. Length, zero padding
// and counts are checked on reading; ranges by the validator.

#include <cstring>
#include <string>

#include "suanpan/base/bytes.h"
#include "suanpan/schema/entry_format.h"
#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

/// Appends a value's stored bytes to `out`. Counts in the fixed part are set first.
class StructWriter {
 public:
  explicit StructWriter(std::string& out) : out_(out) {}

  template <class Count, class List>
  void Counts(Count& count, const List& list) {
    count = static_cast<Count>(list.size());
  }
  template <class F>
  void FlagIf(F& flags, unsigned mask, Address address) {
    flags = static_cast<F>(address.none() ? flags & ~mask : flags | mask);
  }
  template <class T>
  void Fixed(const T& fixed) {
    static_assert(kStorable<T> && sizeof(T) % 8 == 0);
    out_.append(reinterpret_cast<const char*>(&fixed), sizeof fixed);
  }
  void AddressIf(unsigned flags, unsigned mask, Address address) {
    if (Has(flags, mask)) AppendLittle(out_, address.packed());
  }
  template <class T>
  void Rows(std::span<const T> rows, std::size_t) {
    static_assert(kStorable<T>);
    out_.append(reinterpret_cast<const char*>(rows.data()), rows.size_bytes());
    Pad(rows.size_bytes());
  }
  void Token(std::string_view token, std::size_t) {
    out_.append(token);
    Pad(token.size());
  }
  /// id u32, length u8, bytes, zero to 8.
  void NamedText(NameId id, std::string_view text) {
    AppendLittle(out_, id.value());
    AppendLittle(out_, static_cast<std::uint8_t>(text.size()));
    out_.append(text);
    Pad(5 + text.size());
  }

 private:
  void Pad(std::size_t used) { out_.append(PadTo8(used) - used, '\0'); }

  std::string& out_;
};

/// Reads a payload; `ok()` is false where lengths, counts or padding are wrong.
class StructReader {
 public:
  explicit StructReader(ByteSpan payload) : at_(payload.data()), left_(payload.size()) {}

  /// All parts fitted and nothing is left over.
  [[nodiscard]] bool ok() const { return good_ && left_ == 0; }

  template <class Count, class List>
  void Counts(Count&, const List&) {}
  template <class F>
  void FlagIf(F&, unsigned, Address) {}

  template <class T>
  void Fixed(T& fixed) {
    static_assert(kStorable<T> && sizeof(T) % 8 == 0);
    if (!Take(sizeof(T))) return;
    std::memcpy(&fixed, taken_, sizeof(T));
    good_ = good_ && NothingReserved(fixed);
  }
  void AddressIf(unsigned flags, unsigned mask, Address& address) {
    if (!Has(flags, mask) || !Take(8)) return;
    address = Address::FromPacked(LoadLittle<std::uint64_t>(taken_));
    good_ = good_ && !address.none();
  }
  template <class T>
  void Rows(std::span<const T>& rows, std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    if (!Take(PadTo8(bytes))) return;
    rows = {reinterpret_cast<const T*>(taken_), count};
    ZeroFrom(bytes, PadTo8(bytes));
    for (const T& row : rows) good_ = good_ && NothingReserved(row);
  }
  void Token(std::string_view& token, std::size_t size) {
    if (!Take(PadTo8(size))) return;
    token = {reinterpret_cast<const char*>(taken_), size};
    ZeroFrom(size, PadTo8(size));
  }
  void NamedText(NameId& id, std::string_view& text) {
    if (left_ < 8) {
      good_ = false;
      return;
    }
    const std::size_t size = at_[4];
    const std::size_t total = PadTo8(5 + size);
    if (!Take(total)) return;
    id = NameId{LoadLittle<std::uint32_t>(taken_)};
    text = {reinterpret_cast<const char*>(taken_) + 5, size};
    ZeroFrom(5 + size, total);
  }

 private:
  /// Reserved bytes are zero and no flag is set that this version does not know. A struct with
  /// flags names them in `kFlagsKnown`.
  template <class T>
  static bool NothingReserved(const T& part) {
    bool good = true;
    if constexpr (requires { part.zero; }) good = part.zero == decltype(part.zero){};
    if constexpr (requires { part.zero2; }) good = good && part.zero2 == decltype(part.zero2){};
    if constexpr (requires { part.flags; }) good = good && (part.flags & ~T::kFlagsKnown) == 0;
    return good;
  }
  bool Take(std::size_t bytes) {
    if (!good_ || left_ < bytes) {
      good_ = false;
      return false;
    }
    taken_ = at_;
    at_ += bytes;
    left_ -= bytes;
    return true;
  }
  void ZeroFrom(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) good_ = good_ && taken_[i] == 0;
  }

  const std::uint8_t* at_;
  std::size_t left_;
  const std::uint8_t* taken_ = nullptr;
  bool good_ = true;
};

}  // namespace suanpan::schema
