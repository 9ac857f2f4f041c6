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

std::string_view ToText(StateSectionNo number) {
  switch (number) {
    case StateSectionNo::kBook:
      return "book";
    case StateSectionNo::kNames:
      return "names";
    case StateSectionNo::kRegister:
      return "register";
    case StateSectionNo::kAgreements:
      return "agreements";
    case StateSectionNo::kAgreementMonths:
      return "agreement months";
    case StateSectionNo::kBills:
      return "bills";
    case StateSectionNo::kUnpriced:
      return "unpriced lines";
    case StateSectionNo::kRefunded:
      return "refunded lines";
    case StateSectionNo::kFunds:
      return "funds";
    case StateSectionNo::kApprovals:
      return "approvals";
    case StateSectionNo::kRequests:
      return "requests";
    case StateSectionNo::kAccounts:
      return "accounts";
    case StateSectionNo::kOffers:
      return "offers";
    case StateSectionNo::kItems:
      return "items";
    case StateSectionNo::kHeldPlaces:
      return "held places";
  }
  return "unknown section";
}

}  // namespace suanpan::engine
