#include "src/checks/first_use.h"

#include <fmt/format.h>

#include <algorithm>

#include "suanpan/schema/kinds/log.h"
#include "suanpan/schema/kinds/lots.h"
#include "suanpan/schema/kinds/points.h"

namespace suanpan::audit {

using schema::Event;

/// Follows the names and addresses of an entry in the order in which a writer meets them.
class FirstUse::Walk final : public schema::FieldMap {
 public:
  Walk(Seq seq, const schema::EntryView& entry, std::uint32_t names)
      : seq_(seq), entry_(entry), names_(names) {}

  NameId MapName(NameId id) override {
    if (id.value() == names_ + 1) {
      ++names_;
    } else if (id.value() > names_) {
      Fail(fmt::format("name {} is used before name {}", id.value(), names_ + 1));
    }
    return id;
  }
  Address MapAddress(std::string_view label, Address address) override {
    if (address.seq() != seq_) return address;
    if (!Earlier(label, address.line())) {
      Fail(fmt::format("{} names {}, which is no earlier fact of the same entry", label,
                       schema::ToText(address)));
    }
    return address;
  }
  void Begin(std::size_t line) { line_ = line; }
  void Fail(std::string what) {
    if (wrong_.empty()) wrong_ = std::move(what);
  }
  [[nodiscard]] std::uint32_t names() const { return names_; }
  [[nodiscard]] std::string& wrong() { return wrong_; }

 private:
  /// A writer names earlier facts of its command alone. The lots that a fact takes are computed: a
  /// lot is the grant that an earlier fact led to, or the move itself that brings it from another
  /// book.
  [[nodiscard]] bool Earlier(std::string_view label, std::size_t line) const {
    if (line >= entry_.events.size()) return false;
    const Event& event = entry_.events[line];
    if (line >= line_)
      return line == line_ && event.kind->number == schema::PointsMoved::kKind && label == "lot";
    if (OriginOf(event) == schema::Origin::kFact) return true;
    return event.kind->number == schema::PointsGranted::kKind &&
           (label == "lot" || label == "lots");
  }

  Seq seq_;
  const schema::EntryView& entry_;
  std::uint32_t names_;
  std::size_t line_ = 0;
  std::string wrong_;
};

std::string FirstUse::Check(Seq seq, const schema::EntryView& entry, std::uint32_t names_before) {
  const auto of = [&](schema::Origin origin) {
    return std::ranges::count_if(
        entry.events, [origin](const Event& event) { return OriginOf(event) == origin; });
  };
  // Of most entries there is nothing to follow: they have one fact and no new name.
  if (of(schema::Origin::kLog) == 0 && of(schema::Origin::kFact) < 2) return {};
  arena_.Reset();
  Walk walk{seq, entry, names_before};
  schema::FieldResolver common{walk, arena_};
  if (entry.common.source.value() != 0) (void)walk.MapName(entry.common.source);
  if (entry.common.key.stream.value() != 0) (void)walk.MapName(entry.common.key.stream);
  for (std::size_t line = 0; line < entry.events.size(); ++line) {
    const Event& event = entry.events[line];
    const bool names = OriginOf(event) == schema::Origin::kFact ||
                       event.kind->number == schema::LogRestored::kKind;
    if (!names) continue;
    walk.Begin(line);
    schema::EventCommon copy = event.common;
    schema::EventCommon::Describe(common, copy);
    (void)event.kind->resolve(event.payload, walk, arena_);
  }
  for (const Event& event : entry.events) {
    if (event.kind->number != schema::RefIntroduced::kKind) continue;
    const auto& name = event.As<schema::RefIntroduced>();
    if (name.id.value() <= walk.names()) continue;
    walk.Fail(fmt::format("name '{}' is introduced and not used", name.ref));
  }
  return std::move(walk.wrong());
}

}  // namespace suanpan::audit
