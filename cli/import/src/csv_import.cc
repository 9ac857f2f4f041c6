#include "suanpan/import/csv_import.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "filter.h"
#include "json_text.h"
#include "map_model.h"
#include "render.h"
#include "suanpan/base/bytes.h"

namespace suanpan::import {
namespace {

constexpr std::size_t kStreamDigits = 16;
constexpr std::size_t kBookBytesMax = 64;
/// Book (each byte escaped at worst), stream, counter and punctuation of a command.
constexpr std::size_t kEnvelopeBytesMax = kBookBytesMax * 6 + 128;

/// Collects facts and hands over a command when it is full or a group ends.
class CommandBuilder {
 public:
  CommandBuilder(const MapModel& model, const ImportOptions& options, ImportCounts& counts,
                 const std::function<Status(const CommandText&)>& sink)
      : group_(model.group), counts_(counts), sink_(sink) {
    head_ = "{\"book\":";
    AppendJsonString(head_, options.book);
    head_ += ",\"key\":\"" + KeyStreamOf(options.file_digest_hex) + "/";
  }

  /// `facts_json` is one row's facts, separated by commas; `group_value` decides who goes together.
  Status Add(std::uint64_t row, std::string_view facts_json, std::size_t facts,
             std::string_view group_value) {
    const bool another =
        command_.facts != 0 && (command_.facts + facts > group_.facts_max ||
                                text_.size() + facts_json.size() + kTailBytes > kCommandBytesMax ||
                                group_value != group_value_);
    if (another) SUANPAN_RETURN_IF_ERROR(Flush());
    if (command_.facts == 0) {
      Begin(row, group_value);
    } else {
      text_ += ',';
    }
    text_ += facts_json;
    SUANPAN_INVARIANT(text_.size() + 2 <= kCommandBytesMax, "a row's facts were measured before");
    command_.facts += facts;
    command_.last_row = row;
    return {};
  }

  Status Flush() {
    if (command_.facts == 0) return {};
    text_ += "]}";
    command_.json = text_;
    SUANPAN_RETURN_IF_ERROR(sink_(command_));
    ++counts_.commands;
    command_ = {};
    return {};
  }

 private:
  static constexpr std::size_t kTailBytes = 3;  // a comma and "]}"

  void Begin(std::uint64_t row, std::string_view group_value) {
    text_ = head_;
    AppendJsonInteger(text_, static_cast<std::int64_t>(row));
    text_ += "\",\"facts\":[";
    command_.first_row = row;
    group_value_ = group_value;
  }

  const Grouping& group_;
  ImportCounts& counts_;
  const std::function<Status(const CommandText&)>& sink_;
  std::string head_;  // up to the counter of the key
  std::string text_;
  std::string group_value_;
  CommandText command_;
};

class Importer {
 public:
  Importer(const MapModel& model, const ImportOptions& options,
           const std::function<Status(const CommandText&)>& sink)
      : model_(model), builder_(model, options, counts_, sink) {}

  Status BindWithoutHeader() {
    std::vector<std::string_view> names(model_.file_columns.begin(), model_.file_columns.end());
    return Bind(names);
  }

  Status OnRow(const CsvRow& row) {
    if (model_.has_header && row.number == 0) return Bind(row.fields).WithContext("header");
    const std::uint64_t number = model_.has_header ? row.number : row.number + 1;
    ++counts_.rows;
    Status status = Map(row);
    if (status.ok()) return Deliver(row, number);
    if (model_.skip_bad_rows) {
      Skip(*model_.skip_bad_rows);
      return {};
    }
    return std::move(status).WithContext(fmt::format("row {} (line {})", number, row.line));
  }

  Status Finish() {
    if (model_.has_header && places_.size() != model_.columns.size()) {
      return MakeError(StatusCode::kInvalidArgument, "the file is empty: it has no header");
    }
    return builder_.Flush();
  }

  [[nodiscard]] ImportCounts TakeCounts() { return std::move(counts_); }

 private:
  Status Bind(const std::vector<std::string_view>& names) {
    fields_ = names.size();
    for (const std::string& column : model_.columns) {
      const auto found = std::find(names.begin(), names.end(), column);
      if (found == names.end()) {
        std::string known;
        for (const std::string_view name : names)
          known += (known.empty() ? "" : ", ") + Shown(name);
        return MakeError(StatusCode::kInvalidArgument,
                         "no column {}, which the mapping uses; the file has {}", column, known);
      }
      if (std::find(found + 1, names.end(), column) != names.end()) {
        return MakeError(StatusCode::kInvalidArgument,
                         "two columns are called {}: rename one of them", column);
      }
      places_.push_back(static_cast<std::size_t>(found - names.begin()));
    }
    return {};
  }

