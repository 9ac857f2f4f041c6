#include <gtest/gtest.h>

#include <cstring>

#include "forged_log.h"
#include "forgery_rows.h"
#include "suanpan/schema/kinds/donations.h"
#include "suanpan/schema/kinds/log.h"
#include "suanpan/schema/kinds/registers.h"
#include "suanpan/schema/kinds/sales.h"
#include "told_history.h"

namespace suanpan::audit {
namespace {

using namespace schema;

/// Changes the bytes of one entry.
std::function<void(Visit&)> Bytes(std::uint64_t seq,
                                  const std::function<void(std::string&)>& change) {
  return [seq, change](Visit& visit) {
    std::vector<std::string> entries = Visit::Genuine();
    change(entries[seq - 1]);
    visit.ForgeAfterTheVisit(entries);
  };
}

/// Changes the values of one entry; names and addresses stay as they are.
std::function<void(Visit&)> Values(std::uint64_t seq,
                                   const std::function<void(std::vector<Event>&)>& change) {
  return Bytes(seq, [change](std::string& entry) {
    entry = Changed(entry, [&](EntryCommon&, std::vector<Event>& events) { change(events); });
  });
}

template <class T>
std::function<void(Visit&)> Field(std::uint64_t seq,
                                  const std::function<void(T&, EventCommon&)>& change) {
  return Values(seq, [change](std::vector<Event>& events) {
    for (Event& event : events) {
      if (event.kind->number == T::kKind) return change(Payload<T>(event), event.common);
    }
    ADD_FAILURE() << "no such event";
  });
}

constexpr std::size_t kFirstEvent = sizeof(EntryHead);

/// More bytes at the end of the first event, whose size says so.
std::function<void(std::string&)> Longer(const std::string& more) {
  return [more](std::string& entry) {
    std::uint16_t words = 0;
    char* const size = entry.data() + kFirstEvent + offsetof(EventHead, size_words);
    std::memcpy(&words, size, sizeof words);
    const std::size_t end = kFirstEvent + std::size_t{words} * 8;
    words = static_cast<std::uint16_t>(words + more.size() / 8);
    std::memcpy(size, &words, sizeof words);
    entry.insert(end, more);
  };
}

/// Sets a byte that is zero padding in a fixed payload.
template <class T>
std::function<void(std::string&)> Padding(std::size_t offset) {
  return [offset](std::string& entry) {
    char& byte = entry[kFirstEvent + sizeof(EventHead) + offset];
    ASSERT_EQ(byte, 0);
    byte = 1;
  };
}

/// Two names of one entry, each under the other's number wherever the log has it.
class Swapped final : public FieldMap {
 public:
  Swapped(NameId one, NameId other) : one_(one), other_(other) {}
  NameId MapName(NameId id) override { return id == one_ ? other_ : id == other_ ? one_ : id; }
  Address MapAddress(std::string_view, Address address) override { return address; }

 private:
  NameId one_;
  NameId other_;
};

void SwapNames(Visit& visit) {
  ForgedLog log{Visit::Genuine()};
  Arena arena;
  std::vector<Event>& last = log.entries()[told::kAfterTheEnd - 1].events;
  RefIntroduced& name = Payload<RefIntroduced>(last.back());
  RefIntroduced& before = Payload<RefIntroduced>(last[last.size() - 2]);
  Swapped swapped{name.id, before.id};
  for (std::size_t i = told::kAfterTheEnd - 1; i < log.entries().size(); ++i) {
    for (Event& event : log.entries()[i].events) {
      FieldResolver common{swapped, arena};
      EventCommon::Describe(common, event.common);
      event.payload = event.kind->resolve(event.payload, swapped, arena);
    }
  }
  std::swap(Payload<RefIntroduced>(last.back()).ref,
            Payload<RefIntroduced>(last[last.size() - 2]).ref);
  visit.ForgeAfterTheVisit(log.Encoded());
}

void AddUnusedName(std::vector<Event>& events) {
  static RefIntroduced hidden;
  hidden = Payload<RefIntroduced>(events.back());
  hidden = {NameId{hidden.id.value() + 1}, "hidden-words"};
  Event more = events.back();
  more.payload = &hidden;
  events.push_back(more);
}

std::vector<Forgery> Encodings() {
  const std::string unseen = "unseen words in it!!!!!!";
  return {
      {"an event of an unknown kind", Bytes(told::kAfterTheEnd, [](auto& e) { e[32] = 101; }),
       "V5/unknown_kind", Verdict::kUndecided},
      {"a hidden FlatBuffers string", Bytes(told::kOpening, Longer(unseen)), "V5/not_canonical"},
      {"a table with hidden bytes", Bytes(told::kAgreement, Longer(std::string(8, '\0'))),
       "V5/not_canonical"},
      {"hidden bytes after fixed fields", Bytes(told::kSettlement, Longer(unseen)),
       "V5/damaged_entry"},
      {"non-zero padding in fixed fields",
       Bytes(told::kSettlement, Padding<SettlementClosed>(offsetof(SettlementClosed::Fixed, zero))),
       "V5/damaged_entry"},
      {"trailing bytes after the last event",
       Bytes(told::kSale, [](std::string& entry) { entry += std::string(8, '\0'); }),
       "V5/damaged_entry"},
  };
}

std::vector<Forgery> Fields() {
  return {
      {"an accrual with a document of its own",
       Field<DonationAccrued>(told::kSale,
                              [](auto&, EventCommon& common) { common.summary = NameId{1}; }),
       "V5/field"},
      {"an accrual at another time than its sale",
       Field<DonationAccrued>(told::kSale,
                              [](auto&, EventCommon& common) { ++common.occurred.seconds; }),
       "V5/field"},
      {"an amount that is negative",
       Field<SaleRecorded>(told::kSale,
                           [](SaleRecorded& sale, auto&) {
                             const_cast<SaleLine*>(sale.lines.data())->amount = Fen{-1};
                           }),
       "V5/field"},
  };
}

std::vector<Forgery> Schemas() {
  return {
      {"a schema that the auditor does not know",
       Field<SchemaAdded>(told::kOpening, [](auto& added, auto&) { added.digest->bytes[0] ^= 1; }),
       "V5/unknown_schema"},
      {"a schema under another version",
       Field<SchemaAdded>(told::kOpening, [](auto& added, auto&) { added.version += 1; }),
       "V5/schema_version"},
      {"no schema at all",
       Values(told::kOpening,
              [](std::vector<Event>& events) {
                std::erase_if(events, [](const Event& event) {
                  return event.kind->number == SchemaAdded::kKind;
                });
              }),
       "V5/no_schema"},
  };
}

std::vector<Forgery> Names() {
  // The last entry with new names, so that no later one meets them under other numbers.
  constexpr std::uint64_t kLastNames = told::kAfterTheEnd;
  return {
      {"a name id out of order",
       Field<RefIntroduced>(kLastNames, [](auto& name, auto&) { name.id = NameId{200}; }),
       "V6/name_order"},
      {"a name introduced twice",
       Field<RefIntroduced>(kLastNames, [](auto& name, auto&) { name.ref = "p-acct"; }),
       "V6/name_order"},
      {"a name introduced and never used", Values(kLastNames, AddUnusedName), "V6/order_of_use"},
      {"two names in each other's place", SwapNames, "V6/order_of_use"},
  };
}

}  // namespace

std::vector<Forgery> FormForgeries() {
  std::vector<Forgery> rows = Encodings();
  for (auto* more : {&Fields, &Schemas, &Names}) {
    for (Forgery& row : (*more)()) rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace suanpan::audit
