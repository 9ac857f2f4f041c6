#include "map_expression.h"

#include <algorithm>
#include <array>
#include <utility>

#include "json_text.h"
#include "suanpan/base/date.h"

namespace suanpan::import {
namespace {

constexpr std::size_t kPrefixBytesMax = 32;
constexpr std::size_t kWordBytesMax = 64;
constexpr std::int64_t kBucketsMax = 1'000'000;

template <class Value, std::size_t kSize>
Result<Value> WordOf(const std::array<std::pair<std::string_view, Value>, kSize>& words,
                     std::string_view word, const std::string& where) {
  std::string known;
  for (const auto& [name, value] : words) {
    if (name == word) return value;
    known += known.empty() ? "" : ", ";
    known += name;
  }
  return MakeError(StatusCode::kInvalidArgument, "{}: \"{}\" is not one of {}", where, word, known);
}

constexpr std::array<std::pair<std::string_view, Rounding>, 5> kRoundings{{
    {"exact", Rounding::kExact},
    {"half_away", Rounding::kHalfAway},
    {"half_even", Rounding::kHalfEven},
    {"floor", Rounding::kFloor},
    {"truncate", Rounding::kTruncate},
}};

constexpr std::array<std::pair<std::string_view, ExpressionKind>, 5> kReadings{{
    {"text", ExpressionKind::kText},
    {"ref", ExpressionKind::kRef},
    {"code", ExpressionKind::kCode},
    {"token", ExpressionKind::kToken},
    {"number", ExpressionKind::kNumber},
}};

/// The words that make an object an expression instead of an object of the fact.
constexpr std::array<std::string_view, 7> kHeads{"const", "column", "product", "bucket",
                                                 "time",  "date",   "by_sign"};

class ExpressionParser {
 public:
  explicit ExpressionParser(ColumnTable& columns) : columns_(columns) {}

  Result<Expression> Parse(const Json& json, const std::string& where) {
    if (json.is_array()) return ParseList(json, where);
    if (!json.is_object()) return Literal(json);
    SUANPAN_ASSIGN_OR_RETURN(Fields fields, Fields::Of(json, where));
    const auto head = std::find_if(kHeads.begin(), kHeads.end(),
                                   [&](std::string_view name) { return fields.Has(name); });
    if (head == kHeads.end()) return ParseObject(json, where);
    SUANPAN_ASSIGN_OR_RETURN(Expression expression, ParseHead(*head, fields));
    SUANPAN_RETURN_IF_ERROR(fields.RefuseOthers());
    return expression;
  }

 private:
  static Expression Literal(const Json& json) {
    Expression literal;
    literal.text = json.dump();
    return literal;
  }

  Result<Expression> ParseObject(const Json& json, const std::string& where) {
    Expression object;
    object.kind = ExpressionKind::kObject;
    for (const auto& [name, value] : json.items()) {
      std::string key;
      AppendJsonString(key, name);
      key.push_back(':');
      SUANPAN_ASSIGN_OR_RETURN(
          Expression member,
          Parse(value, where.empty() ? name : fmt::format("{}.{}", where, name)));
      object.members.push_back({std::move(key), std::move(member)});
    }
    return object;
  }

  Result<Expression> ParseList(const Json& json, const std::string& where) {
    Expression list;
    list.kind = ExpressionKind::kList;
    for (std::size_t i = 0; i < json.size(); ++i) {
      SUANPAN_ASSIGN_OR_RETURN(Expression element, Parse(json[i], fmt::format("{}[{}]", where, i)));
      list.members.push_back({std::string{}, std::move(element)});
    }
    return list;
  }

  Result<Expression> ParseHead(std::string_view head, Fields& fields) {
    if (head == "const") return Literal(*fields.Take("const"));
    if (head == "by_sign") return ParseBySign(fields);
    Expression expression;
    SUANPAN_ASSIGN_OR_RETURN(expression.optional, fields.BoolOr("optional", false));
    if (head == "column") return ParseColumn(fields, std::move(expression));
    if (head == "product") {
      expression.kind = ExpressionKind::kNumber;
      SUANPAN_ASSIGN_OR_RETURN(expression.number, ParseNumber(fields, columns_));
      expression.column = expression.number.factors.front();
      return expression;
    }
    SUANPAN_ASSIGN_OR_RETURN(const std::string name, fields.RequireText(head, kColumnNameBytesMax));
    expression.column = columns_.SlotOf(name);
    if (head == "bucket") return ParseBucket(fields, std::move(expression));
    return ParseTime(head, fields, std::move(expression));
  }

