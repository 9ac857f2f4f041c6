#include "support/opinion/bytes/table.h"

#include <flatbuffers/flatbuffers.h>

#include <algorithm>

namespace suanpan::opinion::bytes {
namespace {

struct RateStruct {
  std::uint32_t n;
  std::uint32_t m;
};

using Offset = flatbuffers::Offset<void>;

}  // namespace

class Table::Builder {
 public:
  std::string Finish(const Table& table) {
    buffer_.Finish(flatbuffers::Offset<flatbuffers::Table>{Build(table)});
    return {reinterpret_cast<const char*>(buffer_.GetBufferPointer()), buffer_.GetSize()};
  }

 private:
  /// Texts, lists and inner tables first, then the fields.
  std::uint32_t Build(const Table& table) {
    std::vector<std::size_t> ids(table.fields_.size());
    for (std::size_t id = 0; id < ids.size(); ++id) ids[id] = id;
    std::vector<std::uint32_t> parts(ids.size());
    std::vector<std::size_t> order = ids;
    if (table.slip_ == Slip::kPartsBackwards) std::reverse(order.begin(), order.end());
    for (const std::size_t id : order) parts[id] = Part(table.fields_[id]);
    if (table.slip_ == Slip::kFieldsBackwards) std::reverse(ids.begin(), ids.end());
    const std::uint32_t start = buffer_.StartTable();
    for (const std::size_t id : ids) Add(id, table.fields_[id], parts[id]);
    return buffer_.EndTable(start);
  }

  std::uint32_t Part(const Field& field) {
    switch (field.type) {
      case Type::kText:
        return buffer_.CreateString(field.text).o;
      case Type::kBytes:
        return buffer_
            .CreateVector(reinterpret_cast<const std::uint8_t*>(field.text.data()),
                          field.text.size())
            .o;
      case Type::kNumbers:
        return buffer_.CreateVector(field.numbers).o;
      case Type::kTable:
        return Build(field.inner.front());
      default:
        return 0;
    }
  }

  void Add(std::size_t id, const Field& field, std::uint32_t part) {
    const auto at = flatbuffers::FieldIndexToOffset(static_cast<flatbuffers::voffset_t>(id));
    switch (field.type) {
      case Type::kAbsent:
        return;
      case Type::kU8:
        return buffer_.AddElement(at, static_cast<std::uint8_t>(field.number));
      case Type::kU16:
        return buffer_.AddElement(at, static_cast<std::uint16_t>(field.number));
      case Type::kI16:
        return buffer_.AddElement(at, static_cast<std::int16_t>(field.number));
      case Type::kU32:
        return buffer_.AddElement(at, static_cast<std::uint32_t>(field.number));
      case Type::kU64:
        return buffer_.AddElement(at, field.number);
      case Type::kI64:
        return buffer_.AddElement(at, static_cast<std::int64_t>(field.number));
      case Type::kRate: {
        const RateStruct rate{field.numbers.at(0), field.numbers.at(1)};
        return buffer_.AddStruct(at, &rate);
      }
      default:
        return buffer_.AddOffset(at, Offset{part});
    }
  }

  flatbuffers::FlatBufferBuilder buffer_;
};

void Table::Scalar(Type type, std::uint64_t value, bool present) {
  if (slip_ == Slip::kZerosLeftOut) present = value != 0;
  fields_.push_back({present ? type : Type::kAbsent, value, {}, {}, {}});
}

void Table::Text(std::string text) {
  const Type type = text.empty() ? Type::kAbsent : Type::kText;
  fields_.push_back({type, 0, std::move(text), {}, {}});
}

void Table::Bytes(std::string bytes) {
  const Type type = bytes.empty() ? Type::kAbsent : Type::kBytes;
  fields_.push_back({type, 0, std::move(bytes), {}, {}});
}

void Table::Numbers(std::vector<std::uint32_t> numbers) {
  const bool present = !numbers.empty() || slip_ == Slip::kEmptyListsKept;
  fields_.push_back({present ? Type::kNumbers : Type::kAbsent, 0, {}, std::move(numbers), {}});
}

void Table::Rate(std::uint32_t n, std::uint32_t m) {
  fields_.push_back({m == 0 ? Type::kAbsent : Type::kRate, 0, {}, {n, m}, {}});
}

void Table::Inner(Table table) { fields_.push_back({Type::kTable, 0, {}, {}, {std::move(table)}}); }

std::string Table::Finish() const { return Builder{}.Finish(*this); }

}  // namespace suanpan::opinion::bytes
