#include <algorithm>
#include <set>

#include "src/named/registry.h"
#include "suanpan/engine/entry_log.h"
#include "suanpan/rules/catalogue.h"
#include "suanpan/schema/entry_codec.h"
#include "suanpan/schema/kinds/log.h"

namespace suanpan::audit {

struct CheckRun::Parts {
  struct Named {
    const CheckKind* kind = nullptr;
    std::unique_ptr<NamedCheck> check;
  };
  // Of the rules nothing but the table of kinds: how the bytes of each are read.
  KnownBook book{rules::Catalogue::Standard().kinds()};
  std::vector<Named> checks;
  Arena arena;
};

CheckRun::CheckRun(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
CheckRun::CheckRun(CheckRun&&) noexcept = default;
CheckRun& CheckRun::operator=(CheckRun&&) noexcept = default;
CheckRun::~CheckRun() = default;

Result<CheckRun> CheckRun::Of(std::span<const std::string> names) {
  const std::span<const CheckKind> kinds = CheckKinds();
  for (const std::string& name : names) {
    const bool known =
        std::ranges::any_of(kinds, [&](const CheckKind& kind) { return kind.info.name == name; });
    if (known) continue;
    return MakeError(StatusCode::kInvalidArgument,
                     "there is no check '{}' (see `suanpan audit check --list`)", name);
  }
  auto parts = std::make_unique<Parts>();
  for (const CheckKind& kind : kinds) {
    const bool wanted = names.empty() || std::ranges::find(names, kind.info.name) != names.end();
    if (wanted) parts->checks.push_back({&kind, kind.make(parts->book)});
  }
  return CheckRun{std::move(parts)};
}

Status CheckRun::Take(Seq seq, ByteSpan bytes) {
  Parts& parts = *parts_;
  parts.arena.Reset();
  SUANPAN_ASSIGN_OR_RETURN(const schema::EntryView entry,
                           schema::DecodeEntry(bytes, parts.book.kinds, parts.arena),
                           fmt::format("entry {}", seq.value()));
  for (const schema::Event& event : entry.events) {
    if (event.kind->number == schema::RefIntroduced::kKind)
      parts.book.names.Intern(event.As<schema::RefIntroduced>().ref);
  }
  SUANPAN_RETURN_IF_ERROR(schema::CheckEntry(entry, parts.book.names),
                          fmt::format("entry {}", seq.value()));
  for (std::size_t line = 0; line < entry.events.size(); ++line) {
    const Address at{seq, static_cast<std::uint16_t>(line)};
    for (Parts::Named& named : parts.checks) named.check->Take(at, entry.events[line]);
    parts.book.Take(at, entry.events[line]);
  }
  for (Parts::Named& named : parts.checks) named.check->EndEntry(seq);
  return {};
}

CheckReport CheckRun::Finish() {
  CheckReport report;
  for (Parts::Named& named : parts_->checks) {
    named.check->Finish();
    const CheckKind& kind = *named.kind;
    std::vector<CheckFinding>& found = named.check->findings();
    report.counts.push_back(
        {kind.info.name, kind.info.number, kind.looked_at, named.check->looked_at(), found.size()});
    std::ranges::stable_sort(found, {}, [](const CheckFinding& finding) {
      return std::tuple{finding.at.none(), finding.at};  // what is about no event comes last
    });
    for (CheckFinding& finding : found) {
      finding.check = kind.info.name;
      report.findings.push_back(std::move(finding));
    }
  }
  return report;
}

Result<CheckReport> RunChecks(const store::EventReader& reader, const store::BookRow& book,
                              CheckRun run, const std::function<void(std::uint64_t)>& on_progress) {
  SUANPAN_ASSIGN_OR_RETURN(engine::EntryLog log, engine::EntryLog::Open(reader, book.book));
  while (true) {
    SUANPAN_ASSIGN_OR_RETURN(const std::optional<engine::EntryLog::Entry> entry, log.Next());
    if (!entry) break;
    SUANPAN_RETURN_IF_ERROR(run.Take(entry->seq, entry->bytes));
    if (on_progress != nullptr && entry->seq.value() % 4096 == 0) on_progress(entry->seq.value());
  }
  CheckReport report = run.Finish();
  report.book = book.ref;
  report.head_seq = log.tree().size().value();
  report.head_root = log.tree().Root();
  return report;
}

}  // namespace suanpan::audit
