#pragma once

// A history whose entries are changed, one at a time, and handed to Apply on the state before them:
// well-formed bytes that no writer wrote.

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <span>

#include "suanpan/schema/kinds/log.h"
#include "support/book_harness.h"
#include "support/fact_text.h"

namespace suanpan::testing {

/// A book with one entry for each command, a fact a line, and its entries for changing.
class ForgedHistory : public ::testing::Test {
 protected:
  explicit ForgedHistory(std::span<const std::string_view> commands) : commands_(commands) {}
  void SetUp() override {
    int key = 0;
    for (const std::string_view command : commands_) {
      std::string facts;
      for (std::size_t start = 0; start < command.size();) {
        const std::size_t end = std::min(command.find('\n', start), command.size());
        facts += (facts.empty() ? "" : ",") + *FactJson(command.substr(start, end - start));
        start = end + 1;
      }
      const Answer answer = book_.Append(CommandJson("t/" + std::to_string(++key), facts));
      ASSERT_FALSE(answer.refusal) << answer.ToText();
    }
    ASSERT_EQ(book_.CompareWithReplay(), "");
  }

  /// Opens an entry for changing.
  std::vector<schema::Event>& Take(std::uint64_t seq) {
    seq_ = seq;
    const schema::EntryView& entry = book_.entry(Seq{seq});
    events_.assign(entry.events.begin(), entry.events.end());
    return events_;
  }
  /// Adds an event after all but the names.
  void Append(schema::Event event) {
    const auto name = std::ranges::find_if(events_, [](const schema::Event& one) {
      return one.kind->number == schema::RefIntroduced::kKind;
    });
    events_.insert(name, event);
  }
  /// A copy of a line's value, put in its place.
  template <class T>
  T& Value(std::size_t line) {
    EXPECT_EQ(events_[line].kind->number, T::kKind);
    T* copy = arena_.One<T>();
    *copy = events_[line].As<T>();
    events_[line].payload = copy;
    return *copy;
  }
  /// What Apply says to the changed entry, on the state before it.
  std::string Verdict() {
    rules::BookState state;
    for (std::uint64_t seq = 1; seq < seq_; ++seq) {
      const Status status =
          ApplyEntry(rules::Catalogue::Standard(), state, Seq{seq}, book_.entry(Seq{seq}));
      EXPECT_TRUE(status.ok()) << status.ToString();
    }
    schema::EntryView forged = book_.entry(Seq{seq_});
    forged.events = events_;
    const Status status = ApplyEntry(rules::Catalogue::Standard(), state, Seq{seq_}, forged);
    EXPECT_TRUE(status.ok() || status.code() == StatusCode::kCorruption) << status.ToString();
    return status.ToString();
  }
  /// Changes one field of one line and expects a refusal that says why.
  template <class T>
  void Forge(std::uint64_t seq, std::size_t line, const std::function<void(T&)>& change,
             std::string_view why) {
    Take(seq);
    change(Value<T>(line));
    const std::string verdict = Verdict();
    EXPECT_NE(verdict.find(why), std::string::npos)
        << "at " << seq << "." << line << ": " << verdict;
  }

  void ExpectAcceptedUnchanged() {
    for (std::uint64_t seq = 1; seq <= book_.size(); ++seq) {
      Take(seq);
      EXPECT_EQ(Verdict(), Status{}.ToString());
    }
  }

  /// First line of an entry with a kind.
  std::size_t LineOf(std::uint64_t seq, std::uint16_t kind) {
    const auto events = book_.entry(Seq{seq}).events;
    for (std::size_t line = 0; line < events.size(); ++line) {
      if (events[line].kind->number == kind) return line;
    }
    ADD_FAILURE() << "entry " << seq << " has no event of kind " << kind;
    return 0;
  }

  BookHarness book_;
  Arena arena_;
  std::vector<schema::Event> events_;
  std::uint64_t seq_ = 0;

 private:
  std::span<const std::string_view> commands_;
};

}  // namespace suanpan::testing
