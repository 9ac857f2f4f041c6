#include "suanpan/schema/schema_files.h"

#include <array>

namespace suanpan::schema {

// Defined by the source that cmake/EmbedFiles.cmake generates.
namespace embedded {
extern const unsigned kTextBytes;
extern const unsigned char kText[];
extern const unsigned kCompiledBytes;
extern const unsigned char kCompiled[];
}  // namespace embedded

std::span<const SchemaFile> SchemaFiles() {
  static const std::array kFiles = {SchemaFile{"suanpan",
                                               AsText({embedded::kText, embedded::kTextBytes}),
                                               {embedded::kCompiled, embedded::kCompiledBytes}}};
  return kFiles;
}

}  // namespace suanpan::schema
