// The mapping parser against arbitrary bytes, and each accepted mapping against a small file: no
// crash, and whatever comes out is a command within the limit.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "suanpan/base/invariant.h"
#include "suanpan/import/csv_import.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace import = suanpan::import;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto map = import::CsvMap::Parse(text);
  if (!map.ok()) return 0;
  import::MemorySource source(
      "A,B,C\n1,2010-12-01 08:26:00,x\n-2.55,2010-12-01,\"y \"\"z\"\"\"\n0,,\xe8\x81\x8c\n");
  const import::ImportOptions options{.book = "zz", .file_digest_hex = std::string(64, '0')};
  const auto counts =
      import::ImportCsv(*map, source, options, [](const import::CommandText& command) {
        SUANPAN_INVARIANT(command.json.size() <= import::kCommandBytesMax && command.facts > 0);
        return suanpan::Status{};
      });
  if (!counts.ok()) counts.error().IgnoreError("most mappings do not fit the file");
  return 0;
}
