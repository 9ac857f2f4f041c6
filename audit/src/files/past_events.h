#pragma once

// The past of a book for facts that were decided from it, read again from the export. What it found
// is kept until it goes; a fork keeps its own.

#include <map>
#include <memory>
#include <vector>

#include "src/files/old_entries.h"
#include "suanpan/rules/rule.h"

namespace suanpan::audit {

class PastEvents final : public rules::OldEvents {
 public:
  /// `entries` must outlive it.
  explicit PastEvents(OldEntries& entries) : entries_(entries) {}
  ~PastEvents() override {
    if (forked_from_ != nullptr && !error_.ok()) forked_from_->error_ = std::move(error_);
  }
  PastEvents(const PastEvents&) = delete;
  PastEvents& operator=(const PastEvents&) = delete;

  [[nodiscard]] const schema::Event* Find(Address address) override;
  [[nodiscard]] bool Exists(Address address) override { return Find(address) != nullptr; }
  [[nodiscard]] std::unique_ptr<rules::OldEvents> Fork() override;
  /// Of the first entry that could not be read.
  [[nodiscard]] const Status& error() const { return error_; }

 private:
  struct Entry {
    std::vector<std::uint64_t> words;
    schema::EntryView view;
  };
  OldEntries& entries_;
  Arena arena_;
  std::map<Seq, Entry> loaded_;
  Status error_;
  PastEvents* forked_from_ = nullptr;  ///< is told of an error
};

}  // namespace suanpan::audit