  Result<Expression> ParseColumn(Fields& fields, Expression expression) {
    SUANPAN_ASSIGN_OR_RETURN(const std::string reading, fields.TextOr("as", "text", kWordBytesMax));
    SUANPAN_ASSIGN_OR_RETURN(expression.kind, WordOf(kReadings, reading, fields.Path("as")));
    if (expression.kind == ExpressionKind::kNumber) {
      SUANPAN_ASSIGN_OR_RETURN(expression.number, ParseNumber(fields, columns_));
      expression.column = expression.number.factors.front();
      return expression;
    }
    SUANPAN_ASSIGN_OR_RETURN(const std::string name,
                             fields.RequireText("column", kColumnNameBytesMax));
    expression.column = columns_.SlotOf(name);
    SUANPAN_ASSIGN_OR_RETURN(expression.text, fields.TextOr("prefix", "", kPrefixBytesMax));
    return expression;
  }

  static Result<Expression> ParseBucket(Fields& fields, Expression expression) {
    expression.kind = ExpressionKind::kBucket;
    if (auto of = fields.Require("of"); !of.ok()) return std::move(of).error();
    SUANPAN_ASSIGN_OR_RETURN(const std::int64_t of, fields.IntegerOr("of", 1, 1, kBucketsMax));
    expression.buckets = static_cast<std::uint32_t>(of);
    SUANPAN_ASSIGN_OR_RETURN(expression.text, fields.TextOr("prefix", "", kPrefixBytesMax));
    return expression;
  }

  static Result<Expression> ParseTime(std::string_view head, Fields& fields,
                                      Expression expression) {
    expression.kind = head == "time" ? ExpressionKind::kTime : ExpressionKind::kDate;
    SUANPAN_ASSIGN_OR_RETURN(const std::string pattern,
                             fields.RequireText("format", kWordBytesMax));
    const std::optional<TimeFormat> format = TimeFormat::Compile(pattern);
    if (!format) {
      return MakeError(StatusCode::kInvalidArgument,
                       "{}: \"{}\" must have YYYY, MM and DD once, and may have HH, MM after it "
                       "and SS, for example YYYY-MM-DD HH:MM:SS",
                       fields.Path("format"), pattern);
    }
    expression.time = *format;
    if (expression.kind == ExpressionKind::kDate) return expression;
    SUANPAN_ASSIGN_OR_RETURN(expression.offset, fields.RequireText("offset", kWordBytesMax));
    if (!ParseStatedTime("2026-01-01T00:00:00" + expression.offset)) {
      return MakeError(StatusCode::kInvalidArgument,
                       "{}: \"{}\" must be an offset such as +08:00 or +00:00",
                       fields.Path("offset"), expression.offset);
    }
    return expression;
  }

  Result<Expression> ParseBySign(Fields& fields) {
    Expression expression;
    expression.kind = ExpressionKind::kBySign;
    SUANPAN_ASSIGN_OR_RETURN(Fields number,
                             Fields::Of(*fields.Take("by_sign"), fields.Path("by_sign")));
    SUANPAN_ASSIGN_OR_RETURN(expression.number, ParseNumber(number, columns_));
    SUANPAN_RETURN_IF_ERROR(number.RefuseOthers());
    if (expression.number.absolute) {
      return MakeError(StatusCode::kInvalidArgument, "{}: an absolute value has no sign",
                       fields.Path("by_sign"));
    }
    for (const std::string_view sign : {"positive", "negative", "zero"}) {
      const Json* branch = fields.Take(sign);
      if (branch == nullptr) continue;
      SUANPAN_ASSIGN_OR_RETURN(Expression value, Parse(*branch, fields.Path(sign)));
      expression.members.push_back({std::string{sign}, std::move(value)});
    }
    if (expression.members.empty()) {
      return MakeError(StatusCode::kInvalidArgument,
                       "{} needs at least one of positive, negative, zero", fields.where());
    }
    return expression;
  }

