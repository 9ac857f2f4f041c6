// p-attest: nobody attests a service of their own; a service is credited when all steps that its
// policies ask for are there, and by nothing less. Shown are attesters of the same household, with
// unusually many attestations, or with nothing but top marks; who attests more than one step of a
// service, or all of one that they recorded; and a `served` by nobody who was served.

#include <algorithm>
#include <map>

#include "src/named/known/earning.h"
#include "src/named/points/points_checks.h"
#include "src/totals/wide_text.h"
#include "suanpan/schema/kinds/orders.h"
#include "suanpan/schema/reversal_copy.h"

namespace suanpan::audit {
namespace {

using schema::EntryReversed;
using schema::OrderPlaced;
using schema::ServiceAttested;
using schema::ServiceRecorded;

constexpr std::uint8_t kTopMark = 5;
constexpr std::uint64_t kMany = 20;           ///< below so many nothing is unusual
constexpr std::uint64_t kTimesMedian = 3;     ///< of the attesters' counts
constexpr std::uint64_t kTopPercent = 95;     ///< of the marks of one
constexpr std::uint64_t kOthersPercent = 80;  ///< of the marks of all others
constexpr unsigned kDaysFollowed =
    400;  ///< an order, from the last day it names, or on which it was placed

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
  /// Who had to do with a service that waits.
  struct People {
    NameId recorder;
    std::vector<NameId> served;                ///< stated to be; none where nothing is
    std::map<std::uint8_t, NameId> attesters;  ///< by step
  };
  struct Order {
    NameId requester;
    NameId beneficiary;
    Date until;  ///< its last day where it names one, else that on which it was placed
  };
  void Place(Address at, const schema::Event& event);
  [[nodiscard]] People PeopleOf(const ServiceRecorded& fact, NameId recorder) const;
  void Attested(Address at, const schema::Event& event);
  void CompareHouseholds(Address at, NameId attester, const KnownService& service);
  void CompareSteps(Address at, const ServiceAttested& fact, const KnownService& attested);
  void ComparePeople(Address at, const ServiceAttested& fact, NameId attester);
  void TakeBack(const EntryReversed& fact);
  void NoteMany();
  void NoteTopMarks();

  std::map<NameId, Attester> attesters_;
  std::map<Address, Order> orders_;
  Month swept_;
  std::map<Address, People> waiting_;
};

void Attest::Take(Address at, const schema::Event& event) {
  switch (event.kind->number) {
    case OrderPlaced::kKind:
      return Place(at, event);
    case ServiceRecorded::kKind:
      waiting_[at] = PeopleOf(event.As<ServiceRecorded>(), event.common.actor);
      return;
    case ServiceAttested::kKind:
      return Attested(at, event);
    case EntryReversed::kKind:
      return TakeBack(event.As<EntryReversed>());
    default:
      return;
  }
}

void Attest::Place(Address at, const schema::Event& event) {
  const auto& fact = event.As<OrderPlaced>().fixed;
  const Month month = MonthOf(book().newest_day);
  if (month > swept_) {
    swept_ = month;
    std::erase_if(orders_, [this](const auto& order) {
      return AddDays(order.second.until, kDaysFollowed) < book().newest_day;
    });
  }
  const Date day = event.common.business_day;
  orders_[at] = {fact.requester, fact.beneficiary, std::max(day, fact.wanted_by)};
}

Attest::People Attest::PeopleOf(const ServiceRecorded& fact, NameId recorder) const {
  People people;
  people.recorder = recorder;
  people.served.assign(fact.beneficiaries.begin(), fact.beneficiaries.end());
  if (fact.fixed.order.none()) return people;
  const auto order = orders_.find(fact.fixed.order);
  if (order == orders_.end()) {
    people.served.clear();  // long past: who asked for it is not known any more
    return people;
  }
  people.served.push_back(order->second.requester);
  if (order->second.beneficiary.value() != 0) people.served.push_back(order->second.beneficiary);
  return people;
}

void Attest::Attested(Address at, const schema::Event& event) {
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
  ComparePeople(at, fact, actor);
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

void Attest::ComparePeople(Address at, const ServiceAttested& fact, NameId attester) {
  const auto found = waiting_.find(fact.fixed.service);
  if (found == waiting_.end()) return;
  People& people = found->second;
  const std::size_t before = static_cast<std::size_t>(std::ranges::count_if(
      people.attesters, [attester](const auto& step) { return step.second == attester; }));
  people.attesters[fact.fixed.step] = attester;
  if (before != 0)
    Note(at, NameOf(attester) + " attests more than one step of a service", "one",
         std::to_string(before + 1));
  const bool by_served =
      static_cast<schema::AttestStep>(fact.fixed.step) == schema::AttestStep::kServed;
  if (by_served && !people.served.empty() &&
      std::ranges::find(people.served, attester) == people.served.end())
    Note(at, NameOf(attester) + " attests what others are stated to have had",
         NameOf(people.served.front()), NameOf(attester));
  if (!schema::Has(fact.fixed.flags, ServiceAttested::kCredited)) return;
  if (attester == people.recorder && before + 1 == people.attesters.size())
    Note(at, NameOf(attester) + " attests alone a service that they recorded");
  waiting_.erase(found);
}

void Attest::TakeBack(const EntryReversed& fact) {
  if (fact.fixed.kind == OrderPlaced::kKind) orders_.erase(fact.fixed.of);
  if (fact.fixed.kind == ServiceRecorded::kKind) waiting_.erase(fact.fixed.of);
  if (fact.fixed.kind != ServiceAttested::kKind) return;
  Arena arena;
  const auto events = schema::ReadCopy(fact, book().kinds, arena);
  if (!events) return;
  Address service;
  People people;
  for (const schema::CopiedEvent& copied : *events) {
    if (!copied.kept) continue;
    if (copied.event.kind->number == ServiceRecorded::kKind) {
      service = copied.at;
      std::map<std::uint8_t, NameId> attesters = std::move(people.attesters);
      people = PeopleOf(copied.event.As<ServiceRecorded>(), copied.event.common.actor);
      people.attesters = std::move(attesters);
    } else if (copied.event.kind->number == ServiceAttested::kKind) {
      people.attesters[copied.event.As<ServiceAttested>().fixed.step] = copied.event.common.actor;
    }
  }
  if (!service.none()) waiting_[service] = std::move(people);
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
