#include "suanpan/engine/key_index.h"

#include <fmt/format.h>

#include <set>
#include <vector>

#include "src/book.h"
#include "src/key_batch.h"
#include "suanpan/engine/entry_log.h"
#include "suanpan/schema/name_table.h"

namespace suanpan::engine {
namespace {

/// An index that cannot be read, without what helps: that is told once for all differences.
KeyDifference Unreadable(const Status& error) {
  std::string_view text = error.message();
  const std::string remedy = fmt::format(": {}", store::kWriteKeysAgain);
  if (text.ends_with(remedy)) text.remove_suffix(remedy.size());
  return {{}, "an index that can be read", std::string{text}};
}

std::string TextOf(const store::KeyBinding& binding, const schema::NameReader& names) {
  const std::string key =
      binding.key.form == store::KeyForm::kUuid
          ? ToText(binding.key.uuid)
          : fmt::format("{}/{}", names.TextOf(binding.key.stream), binding.key.counter);
  return fmt::format("key {} of {}", key, names.TextOf(binding.source));
}

/// Finds what differs, once it is known that something does.
class Differences {
 public:
  Differences(const store::EventReader& reader, BookNo book, const schema::NameReader& names,
              KeyComparison& out)
      : reader_(reader), book_(book), names_(names), out_(out) {}

  [[nodiscard]] Status Find() {
    prints_.assign(out_.watermark.value() + 1, 0);
    SUANPAN_RETURN_IF_ERROR(
        VisitLogKeys(reader_, book_, out_.watermark, [this](const store::KeyBinding& binding) {
          prints_[binding.seq.value()] = store::KeyPrint(binding);
          return Status{};
        }));
    const Status walked = reader_.VisitKeys(book_, [this](const store::KeyBinding& row) {
      TakeRow(row);
      return Status{};
    });
    if (!walked.ok()) {
      if (walked.code() != StatusCode::kCorruption) return walked.Clone();
      Name(Unreadable(walked));
      return {};
    }
    return VisitLogKeys(reader_, book_, out_.watermark, [this](const store::KeyBinding& binding) {
      return prints_[binding.seq.value()] == 0 ? Status{} : NameMissing(binding);
    });
  }

 private:
  /// Strikes out the entry that the row leads to; what is not struck out in the end is missing.
  void TakeRow(const store::KeyBinding& row) {
    const std::uint64_t at = row.seq.value();
    if (at < prints_.size() && prints_[at] == store::KeyPrint(row)) {
      prints_[at] = 0;
    } else {
      Name({row.seq, at < prints_.size() ? "the key of this entry" : "no key of this entry yet",
            TextOf(row, names_)});
    }
  }
  [[nodiscard]] Status NameMissing(const store::KeyBinding& binding) {
    if (out_.differences.size() >= kKeyDifferencesMax) {
      ++out_.count;
      return {};
    }
    SUANPAN_ASSIGN_OR_RETURN(const std::optional<Seq> found,
                             reader_.FindKey(book_, binding.source, binding.key));
    Name({binding.seq, TextOf(binding, names_),
          found ? fmt::format("it leads to entry {}", found->value()) : "not in the index"});
    return {};
  }
  void Name(KeyDifference difference) {
    ++out_.count;
    if (out_.differences.size() < kKeyDifferencesMax) {
      out_.differences.push_back(std::move(difference));
    }
  }

