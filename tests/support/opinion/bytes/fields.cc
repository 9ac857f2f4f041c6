#include "support/opinion/bytes/fields.h"

#include <algorithm>

namespace suanpan::opinion::bytes {
namespace {

const Json kNothing = Json::object();

const Json* FindIn(const Json* object, const char* name) {
  if (object == nullptr) return nullptr;
  const auto found = object->find(name);
  return found == object->end() ? nullptr : &*found;
}

const Json* LineIn(const Json* list, std::size_t index) {
  return list != nullptr && index < list->size() ? &(*list)[index] : nullptr;
}

}  // namespace

const Json* Fields::Find(const char* name) const {
  const Json* stated = FindIn(stated_, name);
  return stated != nullptr ? stated : FindIn(computed_, name);
}

unsigned Fields::Flag(const char* name, unsigned mask) const {
  if (slip_ == Slip::kFlagsDropped) return 0;
  const Json* stated = slip_ == Slip::kDefaultsAsStated ? Find(name) : FindIn(stated_, name);
  // An empty list says no more than an absent one.
  const bool empty = stated != nullptr && stated->is_array() && stated->empty();
  return stated != nullptr && !empty ? mask : 0;
}

unsigned Fields::Mark(const char* name, unsigned mask) const {
  return Has(name) && slip_ != Slip::kFlagsDropped ? mask : 0;
}

std::string Fields::Text(const char* name) const {
  const Json* value = Find(name);
  return value == nullptr ? std::string{} : value->get<std::string>();
}

std::int64_t Fields::Amount(const char* name) const {
  const Json* value = Find(name);
  return value == nullptr ? 0 : AmountOf(*value);
}

std::uint64_t Fields::Address(const char* name) const {
  if (!Has(name)) return 0;
  const std::uint64_t address = AddressOf(Text(name));
  return slip_ == Slip::kAddressesAsSeq ? address >> 16U : address;
}

std::uint64_t Fields::Day(const char* name) const {
  return Has(name) ? static_cast<std::uint64_t>(DayOf(Text(name))) : 0;
}

std::uint64_t Fields::Month(const char* name) const {
  if (!Has(name)) return 0;
  return MonthOf(Text(name)) + (slip_ == Slip::kMonthsFromOne ? 1 : 0);
}

std::uint8_t Fields::Word(const char* name, std::initializer_list<std::string_view> words) const {
  if (!Has(name)) return 0;
  const std::uint8_t place = PlaceOf(Text(name), words);
  return slip_ == Slip::kEnumsFromZero ? static_cast<std::uint8_t>(place - 1) : place;
}

std::uint8_t Fields::Truth(const char* name) const {
  const Json* value = Find(name);
  if (value == nullptr) return 0;
  const int number = value->get<bool>() ? 2 : 1;
  return static_cast<std::uint8_t>(slip_ == Slip::kTruthsFromZero ? number - 1 : number);
}

std::uint8_t Fields::Bits(const char* name, std::initializer_list<std::string_view> words) const {
  unsigned bits = 0;
  for (const std::string& word : Texts(name)) {
    const unsigned place = PlaceOf(word, words);
    bits |= 1U << (slip_ == Slip::kSetsFromOne ? place : place - 1);
  }
  return static_cast<std::uint8_t>(bits);
}

StatedTime Fields::Time(const char* name) const {
  if (!Has(name)) return {};
  StatedTime time = TimeOf(Text(name));
  if (slip_ == Slip::kStatedOffsetsDropped) time.quarters = 0;
  return time;
}

Pot Fields::PotField(const char* name) const {
  if (!Has(name)) return {};
  const Pot pot = PotOf(Text(name));
  return slip_ == Slip::kPotBackwards ? Pot{pot.source, pot.pot_class} : pot;
}

std::vector<std::string> Fields::Texts(const char* name) const {
  const Json* value = Find(name);
  return value == nullptr ? std::vector<std::string>{} : value->get<std::vector<std::string>>();
}

std::vector<Fields> Fields::Lines(const char* name) const {
  const Json* stated = FindIn(stated_, name);
  const Json* computed = FindIn(computed_, name);
  const std::size_t count = stated != nullptr     ? stated->size()
                            : computed != nullptr ? computed->size()
                                                  : 0;
  std::vector<Fields> lines;
  for (std::size_t i = 0; i < count; ++i) {
    const Json* line = LineIn(stated, i);
    lines.emplace_back(line != nullptr ? *line : kNothing, LineIn(computed, i), slip_);
  }
  return lines;
}

Fields Fields::Inner(const char* name) const {
  const Json* value = Find(name);
  return {value == nullptr ? kNothing : *value, nullptr, slip_};
}

}  // namespace suanpan::opinion::bytes
