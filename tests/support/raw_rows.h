#pragma once

// The rows of a closed data directory, by RocksDB itself: what no interface of ours lets anybody
// do.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace suanpan::test {

/// One family of a data directory, open until the object goes.
class RawRows {
 public:
  RawRows(const std::string& path, const std::string& family);
  ~RawRows();
  RawRows(const RawRows&) = delete;
  RawRows& operator=(const RawRows&) = delete;

  [[nodiscard]] std::map<std::string, std::string> All() const;
  void Put(const std::string& key, const std::string& value);
  void Delete(const std::string& key);
  /// Deletes every row for which `which` holds; how many.
  std::size_t DeleteIf(const std::function<bool(const std::string& key)>& which);
  /// Writes all rows to tables and those into one.
  void Compact();
  /// Names of the files that hold the family's tables, each with a slash in front.
  [[nodiscard]] std::vector<std::string> Tables() const;
  /// RocksDB's number of the family: another once it was dropped and made again.
  [[nodiscard]] std::uint32_t Number() const;
  /// Takes the family with all its rows out of the directory.
  void Drop();

 private:
  struct Opened;
  std::unique_ptr<Opened> opened_;
};

}  // namespace suanpan::test
