#pragma once

// A ledger over a store of either sort, spoken to in JSON. The suite is instantiated once per
// store.

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "commands.h"
#include "suanpan/engine/ledger.h"
#include "support/store_home.h"
#include "wrapped_store.h"

namespace suanpan::engine::test {

using suanpan::test::MakeHome;
using suanpan::test::MakeMemoryHome;
using suanpan::test::StoreHome;

inline constexpr std::string_view kTill = "s-till";
inline constexpr std::string_view kLedgerStart = "2025-06-01T12:00:05Z";

/// A ledger and what is needed to open it again.
class LedgerHolder {
 public:
  explicit LedgerHolder(std::unique_ptr<StoreHome> home, CommitterOptions committer = {},
                        const rules::Catalogue* catalogue = nullptr);

  /// Closes and opens; an error where the log is damaged.
  Status TryReopen();
  /// The same; stops the test where it cannot be opened.
  void Reopen();
  void Close() { ledger_.reset(); }

  /// Parsed and handed in; an error where the ledger has stopped.
  Result<Submission> TrySubmit(std::string_view command, std::string_view source = kTill);
  /// The same, where it has not; not yet durable.
  Submission Submit(std::string_view command, std::string_view source = kTill);
  /// Its answer once it is durable.
  Json AnswerOf(const Submission& submission);
  /// Both.
  Json Send(std::string_view command, std::string_view source = kTill);
  /// Both, expecting that it is committed; the answer's seq.
  Seq Commit(std::string_view command, std::string_view source = kTill);

  SealedHead Seal(std::string_view book);
  /// Bytes of every entry from the store.
  std::vector<std::string> Entries(std::string_view book);
  /// Digest of a fresh state after every entry of the store.
  StateDigest Replay(std::string_view book);
  std::size_t BlockCount(std::string_view book);

  [[nodiscard]] Ledger& ledger() { return *ledger_; }
  [[nodiscard]] Gate& gate() { return *gate_; }
  [[nodiscard]] const rules::Catalogue& catalogue() const { return *catalogue_; }
  [[nodiscard]] LedgerOptions OptionsOf() const;
  void SetClock(std::string_view instant);
  /// What the last opening told.
  [[nodiscard]] const std::vector<std::string>& notices() const { return *notices_; }

 private:
  std::unique_ptr<StoreHome> home_;
  CommitterOptions committer_;
  const rules::Catalogue* catalogue_;
  std::shared_ptr<Gate> gate_ = std::make_shared<Gate>();
  std::shared_ptr<std::atomic<std::int64_t>> clock_;
  std::shared_ptr<std::vector<std::string>> notices_ = std::make_shared<std::vector<std::string>>();
  std::unique_ptr<Ledger> ledger_;
};

class LedgerTest : public testing::TestWithParam<MakeHome> {
 protected:
  /// A ledger with book `zz` opened (entry 1).
  std::unique_ptr<LedgerHolder> Opened(CommitterOptions committer = {});
  std::unique_ptr<LedgerHolder> Empty(CommitterOptions committer = {},
                                      const rules::Catalogue* catalogue = nullptr);
};

/// SHA-256 of 0x00 and the bytes, in hexadecimal, by OpenSSL's own interface.
std::string LeafHex(std::string_view entry);

}  // namespace suanpan::engine::test

#define EXPECT_OK(expression)                                    \
  do {                                                           \
    const ::suanpan::Status expect_status = (expression);        \
    EXPECT_TRUE(expect_status.ok()) << expect_status.ToString(); \
  } while (false)
