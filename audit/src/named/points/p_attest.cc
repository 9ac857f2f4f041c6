// p-attest: nobody attests a service of their own; a service is credited when all steps that its
// policies ask for are there, and by nothing less; attesters of the same household, with unusually
// many attestations, or with nothing but top marks are shown.

#include <algorithm>
#include <map>

#include "src/named/known/earning.h"
#include "src/named/points/points_checks.h"
#include "src/totals/wide_text.h"

namespace suanpan::audit {
namespace {

using schema::ServiceAttested;

constexpr std::uint8_t kTopMark = 5;
constexpr std::uint64_t kMany = 20;           ///< below so many nothing is unusual
constexpr std::uint64_t kTimesMedian = 3;     ///< of the attesters' counts
constexpr std::uint64_t kTopPercent = 95;     ///< of the marks of one
constexpr std::uint64_t kOthersPercent = 80;  ///< of the marks of all others

class Attest final : public NamedCheck {
 public:
  using NamedCheck::NamedCheck;

  void Take(Address at, const schema::Event& event) override;
  void Finish() override;

 private:
  struct Attester {
    std::uint64_t attestations = 0;
    std::uint64_t marks = 0;
    std::uint64_t top = 0;
  };
  void CompareHouseholds(Address at, NameId attester, const KnownService& service);
  void CompareSteps(Address at, const ServiceAttested& fact, const KnownService& attested);
  void NoteMany();
  void NoteTopMarks();

  std::map<NameId, Attester> attesters_;
};

void Attest::Take(Address at, const schema::Event& event) {
  if (event.kind->number != ServiceAttested::kKind) return;
  LookAt();
  const auto& fact = event.As<ServiceAttested>();
  const NameId actor = event.common.actor;
  Attester& attester = attesters_[actor];
  ++attester.attestations;
  if (fact.fixed.quality != 0) ++attester.marks;
  if (fact.fixed.quality == kTopMark) ++attester.top;
  const KnownService* service = book().services.Find(fact.fixed.service);
  if (service == nullptr) {
    return Fail(at, schema::ToText(fact.fixed.service) + " is no service that waits for it");
  }
  if (service->person == actor) {
    Fail(at, NameOf(actor) + " attests a service of their own", "anybody else", NameOf(actor));
  } else {
    CompareHouseholds(at, actor, *service);
  }
  CompareSteps(at, fact, service->With(fact));
}

void Attest::CompareHouseholds(Address at, NameId attester, const KnownService& service) {
  const NameId own = book().parties.HouseholdOf(attester, service.day);
  const bool earns_it = service.holder.value() != 0 &&
                        book().parties.BelongsTo(attester, service.holder, service.day);
  const bool lives_there =
      own.value() != 0 && own == book().parties.HouseholdOf(service.person, service.day);
  if (!earns_it && !lives_there) return;
  Note(at, fmt::format("{} attests a service by {}, of the same household", NameOf(attester),
                       NameOf(service.person)));
}

void Attest::CompareSteps(Address at, const ServiceAttested& fact, const KnownService& attested) {
  const std::uint8_t needed = StepsNeeded(book(), attested);
  const bool complete = (attested.steps & needed) == needed;
  const bool credited = schema::Has(fact.fixed.flags, ServiceAttested::kCredited);
  if (complete != credited) {
    return Fail(at, credited ? "the service is credited before all its steps are attested"
                             : "all steps are attested, and the service is not credited");
  }
  if (!credited) return;
  if (fact.fixed.credited.wide() != attested.minutes || fact.fixed.person != attested.person) {
    Fail(at, "the attestation credits other minutes, or another person, than its service",
         fmt::format("{} minutes of {}", attested.minutes, NameOf(attested.person)),
         fmt::format("{} minutes of {}", fact.fixed.credited.value(), NameOf(fact.fixed.person)));
  }
}

void Attest::Finish() {
  NoteMany();
  NoteTopMarks();
}

void Attest::NoteMany() {
  std::vector<std::uint64_t> counts;
  for (const auto& [name, attester] : attesters_) counts.push_back(attester.attestations);
  if (counts.size() < 3) return;
  std::ranges::sort(counts);
  const std::uint64_t median = counts[counts.size() / 2];
  for (const auto& [name, attester] : attesters_) {
    if (attester.attestations < kMany || attester.attestations <= kTimesMedian * median) continue;
    Note({}, fmt::format("{} attests far more services than the others", NameOf(name)),
         fmt::format("about {}", median), std::to_string(attester.attestations));
  }
}

void Attest::NoteTopMarks() {
  Attester all;
  for (const auto& [name, attester] : attesters_) {
    all.marks += attester.marks;
    all.top += attester.top;
  }
  for (const auto& [name, attester] : attesters_) {
    const std::uint64_t others = all.marks - attester.marks;
    const std::uint64_t others_top = all.top - attester.top;
    const bool unusual = attester.top * 100 >= attester.marks * kTopPercent &&
                         others_top * 100 < others * kOthersPercent;
    if (attester.marks < kMany || others < kMany || !unusual) continue;
    Note({}, fmt::format("{} gives top marks far more often than the others", NameOf(name)),
         fmt::format("{} of {} by the others", others_top, others),
         fmt::format("{} of {}", attester.top, attester.marks));
  }
}

}  // namespace

std::unique_ptr<NamedCheck> MakeAttest(const KnownBook& book) {
  return std::make_unique<Attest>(book);
}

}  // namespace suanpan::audit
