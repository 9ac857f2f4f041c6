#include "opinions.h"

#include <algorithm>
#include <functional>

#include "suanpan/proof/sha256.h"
#include "suanpan/rules/catalogue.h"
#include "suanpan/schema/kinds/log.h"

namespace suanpan::audit {

using schema::Event;

bool Opinions::agree() const {
  if (verified() == why_no_writer.empty()) return true;
  // Of what nothing follows from, the audit sees that it is earlier, not that the event is there
  // (docs/decisions/0010).
  const auto about = [this](std::string_view field) {
    return why_no_writer.ends_with(fmt::format("unknown_address of {}", field));
  };
  return verified() && (about("refs") || about("supplements"));
}

std::string Opinions::ToText() const {
  return fmt::format("the audit: {}\n{}a writer: {}", audit::ToText(report.verdict),
                     FindingsOf(report),
                     why_no_writer.empty() ? "would have written it" : why_no_writer);
}

Opinions OpinionsOn::On(const std::vector<std::string>& entries) const {
  WriteForged(dir_.path(), "zz", entries);
  return {WhyNoWriterWroteThis(entries, TestStamp()), Verify(OptionsFor(dir_.path()))};
}

namespace {

/// Counts the ways in which a log can be moved about, and goes the one with the wanted number.
class Mover {
 public:
  Mover(ForgedLog& log, std::size_t target) : log_(log), target_(target) {}

  std::optional<std::string> Go() {
    for (std::size_t i = 0; i < log_.entries().size() && !done_; ++i) {
      OfEntry(i);
      for (std::size_t line = 0; line < EventsOf(i).size() && !done_; ++line) OfEvent(i, line);
    }
    return done_;
  }

 private:
  std::vector<Event>& EventsOf(std::size_t i) { return log_.entries()[i].events; }
  void Way(std::string_view what, std::size_t i, std::size_t line,
           const std::function<void()>& go) {
    if (done_ || next_++ != target_) return;
    done_ = fmt::format("{} {}.{}", what, i + 1, line);
    go();
  }

  void OfEntry(std::size_t i) {
    std::vector<ForgedLog::Entry>& entries = log_.entries();
    const auto at = entries.begin() + static_cast<std::ptrdiff_t>(i);
    Way("an entry taken out", i, 0, [&] { entries.erase(at); });
    Way("an entry doubled", i, 0, [&] {
      ForgedLog::Entry twice = *at;
      twice.was = 0;
      entries.insert(at + 1, twice);
    });
    Way("an entry doubled under a new key", i, 0, [&] {
      ForgedLog::Entry twice = *at;
      twice.was = 0;
      twice.common.key.counter += 1'000;
      entries.insert(at + 1, twice);
    });
    Way("a schema added", i, 0, [&] { AddSchema(*at); });
    if (i + 1 == entries.size()) return;
    Way("entries swapped", i, 0, [&] {
      std::iter_swap(at, at + 1);
      std::swap(at->common.recorded_at, (at + 1)->common.recorded_at);
    });
    Way("entries swapped with their times", i, 0, [&] { std::iter_swap(at, at + 1); });
    Way("two entries made one", i, 0, [&] {
      at->events.insert(at->events.end(), (at + 1)->events.begin(), (at + 1)->events.end());
      entries.erase(at + 1);
    });
  }

  void OfEvent(std::size_t i, std::size_t line) {
    std::vector<Event>& events = EventsOf(i);
    const auto at = events.begin() + static_cast<std::ptrdiff_t>(line);
    Way("an event taken out", i, line, [&] { events.erase(at); });
    Way("an event doubled", i, line, [&] {
      const Event twice = *at;
      events.insert(at, twice);
    });
    if (line + 1 < events.size()) {
      Way("events swapped", i, line, [&] { std::iter_swap(at, at + 1); });
    }
    if (i == 0) return;
    Way("an event moved to the entry before", i, line, [&] {
      EventsOf(i - 1).push_back(*at);
      events.erase(at);
    });
  }

  void AddSchema(ForgedLog::Entry& entry) {
    Event added;
    added.common.occurred = entry.events.front().common.occurred;
    added.common.business_day = entry.events.front().common.business_day;
    added.common.period = entry.events.front().common.period;
    added.kind = rules::Catalogue::Standard().kinds().ByNumber(schema::SchemaAdded::kKind);
    auto* payload = log_.New<schema::SchemaAdded>();
    payload->version = TestStamp().version;
    payload->digest = TestStamp().digest;
    added.payload = payload;
    entry.events.push_back(added);
  }

  ForgedLog& log_;
  std::size_t target_;
  std::size_t next_ = 0;
  std::optional<std::string> done_;
};

}  // namespace

std::optional<std::string> Move(ForgedLog& log, std::size_t number) {
  return Mover{log, number}.Go();
}

}  // namespace suanpan::audit