  const store::EventReader& reader_;
  BookNo book_;
  const schema::NameReader& names_;
  KeyComparison& out_;
  std::vector<std::uint64_t> prints_;  ///< by sequence; 0: no key, or found
};

}  // namespace

Status VisitLogKeys(const store::EventReader& reader, BookNo book, Seq until,
                    const store::KeyVisitor& visit) {
  if (until == Seq{}) return {};
  SUANPAN_ASSIGN_OR_RETURN(const std::unique_ptr<store::BlockCursor> cursor,
                           reader.ReadBlocks(book, Seq{1}));
  store::DecodedBlock block;
  // Not to the end: there a store that knows of later entries says that they are missing.
  while (block.size() == 0 || block.header().last_seq() < until) {
    SUANPAN_ASSIGN_OR_RETURN(const std::optional<ByteSpan> bytes, cursor->Next());
    if (!bytes) return {};
    SUANPAN_RETURN_IF_ERROR(store::DecodeBlock(*bytes, block));
    for (std::size_t i = 0; i < block.size(); ++i) {
      if (block.seq(i) > until) return {};
      SUANPAN_ASSIGN_OR_RETURN(const schema::EntryCommon common,
                               schema::DecodeEntryCommon(block.entry(i)),
                               fmt::format("entry {}", block.seq(i).value()));
      if (common.key.form == schema::KeyForm::kEngine) continue;
      SUANPAN_RETURN_IF_ERROR(visit({common.source, StoreKey(common.key), block.seq(i)}));
    }
  }
  return {};
}

Result<store::KeySum> SumOfIndex(const store::EventReader& reader, BookNo book) {
  store::KeySum sum;
  SUANPAN_RETURN_IF_ERROR(reader.VisitKeys(book, [&sum](const store::KeyBinding& binding) {
    sum.Add(binding);
    return Status{};
  }));
  return sum;
}

Result<std::optional<Seq>> FindOtherKey(const store::EventReader& reader, BookNo book, Seq end) {
  std::vector<std::uint64_t> prints(end.value() + 1, 0);
  SUANPAN_RETURN_IF_ERROR(
      VisitLogKeys(reader, book, end, [&prints](const store::KeyBinding& binding) {
        prints[binding.seq.value()] = store::KeyPrint(binding);
        return Status{};
      }));
  std::optional<Seq> other;
  const Status walked = reader.VisitKeys(book, [&](const store::KeyBinding& row) {
    const std::uint64_t at = row.seq.value();
    if (!other && at < prints.size() && prints[at] != store::KeyPrint(row)) other = row.seq;
    return Status{};
  });
  if (!walked.ok() && walked.code() != StatusCode::kCorruption) return walked.Clone();
  return walked.ok() ? other : std::optional<Seq>{};
}

Status WriteIndex(store::EventStore& store, BookNo book) {
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<store::StoredBlock> last, store.LastBlock(book));
  if (!last) return {};
  KeyBatch batch{&store, book};
  SUANPAN_RETURN_IF_ERROR(
      VisitLogKeys(store, book, last->last,
                   [&batch](const store::KeyBinding& binding) { return batch.Add(binding); }));
  return batch.Flush();
}

Result<KeyComparison> CompareIndex(const store::EventReader& reader, BookNo book,
                                   const schema::KindTable& kinds) {
  KeyComparison comparison;
  const Result<Seq> watermark = reader.KeyWatermark(book);
  if (!watermark.ok()) {
    if (watermark.error().code() != StatusCode::kCorruption) return watermark.error().Clone();
    comparison.count = 1;
    comparison.differences.push_back(Unreadable(watermark.error()));
    return comparison;
  }
  comparison.watermark = *watermark;
  store::KeySum log;
  SUANPAN_RETURN_IF_ERROR(
      VisitLogKeys(reader, book, comparison.watermark, [&log](const store::KeyBinding& binding) {
        log.Add(binding);
        return Status{};
      }));
  comparison.keys = log.count();
  const Result<store::KeySum> index = SumOfIndex(reader, book);
  if (index.ok() && *index == log) return comparison;
  if (!index.ok() && index.error().code() != StatusCode::kCorruption) return index.error().Clone();
  SUANPAN_ASSIGN_OR_RETURN(const std::optional<store::StoredBlock> last, reader.LastBlock(book));
  schema::NameTable names;
  if (last) SUANPAN_RETURN_IF_ERROR(ReadNames(reader, book, last->last, kinds, names));
  SUANPAN_RETURN_IF_ERROR(Differences(reader, book, names, comparison).Find());
  return comparison;
}

}  // namespace suanpan::engine
