#include <fmt/format.h>

#include "suanpan/report/document.h"
#include "suanpan/schema/json_text.h"

namespace suanpan::report {
namespace {

void WriteCounted(schema::JsonText& json, const Counted& counted) {
  json.String(fmt::format("{}", counted.units));
}

void WriteParts(schema::JsonText& json, const PartList& list) {
  json.BeginArray();
  for (const std::vector<Part>& row : list) {
    json.BeginObject();
    for (const Part& part : row) {
      json.Key(part.name);
      if (const auto* text = std::get_if<std::string>(&part.value)) {
        json.String(*text);
      } else if (const auto* counted = std::get_if<Counted>(&part.value)) {
        WriteCounted(json, *counted);
      } else {
        json.Raw("null");
      }
    }
    json.EndObject();
  }
  json.EndArray();
}

void WriteCell(schema::JsonText& json, const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) {
    json.String(*text);
  } else if (const auto* amount = std::get_if<Fen>(&cell)) {
    json.Amount(amount->value());
  } else if (const auto* total = std::get_if<Total>(&cell)) {
    json.String(fmt::format("{}", total->fen));
  } else if (const auto* counted = std::get_if<Counted>(&cell)) {
    WriteCounted(json, *counted);
  } else if (const auto* count = std::get_if<std::uint64_t>(&cell)) {
    json.Number(*count);
  } else if (const auto* unit = std::get_if<UnitName>(&cell)) {
    json.String(unit->name);
  } else if (const auto* map = std::get_if<AmountMap>(&cell)) {
    json.BeginObject();
    for (const auto& [name, value] : *map) {
      json.Key(name);
      json.Amount(value.value());
    }
    json.EndObject();
  } else if (const auto* counts = std::get_if<CountedMap>(&cell)) {
    json.BeginObject();
    for (const auto& [name, value] : *counts) {
      json.Key(name);
      WriteCounted(json, value);
    }
    json.EndObject();
  } else if (const auto* parts = std::get_if<PartList>(&cell)) {
    WriteParts(json, *parts);
  } else {
    json.Raw("null");
  }
}

void WriteRows(schema::JsonText& json, const Document& document,
               const std::vector<std::vector<Cell>>& rows) {
  json.BeginArray();
  for (const std::vector<Cell>& row : rows) {
    json.BeginObject();
    for (std::size_t i = 0; i < document.columns.size(); ++i) {
      json.Key(document.columns[i].name);
      WriteCell(json, row[i]);
    }
    json.EndObject();
  }
  json.EndArray();
}

}  // namespace

std::string RenderJson(const Document& document) {
  std::string out;
  schema::JsonText json{out};
  json.BeginObject();
  json.Field("report", document.name);
  for (const auto& [name, cell] : document.head) {
    json.Key(name);
    WriteCell(json, cell);
  }
  json.Key("rows");
  WriteRows(json, document, document.rows);
  if (!document.totals.empty()) {
    json.Key("totals");
    WriteRows(json, document, document.totals);
  }
  json.EndObject();
  out += '\n';
  return out;
}

std::optional<Format> ParseFormat(std::string_view word) {
  if (word == "text") return Format::kText;
  if (word == "json") return Format::kJson;
  if (word == "csv") return Format::kCsv;
  return std::nullopt;
}

std::string Render(const Document& document, Format format) {
  switch (format) {
    case Format::kText:
      return RenderText(document);
    case Format::kJson:
      return RenderJson(document);
    case Format::kCsv:
      return RenderCsv(document);
  }
  return {};
}

}  // namespace suanpan::report
