// Commands with something wrong in one place, and commands that are told again.

#include <algorithm>
#include <set>

#include "support/opinion/history_facts.h"
#include "support/opinion/kinds.h"

namespace suanpan::opinion {
namespace {

/// The first of something in the text becomes something else; unchanged where there is none.
std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

/// A fact, or an object somewhere inside it.
Json& AnyObject(Json& fact, Dice& dice) {
  Json* object = &fact;
  while (dice.OneIn(3)) {
    std::vector<Json*> inner;
    for (Json& value : *object) {
      if (value.is_object() && !value.empty()) inner.push_back(&value);
      if (!value.is_array()) continue;
      for (Json& row : value) {
        if (row.is_object() && !row.empty()) inner.push_back(&row);
      }
    }
    if (inner.empty()) break;
    object = dice.Of(inner);
  }
  return *object;
}

/// Any field of the last fact.
std::string SpoiledField(Json command, Dice& dice) {
  Json& object = AnyObject(command["facts"].back(), dice);
  std::vector<std::string> names;
  for (const auto& [name, value] : object.items()) names.push_back(name);
  const std::string name = dice.Of(names);
  Json& value = object[name];
  switch (dice.Below(6)) {
    case 0:
      object.erase(name);
      break;
    case 1:
      value = nullptr;
      break;
    case 2:
      value = Json::object();
      break;
    case 3:
      value = value.is_string() ? Json("?!") : Json(1.5);
      break;
    case 4:
      value = value.is_string() && dice.OneIn(2) ? Json("#200") : Json(-3);
      break;
    default:
      object["no_such"] = 1;
  }
  return command.dump();
}

std::string SpoiledTime(Json command, Dice& dice) {
  command["facts"][0]["occurred_at"] =
      dice.Word({"2025-02-30T10:00:00+08:00", "2025-03-03T10:00:00", "2025-03-03T10:00:00+08:07",
                 "2025-03-03 10:00:00+08:00", "2025-03-03T24:00:00Z", "2099-01-01T00:00:00Z"});
  return command.dump();
}

std::string SpoiledEnvelope(Json command, Dice& dice) {
  switch (dice.Below(6)) {
    case 0:
      command["expected_seq"] = dice.Below(100);
      break;
    case 1:
      command["expected_seq"] = -1;
      break;
    case 2:
      command["colour"] = "red";
      break;
    case 3:
      command["key"] = dice.Word({"no-counter", "t/01", "t/18446744073709551616", "T/1", "/1",
                                  "00000000-0000-4000-8000-00000000000A"});
      break;
    case 4:
      command["facts"] = dice.OneIn(2) ? Json::array() : Json(7);
      break;
    default:
      command.erase(dice.Word({"book", "key", "facts"}));
  }
  return command.dump();
}

std::string SpoiledText(const Json& command, Dice& dice) {
  const std::string text = command.dump();
  switch (dice.Below(5)) {
    case 0:
      return text.substr(0, static_cast<std::size_t>(dice.Below(static_cast<int>(text.size()))));
    case 1:
      return Replaced(text, "\"actor\":", "\"actor\":\"p-0\",\"actor\":");
    case 2:
      return Replaced(text, "\"quantity\":", "\"quantity\":1,\"quantity\":");
    case 3:
      return Replaced(text, "\"actor\":", "\"actor\":[[[[[[[[[]]]]]]]]],\"x\":");
    default:
      return text + " trailing";
  }
}

}  // namespace

std::string Spoiled(const Json& command, Dice& dice) {
  switch (dice.Below(8)) {
    case 0:
      return SpoiledTime(command, dice);
    case 1:
      return SpoiledEnvelope(command, dice);
    case 2:
      return SpoiledText(command, dice);
    case 3: {
      Json other = command;
      other["facts"].back()["kind"] = dice.Word(
          {"donation.accrued", "party.invented", "ref.introduced", "log.restored", "Sale"});
      return other.dump();
    }
    default:
      return SpoiledField(command, dice);
  }
}

namespace {

bool IsAmount(const std::string& field) {
  const std::set<std::string> amounts = {"quantity", "points",     "minutes",       "capacity",
                                         "counted",  "distance_m", "negative_floor"};
  return field.ends_with("_fen") || amounts.contains(field);
}

/// Amounts as text and as numbers, the other way round.
void Respell(Json& value) {
  for (auto& [name, inner] : value.items()) {
    if (inner.is_structured()) {
      Respell(inner);
    } else if (IsAmount(name)) {
      inner = inner.is_string() ? Json(std::stoll(inner.get<std::string>())) : Json(inner.dump());
    }
  }
}

/// Another value of the same sort somewhere in the first fact.
void Change(Json& fact, Dice& dice) {
  std::vector<std::string> names;
  for (const auto& [name, value] : fact.items()) {
    if (value.is_string() || value.is_number()) names.push_back(name);
  }
  const std::string name = dice.Of(names);
  const std::vector<std::string> addresses = AddressFields(fact.at("kind"));
  Json& value = fact[name];
  if (std::find(addresses.begin(), addresses.end(), name) != addresses.end()) {
    value = "90000.2";  // no line of the log's own events, which the second opinion does not keep
    return;
  }
  value = value.is_string() ? Json(value.get<std::string>() + "1") : Json(value.dump() + "1");
}

}  // namespace

std::string ToldAgain(const std::string& command, const State& state, Dice& dice) {
  Json again = Json::parse(command, nullptr, false);
  const bool usable = again.is_object() && again.contains("facts") && again["facts"].is_array() &&
                      !again["facts"].empty() && again["facts"][0].is_object();
  if (!usable) return command;
  Json& fact = again["facts"][0];
  switch (dice.Below(8)) {
    case 0:
      again["expected_seq"] = dice.Below(100);
      break;
    case 1:
      Respell(fact);
      break;
    case 2:
      Change(fact, dice);
      break;
    case 3:
      again["facts"].push_back(fact);
      break;
    case 4:
      if (again["facts"].size() > 1) again["facts"].erase(again["facts"].size() - 1);
      break;
    case 5:
      if (fact.contains("vendor") && !state.agreements.empty()) {
        fact["agreement"] = state.agreements.begin()->first;
      } else {
        fact["terms_days"] = 0;
      }
      break;
    default:
      return command;
  }
  return again.dump();
}

}  // namespace suanpan::opinion
