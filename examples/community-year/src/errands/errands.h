#pragma once

// Orders of residents: medicine fetched, things bought, something mended at home. Each order is
// made with the way it will go, step by step, until it ends in one of the five ways an order can.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/command_writer.h"
#include "src/random.h"

namespace suanpan::community_year {

enum class ErrandKind : std::uint8_t { kMedicine, kShopping, kRepair };

enum class ErrandFate : std::uint8_t { kServed, kDeclinedFirst, kCancelled, kFailed, kUntaken };

enum class ErrandStep : std::uint8_t {
  kAccept,
  kOffer,    ///< dispatched to somebody who has no time
  kDecline,  ///< and says so
  kDispatch,
  kTake,
  kCancel,
  kFail,
  kAskMoney,
  kApproveMoney,
  kPayMoney,
  kCollect,
  kHandOver,
  kServe,
  kAttest,
  kRate,
  kSettle,
};

struct ErrandTerms {
  std::string_view service_kind;
  std::string_view label;
  bool is_protected;  ///< the public sees counts only
  bool carries;       ///< a parcel goes from hand to hand
};
[[nodiscard]] const ErrandTerms& TermsOf(ErrandKind kind);
inline constexpr int kErrandKinds = 3;

struct Errand {
  ErrandKind kind{};
  std::string requester;
  std::string server;  ///< who serves in the end
  std::string_view team;
  std::vector<ErrandStep> way;
  std::size_t next = 0;  ///< index in way
  FactRef order;
  FactRef request;  ///< of the purchase money
  FactRef payment;
  FactRef service;
  std::int64_t advance_fen = 0;  ///< 0: none
  std::uint32_t parcel = 0;
};

/// Volunteers of a community who run errands.
struct ErrandTeam {
  std::string ref;
  std::string_view label;
  std::vector<std::string> volunteers;
  std::uint32_t turn = 0;  ///< whose turn it is: nobody has two errands at once

  const std::string& Next() { return volunteers[turn++ % volunteers.size()]; }
};

struct Errands {
  Errands(std::uint64_t seed, std::uint32_t community);

  /// "A" and seven digits: purchase money has numbers of its own at the bank.
  [[nodiscard]] std::string NextBankRef();

  Random random;  ///< of its own: stalls and households draw from theirs
  ErrandTeam riders;
  ErrandTeam menders;
  std::string pharmacy, market, donor;
  std::vector<Errand> all;
  std::uint32_t parcels = 0;
  std::uint64_t bank_lines = 0;
  std::int64_t money_free_fen = 0;  ///< given for errands, and not with anybody
};

/// The steps after the order was placed.
[[nodiscard]] std::vector<ErrandStep> WayOf(ErrandKind kind, ErrandFate fate, bool money,
                                            bool rated);
/// Minutes between a step and the one before.
[[nodiscard]] std::uint32_t MinutesTo(ErrandStep step);

inline constexpr std::string_view kErrandPot = "restricted/donation";
inline constexpr std::string_view kErrandPurpose = "elder_care";

}  // namespace suanpan::community_year
