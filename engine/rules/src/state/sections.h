#pragma once

// How the parts of a state are encoded: leaves of sections, each file of this folder adds its own.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "suanpan/base/bytes.h"
#include "suanpan/rules/state_encoding.h"

namespace suanpan::rules {

/// Appends fields of a key or value.
class Field {
 public:
  explicit Field(const BookState& state) : state_(state) {}

  Field& Byte(std::uint8_t value) {
    out_.push_back(static_cast<char>(value));
    return *this;
  }
  template <class T>
  Field& Big(T value) {
    AppendBig(out_, value);
    return *this;
  }
  template <class T>
  Field& Little(T value) {
    AppendLittle(out_, value);
    return *this;
  }
  template <class Unit>
  Field& Of(Amount<Unit> amount) {
    return Little(static_cast<std::uint64_t>(amount.value()));
  }
  Field& Of(Date date) { return Little(date.value()); }
  Field& Of(Address address) { return Little(address.packed()); }
  Field& Of(schema::Pot pot) { return Byte(pot.pot_class).Byte(pot.source); }
  Field& Of(schema::Rate rate) { return Little(rate.n).Little(rate.m); }
  /// Length u32 and bytes.
  Field& Of(const std::string& bytes) {
    Little(static_cast<std::uint32_t>(bytes.size()));
    out_.append(bytes);
    return *this;
  }
  /// Length and bytes of a name; length 0 for none.
  Field& Of(NameId name) { return Token(state_.names.TextOf(name)); }
  /// Length and bytes, like a name.
  Field& Token(std::string_view text) {
    out_.push_back(static_cast<char>(text.size()));
    out_.append(text);
    return *this;
  }
  Field& Of(const std::vector<NameId>& list) {
    Little(static_cast<std::uint32_t>(list.size()));
    for (const NameId name : list) Of(name);
    return *this;
  }
  [[nodiscard]] std::string Take() { return std::move(out_); }

 private:
  const BookState& state_;
  std::string out_;
};

/// Collects one section.
class Sections {
 public:
  explicit Sections(const BookState& state) : state_(state) {}

  void Begin(StateSectionNo number) { sections_.push_back({number, {}}); }
  [[nodiscard]] Field field() const { return Field{state_}; }
  void Leaf(Field& key, Field& value) {
    sections_.back().leaves.emplace_back(key.Take(), value.Take());
  }

  [[nodiscard]] std::vector<StateSection> Take() {
    std::vector<StateSection> kept;
    for (StateSection& section : sections_) {
      if (section.leaves.empty()) continue;
      std::sort(section.leaves.begin(), section.leaves.end());
      kept.push_back(std::move(section));
    }
    std::ranges::sort(kept, {}, &StateSection::number);
    return kept;
  }

 private:
  const BookState& state_;
  std::vector<StateSection> sections_;
};

/// Each adds the sections of its part of the state.
void AddRegistered(const BookState& state, Sections& out);
void AddRelations(const BookState& state, Sections& out);
void AddDonations(const BookState& state, Sections& out);
void AddGoods(const BookState& state, Sections& out);
void AddOffers(const BookState& state, Sections& out);
void AddOpenMatters(const BookState& state, Sections& out);
void AddOrders(const BookState& state, Sections& out);
void AddPolicies(const BookState& state, Sections& out);
void AddCatchUps(const BookState& state, Sections& out);
void AddPoints(const BookState& state, Sections& out);
void AddAccounts(const BookState& state, Sections& out);

}  // namespace suanpan::rules
