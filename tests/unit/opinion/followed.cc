#include "followed.h"

#include <fmt/format.h>

#include "suanpan/engine/entry_log.h"
#include "suanpan/rules/apply.h"
#include "support/state_figures.h"

namespace suanpan::test {

/// The events of the entries that were followed.
class Followed::Old final : public rules::OldEvents {
 public:
  explicit Old(const Followed& book) : book_(book) {}
  [[nodiscard]] const schema::Event* Find(Address address) override {
    const std::uint64_t seq = address.seq().value();
    if (seq == 0 || seq > book_.size()) return nullptr;
    const std::span<const schema::Event> events = book_.views_[seq - 1].events;
    return address.line() < events.size() ? &events[address.line()] : nullptr;
  }
  [[nodiscard]] bool Exists(Address address) override { return Find(address) != nullptr; }

 private:
  const Followed& book_;
};

std::string Followed::CatchUp(const store::EventReader& reader, BookNo number) {
  while (true) {
    const Seq next{size() + 1};
    const Result<engine::EntryBytes> entry = engine::ReadEntry(reader, number, next);
    if (!entry.ok()) {
      return entry.error().code() == StatusCode::kNotFound ? "" : entry.error().ToString();
    }
    std::string broken;
    if (const Status applied = Apply(entry->bytes()); !applied.ok()) {
      broken = applied.ToString();
    } else {
      broken = Judge();
    }
    if (!broken.empty()) return fmt::format("entry {}: {}", next.value(), broken);
  }
}

Status Followed::Apply(ByteSpan bytes) {
  const rules::Catalogue& catalogue = rules::Catalogue::Standard();
  bytes_.emplace_back(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  SUANPAN_ASSIGN_OR_RETURN(const schema::EntryView view,
                           schema::DecodeEntry(AsBytes(bytes_.back()), catalogue.kinds(), *arena_));
  views_.push_back(view);
  return rules::ApplyEntry(catalogue, *state_, Seq{size()}, view);
}

std::string Followed::Judge() {
  if (std::string broken = BrokenLaw(*state_); !broken.empty()) return broken;
  if (std::string broken = lots_.Follow(Seq{size()}, last()); !broken.empty()) return broken;
  if (std::string broken = lots_.Compare(*state_); !broken.empty()) return broken;
  return minutes_.Follow(*state_, last());
}

opinion::Figures Followed::FiguresWith(std::string_view command, InstantUs recorded_at) {
  const rules::Catalogue& catalogue = rules::Catalogue::Standard();
  schema::CommandParser parser{catalogue.kinds()};
  const auto parsed = parser.Parse(command);
  const auto told = [](const schema::Refusal& refusal) {
    return opinion::Figures{
        {"refused", fmt::format("{} {}", schema::ToText(refusal.code), refusal.field)}};
  };
  if (const auto* refusal = std::get_if<schema::Refusal>(&parsed)) return told(*refusal);
  rules::Decider decider{catalogue, {}};
  Old old{*this};
  const auto decided =
      decider.Decide(*state_, old, std::get<schema::Command>(parsed), "test", recorded_at);
  if (const auto* refusal = std::get_if<schema::Refusal>(&decided)) return told(*refusal);
  opinion::Figures figures = FiguresOf(*state_);
  state_->Rollback();
  return figures;
}

}  // namespace suanpan::test
