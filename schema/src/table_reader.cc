#include "suanpan/schema/table_reader.h"

#include <cstring>

#include "src/table_fields.h"

namespace suanpan::schema {
namespace {

const flatbuffers::Table* AsTable(const void* table) {
  return static_cast<const flatbuffers::Table*>(table);
}

}  // namespace

bool TableReader::VerifyTable(const void* table) {
  flatbuffers::Verifier verifier{payload_.data(), payload_.size(), 4, 16};
  if (!AsTable(table)->VerifyTableStart(verifier)) return false;
  table_ = table;
  return true;
}

bool TableReader::Root() {
  const flatbuffers::Verifier verifier{payload_.data(), payload_.size(), 4, 16};
  const flatbuffers::uoffset_t root = verifier.VerifyOffset(std::size_t{0});
  return root != 0 && VerifyTable(payload_.data() + root);
}

bool TableReader::EnterTable() {
  const flatbuffers::Verifier verifier{payload_.data(), payload_.size(), 4, 16};
  const flatbuffers::voffset_t field = FieldOffset(field_);
  if (!Present()) return false;
  if (!AsTable(table_)->VerifyOffset(verifier, field) ||
      !VerifyTable(AsTable(table_)->GetPointer<const void*>(field))) {
    good_ = false;
    return false;
  }
  return true;
}

std::size_t TableReader::EnterList(std::size_t max) {
  const flatbuffers::Verifier verifier{payload_.data(), payload_.size(), 4, 16};
  const flatbuffers::voffset_t field = FieldOffset(field_);
  if (!good_ || !Present()) return 0;
  using List = flatbuffers::Vector<flatbuffers::Offset<flatbuffers::Table>>;
  const bool safe = AsTable(table_)->VerifyOffset(verifier, field) &&
                    verifier.VerifyVector(AsTable(table_)->GetPointer<const List*>(field));
  const std::size_t size = safe ? AsTable(table_)->GetPointer<const List*>(field)->size() : 0;
  good_ = size > 0 && size <= max;
  return good_ ? size : 0;
}

bool TableReader::EnterRow(std::size_t index) {
  const flatbuffers::Verifier verifier{payload_.data(), payload_.size(), 4, 16};
  using List = flatbuffers::Vector<flatbuffers::Offset<flatbuffers::Table>>;
  const auto* list = AsTable(table_)->GetPointer<const List*>(FieldOffset(field_));
  const std::size_t at = static_cast<std::size_t>(list->Data() - payload_.data()) + index * 4;
  const flatbuffers::uoffset_t row = verifier.VerifyOffset(at);
  good_ = row != 0 && VerifyTable(payload_.data() + at + row);
  return good_;
}

bool TableReader::Present() const { return AsTable(table_)->CheckField(FieldOffset(field_)); }

template <class T>
T TableReader::Scalar() {
  const flatbuffers::voffset_t field = FieldOffset(field_++);
  const flatbuffers::Verifier verifier{payload_.data(), payload_.size(), 4, 16};
  if (!AsTable(table_)->VerifyField<T>(verifier, field, sizeof(T))) {
    good_ = false;
    return T{};
  }
  return AsTable(table_)->GetField<T>(field, T{});
}
template std::uint8_t TableReader::Scalar();
template std::uint16_t TableReader::Scalar();
template std::int16_t TableReader::Scalar();
template std::uint32_t TableReader::Scalar();
template std::uint64_t TableReader::Scalar();
template std::int64_t TableReader::Scalar();

std::string_view TableReader::String() {
  const flatbuffers::voffset_t field = FieldOffset(field_++);
  const flatbuffers::Verifier verifier{payload_.data(), payload_.size(), 4, 16};
  const auto* table = AsTable(table_);
  if (!table->VerifyOffset(verifier, field) ||
      !verifier.VerifyString(table->GetPointer<const flatbuffers::String*>(field))) {
    good_ = false;
    return {};
  }
  const auto* text = table->GetPointer<const flatbuffers::String*>(field);
  return text == nullptr ? std::string_view{} : std::string_view{text->c_str(), text->size()};
}

void TableReader::Digest(std::string_view, DigestField& digest, Need) {
  const flatbuffers::voffset_t field = FieldOffset(field_++);
  const flatbuffers::Verifier verifier{payload_.data(), payload_.size(), 4, 16};
  const auto* table = AsTable(table_);
  digest.reset();
  if (!table->CheckField(field)) return;
  const bool safe =
      table->VerifyOffset(verifier, field) &&
      verifier.VerifyVector(table->GetPointer<const flatbuffers::Vector<std::uint8_t>*>(field));
  const auto* bytes =
      safe ? table->GetPointer<const flatbuffers::Vector<std::uint8_t>*>(field) : nullptr;
  if (bytes == nullptr || bytes->size() != 32) {
    good_ = false;
    return;
  }
  digest.emplace();
  std::memcpy(digest->bytes.data(), bytes->data(), 32);
}

template <class Stored, class T>
std::span<const T> TableReader::List() {
  static_assert(sizeof(Stored) == sizeof(T));
  using Vector = flatbuffers::Vector<Stored>;
  const flatbuffers::voffset_t field = FieldOffset(field_++);
  const flatbuffers::Verifier verifier{payload_.data(), payload_.size(), 4, 16};
  const auto* table = AsTable(table_);
  if (!table->CheckField(field)) return {};
  const bool safe = table->VerifyOffset(verifier, field) &&
                    verifier.VerifyVector(table->GetPointer<const Vector*>(field));
  const auto* list = safe ? table->GetPointer<const Vector*>(field) : nullptr;
  if (list == nullptr || reinterpret_cast<std::uintptr_t>(list->data()) % alignof(T) != 0) {
    good_ = false;
    return {};
  }
  return {reinterpret_cast<const T*>(list->data()), list->size()};
}

void TableReader::Names(std::string_view, std::span<const NameId>& list, Grammar, std::size_t,
                        Need) {
  list = List<std::uint32_t, NameId>();
}

void TableReader::Events(std::string_view, std::span<const Address>& list, std::size_t) {
  list = List<std::uint64_t, Address>();
}

void TableReader::Ratio(std::string_view, Rate& rate, RateLimit, Need) {
  const flatbuffers::voffset_t field = FieldOffset(field_++);
  const flatbuffers::Verifier verifier{payload_.data(), payload_.size(), 4, 16};
  const auto* table = AsTable(table_);
  rate = {};
  if (!table->CheckField(field)) return;
  if (!table->VerifyField<Rate>(verifier, field, alignof(Rate))) {
    good_ = false;
    return;
  }
  rate = *table->GetStruct<const Rate*>(field);
}

void TableReader::Time(std::string_view, StatedTime& time, Need) {
  const flatbuffers::voffset_t field = FieldOffset(field_++);
  const flatbuffers::Verifier verifier{payload_.data(), payload_.size(), 4, 16};
  const auto* table = AsTable(table_);
  time = {};
  if (!table->CheckField(field)) return;
  if (!table->VerifyField<StatedTime>(verifier, field, alignof(StatedTime))) {
    good_ = false;
    return;
  }
  time = *table->GetStruct<const StatedTime*>(field);
}

}  // namespace suanpan::schema
