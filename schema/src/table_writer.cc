#include "suanpan/schema/table_writer.h"

#include "src/table_fields.h"

namespace suanpan::schema {

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

void TableWriter::Events(std::string_view, std::span<const Address> list, std::size_t) {
  static_assert(sizeof(Address) == sizeof(std::uint64_t));
  if (!building_ && !list.empty()) {
    const auto* packed = reinterpret_cast<const std::uint64_t*>(list.data());
    Slot(field_) = impl_->builder.CreateVector(packed, list.size()).o;
  }
  PutOffset(!list.empty());
}

void TableWriter::Names(std::string_view, std::span<const NameId> list, Grammar, std::size_t,
                        Need) {
  if (!building_ && !list.empty()) {
    const auto* ids = reinterpret_cast<const std::uint32_t*>(list.data());
    Slot(field_) = impl_->builder.CreateVector(ids, list.size()).o;
  }
  PutOffset(!list.empty());
}

std::uint32_t TableWriter::List(const std::vector<std::uint32_t>& tables) {
  const auto offset = [&](std::size_t i) {
    return flatbuffers::Offset<flatbuffers::Table>{tables[i]};
  };
  using Offsets = flatbuffers::Offset<flatbuffers::Table>;
  return impl_->builder.CreateVector<Offsets>(tables.size(), offset).o;
}

void TableWriter::Time(std::string_view, const StatedTime& time, Need) {
  const unsigned field = field_++;
  if (building_ && time.seconds != 0) impl_->builder.AddStruct(FieldOffset(field), &time);
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

}  // namespace suanpan::schema
