#pragma once

// One community while its year is being made: the people, the stalls, the fund, and the agenda of
// what will happen when. The desks (sales, accounts, fund) are functions over it.

#include <array>
#include <cstdint>
#include <queue>
#include <string>
#include <vector>

#include "alliance/alliance.h"
#include "calendar.h"
#include "catalogue.h"
#include "command_writer.h"
#include "errands/errands.h"
#include "homes/homes.h"
#include "random.h"
#include "tally.h"

namespace suanpan::community_year {

enum class Means : std::uint8_t { kCash, kWechat, kAlipay, kCard };

enum class Action : std::uint8_t {
  kSale,            ///< subject = vendor
  kRefund,          ///< subject = index in sold_lines
  kLineCost,        ///< subject = index in sold_lines
  kMonthlyCost,     ///< subject = vendor
  kTrueUp,          ///< subject = vendor
  kSettlement,      ///< subject = vendor; settles the month before
  kReceipt,         ///< subject = vendor
  kGrant,           ///< subject = amount in yuan
  kRequest,         ///< subject unused
  kBillRequest,     ///< subject = index in spendings
  kApproval,        ///< subject = index in spendings
  kPayment,         ///< subject = index in spendings
  kWaiverApproval,  ///< subject = vendor
  kWaiver,          ///< subject = vendor
  kService,         ///< subject = household
  kAttest,          ///< subject = index in attending
  kDeed,            ///< subject = household
  kGoods,           ///< subject = day
  kRedemption,      ///< subject = household and what it wishes
  kMark,            ///< subject = index in held_places
  kHaircutBill,     ///< subject unused
  kDayClose,        ///< subject = the day that is closed
  kRoster,          ///< subject = member of the alliance
  kDutyMark,        ///< subject = index in alliance.evenings
  kDuty,            ///< subject = index in alliance.evenings
  kDutyAttest,      ///< subject = index in alliance.evenings
  kDutyReward,      ///< subject = member of the alliance
  kErrandGift,      ///< subject = amount in yuan
  kOrder,           ///< subject unused
  kErrandStep,      ///< subject = index in errands.all
  kTraining,        ///< subject unused
};

struct Happening {
  YearSecond second;
  std::uint32_t order;  ///< breaks ties, so that the order is total
  Action action;
  std::uint32_t subject;
};

struct Later {
  bool operator()(const Happening& a, const Happening& b) const {
    return a.second != b.second ? a.second > b.second : a.order > b.order;
  }
};

/// A line of a sale that something will still happen to.
struct SoldLine {
  FactRef sale;
  std::uint32_t vendor;
  std::uint32_t line;
  int month;
  Means means;
  std::int64_t quantity;
  std::int64_t amount_fen;
  std::int64_t cost_fen;  ///< -1 = not yet known
};

struct Stall {
  const Trade* trade;
  const Terms* terms;
  std::string ref;
  std::string agreement;
  std::uint32_t till;
  std::int64_t price_shift_percent;
  AgreementTally tally;
  FactRef waiver_approval;
  std::int64_t waiver_fen = 0;
};

struct Payee {
  std::string ref;
  std::string_view label;
  std::string_view purpose;
};

struct Spending {
  FactRef request;
  std::string_view use;
  std::string payee;
  std::string_view purpose;
  std::string_view pot;  ///< empty: the default pot
  std::int64_t amount_fen;
};

inline constexpr std::int64_t kJunePlaces = 12;
inline constexpr std::int64_t kClinicPlaces = 8;

struct Station {
  Station(const YearOptions& year_options, std::uint32_t community, const CommandSink& sink);

  void Plan(YearSecond second, Action action, std::uint32_t subject) {
    agenda.push({second, ++order, action, subject});
  }
  [[nodiscard]] YearSecond TimeOn(YearDay day, std::uint32_t from_hour, std::uint32_t to_hour) {
    return day * kSecondsPerDay + from_hour * kSecondsPerHour +
           random.Below((to_hour - from_hour) * kSecondsPerHour);
  }
  /// Asks for the payment of what is owed to a party, an hour from now.
  void PlanBill(YearSecond second, std::string_view payee, std::int64_t amount_fen);
  /// "p-" and twelve hexadecimal digits: refs of persons and vendors say nothing about them.
  [[nodiscard]] std::string OpaqueRef(std::string_view prefix);
  [[nodiscard]] std::string OpaqueHomeRef(std::string_view prefix);
  /// Numbers of vouchers and bank lines: a letter and seven digits, counted from 1.
  [[nodiscard]] std::string NextBankRef();

  const YearOptions& options;
  std::uint32_t index;
  Random random;
  CommandWriter writer;
  std::priority_queue<Happening, std::vector<Happening>, Later> agenda;
  std::uint32_t order = 0;

  std::string fund, host, unit, authority;
  std::string accountant, supervisor, worker;
  std::array<std::string, kTills> cashiers;
  std::array<std::uint64_t, kTills> till_numbers{};
  std::uint64_t bank_lines = 0;
  std::vector<Payee> payees;
  std::vector<Stall> stalls;
  std::vector<SoldLine> sold_lines;
  std::vector<Spending> spendings;
  std::int64_t grant_free_fen = 0;  ///< received and not yet asked for
  std::int64_t share_free_fen = 0;

  Random home_random;  ///< of households: the stalls draw from their own
  std::vector<Household> households;
  std::vector<Attending> attending;
  std::vector<HeldPlace> held_places;
  std::int64_t soap_pieces = 0;
  std::int64_t rice_pieces = 0;
  std::int64_t june_places = kJunePlaces;
  std::int64_t clinic_places = kClinicPlaces;
  std::int64_t haircuts_owed_fen = 0;

  Alliance alliance;
  Errands errands;

 private:
  void AddHousehold();
};

inline constexpr YearSecond kYearEnd = kDaysMax * kSecondsPerDay;
inline constexpr std::string_view kBankAccount = "b-1";
inline constexpr std::string_view kSharePot = "restricted/vendor_share";
inline constexpr std::string_view kGrantPot = "restricted/government";

inline constexpr std::string_view kRewardsPurpose = "rewards";
inline constexpr std::string_view kScheme = "hh";
inline constexpr std::string_view kCleanDeed = "clean";
inline constexpr std::string_view kSoap = "soap";
inline constexpr std::int64_t kCleanPoints = 2;
inline constexpr std::string_view kRice = "rice";
inline constexpr std::int64_t kSoapPoints = 3;
inline constexpr std::int64_t kRicePoints = 4;
inline constexpr std::int64_t kHaircutPoints = 6;
inline constexpr std::int64_t kHaircutFen = 1'500;
inline constexpr std::int64_t kJunePoints = 5;
inline constexpr std::int64_t kClinicPoints = 5;

/// A stall that pays its dues weeks late and is in the end released of a part.
[[nodiscard]] constexpr bool PaysLate(std::uint32_t vendor) { return vendor % 12 == 4; }

/// Months (0 = January) in which a stall sells below its cost.
[[nodiscard]] bool SellsAtLoss(std::uint32_t vendor, int month);

}  // namespace suanpan::community_year
