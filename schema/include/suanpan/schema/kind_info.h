#pragma once

// The kind registry: everything the log must know of a kind that is not a rule, made from the
// kind's one struct.

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "suanpan/base/arena.h"
#include "suanpan/schema/compare_fields.h"
#include "suanpan/schema/event.h"
#include "suanpan/schema/json_fields.h"
#include "suanpan/schema/json_reader.h"
#include "suanpan/schema/ref_fields.h"
#include "suanpan/schema/resolve_fields.h"
#include "suanpan/schema/struct_codec.h"
#include "suanpan/schema/table_reader.h"
#include "suanpan/schema/table_writer.h"
#include "suanpan/schema/validate_fields.h"

namespace suanpan::schema {

/// One kind, type-erased. Values are of the kind's struct and live in arenas.
class KindInfo {
 public:
  std::uint16_t number = 0;
  std::string_view name;
  std::uint8_t version = 0;
  Encoding encoding = Encoding::kStruct;
  Origin origin = Origin::kFact;
  bool also_derived = false;  ///< of a fact's kind: the engine may derive one too
  bool approval_required = false;

  /// A zero value.
  void* (*make)(Arena& arena) = nullptr;
  /// Fills the value from a JSON object; faults are kept in the reader.
  void (*read_json)(JsonFieldReader& reader, void* value) = nullptr;
  void (*write_json)(JsonFieldWriter& writer, const void* value) = nullptr;
  /// First field that differs, empty when equal.
  std::string (*compare)(const void* stored, const void* other) = nullptr;
  /// Maps names and addresses; copies what it changes into the arena.
  void* (*resolve)(const void* value, FieldMap& map, Arena& arena) = nullptr;
  void (*validate)(FieldValidator& validator, const void* value) = nullptr;
  /// Every ref that a caller stated.
  void (*list_refs)(RefFields& refs, const void* value) = nullptr;
  /// Appends the payload, a multiple of 8 bytes.
  void (*encode)(const void* value, TableWriter& tables, std::string& out) = nullptr;
  /// The value of an 8-byte aligned payload, viewing it; null when the bytes are not of this kind.
  const void* (*decode)(ByteSpan payload, Arena& arena) = nullptr;
};

namespace detail {

/// The functions of KindInfo for one struct.
template <class T>
struct KindFunctions {
  static_assert(std::is_trivially_destructible_v<T>);

  static void* Make(Arena& arena) { return arena.One<T>(); }
  static void ReadJson(JsonFieldReader& reader, void* value) {
    T::Describe(reader, *static_cast<T*>(value));
  }
  static void WriteJson(JsonFieldWriter& writer, const void* value) {
    T::Describe(writer, *static_cast<const T*>(value));
  }
  static std::string Compare(const void* stored, const void* other) {
    std::string difference;
    const T& first = *static_cast<const T*>(stored);
    FieldComparer<T> compare{first, *static_cast<const T*>(other), difference};
    T::Describe(compare, first);
    return difference;
  }
  static void* Resolve(const void* value, FieldMap& map, Arena& arena) {
    T* copy = arena.One<T>();
    *copy = *static_cast<const T*>(value);
    FieldResolver resolver{map, arena};
    T::Describe(resolver, *copy);
    return copy;
  }
  static void Validate(FieldValidator& validator, const void* value) {
    T::Describe(validator, *static_cast<const T*>(value));
  }
  static void ListRefs(RefFields& refs, const void* value) {
    T::Describe(refs, *static_cast<const T*>(value));
  }
  static void Encode(const void* value, TableWriter& tables, std::string& out) {
    if constexpr (T::kEncoding == Encoding::kTable) {
      tables.Write(*static_cast<const T*>(value), out);
    } else {
      T copy = *static_cast<const T*>(value);
      StructWriter writer{out};
      T::Layout(writer, copy);
    }
  }
  static const void* Decode(ByteSpan payload, Arena& arena) {
    T* value = arena.One<T>();
    if constexpr (T::kEncoding == Encoding::kTable) {
      return TableReader::Read(payload, *value, arena) ? value : nullptr;
    } else {
      StructReader reader{payload};
      T::Layout(reader, *value);
      return reader.ok() ? value : nullptr;
    }
  }
};

}  // namespace detail

template <class T>
[[nodiscard]] KindInfo MakeKindInfo() {
  using Functions = detail::KindFunctions<T>;
  KindInfo info;
  info.number = T::kKind;
  info.name = T::kName;
  info.version = T::kVersion;
  info.encoding = T::kEncoding;
  info.origin = T::kOrigin;
  if constexpr (requires { T::kAlsoDerived; }) info.also_derived = T::kAlsoDerived;
  if constexpr (requires { T::kApprovalRequired; }) info.approval_required = T::kApprovalRequired;
  info.make = &Functions::Make;
  info.read_json = &Functions::ReadJson;
  info.write_json = &Functions::WriteJson;
  info.compare = &Functions::Compare;
  info.resolve = &Functions::Resolve;
  info.validate = &Functions::Validate;
  info.list_refs = &Functions::ListRefs;
  info.encode = &Functions::Encode;
  info.decode = &Functions::Decode;
  return info;
}

/// Who wrote an event. One of a kind that both write is the engine's where it has a cause.
[[nodiscard]] inline Origin OriginOf(const Event& event) {
  const bool caused = event.common.cause != 0 || !event.common.cause_address.none();
  return event.kind->also_derived && caused ? Origin::kDerived : event.kind->origin;
}

/// The kinds an engine knows, by number and by name. Immutable once built; shared by threads.
class KindTable {
 public:
  KindTable() = default;
  KindTable(const KindTable&) = delete;
  KindTable& operator=(const KindTable&) = delete;

  /// Registers a kind; its number and name must be new.
  const KindInfo& Add(KindInfo info);

  [[nodiscard]] const KindInfo* ByNumber(std::uint16_t number) const {
    return number < kKindsMax ? by_number_[number] : nullptr;
  }
  [[nodiscard]] const KindInfo* ByName(std::string_view name) const;
  /// In order of number.
  [[nodiscard]] std::vector<const KindInfo*> All() const;

 private:
  std::vector<std::unique_ptr<KindInfo>> kinds_;
  std::array<const KindInfo*, kKindsMax> by_number_{};
};

}  // namespace suanpan::schema
