#include "catalogue.h"

#include <array>

namespace suanpan::community_year {
namespace {

constexpr Item kMending[] = {{"trouser_hem", 1500, 12, 2}, {"zipper", 2000, 22, 2},
                             {"patch", 1200, 15, 3},       {"take_in_waist", 2800, 10, 1},
                             {"button", 300, 20, 5},       {"curtain_hem", 4500, 18, 2}};
constexpr Item kRepairs[] = {{"key_copy", 800, 30, 3},       {"shoe_heel", 2500, 28, 1},
                             {"umbrella", 1000, 25, 1},      {"knife_sharpening", 600, 5, 4},
                             {"watch_battery", 1500, 40, 1}, {"kettle_repair", 3500, 35, 1},
                             {"lock_change", 8800, 55, 1}};
constexpr Item kHair[] = {{"haircut", 2000, 10, 2},       {"haircut_elder", 1000, 20, 2},
                          {"haircut_child", 1500, 14, 2}, {"wash_and_dry", 1800, 18, 1},
                          {"dyeing", 12800, 35, 1},       {"perm", 16800, 33, 1}};
constexpr Item kLaundry[] = {{"shirt", 990, 30, 5},      {"suit", 3900, 32, 2},
                             {"down_coat", 4500, 34, 2}, {"quilt_cover", 2800, 30, 2},
                             {"shoes", 1990, 35, 2},     {"wool_coat", 5900, 33, 1}};

constexpr Item kBread[] = {{"toast", 1280, 46, 2},       {"croissant", 790, 52, 4},
                           {"raisin_bread", 990, 48, 2}, {"meat_floss_bun", 650, 50, 4},
                           {"egg_tart", 500, 45, 6},     {"whole_wheat", 1580, 44, 2},
                           {"garlic_bread", 880, 47, 2}};
constexpr Item kCakes[] = {{"swiss_roll", 1990, 50, 2},       {"cupcake", 880, 48, 6},
                           {"cheesecake_slice", 1880, 53, 2}, {"birthday_cake_6", 13800, 47, 1},
                           {"birthday_cake_8", 19800, 46, 1}, {"cookies", 1290, 42, 3}};
constexpr Item kBreakfast[] = {{"hot_dry_noodles", 600, 48, 3}, {"doupi", 700, 50, 2},
                               {"baozi", 250, 46, 8},           {"soy_milk", 300, 35, 4},
                               {"mianwo", 200, 44, 6},          {"rice_wine_egg", 500, 42, 2}};
constexpr Item kDumplings[] = {{"dumplings_pork", 1680, 49, 2}, {"dumplings_leek", 1480, 46, 2},
                               {"wonton", 1200, 45, 2},         {"shaomai", 900, 50, 3},
                               {"zongzi", 700, 52, 6},          {"cold_dish", 990, 51, 2}};

constexpr Item kBouquets[] = {{"rose", 600, 58, 11},          {"lily", 1200, 60, 5},
                              {"carnation", 400, 55, 12},     {"sunflower", 900, 57, 5},
                              {"mixed_bouquet", 5900, 54, 1}, {"gift_box", 12900, 52, 1}};
constexpr Item kPots[] = {{"pothos", 1990, 50, 2},      {"spider_plant", 1500, 46, 2},
                          {"money_tree", 8900, 55, 1},  {"orchid", 6800, 60, 1},
                          {"potting_soil", 990, 62, 3}, {"clay_pot", 1280, 58, 3}};
constexpr Item kSucculents[] = {{"succulent_small", 500, 40, 6},
                                {"succulent_tray", 3900, 45, 1},
                                {"cactus", 1200, 42, 2},
                                {"moss_jar", 4900, 48, 1},
                                {"fertiliser", 800, 60, 2}};
constexpr Item kGreens[] = {{"basil_pot", 1200, 44, 2},      {"mint_pot", 990, 42, 2},
                            {"pepper_seedling", 300, 38, 8}, {"tomato_seedling", 300, 38, 8},
                            {"seed_packet", 500, 50, 4},     {"flower_stand", 7900, 61, 1}};

constexpr std::array<Trade, 12> kTrades = {{
    {Category::kServices, 9, 18, 0, 90, false, kMending},
    {Category::kBakery, 7, 20, 1, 130, true, kBread},
    {Category::kFlowers, 9, 20, 0, 95, false, kBouquets},
    {Category::kServices, 9, 18, 2, 85, false, kRepairs},
    {Category::kBakery, 9, 20, 0, 100, true, kCakes},
    {Category::kFlowers, 9, 19, 3, 75, false, kPots},
    {Category::kBakery, 7, 14, 2, 160, true, kBreakfast},
    {Category::kServices, 10, 20, 1, 80, false, kHair},
    {Category::kFlowers, 10, 20, 1, 70, false, kSucculents},
    {Category::kServices, 8, 20, 3, 105, false, kLaundry},
    {Category::kBakery, 10, 20, 2, 120, true, kDumplings},
    {Category::kFlowers, 9, 18, 2, 80, false, kGreens},
}};

// Most stalls share a tenth of their profit by month; every other term occurs once or twice.
constexpr std::array<Terms, 12> kTerms = {{
    {Base::kPerLine, 1, 10, LossPolicy::kCarryLoss, Settlement::kMonth},
    {Base::kPerLine, 1, 10, LossPolicy::kCarryLoss, Settlement::kMonth},
    {Base::kPerLine, 1, 10, LossPolicy::kCarryLoss, Settlement::kMonth},
    {Base::kPerLine, 1, 10, LossPolicy::kNetAll, Settlement::kMonth},
    {Base::kPerLine, 1, 10, LossPolicy::kCarryLoss, Settlement::kMonth},
    {Base::kPerLine, 1, 10, LossPolicy::kResetPeriod, Settlement::kQuarter},
    {Base::kStandardMargin, 1, 10, LossPolicy::kCarryLoss, Settlement::kQuarter},
    {Base::kPerLine, 1, 10, LossPolicy::kNetAll, Settlement::kQuarter},
    {Base::kPerLine, 1, 10, LossPolicy::kCarryLoss, Settlement::kEnd},
    {Base::kRevenue, 3, 100, LossPolicy::kNetAll, Settlement::kMonth},
    {Base::kPerLine, 1, 10, LossPolicy::kCarryLoss, Settlement::kMonth},
    {Base::kPerLine, 1, 10, LossPolicy::kCarryLoss, Settlement::kYear},
}};

}  // namespace

const Trade& TradeOf(std::uint32_t vendor) { return kTrades[vendor % kTrades.size()]; }
const Terms& TermsOf(std::uint32_t vendor) { return kTerms[vendor % kTerms.size()]; }

std::string_view ToText(LossPolicy policy) {
  constexpr std::string_view kNames[] = {"carry_loss", "net_all", "reset_period"};
  return kNames[static_cast<std::size_t>(policy)];
}

std::string_view ToText(Settlement settlement) {
  constexpr std::string_view kNames[] = {"month", "quarter", "year", "end"};
  return kNames[static_cast<std::size_t>(settlement)];
}

bool EndsPeriod(Settlement settlement, int month) {
  switch (settlement) {
    case Settlement::kMonth:
      return true;
    case Settlement::kQuarter:
      return month % 3 == 2;
    case Settlement::kYear:
    case Settlement::kEnd:
      return month == kMonths - 1;
  }
  return false;
}

}  // namespace suanpan::community_year
