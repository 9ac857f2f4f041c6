#pragma once

// Table payloads: FlatBuffers tables whose field ids are the order of `Describe`. One code path
// builds them, so the bytes are canonical: an audit builds them again and compares
// (formats.md 6.2). A field absent is not in the bytes; no field has a default other than absent.
//
//   names u32 | amounts i64 | counts as their type | enums u8 | dates and months u16 | addresses
//   u64 | texts string digests [ubyte] | rates struct {n u32, m u32} | pots u16 (class | source <<
//   8) | name lists [uint32] | objects table

#include <memory>
#include <string>

#include "suanpan/base/bytes.h"
#include "suanpan/base/invariant.h"
#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

/// Builds one table. Two walks over the fields: offsets first (texts, lists, inner tables), then
/// the table itself.
class TableWriter {
 public:
  TableWriter();
  ~TableWriter();
  TableWriter(const TableWriter&) = delete;
  TableWriter& operator=(const TableWriter&) = delete;

  /// Appends the finished buffer of `value`, padded to 8 bytes.
  template <class T>
  void Write(const T& value, std::string& out) {
    Clear();
    Finish(BuildTable(value), out);
  }

  void Computed() {}
  void Name(std::string_view, NameId id, Grammar, Need) { Scalar(id.value(), id.value() != 0); }
  template <class U>
  void Amount(std::string_view, suanpan::Amount<U> amount, Sign, Need need) {
    Scalar(amount.value(), need == Need::kRequired || amount.value() != 0);
  }
  template <class T>
  void Count(std::string_view, T value, Range, Need need) {
    Scalar(value, need == Need::kRequired || value != 0);
  }
  template <class T>
  void CountIf(std::string_view, T value, Range, unsigned flags, unsigned mask) {
    Scalar(value, Has(flags, mask));
  }
  void Enum(std::string_view, std::uint8_t value, Words, Need) { Scalar(value, value != 0); }
  void Day(std::string_view, Date date, Need) { Scalar(date.value(), date.value() != 0); }
  void Period(std::string_view, Month month, Need) { Scalar(month.value(), month.value() != 0); }
  void Event(std::string_view, Address address, Need) { Scalar(address.packed(), !address.none()); }
  void Label(std::string_view, std::string_view text, Need) { String(text); }
  void Token(std::string_view, std::string_view text, Need) { String(text); }
  void Digest(std::string_view, const DigestField& digest, Need);
  void Ratio(std::string_view, Rate rate, RateLimit, Need);
  void PotOf(std::string_view, Pot pot, Need) {
    Scalar(static_cast<std::uint16_t>(pot.pot_class | pot.source << 8U), !pot.none());
  }
  void Names(std::string_view, std::span<const NameId> list, Grammar, std::size_t, Need);
  template <class Sub>
  void Object(std::string_view, const Sub& sub, Need) {
    const unsigned field = field_;
    if (!building_) {
      offset_base_ += kFieldsMax;
      const std::uint32_t offset = BuildTable(sub);
      offset_base_ -= kFieldsMax;
      Slot(field) = offset;
      building_ = false;
      field_ = field + 1;
    } else {
      PutOffset(true);
    }
  }

 private:
  static constexpr unsigned kFieldsMax = 24;
  static constexpr unsigned kDepthMax = 3;
  struct Impl;

  template <class T>
  std::uint32_t BuildTable(const T& value) {
    building_ = false;
    field_ = 0;
    T::Describe(*this, value);
    building_ = true;
    field_ = 0;
    const std::uint32_t start = StartTable();
    T::Describe(*this, value);
    return EndTable(start);
  }
  void Clear();
  std::uint32_t& Slot(unsigned field) {
    SUANPAN_INVARIANT(field < kFieldsMax && offset_base_ < kFieldsMax * kDepthMax,
                      "a table with field {} at offset {}", field, offset_base_);
    return offsets_[offset_base_ + field];
  }
  std::uint32_t StartTable();
  std::uint32_t EndTable(std::uint32_t start);
  void Finish(std::uint32_t root, std::string& out);
  /// First walk: remembers `offset`; second walk: adds it where `present`.
  void PutOffset(bool present);
  void String(std::string_view text);
  template <class T>
  void Scalar(T value, bool present);

  std::unique_ptr<Impl> impl_;
  std::uint32_t offsets_[kFieldsMax * kDepthMax] = {};
  unsigned offset_base_ = 0;
  unsigned field_ = 0;
  bool building_ = false;
};

/// Verifies and reads a table. Lists and texts are views into the payload, which must be 8-byte
/// aligned.
class TableReader {
 public:
  /// False where the FlatBuffers verifier refuses the buffer (bounds, alignment, depth, number of
  /// tables).
  template <class T>
  [[nodiscard]] static bool Read(ByteSpan payload, T& value) {
    TableReader reader{payload};
    if (!reader.Root()) return false;
    T::Describe(reader, value);
    return reader.good_;
  }

  void Computed() {}
  void Name(std::string_view, NameId& id, Grammar, Need) { id = NameId{Scalar<std::uint32_t>()}; }
  template <class U>
  void Amount(std::string_view, suanpan::Amount<U>& amount, Sign, Need) {
    amount = suanpan::Amount<U>{Scalar<std::int64_t>()};
  }
  template <class T>
  void Count(std::string_view, T& value, Range, Need) {
    value = Scalar<T>();
  }
  template <class T, class F>
  void CountIf(std::string_view, T& value, Range, F& flags, unsigned mask) {
    if (Present()) flags = static_cast<F>(flags | mask);
    value = Scalar<T>();
  }
  void Enum(std::string_view, std::uint8_t& value, Words, Need) { value = Scalar<std::uint8_t>(); }
  void Day(std::string_view, Date& date, Need) { date = Date{Scalar<std::uint16_t>()}; }
  void Period(std::string_view, Month& month, Need) { month = Month{Scalar<std::uint16_t>()}; }
  void Event(std::string_view, Address& address, Need) {
    address = Address::FromPacked(Scalar<std::uint64_t>());
  }
  void Label(std::string_view, std::string_view& text, Need) { text = String(); }
  void Token(std::string_view, std::string_view& text, Need) { text = String(); }
  void Digest(std::string_view, DigestField& digest, Need);
  void Ratio(std::string_view, Rate& rate, RateLimit, Need);
  void PotOf(std::string_view, Pot& pot, Need) {
    const auto packed = Scalar<std::uint16_t>();
    pot = {static_cast<std::uint8_t>(packed & 0xffU), static_cast<std::uint8_t>(packed >> 8U)};
  }
  void Names(std::string_view, std::span<const NameId>& list, Grammar, std::size_t, Need);
  template <class Sub>
  void Object(std::string_view, Sub& sub, Need) {
    const void* outer = table_;
    const unsigned field = field_;
    if (EnterTable()) {
      field_ = 0;
      Sub::Describe(*this, sub);
    }
    table_ = outer;
    field_ = field + 1;
  }

 private:
  explicit TableReader(ByteSpan payload) : payload_(payload) {}

  [[nodiscard]] bool Root();
  [[nodiscard]] bool EnterTable();
  [[nodiscard]] bool VerifyTable(const void* table);
  [[nodiscard]] bool Present() const;
  [[nodiscard]] std::string_view String();
  template <class T>
  [[nodiscard]] T Scalar();

  ByteSpan payload_;
  const void* table_ = nullptr;
  unsigned field_ = 0;
  bool good_ = true;
};

}  // namespace suanpan::schema
