#include "render.h"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "json_text.h"

namespace suanpan::import {
namespace {

constexpr std::size_t kRefBytesMax = 64;
constexpr std::size_t kNameBytesMax = 32;  // codes and tokens

bool IsLowerOrDigit(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
}
bool IsRefByte(char byte) {
  return IsLowerOrDigit(byte) || byte == '.' || byte == '_' || byte == ':' || byte == '/' ||
         byte == '-';
}
bool IsCodeByte(char byte) { return IsLowerOrDigit(byte) || byte == '_'; }
bool IsTokenByte(char byte) {
  return IsLowerOrDigit(byte) || (byte >= 'A' && byte <= 'Z') || byte == '.' || byte == '_' ||
         byte == '-';
}
char Lower(char byte) {
  return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
}

Status BadValue(const RowView& row, ColumnSlot slot, std::string_view what) {
  return MakeError(StatusCode::kInvalidArgument, "column {}: {} {}", row.Name(slot),
                   Shown(row.Value(slot)), what);
}

/// What is wrong with a number that is made of all its columns.
Status BadNumber(const RowView& row, const NumberSpec& spec, std::string_view what) {
  if (spec.factors.size() == 1) return BadValue(row, spec.factors.front(), what);
  std::string names;
  std::string values;
  for (const ColumnSlot slot : spec.factors) {
    names += fmt::format("{}{}", names.empty() ? "" : ", ", row.Name(slot));
    values += fmt::format("{}{}", values.empty() ? "" : " times ", Shown(row.Value(slot)));
  }
  return MakeError(StatusCode::kInvalidArgument, "columns {}: {} {}", names, values, what);
}

/// The exact product of the factors.
Status ReadProduct(const RowView& row, const NumberSpec& spec, Decimal& product) {
  product = {.mantissa = 1, .scale = 0};
  for (const ColumnSlot slot : spec.factors) {
    const std::optional<Decimal> factor = ParseDecimal(row.Value(slot), row.model.numbers);
    if (!factor) {
      return BadValue(row, slot,
                      "is not a number: correct it, or state how the file writes numbers in "
                      "file.decimal and file.thousands");
    }
    const std::optional<Decimal> next = Multiply(product, *factor);
    if (!next) return BadValue(row, slot, "makes a product of more digits than 128 bits hold");
    product = *next;
  }
  return {};
}

/// Lower-cases, and turns each run of other ASCII bytes into one `filler`. Nothing is guessed for
/// other scripts: two of their words would become one name.
Status AppendName(const RowView& row, const Expression& expression, bool (*is_allowed)(char),
                  char filler, std::size_t bytes_max, std::string& out) {
  const std::string_view value = row.Value(expression.column);
  const std::size_t begin = out.size() + 1;
  out.push_back('"');
  out.append(expression.text);
  bool any = false;
  bool in_run = false;
  for (const char raw : value) {
    if (static_cast<unsigned char>(raw) >= 0x80) {
      return BadValue(row, expression.column,
                      "has letters that a name cannot have: use a column with codes, or a bucket");
    }
    const char byte = Lower(raw);
    const bool allowed = is_allowed(byte);
    if (allowed || !in_run) out.push_back(allowed ? byte : filler);
    in_run = !allowed;
    any = any || IsLowerOrDigit(byte);
  }
  if (!any) {
    return BadValue(row, expression.column,
                    "has no letter or digit to make a name of: mark the field optional, or skip "
                    "such rows");
  }
  if (out.size() - begin > bytes_max) {
    return BadValue(row, expression.column, fmt::format("is longer than {} bytes", bytes_max));
  }
  out.push_back('"');
  return {};
}

Status AppendToken(const RowView& row, const Expression& expression, std::string& out) {
  const std::string_view value = row.Value(expression.column);
  if (value.empty() || value.size() + expression.text.size() > kNameBytesMax ||
      !std::all_of(value.begin(), value.end(), IsTokenByte)) {
    return BadValue(row, expression.column,
                    "is no token (1 to 32 letters, digits, '.', '_' or '-'): choose another "
                    "column, or read it as ref");
  }
  out.push_back('"');
  out.append(expression.text).append(value);
  out.push_back('"');
  return {};
}

Status AppendText(const RowView& row, const Expression& expression, std::string& out) {
  const std::string_view value = row.Value(expression.column);
  if (!IsUtf8(value)) {
    return BadValue(row, expression.column, "must be UTF-8: convert the file first");
  }
  if (expression.text.empty()) {
    AppendJsonString(out, value);
  } else {
    AppendJsonString(out, expression.text + std::string{value});
  }
  return {};
}

void AppendBucket(const RowView& row, const Expression& expression, std::string& out) {
  const std::string_view value = row.Value(expression.column);
  const uLong crc =
      crc32(0, reinterpret_cast<const Bytef*>(value.data()), static_cast<uInt>(value.size()));
  out.push_back('"');
  out.append(expression.text);
  AppendJsonInteger(out, static_cast<std::int64_t>(crc % expression.buckets));
  out.push_back('"');
}

Status AppendTime(const RowView& row, const Expression& expression, std::string& out) {
  const std::string_view value = row.Value(expression.column);
  const bool date_only = expression.kind == ExpressionKind::kDate;
  out.push_back('"');
  if (!(date_only ? expression.time.AppendDate(value, out)
                  : expression.time.AppendDateTime(value, out))) {
    return BadValue(row, expression.column,
                    fmt::format("is no real {} of the form {}", date_only ? "date" : "time",
                                expression.time.pattern()));
  }
  out.append(expression.offset);
  out.push_back('"');
  return {};
}

Status AppendMembers(const RowView& row, const Expression& expression, std::string& out) {
  const bool object = expression.kind == ExpressionKind::kObject;
  out.push_back(object ? '{' : '[');
  bool first = true;
  for (const Member& member : expression.members) {
    if (member.value.optional && row.Value(member.value.column).empty()) continue;
    if (!first) out.push_back(',');
    first = false;
    out.append(member.key);
    SUANPAN_RETURN_IF_ERROR(AppendExpression(row, member.value, out));
  }
  out.push_back(object ? '}' : ']');
  return {};
}

Status AppendBySign(const RowView& row, const Expression& expression, std::string& out) {
  SUANPAN_ASSIGN_OR_RETURN(const Sign sign, ReadSign(row, expression.number));
  const std::string_view word = sign == Sign::kZero       ? "zero"
                                : sign == Sign::kNegative ? "negative"
                                                          : "positive";
  for (const Member& branch : expression.members) {
    if (branch.key == word) return AppendExpression(row, branch.value, out);
  }
  return BadNumber(row, expression.number,
                   fmt::format("makes a value that is {}, for which by_sign says nothing: add it, "
                               "or skip such rows",
                               word));
}

}  // namespace

Result<std::int64_t> ReadAmount(const RowView& row, const NumberSpec& spec) {
  Decimal product;
  SUANPAN_RETURN_IF_ERROR(ReadProduct(row, spec, product));
  const int minor_units = spec.minor_units.value_or(0);
  const MinorAmount amount = ToMinor(product, minor_units, spec.rounding);
  if (amount.error == MinorError::kInexact) {
    return BadNumber(row, spec,
                     fmt::format("has more than {} decimals: state how to round it", minor_units));
  }
  const bool too_large = amount.error == MinorError::kOverflow ||
                         amount.value == std::numeric_limits<std::int64_t>::min();
  if (too_large) return BadNumber(row, spec, "makes an amount larger than 64 bits hold");
  return spec.absolute && amount.value < 0 ? -amount.value : amount.value;
}

Result<Sign> ReadSign(const RowView& row, const NumberSpec& spec) {
  Decimal product;
  if (spec.minor_units) {
    SUANPAN_ASSIGN_OR_RETURN(product.mantissa, ReadAmount(row, spec));
  } else {
    SUANPAN_RETURN_IF_ERROR(ReadProduct(row, spec, product));
  }
  if (product.mantissa == 0) return Sign::kZero;
  return product.mantissa < 0 ? Sign::kNegative : Sign::kPositive;
}

Status AppendExpression(const RowView& row, const Expression& expression, std::string& out) {
  switch (expression.kind) {
    case ExpressionKind::kLiteral:
      out.append(expression.text);
      return {};
    case ExpressionKind::kText:
      return AppendText(row, expression, out);
    case ExpressionKind::kRef:
      return AppendName(row, expression, IsRefByte, '-', kRefBytesMax, out);
    case ExpressionKind::kCode:
      return AppendName(row, expression, IsCodeByte, '_', kNameBytesMax, out);
    case ExpressionKind::kToken:
      return AppendToken(row, expression, out);
    case ExpressionKind::kNumber: {
      SUANPAN_ASSIGN_OR_RETURN(const std::int64_t amount, ReadAmount(row, expression.number));
      AppendJsonInteger(out, amount);
      return {};
    }
    case ExpressionKind::kBucket:
      AppendBucket(row, expression, out);
      return {};
    case ExpressionKind::kTime:
    case ExpressionKind::kDate:
      return AppendTime(row, expression, out);
    case ExpressionKind::kBySign:
      return AppendBySign(row, expression, out);
    case ExpressionKind::kObject:
    case ExpressionKind::kList:
      return AppendMembers(row, expression, out);
  }
  SUANPAN_INVARIANT(false, "an expression of no kind");
  return {};
}

}  // namespace suanpan::import
