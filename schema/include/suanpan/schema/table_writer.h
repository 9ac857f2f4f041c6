#pragma once

// Table payloads: FlatBuffers tables whose field ids are the order of `Describe`. One code path
// builds them, so the bytes are canonical: an audit builds them again and compares
// (formats.md 6.2). A field absent is not in the bytes; no field has a default other than absent.
//
//   names u32 | amounts i64 | counts as their type | enums u8 | dates and months u16 | addresses
//   u64 | texts string digests [ubyte] | rates struct {n u32, m u32} | pots u16 (class | source <<
//   8) | times struct {s u32, quarters i8, 0 0 0} | truths u8 (1 false, 2 true) | sets of words u8
//   | name lists [uint32] | address lists [uint64] | objects table | rows [table]

#include <memory>
#include <string>
#include <vector>

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
  void WordSet(std::string_view, std::uint8_t bits, Words, Need) { Scalar(bits, bits != 0); }
  void Bool(std::string_view, std::uint8_t value, Need) { Scalar(value, value != 0); }
  void Time(std::string_view, const StatedTime& time, Need);
  template <class U>
  void AmountIf(std::string_view, suanpan::Amount<U> amount, Sign, unsigned flags, unsigned mask) {
    Scalar(amount.value(), Has(flags, mask));
  }
  void Day(std::string_view, Date date, Need) { Scalar(date.value(), date.value() != 0); }
  void Period(std::string_view, Month month, Need) { Scalar(month.value(), month.value() != 0); }
  void Event(std::string_view, Address address, Need) { Scalar(address.packed(), !address.none()); }
  void Events(std::string_view, std::span<const Address> list, std::size_t);
  void Label(std::string_view, std::string_view text, Need) { String(text); }
  void Token(std::string_view, std::string_view text, Need) { String(text); }
  void Digest(std::string_view, const DigestField& digest, Need);
  void Ratio(std::string_view, Rate rate, RateLimit, Need);
  void PotOf(std::string_view, Pot pot, Need) {
    Scalar(static_cast<std::uint16_t>(pot.pot_class | pot.source << 8U), !pot.none());
  }
  void Names(std::string_view, std::span<const NameId> list, Grammar, std::size_t, Need);
  void Skip() { ++field_; }
  template <class Sub>
  void Object(std::string_view, const Sub& sub, Need) {
    if constexpr (requires { sub.empty(); }) {
      if (sub.empty()) return Skip();
    }
    if (building_) return PutOffset(true);
    const unsigned field = field_;
    Slot(field) = BuildInner(sub, field);
  }
  template <class Row>
  void Rows(std::string_view, std::span<const Row> rows, std::size_t, Need) {
    if (building_ || rows.empty()) return PutOffset(!rows.empty());
    const unsigned field = field_;
    std::vector<std::uint32_t> tables;
    tables.reserve(rows.size());
    for (const Row& row : rows) tables.push_back(BuildInner(row, field));
    Slot(field) = List(tables);
  }

 private:
  static constexpr unsigned kFieldsMax = 24;
  static constexpr unsigned kDepthMax = 4;
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
  /// A table in the field of another, built in the other's first walk.
  template <class T>
  std::uint32_t BuildInner(const T& value, unsigned field) {
    offset_base_ += kFieldsMax;
    const std::uint32_t offset = BuildTable(value);
    offset_base_ -= kFieldsMax;
    building_ = false;
    field_ = field + 1;
    return offset;
  }
  std::uint32_t List(const std::vector<std::uint32_t>& tables);
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

}  // namespace suanpan::schema
