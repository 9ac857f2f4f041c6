#include "suanpan/import/csv_map.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "map_expression.h"
#include "map_fields.h"
#include "map_model.h"

namespace suanpan::import {
namespace {

constexpr std::string_view kFormat = "suanpan.csv-map/1";
constexpr std::size_t kTextBytesMax = 80;
constexpr std::size_t kPatternBytesMax = 256;
constexpr std::int64_t kPatternMemory = 1 << 20;  ///< of one compiled expression, in bytes
constexpr std::size_t kFiltersMax = 32;
constexpr std::size_t kFactTemplatesMax = 16;
constexpr std::int64_t kFactsPerCommandMax = 256;

/// One printable ASCII character, not a letter, digit or line break.
Result<char> MarkOr(Fields& fields, std::string_view name, char fallback) {
  SUANPAN_ASSIGN_OR_RETURN(const std::string text,
                           fields.TextOr(name, std::string_view{&fallback, 1}, kTextBytesMax));
  const char mark = text.front();
  const bool word =
      (mark >= '0' && mark <= '9') || (mark >= 'A' && mark <= 'Z') || (mark >= 'a' && mark <= 'z');
  const bool printable = (mark >= ' ' && mark <= '~') || mark == '\t';
  if (text.size() != 1 || (mark != fallback && (word || !printable || mark == '-'))) {
    return MakeError(StatusCode::kInvalidArgument, "{} must be one punctuation character",
                     fields.Path(name));
  }
  return mark;
}

Status ParseFile(const Json& json, MapModel& model) {
  SUANPAN_ASSIGN_OR_RETURN(Fields fields, Fields::Of(json, "file"));
  SUANPAN_ASSIGN_OR_RETURN(model.dialect.delimiter, MarkOr(fields, "delimiter", ','));
  SUANPAN_ASSIGN_OR_RETURN(model.dialect.quote, MarkOr(fields, "quote", '"'));
  SUANPAN_ASSIGN_OR_RETURN(model.numbers.decimal, MarkOr(fields, "decimal", '.'));
  SUANPAN_ASSIGN_OR_RETURN(model.numbers.group, MarkOr(fields, "thousands", '\0'));
  if (model.dialect.delimiter == model.dialect.quote ||
      model.numbers.decimal == model.numbers.group) {
    return MakeError(StatusCode::kInvalidArgument,
                     "file: delimiter and quote, decimal and thousands must differ");
  }
  if (const Json* columns = fields.Take("columns"); columns != nullptr) {
    model.has_header = false;
    if (!columns->is_array() || columns->empty() || columns->size() > kFieldsMax) {
      return MakeError(StatusCode::kInvalidArgument, "file.columns must list the columns' names");
    }
    for (const Json& name : *columns) {
      if (!name.is_string() || name.get_ref<const std::string&>().size() > kColumnNameBytesMax) {
        return MakeError(StatusCode::kInvalidArgument, "file.columns must hold texts only");
      }
      model.file_columns.push_back(name.get<std::string>());
    }
  }
  return fields.RefuseOthers();
}

Status ParseCondition(const Json& json, const std::string& where, ColumnTable& columns,
                      Filter& filter) {
  SUANPAN_ASSIGN_OR_RETURN(Fields fields, Fields::Of(json, where));
  if (fields.Has("matches")) {
    SUANPAN_ASSIGN_OR_RETURN(const std::string name,
                             fields.RequireText("column", kColumnNameBytesMax));
    filter.column = columns.SlotOf(name);
    SUANPAN_ASSIGN_OR_RETURN(const std::string pattern,
                             fields.RequireText("matches", kPatternBytesMax));
    re2::RE2::Options options{re2::RE2::Quiet};
    options.set_max_mem(kPatternMemory);
    filter.pattern = std::make_shared<const re2::RE2>(pattern, options);
    if (!filter.pattern->ok()) {
      return MakeError(StatusCode::kInvalidArgument, "{}: \"{}\" is no regular expression: {}",
                       fields.Path("matches"), pattern, filter.pattern->error());
    }
    return fields.RefuseOthers();
  }
  SUANPAN_ASSIGN_OR_RETURN(filter.number, ParseNumber(fields, columns));
  SUANPAN_ASSIGN_OR_RETURN(const std::string sign, fields.RequireText("is", kTextBytesMax));
  if (sign != "zero" && sign != "negative" && sign != "positive") {
    return MakeError(StatusCode::kInvalidArgument, "{} must be zero, negative or positive",
                     fields.Path("is"));
  }
  filter.sign = sign == "zero"       ? Sign::kZero
                : sign == "negative" ? Sign::kNegative
                                     : Sign::kPositive;
  return fields.RefuseOthers();
}

Result<Filter> ParseFilter(const Json& json, const std::string& where, ColumnTable& columns) {
  SUANPAN_ASSIGN_OR_RETURN(Fields fields, Fields::Of(json, where));
  Filter filter;
  filter.keep = fields.Has("keep");
  if (filter.keep == fields.Has("skip")) {
    return MakeError(StatusCode::kInvalidArgument, "{} needs either keep or skip", where);
  }
  const std::string_view word = filter.keep ? "keep" : "skip";
  SUANPAN_RETURN_IF_ERROR(ParseCondition(*fields.Take(word), fields.Path(word), columns, filter));
  SUANPAN_ASSIGN_OR_RETURN(filter.reason, fields.RequireText("reason", kTextBytesMax));
  SUANPAN_RETURN_IF_ERROR(fields.RefuseOthers());
  return filter;
}

Status ParseRows(const Json& json, ColumnTable& columns, MapModel& model) {
  if (!json.is_array() || json.size() > kFiltersMax) {
    return MakeError(StatusCode::kInvalidArgument, "rows must list at most {} filters",
                     kFiltersMax);
  }
  for (std::size_t i = 0; i < json.size(); ++i) {
    SUANPAN_ASSIGN_OR_RETURN(Filter filter,
                             ParseFilter(json[i], fmt::format("rows[{}]", i), columns));
    model.filters.push_back(std::move(filter));
  }
  return {};
}

Status ParseBadRows(const Json& json, MapModel& model) {
  if (json.is_string() && json.get_ref<const std::string&>() == "stop") return {};
  if (!json.is_object()) {
    return MakeError(StatusCode::kInvalidArgument,
                     "bad_rows must be \"stop\" or {{\"skip\": REASON}}");
  }
  SUANPAN_ASSIGN_OR_RETURN(Fields fields, Fields::Of(json, "bad_rows"));
  SUANPAN_ASSIGN_OR_RETURN(std::string reason, fields.RequireText("skip", kTextBytesMax));
  model.skip_bad_rows = std::move(reason);
  return fields.RefuseOthers();
}

Status ParseGroup(const Json& json, ColumnTable& columns, MapModel& model) {
  SUANPAN_ASSIGN_OR_RETURN(Fields fields, Fields::Of(json, "group"));
  SUANPAN_ASSIGN_OR_RETURN(
      const std::int64_t facts_max,
      fields.IntegerOr("max_facts", kFactsPerCommandMax, 1, kFactsPerCommandMax));
  model.group.facts_max = static_cast<std::size_t>(facts_max);
  if (const Json* by = fields.Take("by"); by != nullptr) {
    SUANPAN_ASSIGN_OR_RETURN(Fields value, Fields::Of(*by, "group.by"));
    SUANPAN_ASSIGN_OR_RETURN(const std::string name,
                             value.RequireText("column", kColumnNameBytesMax));
    model.group.by = columns.SlotOf(name);
    SUANPAN_ASSIGN_OR_RETURN(const std::int64_t bytes,
                             value.IntegerOr("first", 0, 1, std::int64_t{kFieldBytesMax}));
    model.group.by_bytes = static_cast<std::size_t>(bytes);
    SUANPAN_RETURN_IF_ERROR(value.RefuseOthers());
  }
  return fields.RefuseOthers();
}

Status ParseFacts(const Json& json, ColumnTable& columns, MapModel& model) {
  if (!json.is_array() || json.empty() || json.size() > kFactTemplatesMax) {
    return MakeError(StatusCode::kInvalidArgument, "facts must list 1 to {} templates",
                     kFactTemplatesMax);
  }
  for (std::size_t i = 0; i < json.size(); ++i) {
    SUANPAN_ASSIGN_OR_RETURN(Expression fact,
                             ParseFact(json[i], fmt::format("facts[{}]", i), columns));
    model.facts.push_back(std::move(fact));
  }
  // Without a group one row is one command, whatever number of facts it makes.
  model.group.facts_max = std::max(model.group.facts_max, model.facts.size());
  return {};
}

Result<std::shared_ptr<const MapModel>> ParseModel(std::string_view text) {
  SUANPAN_ASSIGN_OR_RETURN(const Json json, ParseStrictJson(text));
  SUANPAN_ASSIGN_OR_RETURN(Fields fields, Fields::Of(json, ""));
  SUANPAN_ASSIGN_OR_RETURN(const std::string format, fields.RequireText("format", kTextBytesMax));
  if (format != kFormat) {
    return MakeError(StatusCode::kInvalidArgument, "format: \"{}\" is not known, only \"{}\"",
                     format, kFormat);
  }
  auto model = std::make_shared<MapModel>();
  ColumnTable columns(model->columns);
  (void)fields.Take("comment");
  if (const Json* file = fields.Take("file")) SUANPAN_RETURN_IF_ERROR(ParseFile(*file, *model));
  if (const Json* rows = fields.Take("rows")) {
    SUANPAN_RETURN_IF_ERROR(ParseRows(*rows, columns, *model));
  }
  if (const Json* bad = fields.Take("bad_rows"))
    SUANPAN_RETURN_IF_ERROR(ParseBadRows(*bad, *model));
  if (const Json* group = fields.Take("group")) {
    SUANPAN_RETURN_IF_ERROR(ParseGroup(*group, columns, *model));
  }
  SUANPAN_ASSIGN_OR_RETURN(const Json* facts, fields.Require("facts"));
  SUANPAN_RETURN_IF_ERROR(ParseFacts(*facts, columns, *model));
  SUANPAN_RETURN_IF_ERROR(fields.RefuseOthers());
  return std::shared_ptr<const MapModel>(std::move(model));
}

}  // namespace

Result<CsvMap> CsvMap::Parse(std::string_view json) {
  SUANPAN_ASSIGN_OR_RETURN(std::shared_ptr<const MapModel> model, ParseModel(json), "mapping");
  return CsvMap(std::move(model));
}

}  // namespace suanpan::import
