#pragma once

// Logs for the audit's tests: made by a real ledger from commands, or forged entry by entry.

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "suanpan/audit/export.h"
#include "suanpan/audit/verify.h"
#include "suanpan/proof/checkpoint.h"
#include "suanpan/schema/entry_codec.h"
#include "support/temp_dir.h"
#include "support/test_ledger.h"

namespace suanpan::audit {

using test::TestSigner;
/// The digest and files of the schema that the sample logs name.
[[nodiscard]] std::span<const schema::SchemaFile> TestSchemas();
/// What the first entry of a log of the tests says of its schema.
[[nodiscard]] rules::SchemaStamp TestStamp();

/// A ledger in memory with a settable clock, and its exports.
class SampleLog : public test::TestLedger {
 public:
  SampleLog();

  /// Opens book "zz" with fund "f" and its bank accounts "b" and "c": entry 1, key a/1.
  void OpenBook();
  /// Adds one fact to book "zz" as a command of its own, at ten o'clock.
  void Fact(std::uint64_t key, std::string_view day, std::string_view fields);
  /// A station's year from the generator.
  void AddYear(std::uint32_t communities, std::uint32_t days, std::uint32_t sales,
               std::uint32_t facts_per_command = 1, bool stream_keys = false);
  /// The signed head of a book.
  [[nodiscard]] BookExport Head(std::string_view book);
  /// Exports every book; fails the test where that fails.
  void Export(const std::filesystem::path& dir);
  /// The bytes of all entries of a book.
  [[nodiscard]] std::vector<std::string> Entries(std::string_view book);
};

/// Writes schema files into an export.
void WriteSchemas(const std::filesystem::path& dir,
                  std::span<const schema::SchemaFile> schemas = TestSchemas());
/// Writes entries as an export of one book, signed like any other.
void WriteForged(const std::filesystem::path& dir, std::string_view book,
                 const std::vector<std::string>& entries,
                 std::span<const schema::SchemaFile> schemas = TestSchemas());

/// Decodes an entry, lets `change` have its values, and encodes it again. Payloads are copies.
using Change = std::function<void(schema::EntryCommon&, std::vector<schema::Event>&)>;
[[nodiscard]] std::string Changed(const std::string& entry, const Change& change);

/// The payload of an event, to be changed in place.
template <class T>
[[nodiscard]] T& Payload(schema::Event& event) {
  return *const_cast<T*>(static_cast<const T*>(event.payload));
}

[[nodiscard]] VerifyOptions OptionsFor(const std::filesystem::path& dir);
/// The report; fails the test where there is none.
[[nodiscard]] VerifyReport Verify(const VerifyOptions& options);
/// "V6/duplicate_key@17 V7/..." of all findings, for messages and comparisons.
[[nodiscard]] std::string FindingsOf(const VerifyReport& report);
[[nodiscard]] bool HasFinding(const VerifyReport& report, std::string_view check);

/// Every file, folder and link below a directory, with what a file has in it.
[[nodiscard]] std::map<std::string, std::string> FilesOf(const std::filesystem::path& dir);
[[nodiscard]] std::string ReadText(const std::filesystem::path& path);
void WriteText(const std::filesystem::path& path, std::string_view bytes);

}  // namespace suanpan::audit