  /// Leaves the row's facts in facts_json_ and their kinds in kinds_, or skip_reason_ set.
  Status Map(const CsvRow& row) {
    facts_json_.clear();
    kinds_.clear();
    skip_reason_ = {};
    if (row.fields.size() != fields_) {
      return MakeError(StatusCode::kInvalidArgument,
                       "{} fields where the header has {}: is a quote or delimiter missing?",
                       row.fields.size(), fields_);
    }
    const RowView view{.model = model_, .places = places_, .fields = row.fields};
    SUANPAN_ASSIGN_OR_RETURN(skip_reason_, ReasonToSkip(model_, view));
    if (!skip_reason_.empty()) return {};
    for (const Expression& fact : model_.facts) {
      if (!facts_json_.empty()) facts_json_ += ',';
      const std::size_t begin = facts_json_.size();
      SUANPAN_RETURN_IF_ERROR(AppendExpression(view, fact, facts_json_));
      kinds_.push_back(begin);
    }
    if (facts_json_.size() + kEnvelopeBytesMax > kCommandBytesMax) {
      return MakeError(StatusCode::kInvalidArgument,
                       "its facts are longer than the {} bytes of a command: leave out long fields",
                       kCommandBytesMax);
    }
    return {};
  }

  Status Deliver(const CsvRow& row, std::uint64_t number) {
    if (!skip_reason_.empty()) {
      Skip(skip_reason_);
      return {};
    }
    std::string_view group_value;
    if (model_.group.by) {
      group_value = row.fields[places_[*model_.group.by]];
      if (model_.group.by_bytes != 0) group_value = group_value.substr(0, model_.group.by_bytes);
    }
    SUANPAN_RETURN_IF_ERROR(builder_.Add(number, facts_json_, kinds_.size(), group_value));
    for (const std::size_t begin : kinds_) CountKind(begin);
    return {};
  }

  /// A fact begins {"kind":"NAME", which the mapping's parser saw to.
  void CountKind(std::size_t fact_begin) {
    constexpr std::string_view kHead = "{\"kind\":\"";
    const std::string_view rest = std::string_view{facts_json_}.substr(fact_begin + kHead.size());
    Increment(counts_.facts_by_kind, rest.substr(0, rest.find('"')));
    ++counts_.facts;
  }

  void Skip(std::string_view reason) { Increment(counts_.skipped_by_reason, reason); }

  static void Increment(std::map<std::string, std::uint64_t, std::less<>>& counts,
                        std::string_view name) {
    const auto found = counts.find(name);
    if (found != counts.end()) {
      ++found->second;
    } else {
      counts.emplace(name, 1);
    }
  }

  const MapModel& model_;
  ImportCounts counts_;
  CommandBuilder builder_;
  std::vector<std::size_t> places_;  // ColumnSlot -> field
  std::size_t fields_ = 0;           // of every row
  std::string facts_json_;
  std::vector<std::size_t> kinds_;  // where each fact begins in facts_json_
  std::string_view skip_reason_;
};

Status CheckOptions(const ImportOptions& options) {
  if (!ParseHash(options.file_digest_hex)) {
    return MakeError(StatusCode::kInvalidArgument,
                     "the file's digest must be 64 lower-case hexadecimal digits");
  }
  if (options.book.empty() || options.book.size() > kBookBytesMax || !IsUtf8(options.book)) {
    return MakeError(StatusCode::kInvalidArgument, "the book's name must have 1 to {} bytes",
                     kBookBytesMax);
  }
  return {};
}

}  // namespace

std::string KeyStreamOf(std::string_view file_digest_hex) {
  return "csv-" + std::string{file_digest_hex.substr(0, kStreamDigits)};
}

Result<ImportCounts> ImportCsv(const CsvMap& map, ByteSource& source, const ImportOptions& options,
                               const std::function<Status(const CommandText&)>& sink) {
  SUANPAN_RETURN_IF_ERROR(CheckOptions(options));
  const MapModel& model = map.model();
  Importer importer(model, options, sink);
  if (!model.has_header) SUANPAN_RETURN_IF_ERROR(importer.BindWithoutHeader());
  SUANPAN_RETURN_IF_ERROR(
      ReadCsv(source, model.dialect, [&](const CsvRow& row) { return importer.OnRow(row); }));
  SUANPAN_RETURN_IF_ERROR(importer.Finish());
  return importer.TakeCounts();
}

}  // namespace suanpan::import
