#include "src/checks/key_check.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <optional>
#include <queue>
#include <string>
#include <system_error>

#include "suanpan/base/bytes.h"

namespace suanpan::audit {
namespace {

Status SpillError(std::string_view what) {
  return MakeError(StatusCode::kIo, "{} the temporary file of keys: {}", what,
                   std::generic_category().message(errno));
}

/// A file that nobody sees and that is gone when closed, whatever happens.
std::FILE* OpenUnlinked() {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::temp_directory_path(error);
  if (error) return nullptr;
  std::string name = (folder / "suanpan-keys-XXXXXX").string();
  const int fd = ::mkstemp(name.data());
  if (fd < 0) return nullptr;
  ::unlink(name.c_str());
  std::FILE* file = ::fdopen(fd, "w+b");
  if (file == nullptr) ::close(fd);
  return file;
}

}  // namespace

/// Reads one sorted run through a small buffer.
class KeySpill::Run {
 public:
  Run(std::FILE* file, std::size_t first, std::size_t count)
      : file_(file), next_(first), left_(count) {}

  /// False at the end; `failed` where the file could not be read.
  [[nodiscard]] bool Next(SpilledKey& key, bool& failed) {
    if (at_ == buffer_.size() && !Fill(failed)) return false;
    key = buffer_[at_++];
    return true;
  }

 private:
  static constexpr std::size_t kBufferKeys = 128;
  bool Fill(bool& failed) {
    buffer_.resize(std::min(left_, kBufferKeys));
    at_ = 0;
    if (buffer_.empty()) return false;
    const auto offset = static_cast<off_t>(next_ * sizeof(SpilledKey));
    const std::size_t bytes = buffer_.size() * sizeof(SpilledKey);
    const ssize_t got = ::pread(::fileno(file_), buffer_.data(), bytes, offset);
    failed = got != static_cast<ssize_t>(bytes);
    next_ += buffer_.size();
    left_ -= buffer_.size();
    return !failed;
  }

  std::FILE* file_;
  std::size_t next_;
  std::size_t left_;
  std::vector<SpilledKey> buffer_;
  std::size_t at_ = 0;
};

Status KeySpill::Add(const SpilledKey& key) {
  open_.push_back(key);
  return open_.size() < kRunKeys ? Status{} : FlushRun();
}

Status KeySpill::FlushRun() {
  if (file_ == nullptr) file_.reset(OpenUnlinked());
  if (file_ == nullptr) return SpillError("making");
  std::ranges::sort(open_);
  if (std::fwrite(open_.data(), sizeof(SpilledKey), open_.size(), file_.get()) != open_.size()) {
    return SpillError("writing");
  }
  runs_.push_back(open_.size());
  open_.clear();
  return {};
}

Status KeySpill::ForEachDuplicate(
    const std::function<void(const SpilledKey&, const SpilledKey&)>& duplicate) {
  if (!open_.empty()) SUANPAN_RETURN_IF_ERROR(FlushRun());
  if (runs_.empty()) return {};
  open_.shrink_to_fit();
  if (std::fflush(file_.get()) != 0) return SpillError("writing");
  std::vector<Run> runs;
  std::size_t first = 0;
  for (const std::size_t count : runs_) {
    runs.emplace_back(file_.get(), first, count);
    first += count;
  }
  using Head = std::pair<SpilledKey, std::size_t>;
  std::priority_queue<Head, std::vector<Head>, std::greater<>> heads;
  bool failed = false;
  SpilledKey key;
  for (std::size_t i = 0; i < runs.size() && !failed; ++i) {
    if (runs[i].Next(key, failed)) heads.emplace(key, i);
  }
  std::optional<SpilledKey> last;
  while (!heads.empty() && !failed) {
    const auto [head, run] = heads.top();
    heads.pop();
    if (last && last->key == head.key) {
      duplicate(*last, head);
    } else {
      last = head;
    }
    if (runs[run].Next(key, failed)) heads.emplace(key, run);
  }
  return failed ? SpillError("reading") : Status{};
}

Status KeyCheck::Take(Seq seq, const schema::EntryCommon& common, const OnDuplicate& on) {
  if (common.key.form == schema::KeyForm::kEngine) return {};
  const std::uint64_t source = std::uint64_t{common.source.value()} << 32U;
  if (common.key.form == schema::KeyForm::kUuid) {
    const std::uint8_t* const uuid = common.key.uuid.bytes.data();
    const auto high = LoadBig<std::uint64_t>(uuid);
    const auto low = LoadBig<std::uint64_t>(uuid + 8);
    return spill_.Add({{source, high, low}, seq.value()});
  }
  store::CounterSet& counters = streams_[{common.source, common.key.stream}];
  const bool complete = counters.complete();
  const store::CounterSet::Inserted inserted = counters.Insert(common.key.counter);
  if (inserted == store::CounterSet::Inserted::kPresent) {
    on(seq.value(), 0);
    return {};
  }
  if (complete && inserted == store::CounterSet::Inserted::kNew) return {};
  // The set is not complete any more: what it may have forgotten is found by sorting.
  return spill_.Add({{source | common.key.stream.value(), common.key.counter, 0}, seq.value()});
}

Status KeyCheck::Finish(const OnDuplicate& on) {
  return spill_.ForEachDuplicate(
      [&on](const SpilledKey& first, const SpilledKey& later) { on(later.seq, first.seq); });
}

}  // namespace suanpan::audit
