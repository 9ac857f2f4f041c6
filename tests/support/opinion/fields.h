#pragma once

// What a field may hold (docs/facts.md, Types), and its value in normal form: amounts are numbers,
// a time is {"s","offset"}, "#n" is an address.

#include <functional>
#include <string>
#include <vector>

#include "support/opinion/refusal.h"

namespace suanpan::opinion {

/// Addresses of the facts of the command that were read already: what "#n" may name. One that names
/// none of them stays as it is.
using Facts = std::vector<std::string>;

/// The normal form of a value at `path`; refuses what is none of its type.
using Type = std::function<Json(const Json& value, const std::string& path, const Facts& facts)>;

struct Field {
  std::string name;
  Type type;
  bool required = false;
};
using Fields = std::vector<Field>;

[[nodiscard]] Type Matching(bool (*is)(const std::string&));
[[nodiscard]] Type Word(std::vector<std::string> words);
/// At least one, each once; in normal form in the order of the words.
[[nodiscard]] Type WordSet(std::vector<std::string> words);
[[nodiscard]] Type Truth();
[[nodiscard]] Type Number(std::int64_t min, std::int64_t max);
enum class Sign { kPositive, kNotNegative, kNotZero };
[[nodiscard]] Type Amount(Sign sign);
/// At most 1, of donations; at most 1000, of points.
[[nodiscard]] Type Rate();
[[nodiscard]] Type PointsRate();
[[nodiscard]] Type Pot();
[[nodiscard]] Type Timestamp();
[[nodiscard]] Type Address();
[[nodiscard]] Type List(std::size_t min, std::size_t max, Type of);
[[nodiscard]] Type Object(Fields fields);

/// The fields of an object in normal form, those of the table and no others.
[[nodiscard]] Json ReadFields(const Json& object, const Fields& fields, const std::string& prefix,
                              const Facts& facts);

}  // namespace suanpan::opinion
