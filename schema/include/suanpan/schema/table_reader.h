#pragma once

// Reading table payloads; table_writer.h has the types of fields.

#include "suanpan/base/arena.h"
#include "suanpan/base/bytes.h"
#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

/// Verifies and reads a table. Lists of names and texts are views into the payload, which must be
/// 8-byte aligned; rows lie in the arena.
class TableReader {
 public:
  /// False where the FlatBuffers verifier refuses the buffer (bounds, alignment, depth, number of
  /// tables).
  template <class T>
  [[nodiscard]] static bool Read(ByteSpan payload, T& value, Arena& arena) {
    TableReader reader{payload, arena};
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
  void WordSet(std::string_view, std::uint8_t& bits, Words, Need) { bits = Scalar<std::uint8_t>(); }
  void Bool(std::string_view, std::uint8_t& value, Need) { value = Scalar<std::uint8_t>(); }
  void Time(std::string_view, StatedTime& time, Need);
  template <class U, class F>
  void AmountIf(std::string_view, suanpan::Amount<U>& amount, Sign, F& flags, unsigned mask) {
    if (Present()) flags = static_cast<F>(flags | mask);
    amount = suanpan::Amount<U>{Scalar<std::int64_t>()};
  }
  void Day(std::string_view, Date& date, Need) { date = Date{Scalar<std::uint16_t>()}; }
  void Period(std::string_view, Month& month, Need) { month = Month{Scalar<std::uint16_t>()}; }
  void Event(std::string_view, Address& address, Need) {
    address = Address::FromPacked(Scalar<std::uint64_t>());
  }
  void Events(std::string_view, std::span<const Address>& list, std::size_t);
  void Label(std::string_view, std::string_view& text, Need) { text = String(); }
  void Token(std::string_view, std::string_view& text, Need) { text = String(); }
  void Digest(std::string_view, DigestField& digest, Need);
  void Ratio(std::string_view, Rate& rate, RateLimit, Need);
  void PotOf(std::string_view, Pot& pot, Need) {
    const auto packed = Scalar<std::uint16_t>();
    pot = {static_cast<std::uint8_t>(packed & 0xffU), static_cast<std::uint8_t>(packed >> 8U)};
  }
  void Names(std::string_view, std::span<const NameId>& list, Grammar, std::size_t, Need);
  void Skip() {
    good_ = good_ && !Present();
    ++field_;
  }
  template <class Row>
  void Rows(std::string_view, std::span<const Row>& rows, std::size_t max, Need) {
    const void* outer = table_;
    const unsigned field = field_;
    const std::span<Row> made = arena_.Make<Row>(EnterList(max));
    for (std::size_t i = 0; i < made.size() && good_; ++i) {
      table_ = outer;
      field_ = field;
      if (!EnterRow(i)) break;
      field_ = 0;
      Row::Describe(*this, made[i]);
    }
    rows = made;
    table_ = outer;
    field_ = field + 1;
  }
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
  TableReader(ByteSpan payload, Arena& arena) : payload_(payload), arena_(arena) {}

  [[nodiscard]] bool Root();
  [[nodiscard]] bool EnterTable();
  /// Rows in the list of the current field; 0 where there is none or it is no good.
  [[nodiscard]] std::size_t EnterList(std::size_t max);
  [[nodiscard]] bool EnterRow(std::size_t index);
  [[nodiscard]] bool VerifyTable(const void* table);
  [[nodiscard]] bool Present() const;
  [[nodiscard]] std::string_view String();
  /// The list in the current field, in place; its items must be aligned.
  template <class Stored, class T>
  [[nodiscard]] std::span<const T> List();
  template <class T>
  [[nodiscard]] T Scalar();

  ByteSpan payload_;
  Arena& arena_;
  const void* table_ = nullptr;
  unsigned field_ = 0;
  bool good_ = true;
};

}  // namespace suanpan::schema
