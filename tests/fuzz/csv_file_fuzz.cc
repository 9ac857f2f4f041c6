// Imported files from arbitrary bytes, gzip or not: the rows do not depend on how the bytes arrive,
// and written again, every field in quotes, they are the same rows, packed or not.

#include <zlib.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "suanpan/base/invariant.h"
#include "suanpan/import/csv_reader.h"

namespace import = suanpan::import;

namespace {

using Rows = std::vector<std::vector<std::string>>;

/// The bytes of a string a few at a time.
class SlowSource final : public import::ByteSource {
 public:
  explicit SlowSource(std::string_view bytes) : bytes_(bytes) {}
  suanpan::Result<std::size_t> Read(std::span<char> out) override {
    return bytes_.Read(out.first(std::min<std::size_t>(out.size(), 1 + turn_++ % 3)));
  }

 private:
  import::MemorySource bytes_;
  std::size_t turn_ = 0;
};

/// Enough to meet the bound of a field; a small file may unpack to a far larger one.
constexpr std::size_t kFileBytesMax = 2 * import::kFieldBytesMax;

/// The rows of the file, or nothing where it is refused.
std::optional<Rows> RowsOf(import::ByteSource& source, char delimiter) {
  Rows rows;
  std::size_t bytes = 0;
  const suanpan::Status status =
      import::ReadCsv(source, {.delimiter = delimiter}, [&](const import::CsvRow& row) {
        SUANPAN_INVARIANT(row.number == rows.size() && row.line > row.number);
        SUANPAN_INVARIANT(!row.fields.empty() && row.fields.size() <= import::kFieldsMax);
        rows.emplace_back(row.fields.begin(), row.fields.end());
        for (const std::string_view field : row.fields) bytes += 1 + field.size();
        return bytes <= kFileBytesMax
                   ? suanpan::Status{}
                   : suanpan::MakeError(suanpan::StatusCode::kInvalidArgument, "large");
      });
  if (status.ok()) return rows;
  status.IgnoreError("most bytes are no such file");
  return std::nullopt;
}

std::string Quoted(const Rows& rows, char delimiter) {
  std::string text;
  for (const std::vector<std::string>& row : rows) {
    for (const std::string& field : row) {
      text += '"';
      for (const char c : field) text.append(c == '"' ? 2 : 1, c);
      text += '"';
      text += delimiter;
    }
    text.back() = '\n';
  }
  return text;
}

std::string Packed(std::string_view text) {
  z_stream stream{};
  // gzip with the smallest window, and little memory: this runs thousands of times a second.
  SUANPAN_INVARIANT(deflateInit2(&stream, 1, Z_DEFLATED, 9 + 16, 1, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string packed(deflateBound(&stream, text.size()), '\0');
  std::string input{text};
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  SUANPAN_INVARIANT(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::optional<Rows> RowsOf(std::string_view bytes, char delimiter) {
  import::MemorySource source{bytes};
  return RowsOf(source, delimiter);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view file{reinterpret_cast<const char*>(data), size};
  const std::optional<Rows> rows = RowsOf(file, ',');
  SlowSource slow{file};
  SUANPAN_INVARIANT(RowsOf(slow, ',') == rows);
  if (!rows) return 0;
  const std::string written = Quoted(*rows, ';');
  SUANPAN_INVARIANT(RowsOf(written, ';') == rows);
  SUANPAN_INVARIANT(RowsOf(Packed(written), ';') == rows);
  return 0;
}
