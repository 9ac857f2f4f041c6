#pragma once

// A FlatBuffers table of docs/format-payloads.md section 5, made with the library's untyped
// builder: its fields in order of id, then the buffer.

#include <cstdint>
#include <string>
#include <vector>

#include "support/opinion/bytes/slip.h"

namespace suanpan::opinion::bytes {

class Table {
 public:
  explicit Table(Slip slip) : slip_(slip) {}

  // Each is the field with the next id. A number that is 0 is absent, unless it is `stated`; so is
  // an empty text or list.
  void U8(std::uint64_t value) { Scalar(Type::kU8, value, value != 0); }
  void U16(std::uint64_t value, bool stated = false) {
    Scalar(Type::kU16, value, stated || value != 0);
  }
  void I16(std::int64_t value, bool stated) {
    Scalar(Type::kI16, static_cast<std::uint64_t>(value), stated);
  }
  void U32(std::uint64_t value, bool stated = false) {
    Scalar(Type::kU32, value, stated || value != 0);
  }
  void U64(std::uint64_t value) { Scalar(Type::kU64, value, value != 0); }
  void I64(std::int64_t value, bool stated = false) {
    Scalar(Type::kI64, static_cast<std::uint64_t>(value), stated || value != 0);
  }
  void Text(std::string text);
  /// A list of bytes.
  void Bytes(std::string bytes);
  void Numbers(std::vector<std::uint32_t> numbers);
  void Addresses(std::vector<std::uint64_t> addresses);
  /// The struct Rate; absent where m is 0.
  void Rate(std::uint32_t n, std::uint32_t m);
  /// The struct Time; absent where it is all zeros.
  void Time(std::uint32_t seconds, int quarters);
  /// Absent where it has no field.
  void Inner(Table table);
  void Rows(std::vector<Table> rows);
  void Absent() { fields_.emplace_back(); }

  /// The finished buffer, not padded.
  [[nodiscard]] std::string Finish() const;

 private:
  enum class Type : std::uint8_t {
    kAbsent,
    kU8,
    kU16,
    kI16,
    kU32,
    kU64,
    kI64,
    kText,
    kBytes,
    kNumbers,
    kAddresses,
    kRate,
    kTime,
    kTable,
    kRows
  };
  struct Field {
    Type type = Type::kAbsent;
    std::uint64_t number = 0;
    std::string text;
    std::vector<std::uint32_t> numbers;
    std::vector<std::uint64_t> addresses;
    std::vector<Table> inner;
  };
  class Builder;

  void Scalar(Type type, std::uint64_t value, bool present);
  [[nodiscard]] bool empty() const;

  Slip slip_;
  std::vector<Field> fields_;
};

}  // namespace suanpan::opinion::bytes
