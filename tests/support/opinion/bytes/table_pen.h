#pragma once

// The fields of an event as those of a table: docs/format-payloads.md, section 5.

#include "support/opinion/bytes/fields.h"
#include "support/opinion/bytes/names.h"
#include "support/opinion/bytes/table.h"

namespace suanpan::opinion::bytes {

/// What one table is filled from.
struct TablePen {
  const Fields& event;
  Names& names;
  Table& table;

  void Name(const char* field) const { table.U32(names.Number(event.Text(field))); }
  void NameList(const char* field) const {
    std::vector<std::uint32_t> numbers;
    for (const std::string& name : event.Texts(field)) numbers.push_back(names.Number(name));
    table.Numbers(std::move(numbers));
  }
  void Text(const char* field) const { table.Text(event.Text(field)); }
  void Digest(const char* field) const { table.Bytes(BytesOfHex(event.Text(field))); }
  void Day(const char* field) const { table.U16(event.Day(field)); }
  void Amount(const char* field) const { table.I64(event.Amount(field)); }
  void Address(const char* field) const { table.U64(event.Address(field)); }
  void Word(const char* field, std::initializer_list<std::string_view> words) const {
    table.U8(event.Word(field, words));
  }
  void AddressList(const char* field) const {
    std::vector<std::uint64_t> addresses;
    for (const std::string& address : event.Texts(field)) addresses.push_back(AddressOf(address));
    table.Addresses(std::move(addresses));
  }
  void Truth(const char* field) const { table.U8(event.Truth(field)); }
  /// A count of 16 bits; 0 is absent.
  void Count(const char* field) const {
    table.U16(static_cast<std::uint64_t>(event.Amount(field)));
  }
  void Action(const char* field) const {
    Word(field, {"adopt", "spend", "transfer", "award", "waive", "release", "reverse", "erase",
                 "close", "post", "redeem", "restrict", "move", "opening", "irregular", "publish"});
  }
  void Rate(const char* field) const {
    const Fields rate = event.Inner(field);
    table.Rate(static_cast<std::uint32_t>(rate.Amount("n")),
               static_cast<std::uint32_t>(rate.Amount("m")));
  }
  void PotField(const char* field) const {
    const Pot pot = event.PotField(field);
    table.U16(pot.pot_class | static_cast<std::uint64_t>(pot.source) << 8U);
  }
};

}  // namespace suanpan::opinion::bytes
