#pragma once

// What one named test is: it takes events, and keeps what it found.

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "src/named/known/known_book.h"
#include "suanpan/audit/check.h"

namespace suanpan::audit {

/// Fed with the events of one book in order.
class NamedCheck {
 public:
  /// The book must outlive it.
  explicit NamedCheck(const KnownBook& book) : book_(book) {}
  NamedCheck(const NamedCheck&) = delete;
  NamedCheck& operator=(const NamedCheck&) = delete;
  virtual ~NamedCheck() = default;

  /// An event, which the book does not know of yet.
  virtual void Take(Address at, const schema::Event& event) = 0;
  /// The entry is over, and the book knows all of it.
  virtual void EndEntry(Seq /*seq*/) {}
  /// Whether it wants what other books tell.
  [[nodiscard]] virtual bool ComparesBooks() const { return false; }
  /// What another book, that this one moved points to or from, tells of moves with this one: after
  /// the last entry, for each that is there. `newest`: the latest business date in its log.
  virtual void TakeOther(const std::string& /*other*/, std::span<const BookMove> /*moves*/,
                         Date /*newest*/) {}
  /// At the very end.
  virtual void Finish() {}

  [[nodiscard]] std::uint64_t looked_at() const { return looked_at_; }
  [[nodiscard]] std::vector<CheckFinding>& findings() { return findings_; }

 protected:
  [[nodiscard]] const KnownBook& book() const { return book_; }
  [[nodiscard]] std::string NameOf(NameId id) const {
    return id.value() == 0 ? "nobody" : std::string{book_.names.TextOf(id)};
  }

  void LookAt() { ++looked_at_; }
  /// Something contradicts a rule.
  void Fail(Address at, std::string text, std::string expected = {}, std::string actual = {}) {
    findings_.push_back(
        {{}, Severity::kFailed, at, std::move(expected), std::move(actual), std::move(text)});
  }
  /// Something that may be right, and should be explained.
  void Note(Address at, std::string text, std::string expected = {}, std::string actual = {}) {
    findings_.push_back(
        {{}, Severity::kNote, at, std::move(expected), std::move(actual), std::move(text)});
  }

 private:
  const KnownBook& book_;
  std::uint64_t looked_at_ = 0;
  std::vector<CheckFinding> findings_;
};

}  // namespace suanpan::audit
