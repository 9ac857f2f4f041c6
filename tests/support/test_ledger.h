#pragma once

// A ledger with a clock that stands still, told what happened in JSON.

#include <memory>
#include <string>
#include <string_view>

#include "suanpan/community_year/generate.h"
#include "suanpan/engine/ledger.h"
#include "suanpan/proof/key.h"

namespace suanpan::test {

/// The key of the directory "books.example"; always the same.
[[nodiscard]] const proof::Signer& TestSigner();

class TestLedger {
 public:
  explicit TestLedger(std::unique_ptr<store::EventStore> store, rules::SchemaStamp schema = {},
                      const rules::Catalogue* catalogue = nullptr);

  /// Fails the test where the command is refused. Not yet durable.
  void Submit(std::string_view command_json);
  /// A station's year from the generator.
  void AddYear(const community_year::YearOptions& options);
  /// One command a line.
  void AddFile(const std::string& path);
  /// Signs and stores a checkpoint of every book, with the digest of its live state.
  void SignAll();

  [[nodiscard]] engine::Ledger& ledger() { return *ledger_; }
  [[nodiscard]] const engine::Ledger& ledger() const { return *ledger_; }
  [[nodiscard]] BookNo NumberOf(std::string_view book) const;
  /// recorded_at of what is submitted from now on.
  InstantUs now;

 private:
  const rules::Catalogue& catalogue_;
  std::unique_ptr<engine::Ledger> ledger_;
};

}  // namespace suanpan::test