  ColumnTable& columns_;
};

/// A kind is a text in the mapping itself (by sign, perhaps): never taken from the file.
Status CheckKind(const Expression& kind, const std::string& where) {
  if (kind.kind == ExpressionKind::kBySign) {
    for (const Member& branch : kind.members) {
      SUANPAN_RETURN_IF_ERROR(CheckKind(branch.value, fmt::format("{}.{}", where, branch.key)));
    }
    return {};
  }
  if (kind.kind == ExpressionKind::kLiteral && kind.text.size() > 2 && kind.text.front() == '"' &&
      kind.text.find_first_of("\\\"", 1) == kind.text.size() - 1) {
    return {};
  }
  return MakeError(StatusCode::kInvalidArgument,
                   "{} must be the name of a kind, or by_sign of such names", where);
}

}  // namespace

ColumnSlot ColumnTable::SlotOf(std::string_view name) {
  const auto found = std::find(names_.begin(), names_.end(), name);
  if (found != names_.end()) return static_cast<ColumnSlot>(found - names_.begin());
  names_.emplace_back(name);
  return names_.size() - 1;
}

Result<NumberSpec> ParseNumber(Fields& fields, ColumnTable& columns) {
  NumberSpec number;
  if (const Json* product = fields.Take("product"); product != nullptr) {
    if (!product->is_array() || product->empty() || product->size() > kFactorsMax ||
        !std::all_of(product->begin(), product->end(),
                     [](const Json& name) { return name.is_string(); })) {
      return MakeError(StatusCode::kInvalidArgument, "{} must list 1 to {} columns",
                       fields.Path("product"), kFactorsMax);
    }
    for (const Json& name : *product) {
      number.factors.push_back(columns.SlotOf(name.get_ref<const std::string&>()));
    }
  } else {
    SUANPAN_ASSIGN_OR_RETURN(const std::string name,
                             fields.RequireText("column", kColumnNameBytesMax));
    number.factors.push_back(columns.SlotOf(name));
  }
  const bool states_units = fields.Has("minor_units");
  SUANPAN_ASSIGN_OR_RETURN(const std::int64_t minor_units,
                           fields.IntegerOr("minor_units", 0, 0, kMinorUnitsMax));
  if (states_units) number.minor_units = static_cast<int>(minor_units);
  if (!states_units && fields.Has("round")) {
    return MakeError(StatusCode::kInvalidArgument, "{}: to round, state minor_units too",
                     fields.Path("round"));
  }
  SUANPAN_ASSIGN_OR_RETURN(const std::string rounding,
                           fields.TextOr("round", "exact", kWordBytesMax));
  SUANPAN_ASSIGN_OR_RETURN(number.rounding, WordOf(kRoundings, rounding, fields.Path("round")));
  SUANPAN_ASSIGN_OR_RETURN(number.absolute, fields.BoolOr("abs", false));
  return number;
}

Result<Expression> ParseFact(const Json& json, const std::string& where, ColumnTable& columns) {
  SUANPAN_ASSIGN_OR_RETURN(Expression fact, ExpressionParser(columns).Parse(json, where));
  if (fact.kind != ExpressionKind::kObject) {
    return MakeError(StatusCode::kInvalidArgument, "{} must be an object with a kind", where);
  }
  const auto kind = std::find_if(fact.members.begin(), fact.members.end(),
                                 [](const Member& member) { return member.key == "\"kind\":"; });
  if (kind == fact.members.end() || kind->value.optional) {
    return MakeError(StatusCode::kInvalidArgument, "{}.kind is missing or optional", where);
  }
  SUANPAN_RETURN_IF_ERROR(CheckKind(kind->value, where + ".kind"));
  // First, so that the importer finds what it counted at the front of the text.
  std::rotate(fact.members.begin(), kind, kind + 1);
  return fact;
}

}  // namespace suanpan::import
