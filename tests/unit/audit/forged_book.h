#pragma once

// A book that is told in facts (support/fact_text.h), decided by the real rules, and then forged
// event by event, its names introduced anew, and signed again with the right key.

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sample_log.h"
#include "suanpan/audit/check.h"
#include "suanpan/schema/kind_info.h"
#include "support/book_harness.h"

namespace suanpan::audit {

/// The entries of a book, as the audit's tests write them to an export.
[[nodiscard]] std::vector<std::string> EntriesOf(const testing::BookHarness& book);
/// A book whose first entry names the schema of the tests.
[[nodiscard]] testing::BookHarness MakeBook();

class ForgedBook : public ::testing::Test {
 protected:
  /// Adds a command of facts, one a line; its sequence. Fails the test where it is refused.
  std::uint64_t Add(std::string_view facts);
  /// Adds the entry of a log.restored; its sequence.
  std::uint64_t Restore(std::uint64_t from, std::string_view reason);
  /// book.opened, fund "f" with accounts b and c, fund "g" with account d: entry 1.
  void OpenBook();

  /// Changes the payload of the first event of kind T of an entry, and what all events have.
  template <class T>
  void Forge(std::uint64_t seq, const std::function<void(T&, schema::EventCommon&)>& change) {
    ForgeAt(seq, T::kKind, [&](schema::Event& event) { change(Payload<T>(event), event.common); });
  }
  template <class T>
  void Forge(std::uint64_t seq, const std::function<void(T&)>& change) {
    Forge<T>(seq, [&](T& fact, schema::EventCommon&) { change(fact); });
  }
  /// Changes what an entry says of its command.
  void ForgeEntry(std::uint64_t seq, const std::function<void(schema::EntryCommon&)>& change);
  /// Changes anything of an entry.
  void ForgeAny(std::uint64_t seq, const Change& change);
  /// Puts the events of an entry behind the last one again, as a command of its own; its sequence.
  /// Nothing can be told after it.
  std::uint64_t Repeat(std::uint64_t seq);
  /// The id of a name that the book has.
  [[nodiscard]] NameId Name(std::string_view text) const;

  /// Writes it to an export of its own, every tile right, signed again.
  void Export(const std::filesystem::path& dir, std::string_view book = "zz");
  /// What the audit makes of it, with these checkpoints as anchors of the auditor's.
  [[nodiscard]] VerifyReport Report(const std::vector<proof::Checkpoint>& anchors = {});
  /// The head that the log has at a size, whatever was forged.
  [[nodiscard]] proof::Checkpoint HeadAt(std::size_t size);
  /// What a report says of the book, in order: "V7/self_approval@4".
  [[nodiscard]] static std::vector<std::string> ChecksOf(const VerifyReport& report);
  /// What the audit finds now, in order, and nothing else. No finding: the book is verified; a note
  /// alone leaves it so.
  void ExpectFindings(const std::vector<std::string>& expected, Verdict verdict = Verdict::kFailed);
  void ExpectVerified() { ExpectFindings({}, Verdict::kVerified); }

  /// What the named tests make of it; of no names all of them.
  [[nodiscard]] CheckReport Checks(const std::vector<std::string>& names = {});
  /// What a report of theirs says, in order: "p-cap@6.2", with a "?" behind what is only to be
  /// explained.
  [[nodiscard]] static std::vector<std::string> NamesOf(const CheckReport& report);
  /// What they find now, in order, and nothing else.
  void ExpectChecks(const std::vector<std::string>& names,
                    const std::vector<std::string>& expected);

 private:
  void ForgeAt(std::uint64_t seq, std::uint16_t kind,
               const std::function<void(schema::Event&)>& change);
  void TakeEntries();
  /// The entries as they are written to an export.
  [[nodiscard]] std::vector<std::string> WrittenEntries();

  testing::BookHarness book_ = MakeBook();
  std::vector<std::string> entries_;
  int commands_ = 0;
};

/// A date of a test; the test fails hard where it is none.
[[nodiscard]] inline Date Day(std::string_view text) { return ParseDate(text).value(); }

}  // namespace suanpan::audit
