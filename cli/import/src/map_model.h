#pragma once

// What a parsed mapping is in memory. Columns are numbered by their place in MapModel::columns, so
// that a file's header is looked up once and never by name per row.

#include <re2/re2.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "suanpan/import/csv_reader.h"
#include "suanpan/import/decimal.h"
#include "time_format.h"

namespace suanpan::import {

/// Index into MapModel::columns.
using ColumnSlot = std::size_t;

/// The product of columns (one column: its value). Written as an amount it is in minor units, 0
/// when not stated; asked for its sign it is rounded first only where minor units are stated.
struct NumberSpec {
  std::vector<ColumnSlot> factors;
  std::optional<int> minor_units;
  Rounding rounding = Rounding::kExact;
  bool absolute = false;
};

enum class ExpressionKind : std::uint8_t {
  kLiteral,  // `text` is finished JSON
  kText,
  kRef,
  kCode,
  kToken,
  kNumber,
  kBucket,
  kTime,
  kDate,
  kBySign,  // members: positive, negative, zero
  kObject,
  kList,
};

struct Member;

struct Expression {
  ExpressionKind kind = ExpressionKind::kLiteral;
  bool optional = false;        // left out where the (first) column is empty
  ColumnSlot column = 0;        // of every kind that reads one column
  std::string text;             // literal JSON; else the prefix of text, ref, token, bucket
  NumberSpec number;            // kNumber, kBySign
  std::uint32_t buckets = 1;    // kBucket
  TimeFormat time;              // kTime, kDate
  std::string offset;           // kTime: "+08:00"
  std::vector<Member> members;  // kObject, kList, kBySign
};

struct Member {
  std::string
      key;  // finished JSON with its colon for kObject; the word for kBySign; empty in lists
  Expression value;
};

enum class Sign : std::uint8_t { kNegative, kZero, kPositive };

/// A row for which `condition == keep` does not hold is skipped with `reason`.
struct Filter {
  bool keep = false;
  std::string reason;
  ColumnSlot column = 0;                    // with `pattern`
  std::shared_ptr<const re2::RE2> pattern;  // null: the sign of `number`
  NumberSpec number;
  Sign sign = Sign::kZero;
};

struct Grouping {
  std::size_t facts_max = 1;
  std::optional<ColumnSlot> by;  // rows of one command agree in the first `by_bytes` bytes of it
  std::size_t by_bytes = 0;      // 0: the whole value
};

struct MapModel {
  CsvDialect dialect;
  NumberStyle numbers;
  bool has_header = true;
  std::vector<std::string> file_columns;  // without a header: the names of the file's columns
  std::vector<std::string> columns;       // the names the mapping uses
  std::vector<Filter> filters;
  std::optional<std::string> skip_bad_rows;  // reason; else a bad row stops the import
  Grouping group;
  std::vector<Expression> facts;  // kObject each, with a member "kind" first
};

}  // namespace suanpan::import
