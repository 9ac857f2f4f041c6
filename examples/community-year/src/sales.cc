#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "desks.h"

namespace suanpan::community_year {
namespace {

constexpr std::uint32_t kLinesMax = 5;
/// Of 10,000 sales: refunded; of the others: with a line whose cost is not known at the till, and
/// with a cost corrected in the next month.
constexpr std::uint32_t kRefundedShare = 150;
constexpr std::uint32_t kUnpricedShare = 90;
constexpr std::uint32_t kCorrectedShare = 8;

struct Line {
  const Item* item;
  std::int64_t quantity;
  std::int64_t amount_fen;
  std::int64_t cost_fen;  // -1 = not stated
};

enum class Fate : std::uint8_t { kNone, kRefund, kUnpriced, kCorrected };

std::string_view ToText(Means means) {
  constexpr std::string_view kNames[] = {"cash", "wechat", "alipay", "card"};
  return kNames[static_cast<std::size_t>(means)];
}

/// Weight of an hour, from 7:00; the morning belongs to breakfast, the evening to everybody.
std::uint32_t HourWeight(Category category, int hour) {
  constexpr std::array<std::array<std::uint32_t, 13>, 3> kWeights = {{
      {4, 6, 9, 11, 9, 4, 5, 8, 9, 9, 8, 6, 4},
      {14, 16, 9, 7, 9, 8, 4, 4, 6, 8, 12, 11, 7},
      {1, 3, 7, 9, 8, 5, 5, 7, 8, 10, 12, 11, 8},
  }};
  return kWeights[static_cast<std::size_t>(category)][static_cast<std::size_t>(hour - 7)];
}

YearSecond TimeOfSale(Station& station, const Trade& trade, YearDay day, std::uint32_t weights) {
  std::uint32_t pick = station.random.Below(weights);
  int hour = trade.opens_hour;
  for (; pick >= HourWeight(trade.category, hour); ++hour) pick -= HourWeight(trade.category, hour);
  const auto from = static_cast<std::uint32_t>(hour);
  return station.TimeOn(day, from, from + 1);
}

std::uint32_t LineCount(Random& random) {
  const std::uint32_t roll = random.Below(100);
  constexpr std::array<std::uint32_t, kLinesMax> kUpTo = {50, 76, 89, 96, 100};
  std::uint32_t count = 1;
  while (roll >= kUpTo[count - 1]) ++count;
  return count;
}

Means ChooseMeans(Random& random) {
  const std::uint32_t roll = random.Below(100);
  if (roll < 60) return Means::kWechat;
  if (roll < 84) return Means::kAlipay;
  return roll < 98 ? Means::kCash : Means::kCard;
}

Fate ChooseFate(Random& random, Base base) {
  const std::uint32_t roll = random.Below(10'000);
  if (roll < kRefundedShare) return Fate::kRefund;
  if (base != Base::kPerLine) return Fate::kNone;
  if (roll < kRefundedShare + kUnpricedShare) return Fate::kUnpriced;
  return roll < kRefundedShare + kUnpricedShare + kCorrectedShare ? Fate::kCorrected : Fate::kNone;
}

/// A stall's own price, on the scale people print on tags: tens of fen, or whole yuan above 20.
std::int64_t PriceFen(const Stall& stall, const Item& item) {
  const std::int64_t shifted = item.price_fen * (100 + stall.price_shift_percent) / 100;
  const std::int64_t step = shifted >= 2000 ? 100 : 10;
  return std::max(step, shifted / step * step);
}

Line MakeLine(Random& random, const Stall& stall, const Item& item, bool at_loss) {
  const std::int64_t price = PriceFen(stall, item);
  Line line{&item, 1, 0, -1};
  if (item.quantity_max > 1 && random.PerMille(450)) {
    line.quantity = random.Between(1, item.quantity_max);
  }
  line.amount_fen = price * line.quantity;
  const std::uint32_t discount = random.Below(100);
  if (discount < 6) line.amount_fen = line.amount_fen * 9 / 10;
  if (discount >= 97 && line.amount_fen > 200) line.amount_fen = line.amount_fen / 100 * 100;
  const std::int64_t percent =
      (at_loss ? random.Between(104, 122) : item.cost_percent + random.Between(-3, 3));
  if (stall.terms->base == Base::kPerLine) line.cost_fen = price * percent / 100 * line.quantity;
  return line;
}

void WriteVoucher(Station& station, std::uint32_t till) {
  constexpr std::string_view kSeries[kTills] = {"till-1", "till-2", "till-3", "till-4"};
  char digits[] = "0000000";
  std::uint64_t number = ++station.till_numbers[till];
  for (std::size_t at = sizeof digits - 1; at-- > 0 && number > 0; number /= 10) {
    digits[at] = static_cast<char>('0' + number % 10);
  }
  JsonText& json = station.writer.json();
  json.Name("source_doc").Open('{').Field("series", kSeries[till]);
  json.Field("number", digits).Close('}');
}

void WritePaid(JsonText& json, Means means, std::int64_t amount_fen, std::int64_t cash_fen) {
  json.Name("paid").Open('[');
  if (cash_fen > 0) {
    json.Open('{').Field("means", "cash").Field("amount_fen", cash_fen).Close('}');
  }
  json.Open('{').Field("means", ToText(means));
  json.Field("amount_fen", amount_fen - cash_fen).Close('}').Close(']');
}

/// What will still happen to the sale just written.
void PlanFollowUp(Station& station, const Happening& happening, Fate fate, const SoldLine& sold) {
  if (fate == Fate::kNone) return;
  Random& random = station.random;
  const YearDay day = DayOf(happening.second);
  const auto subject = static_cast<std::uint32_t>(station.sold_lines.size());
  station.sold_lines.push_back(sold);
  if (fate == Fate::kRefund) {
    const YearDay later = day + static_cast<YearDay>(random.Between(1, 7));
    const bool same_day = random.PerMille(600) || later >= kDaysMax ||
                          TrafficPercent(later, Category::kServices) == 0;
    const YearSecond soon = happening.second + 300 + random.Below(5'000);
    station.Plan(same_day ? soon : station.TimeOn(later, 10, 17), Action::kRefund, subject);
    return;
  }
  const YearDay next_month = FirstDayOfMonth(sold.month + 1);
  const bool late = fate == Fate::kCorrected || random.PerMille(60);
  if (late && sold.month < kMonths - 1) {
    const YearDay late_day = next_month + static_cast<YearDay>(random.Between(2, 11));
    station.Plan(station.TimeOn(late_day, 17, 19), Action::kLineCost, subject);
  } else if (sold.cost_fen < 0) {
    station.Plan(day * kSecondsPerDay + 20 * kSecondsPerHour + 1800 + random.Below(5'400),
                 Action::kLineCost, subject);
  }
}

/// One sale being made.
class Sale {
 public:
  Sale(Station& station, const Happening& happening)
      : station_(station),
        happening_(happening),
        stall_(station.stalls[happening.subject]),
        month_(MonthIndex(DayOf(happening.second))) {}

  Status Write() {
    Random& random = station_.random;
    fate_ = ChooseFate(random, stall_.terms->base);
    ChooseLines();
    const Means means = ChooseMeans(random);
    const bool split = amount_fen_ >= 2000 && means != Means::kCash && random.PerMille(15);
    WriteVoucherAndLines();
    WritePaid(station_.writer.json(), means, amount_fen_, split ? amount_fen_ / 200 * 100 : 0);
    SUANPAN_RETURN_IF_ERROR(station_.writer.EndFact(priced_lines_ > 0 ? 1 : 0, count_));
    stall_.tally.Add(month_, base_fen_);
    const Line& line = lines_[chosen_];
    PlanFollowUp(station_, happening_, fate_,
                 SoldLine{.sale = ref_,
                          .vendor = happening_.subject,
                          .line = chosen_,
                          .month = month_,
                          .means = means,
                          .quantity = line.quantity,
                          .amount_fen = line.amount_fen,
                          .cost_fen = line.cost_fen});
    return {};
  }

 private:
  void ChooseLines() {
    Random& random = station_.random;
    const std::span<const Item> items = stall_.trade->items;
    count_ = LineCount(random);
    chosen_ = random.Below(count_);
    std::size_t item = random.Below(static_cast<std::uint32_t>(items.size()));
    const bool at_loss = SellsAtLoss(happening_.subject, month_);
    for (std::uint32_t i = 0; i < count_; ++i, item = (item + 1) % items.size()) {
      Line line = MakeLine(random, stall_, items[item], at_loss);
      if (fate_ == Fate::kUnpriced && i == chosen_) line.cost_fen = -1;
      const bool per_line = stall_.terms->base == Base::kPerLine;
      amount_fen_ += line.amount_fen;
      if (!per_line || line.cost_fen >= 0) {
        ++priced_lines_;
        base_fen_ += line.amount_fen - (per_line ? line.cost_fen : 0);
      }
      lines_[i] = line;
    }
  }

  void WriteVoucherAndLines() {
    ref_ = station_.writer.BeginFact("sale.recorded", happening_.second,
                                     station_.cashiers[stall_.till], stall_.till);
    JsonText& json = station_.writer.json();
    WriteVoucher(station_, stall_.till);
    json.Field("vendor", stall_.ref).Name("lines").Open('[');
    for (std::uint32_t i = 0; i < count_; ++i) {
      const Line& line = lines_[i];
      json.Open('{').Field("item", line.item->ref).Field("quantity", line.quantity);
      json.Field("amount_fen", line.amount_fen);
      if (line.cost_fen >= 0) json.Field("cost_fen", line.cost_fen);
      json.Close('}');
    }
    json.Close(']');
  }

  Station& station_;
  const Happening& happening_;
  Stall& stall_;
  int month_;
  FactRef ref_;
  Fate fate_ = Fate::kNone;
  std::array<Line, kLinesMax> lines_{};
  std::uint32_t count_ = 0;
  std::uint32_t chosen_ = 0;
  std::uint32_t priced_lines_ = 0;
  std::int64_t amount_fen_ = 0;
  std::int64_t base_fen_ = 0;
};

}  // namespace

void PlanSales(Station& station, YearDay day) {
  for (std::uint32_t vendor = 0; vendor < station.stalls.size(); ++vendor) {
    const Trade& trade = *station.stalls[vendor].trade;
    const auto traffic = static_cast<std::uint64_t>(TrafficPercent(day, trade.category));
    if (traffic == 0 || trade.closed_weekday == Weekday(day)) continue;
    const auto noise = static_cast<std::uint64_t>(station.random.Between(85, 115));
    const std::uint64_t millionths = station.options.sales_per_vendor_day * traffic * noise *
                                     static_cast<std::uint64_t>(trade.popularity_percent);
    const std::uint64_t count = (millionths + station.random.Below(1'000'000)) / 1'000'000;
    std::uint32_t weights = 0;
    for (int hour = trade.opens_hour; hour < trade.closes_hour; ++hour) {
      weights += HourWeight(trade.category, hour);
    }
    for (std::uint64_t i = 0; i < count; ++i) {
      station.Plan(TimeOfSale(station, trade, day, weights), Action::kSale, vendor);
    }
  }
}

Status WriteSale(Station& station, const Happening& happening) {
  return Sale(station, happening).Write();
}

Status WriteRefund(Station& station, const Happening& happening) {
  const SoldLine& sold = station.sold_lines[happening.subject];
  Stall& stall = station.stalls[sold.vendor];
  Random& random = station.random;
  const bool whole = sold.quantity == 1 || random.PerMille(700);
  const std::int64_t quantity = whole ? sold.quantity : random.Between(1, sold.quantity - 1);
  const std::int64_t amount = sold.amount_fen * quantity / sold.quantity;
  const bool has_cost = sold.cost_fen >= 0;
  const bool spoiled = has_cost && stall.trade->spoils && random.PerMille(600);
  const std::int64_t cost_back =
      !has_cost || spoiled ? 0 : sold.cost_fen * quantity / sold.quantity;

  station.writer.BeginFact("refund.recorded", happening.second, station.cashiers[stall.till],
                           stall.till);
  JsonText& json = station.writer.json();
  WriteVoucher(station, stall.till);
  json.Field("vendor", stall.ref);
  station.writer.Reference("sale", sold.sale);
  json.Name("lines").Open('[').Open('{').Field("sale_line", sold.line);
  json.Field("quantity", quantity).Field("amount_fen", amount);
  if (spoiled) json.Field("cost_fen", 0);
  json.Close('}').Close(']');
  WritePaid(json, sold.means, amount, 0);
  stall.tally.Add(MonthIndex(DayOf(happening.second)), cost_back - amount);
  return station.writer.EndFact(1, 1);
}

Status WriteLineCost(Station& station, const Happening& happening) {
  const SoldLine& sold = station.sold_lines[happening.subject];
  Stall& stall = station.stalls[sold.vendor];
  const bool first = sold.cost_fen < 0;
  const std::int64_t percent = first ? station.random.Between(40, 62) : 0;
  const std::int64_t correction = station.random.Between(1, 9) * 10;
  const std::int64_t cost = first ? std::max<std::int64_t>(1, sold.amount_fen * percent / 100)
                                  : (correction > 70 ? -correction : correction);
  station.writer.BeginFact("cost.recorded", happening.second, station.accountant);
  JsonText& json = station.writer.json();
  json.Field("agreement", stall.agreement);
  station.writer.Reference("sale", sold.sale);
  json.Field("sale_line", sold.line).Field("cost_kind", "goods").Field("amount_fen", cost);
  stall.tally.Add(sold.month, first ? sold.amount_fen - cost : -cost);
  return station.writer.EndFact(1);
}

}  // namespace suanpan::community_year
