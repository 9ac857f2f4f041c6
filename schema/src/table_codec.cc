#include "suanpan/schema/table_codec.h"

#include <flatbuffers/flatbuffers.h>

namespace suanpan::schema {
namespace {

flatbuffers::voffset_t FieldOffset(unsigned field) {
  return flatbuffers::FieldIndexToOffset(static_cast<flatbuffers::voffset_t>(field));
}

const flatbuffers::Table* AsTable(const void* table) {
  return static_cast<const flatbuffers::Table*>(table);
}

}  // namespace

struct TableWriter::Impl {
  flatbuffers::FlatBufferBuilder builder{512};
};

TableWriter::TableWriter() : impl_(std::make_unique<Impl>()) {}
TableWriter::~TableWriter() = default;

void TableWriter::Clear() {
  impl_->builder.Clear();
  offset_base_ = 0;
}

std::uint32_t TableWriter::StartTable() { return impl_->builder.StartTable(); }
std::uint32_t TableWriter::EndTable(std::uint32_t start) { return impl_->builder.EndTable(start); }

void TableWriter::Finish(std::uint32_t root, std::string& out) {
  impl_->builder.Finish(flatbuffers::Offset<flatbuffers::Table>{root});
  const std::size_t size = impl_->builder.GetSize();
  out.append(reinterpret_cast<const char*>(impl_->builder.GetBufferPointer()), size);
  out.append(PadTo8(size) - size, '\0');
}

void TableWriter::PutOffset(bool present) {
  const unsigned field = field_++;
  if (!building_ || !present) return;
  impl_->builder.AddOffset(FieldOffset(field), flatbuffers::Offset<void>{Slot(field)});
}

void TableWriter::String(std::string_view text) {
  if (!building_ && !text.empty()) {
    Slot(field_) = impl_->builder.CreateString(text.data(), text.size()).o;
  }
  PutOffset(!text.empty());
}

void TableWriter::Digest(std::string_view, const DigestField& digest, Need) {
  if (!building_ && digest) {
    Slot(field_) = impl_->builder.CreateVector(digest->bytes.data(), digest->bytes.size()).o;
  }
  PutOffset(digest.has_value());
}

void TableWriter::Names(std::string_view, std::span<const NameId> list, Grammar, std::size_t,
                        Need) {
  if (!building_ && !list.empty()) {
    const auto* ids = reinterpret_cast<const std::uint32_t*>(list.data());
    Slot(field_) = impl_->builder.CreateVector(ids, list.size()).o;
  }
  PutOffset(!list.empty());
}

void TableWriter::Ratio(std::string_view, Rate rate, RateLimit, Need) {
  const unsigned field = field_++;
  if (building_ && rate.m != 0) impl_->builder.AddStruct(FieldOffset(field), &rate);
}

template <class T>
void TableWriter::Scalar(T value, bool present) {
  const unsigned field = field_++;
  if (building_ && present) impl_->builder.AddElement<T>(FieldOffset(field), value);
}
template void TableWriter::Scalar(std::uint8_t, bool);
template void TableWriter::Scalar(std::uint16_t, bool);
template void TableWriter::Scalar(std::int16_t, bool);
template void TableWriter::Scalar(std::uint32_t, bool);
template void TableWriter::Scalar(std::uint64_t, bool);
template void TableWriter::Scalar(std::int64_t, bool);

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

void TableReader::Names(std::string_view, std::span<const NameId>& list, Grammar, std::size_t,
                        Need) {
  const flatbuffers::voffset_t field = FieldOffset(field_++);
  const flatbuffers::Verifier verifier{payload_.data(), payload_.size(), 4, 16};
  const auto* table = AsTable(table_);
  list = {};
  if (!table->CheckField(field)) return;
  const bool safe =
      table->VerifyOffset(verifier, field) &&
      verifier.VerifyVector(table->GetPointer<const flatbuffers::Vector<std::uint32_t>*>(field));
  if (!safe) {
    good_ = false;
    return;
  }
  const auto* ids = table->GetPointer<const flatbuffers::Vector<std::uint32_t>*>(field);
  list = {reinterpret_cast<const NameId*>(ids->data()), ids->size()};
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

}  // namespace suanpan::schema
