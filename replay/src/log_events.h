#pragma once

// Old events of a book, read from its log.

#include <map>
#include <memory>

#include "suanpan/engine/entry_log.h"
#include "suanpan/rules/rule.h"
#include "suanpan/schema/entry_codec.h"

namespace suanpan::replay {

class LogEvents final : public rules::OldEvents {
 public:
  LogEvents(const store::EventReader& reader, BookNo book, Seq head, const schema::KindTable& kinds)
      : reader_(reader), book_(book), head_(head), kinds_(kinds) {}
  ~LogEvents() override {
    if (forked_from_ != nullptr && !error_.ok()) forked_from_->error_ = std::move(error_);
  }
  LogEvents(const LogEvents&) = delete;
  LogEvents& operator=(const LogEvents&) = delete;

  [[nodiscard]] const schema::Event* Find(Address address) override;
  [[nodiscard]] bool Exists(Address address) override { return Find(address) != nullptr; }
  [[nodiscard]] std::unique_ptr<rules::OldEvents> Fork() override;
  /// Of the first event that could not be read.
  [[nodiscard]] const Status& error() const { return error_; }

 private:
  [[nodiscard]] Status Load(Seq seq);

  const store::EventReader& reader_;
  BookNo book_;
  Seq head_;
  const schema::KindTable& kinds_;
  Arena arena_;
  std::map<Seq, schema::EntryView> loaded_;
  std::vector<std::shared_ptr<const store::DecodedBlock>> blocks_;  ///< that what is loaded views
  Status error_;
  LogEvents* forked_from_ = nullptr;  ///< is told of an error
};

}  // namespace suanpan::replay
