#include "support/donation_model.h"

#include <algorithm>

namespace suanpan::testing {
namespace {

std::int64_t Floor(std::int64_t a, std::int64_t b) {
  std::int64_t quotient = a / b;
  while (quotient * b > a) --quotient;
  return quotient;
}

/// Base of a settlement period, or of everything: priced and the floor of R, each summed once.
struct Sums {
  std::int64_t priced = 0;
  std::int64_t standard = 0;
};

}  // namespace

std::int64_t ModelAgreement::Base(int through) const {
  std::map<int, Sums> periods;
  for (const ModelEntry& entry : entries) {
    if (entry.month > through) continue;
    const bool apart = loss == ModelLoss::kReset && months_per_period != 0;
    Sums& sums = periods[apart ? entry.month / months_per_period : 0];
    sums.priced += entry.priced;
    sums.standard += entry.standard;
  }
  std::int64_t base = 0;
  for (const auto& [period, sums] : periods) {
    base += sums.priced + Floor(margin_n * sums.standard, margin_m);
  }
  return base;
}

std::int64_t ModelAgreement::Scaled(int through) const {
  if (loss != ModelLoss::kReset) return n * Base(through);
  std::map<int, ModelAgreement> alone;  // each period as an agreement of its own
  for (const ModelEntry& entry : entries) {
    if (entry.month > through) continue;
    ModelAgreement& one = alone[months_per_period == 0 ? 0 : entry.month / months_per_period];
    one.margin_n = margin_n;
    one.margin_m = margin_m;
    one.loss = ModelLoss::kNet;
    one.entries.push_back(entry);
  }
  std::int64_t scaled = 0;
  for (const auto& [period, one] : alone) scaled += std::max<std::int64_t>(0, n * one.Base());
  return scaled;
}

std::int64_t ModelAgreement::Due(int through) const { return Floor(Scaled(through), m); }
std::int64_t ModelAgreement::Residue() const { return Scaled(kAllMonths) - m * Due(); }

std::int64_t ModelAgreement::Waiting() const {
  std::int64_t sum = 0;
  for (const auto& [line, amount] : waiting) sum += amount;
  return sum;
}

std::int64_t ModelAgreement::Open() const {
  std::int64_t sum = 0;
  for (const ModelBill& bill : bills) sum += bill.open;
  return sum;
}

bool ModelAgreement::IsTruedUp(int month) const {
  return std::find(trued_up.begin(), trued_up.end(), month) != trued_up.end();
}

void ModelAgreement::Sell(int sale, int line, int month, std::int64_t amount,
                          const std::int64_t* cost) {
  sales += amount;
  if (revenue) {
    entries.push_back({month, amount, 0});
  } else if (cost != nullptr) {
    costs += *cost;
    entries.push_back({month, amount - *cost, 0});
  } else if (!standard_margin) {
    waiting[{sale, line}] = amount;
  } else if (IsTruedUp(month)) {
    entries.push_back({month, amount, 0});
  } else {
    entries.push_back({month, 0, amount});
  }
}

void ModelAgreement::Refund(int sale, int line, int month, std::int64_t amount,
                            std::int64_t cost_back, bool cost_known) {
  refunds += amount;
  const auto waits = waiting.find({sale, line});
  if (revenue) {
    entries.push_back({month, -amount, 0});
  } else if (waits != waiting.end()) {
    waits->second -= amount;
    if (waits->second == 0) waiting.erase(waits);
  } else if (standard_margin && !cost_known) {
    const bool priced = IsTruedUp(month);
    entries.push_back({month, priced ? -amount : 0, priced ? 0 : -amount});
  } else {
    costs -= cost_back;
    entries.push_back({month, cost_back - amount, 0});
  }
}

void ModelAgreement::Cost(int sale, int line, int month, std::int64_t amount) {
  if (revenue) return;
  costs += amount;
  std::int64_t priced = -amount;
  if (const auto waits = waiting.find({sale, line}); waits != waiting.end()) {
    priced += waits->second;
    waiting.erase(waits);
  }
  entries.push_back({month, priced, 0});
}

void ModelAgreement::TrueUp(int from, int to, std::int64_t amount) {
  costs += amount;
  for (int month = from; month <= to; ++month) {
    std::int64_t standard = 0;
    for (const ModelEntry& entry : entries) {
      if (entry.month == month) standard += entry.standard;
    }
    entries.push_back({month, standard, -standard});
    trued_up.push_back(month);
  }
  entries.push_back({to, -amount, 0});
}

void ModelAgreement::PayOldest(std::int64_t amount) {
  for (ModelBill& bill : bills) {
    const std::int64_t part = std::min(amount, bill.open);
    bill.open -= part;
    amount -= part;
  }
  advance += amount;
}

void ModelAgreement::Settle(int through) {
  const std::int64_t total = Due(through);
  std::int64_t due = total - settled;
  if (loss == ModelLoss::kCarry) due = std::max<std::int64_t>(0, total - high);
  high = std::max(high, total);
  settled += due;
  if (due < 0) PayOldest(-due);
  const std::int64_t used = std::min(advance, std::max<std::int64_t>(0, due));
  if (due > 0) advance -= used;
  bills.push_back({through, due, std::max<std::int64_t>(0, due) - (due > 0 ? used : 0)});
}

void ModelAgreement::Receive(std::int64_t amount) {
  received += amount;
  PayOldest(amount);
}

void ModelAgreement::Waive(std::int64_t amount) {
  waived += amount;
  PayOldest(amount);
}

}  // namespace suanpan::testing
