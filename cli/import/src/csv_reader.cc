#include "suanpan/import/csv_reader.h"

#include <csv.h>

#include <algorithm>
#include <span>
#include <string>

#include "inflating_source.h"

namespace suanpan::import {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{64} * 1024;

/// Owns the libcsv parser and gathers its callbacks into rows. libcsv has no way to stop early from
/// a callback, so after the first error the callbacks only return.
class RowGatherer {
 public:
  RowGatherer(const CsvDialect& dialect, const std::function<Status(const CsvRow&)>& on_row)
      : on_row_(on_row) {
    // REPALL_NL reports blank lines too: they are no rows, but they count as lines.
    SUANPAN_INVARIANT(csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) == 0);
    csv_set_delim(&parser_, static_cast<unsigned char>(dialect.delimiter));
    csv_set_quote(&parser_, static_cast<unsigned char>(dialect.quote));
    csv_set_space_func(&parser_, [](unsigned char) { return 0; });
  }
  ~RowGatherer() { csv_free(&parser_); }
  RowGatherer(const RowGatherer&) = delete;
  RowGatherer& operator=(const RowGatherer&) = delete;

  Status Feed(std::string_view bytes) {
    const std::size_t used = csv_parse(&parser_, bytes.data(), bytes.size(), OnField, OnRow, this);
    if (!status_.ok()) return std::move(status_);
    if (used != bytes.size()) return ParseError();
    // A field that never closes grows inside libcsv: noticed here, one chunk late at most.
    if (parser_.entry_pos > kFieldBytesMax) return FieldTooLong();
    return {};
  }

  Status Finish() {
    const int code = csv_fini(&parser_, OnField, OnRow, this);
    if (!status_.ok()) return std::move(status_);
    if (code == 0) return {};
    return MakeError(StatusCode::kInvalidArgument,
                     "{}: the file ends inside quotes: close the quote, or the file was cut short",
                     Place());
  }

 private:
  static void OnField(void* data, std::size_t size, void* self) {
    static_cast<RowGatherer*>(self)->AddField({static_cast<const char*>(data), size});
  }
  static void OnRow(int terminator, void* self) {
    static_cast<RowGatherer*>(self)->EndRow(terminator);
  }

  void AddField(std::string_view field) {
    if (!status_.ok()) return;
    if (field.size() > kFieldBytesMax) {
      status_ = FieldTooLong();
    } else if (ends_.size() == kFieldsMax) {
      status_ = MakeError(StatusCode::kInvalidArgument,
                          "{}: more than {} fields: is the delimiter right?", Place(), kFieldsMax);
    } else if (text_.size() + field.size() > kRowBytesMax) {
      status_ = MakeError(StatusCode::kInvalidArgument, "{}: longer than {} bytes", Place(),
                          kRowBytesMax);
    } else {
      text_.append(field);
      ends_.push_back(text_.size());
    }
  }

  void EndRow(int terminator) {
    if (!status_.ok()) return;
    if (!ends_.empty()) HandOver();
    // CR LF arrives as a row ended by CR and a blank one ended by LF: one line.
    const bool second_of_pair = terminator == CSV_LF && last_terminator_ == CSV_CR && blank_;
    if (terminator == CSV_LF || terminator == CSV_CR) row_.line += second_of_pair ? 0 : 1;
    last_terminator_ = terminator;
    blank_ = true;
  }

  void HandOver() {
    row_.fields.clear();
    std::size_t begin = 0;
    for (const std::size_t end : ends_) {
      row_.fields.push_back(std::string_view{text_}.substr(begin, end - begin));
      begin = end;
    }
    status_ = on_row_(row_);
    row_.line += static_cast<std::uint64_t>(std::count(text_.begin(), text_.end(), '\n'));
    ++row_.number;
    text_.clear();
    ends_.clear();
    last_terminator_ = 0;
    blank_ = false;
  }

  [[nodiscard]] std::string Place() const {
    return fmt::format("row {} (line {})", row_.number, row_.line);
  }
  [[nodiscard]] Status FieldTooLong() const {
    return MakeError(StatusCode::kInvalidArgument,
                     "{}: field {} is longer than {} bytes: is a closing quote missing?", Place(),
                     ends_.size() + 1, kFieldBytesMax);
  }
  [[nodiscard]] Status ParseError() {
    if (csv_error(&parser_) != CSV_EPARSE) {
      return MakeError(StatusCode::kIo, "{}: {}", Place(), csv_strerror(csv_error(&parser_)));
    }
    return MakeError(StatusCode::kInvalidArgument,
                     "{}: a quote in the middle of field {}: put the whole field in quotes and "
                     "double the quotes inside it",
                     Place(), ends_.size() + 1);
  }

  csv_parser parser_{};
  const std::function<Status(const CsvRow&)>& on_row_;
  Status status_;
  CsvRow row_{.number = 0, .line = 1, .fields = {}};
  std::string text_;               // the fields of the row one after the other
  std::vector<std::size_t> ends_;  // where each of them ends in text_
  int last_terminator_ = 0;
  bool blank_ = true;  // no field since the last terminator
};

/// Fills `out` as far as the source goes, so that a mark at the front is never torn apart.
Result<std::size_t> ReadFull(ByteSource& source, std::span<char> out) {
  std::size_t filled = 0;
  while (filled < out.size()) {
    SUANPAN_ASSIGN_OR_RETURN(const std::size_t size, source.Read(out.subspan(filled)));
    if (size == 0) break;
    filled += size;
  }
  return filled;
}

Result<std::string_view> WithoutMark(std::string_view head) {
  if (head.starts_with("\xef\xbb\xbf")) return head.substr(3);
  if (head.starts_with("\xff\xfe") || head.starts_with("\xfe\xff")) {
    return MakeError(StatusCode::kInvalidArgument,
                     "the file is UTF-16: save it as UTF-8 (\"CSV UTF-8\") and import again");
  }
  return head;
}

}  // namespace

Status ReadCsv(ByteSource& source, const CsvDialect& dialect,
               const std::function<Status(const CsvRow&)>& on_row) {
  InflatingSource unpacked(source);
  RowGatherer gatherer(dialect, on_row);
  std::string chunk(kChunkBytes, '\0');
  for (bool first = true;; first = false) {
    SUANPAN_ASSIGN_OR_RETURN(const std::size_t size, ReadFull(unpacked, chunk));
    if (size == 0) break;
    std::string_view bytes = std::string_view{chunk}.substr(0, size);
    if (first) {
      SUANPAN_ASSIGN_OR_RETURN(bytes, WithoutMark(bytes));
    }
    SUANPAN_RETURN_IF_ERROR(gatherer.Feed(bytes));
  }
  return gatherer.Finish();
}

}  // namespace suanpan::import
