#pragma once

// Conformance vectors of others, which lie beside the source tree and may be absent.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "suanpan/base/bytes.h"

namespace suanpan::proof {

/// Skips the test where the file or directory `name` of the vectors is absent, else names its path.
#define SUANPAN_VECTORS_OR_SKIP(path, name)                                   \
  const std::filesystem::path path = ::suanpan::proof::VectorsDir() / (name); \
  if (!std::filesystem::exists(path)) {                                       \
    GTEST_SKIP() << "conformance vectors are absent: " << path.string();      \
  }                                                                           \
  static_assert(true)

inline std::filesystem::path VectorsDir() {
  const char* shared = std::getenv("SUANPAN_SHARED");
  const std::filesystem::path base =
      shared != nullptr ? shared : std::filesystem::path{SUANPAN_SOURCE_DIR} / ".." / "shared";
  return base / "testdata" / "vectors";
}

inline std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in{path, std::ios::binary};
  EXPECT_TRUE(in) << path;
  return {std::istreambuf_iterator<char>{in}, {}};
}

inline nlohmann::json ReadJson(const std::filesystem::path& path) {
  return nlohmann::json::parse(ReadFile(path));
}

/// Bytes of lower-case hexadecimal.
inline std::string Unhex(const std::string& hex) {
  std::string bytes(hex.size() / 2, '\0');
  EXPECT_TRUE(FromHex(hex, {reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()})) << hex;
  return bytes;
}

inline Hash32 HashOfHex(const std::string& hex) { return ParseHash(hex).value(); }

}  // namespace suanpan::proof
