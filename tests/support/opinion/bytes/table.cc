#include "support/opinion/bytes/table.h"

#include <flatbuffers/flatbuffers.h>

#include <algorithm>

namespace suanpan::opinion::bytes {
namespace {

struct RateStruct {
  std::uint32_t n;
  std::uint32_t m;
};

struct TimeStruct {
  std::uint32_t seconds;
  std::int8_t quarters;
  std::uint8_t zero[3];
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
      case Type::kAddresses:
        return buffer_.CreateVector(field.addresses).o;
      case Type::kTable:
        return Build(field.inner.front());
      case Type::kRows:
        return Rows(field.inner);
      default:
        return 0;
    }
  }

  /// The tables one by one, then the list of them.
  std::uint32_t Rows(const std::vector<Table>& rows) {
    std::vector<flatbuffers::Offset<flatbuffers::Table>> tables;
    for (const Table& row : rows) tables.emplace_back(Build(row));
    return buffer_.CreateVector(tables).o;
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
      case Type::kTime: {
        const TimeStruct time{static_cast<std::uint32_t>(field.number),
                              static_cast<std::int8_t>(field.numbers.at(0)),
                              {}};
        return buffer_.AddStruct(at, &time);
      }
      default:
        return buffer_.AddOffset(at, Offset{part});
    }
  }

  flatbuffers::FlatBufferBuilder buffer_;
};

void Table::Scalar(Type type, std::uint64_t value, bool present) {
  if (slip_ == Slip::kZerosLeftOut) present = value != 0;
  Field& field = fields_.emplace_back();
  field.type = present ? type : Type::kAbsent;
  field.number = value;
}

void Table::Text(std::string text) {
  Field& field = fields_.emplace_back();
  if (!text.empty()) field.type = Type::kText;
  field.text = std::move(text);
}

void Table::Bytes(std::string bytes) {
  Field& field = fields_.emplace_back();
  if (!bytes.empty()) field.type = Type::kBytes;
  field.text = std::move(bytes);
}

void Table::Numbers(std::vector<std::uint32_t> numbers) {
  Field& field = fields_.emplace_back();
  if (!numbers.empty() || slip_ == Slip::kEmptyListsKept) field.type = Type::kNumbers;
  field.numbers = std::move(numbers);
}

void Table::Addresses(std::vector<std::uint64_t> addresses) {
  Field& field = fields_.emplace_back();
  if (!addresses.empty()) field.type = Type::kAddresses;
  field.addresses = std::move(addresses);
}

void Table::Rate(std::uint32_t n, std::uint32_t m) {
  Field& field = fields_.emplace_back();
  if (m != 0) field.type = Type::kRate;
  field.numbers = {n, m};
}

void Table::Time(std::uint32_t seconds, int quarters) {
  Field& field = fields_.emplace_back();
  if (seconds != 0) field.type = Type::kTime;
  field.number = seconds;
  field.numbers = {static_cast<std::uint32_t>(quarters)};
}

void Table::Inner(Table table) {
  Field& field = fields_.emplace_back();
  if (!table.empty() || slip_ == Slip::kEmptyTablesKept) field.type = Type::kTable;
  field.inner.push_back(std::move(table));
}

void Table::Rows(std::vector<Table> rows) {
  Field& field = fields_.emplace_back();
  if (!rows.empty()) field.type = Type::kRows;
  if (slip_ == Slip::kRowsBackwards) std::reverse(rows.begin(), rows.end());
  field.inner = std::move(rows);
}

bool Table::empty() const {
  return std::all_of(fields_.begin(), fields_.end(),
                     [](const Field& field) { return field.type == Type::kAbsent; });
}

std::string Table::Finish() const { return Builder{}.Finish(*this); }

}  // namespace suanpan::opinion::bytes
