#include "suanpan/engine/state_root.h"

#include "suanpan/proof/sha256.h"
#include "suanpan/proof/tree.h"

namespace suanpan::engine {

using rules::StateSectionNo;

StateDigest DigestState(const rules::BookState& state) {
  StateDigest digest;
  digest.seq = state.head.get();
  std::string head;
  AppendLittle(head, rules::kStateEncoding);
  AppendLittle(head, digest.seq.value());
  for (const rules::StateSection& section : rules::EncodeState(state)) {
    proof::Frontier tree{proof::HashTag::kStateNode};
    std::string number;
    AppendLittle(number, static_cast<std::uint16_t>(section.number));
    for (const auto& [key, value] : section.leaves) {
      tree.Append(proof::TaggedHash(proof::HashTag::kStateLeaf,
                                    {AsBytes(number), AsBytes(key), AsBytes(value)}));
    }
    const SectionRoot root{section.number, section.leaves.size(), tree.Root()};
    head += number;
    AppendLittle(head, root.leaves);
    head += AsText(root.root.bytes);
    digest.sections.push_back(root);
  }
  digest.root = proof::TaggedHash(proof::HashTag::kStateRoot, {AsBytes(head)});
  return digest;
}

namespace {

struct NamedSection {
  StateSectionNo number;
  std::string_view name;
};

constexpr NamedSection kSections[] = {
    {StateSectionNo::kBook, "book"},
    {StateSectionNo::kNames, "names"},
    {StateSectionNo::kRegister, "register"},
    {StateSectionNo::kRelations, "relations"},
    {StateSectionNo::kCodes, "codes"},
    {StateSectionNo::kAgreements, "agreements"},
    {StateSectionNo::kAgreementMonths, "agreement months"},
    {StateSectionNo::kBills, "bills"},
    {StateSectionNo::kUnpriced, "unpriced lines"},
    {StateSectionNo::kRefunded, "refunded lines"},
    {StateSectionNo::kFunds, "funds"},
    {StateSectionNo::kApprovals, "approvals"},
    {StateSectionNo::kRequests, "requests"},
    {StateSectionNo::kAccounts, "accounts"},
    {StateSectionNo::kReversed, "reversed"},
    {StateSectionNo::kStanding, "facts under agreements"},
    {StateSectionNo::kMoved, "months trued up"},
    {StateSectionNo::kHighs, "H of bills"},
    {StateSectionNo::kTakenOff, "taken off bills"},
    {StateSectionNo::kLineCosts, "costs of lines"},
    {StateSectionNo::kReplaced, "replaced"},
    {StateSectionNo::kOpenings, "openings"},
    {StateSectionNo::kSignings, "signings"},
    {StateSectionNo::kPlaces, "places"},
    {StateSectionNo::kClosed, "closed"},
    {StateSectionNo::kProposals, "proposals"},
    {StateSectionNo::kPolicies, "policies"},
    {StateSectionNo::kPending, "pending services"},
    {StateSectionNo::kCarry, "carry"},
    {StateSectionNo::kUsedUnits, "used units"},
    {StateSectionNo::kLots, "lots"},
    {StateSectionNo::kAwards, "awards"},
    {StateSectionNo::kSpent, "spent"},
    {StateSectionNo::kRedeemed, "redeemed"},
    {StateSectionNo::kOrders, "orders"},
    {StateSectionNo::kCustody, "custody"},
    {StateSectionNo::kSlots, "slots"},
    {StateSectionNo::kOffers, "offers"},
    {StateSectionNo::kItems, "items"},
    {StateSectionNo::kAdvances, "advances"},
    {StateSectionNo::kSessions, "sessions"},
    {StateSectionNo::kAttended, "attended"},
    {StateSectionNo::kPlacesOf, "places of beneficiaries"},
    {StateSectionNo::kHeldPlaces, "held places"},
    {StateSectionNo::kErased, "erased"},
    {StateSectionNo::kCatchUps, "jobs"},
    {StateSectionNo::kRecounts, "recounts"},
    {StateSectionNo::kRecountUsed, "recounted units"},
    {StateSectionNo::kRecountAwards, "recounted awards"},
};

}  // namespace

std::string_view ToText(StateSectionNo number) {
  for (const NamedSection& section : kSections) {
    if (section.number == number) return section.name;
  }
  return "unknown section";
}

}  // namespace suanpan::engine
