// p-cashout: no path leads from points to a person's money. By the catalogue of postings a
// redemption is the one kind that posts to points and to money at once, and what it owes is owed to
// vendors for what they supplied; so those vendors are looked at, and what reversals post.

#include "src/named/points/kind_postings.h"
#include "src/named/points/points_checks.h"
#include "suanpan/schema/reversal_copy.h"

namespace suanpan::audit {
namespace {

using schema::EntryReversed;
using schema::PartyType;
using schema::RedemptionLine;
using schema::RedemptionMade;
using schema::Supply;

class Cashout final : public NamedCheck {
 public:
  using NamedCheck::NamedCheck;

  void Take(Address at, const schema::Event& event) override {
    if (event.kind->number == RedemptionMade::kKind) Redeem(at, event);
    if (event.kind->number == EntryReversed::kKind) Reverse(at, event.As<EntryReversed>());
  }
  /// The proof on the catalogue, of every kind that this program can read.
  void Finish() override;

 private:
  void Redeem(Address at, const schema::Event& event);
  void CompareVendor(Address at, NameId vendor, const RedemptionMade& fact, Date day);
  void Reverse(Address at, const EntryReversed& fact);
};

void Cashout::Redeem(Address at, const schema::Event& event) {
  const auto& fact = event.As<RedemptionMade>();
  for (const RedemptionLine& line : fact.lines) {
    LookAt();
    if (static_cast<Supply>(line.supply) == Supply::kVendor) {
      CompareVendor(at, line.source, fact, event.common.business_day);
    } else if (static_cast<Supply>(line.supply) != Supply::kStock && line.cost.value() != 0) {
      Fail(at, fmt::format("{} is neither from stock nor from a vendor, and costs a fund money",
                           NameOf(line.reward)));
    }
  }
}

void Cashout::CompareVendor(Address at, NameId vendor, const RedemptionMade& fact, Date day) {
  const Parties& parties = book().parties;
  if (parties.TypeOf(vendor) != PartyType::kVendor) {
    Fail(at, fmt::format("points become a debt to {}, which is registered as no vendor",
                         NameOf(vendor)));
  }
  const NameId holder = fact.fixed.holder;
  const auto is_of_household = [&](NameId name) {
    if (parties.BelongsTo(name, holder, day) || name == fact.fixed.by) return true;
    for (const RedemptionLine& line : fact.lines) {
      if (line.beneficiary == name) return true;
    }
    return false;
  };
  if (is_of_household(vendor)) {
    Fail(at, fmt::format("{} is paid for what its own household redeems", NameOf(vendor)));
  }
  for (const NameId related : parties.RelatedTo(vendor, day)) {
    if (!is_of_household(related)) continue;
    Note(at, fmt::format("{} is paid for what {} redeems, to which {} is related", NameOf(vendor),
                         NameOf(holder), NameOf(related)));
  }
}

void Cashout::Reverse(Address at, const EntryReversed& fact) {
  LookAt();
  Arena arena;
  const auto events = schema::ReadCopy(fact, book().kinds, arena);
  std::uint32_t sorts = kNoAccounts;
  for (std::size_t i = 0; events && i < events->size(); ++i) {
    const schema::CopiedEvent& copied = (*events)[i];
    const KindPostings* postings = PostingsOf(copied.event.kind->number);
    if (!copied.kept && postings != nullptr) sorts |= postings->sorts;
  }
  for (const schema::UndoneLine& line : fact.undo) {
    const schema::AccountKey key = line.key();
    const AccountSort sort = SortOf(key.account_class);
    if ((sorts & sort) != 0) continue;
    Fail(at, fmt::format("a reversal posts to {}, where what it reverses never posts",
                         PathOf(key, book().names)));
  }
}

void Cashout::Finish() {
  for (const schema::KindInfo* kind : book().kinds.All()) {
    LookAt();
    if (kind->number == EntryReversed::kKind) continue;
    const KindPostings* postings = PostingsOf(kind->number);
    if (postings == nullptr) {
      Fail({}, fmt::format("{} is not in the catalogue of postings: nothing is proven of it",
                           kind->name));
      continue;
    }
    const bool both = (postings->sorts & kOfPoints) != 0 && (postings->sorts & kOfOutsiders) != 0;
    if (!both || kind->number == RedemptionMade::kKind) continue;
    Fail({}, fmt::format("{} posts to points and to money of outsiders", kind->name));
  }
}

}  // namespace

std::unique_ptr<NamedCheck> MakeCashout(const KnownBook& book) {
  return std::make_unique<Cashout>(book);
}

}  // namespace suanpan::audit
