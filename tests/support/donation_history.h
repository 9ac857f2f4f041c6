#pragma once

// Random histories of valid commands over three agreements, played on a book and on the model.

#include <string>
#include <vector>

#include "support/book_harness.h"
#include "support/donation_model.h"

namespace suanpan::testing {

/// One step; what its numbers mean depends on `what`. Every step is made valid, or left out where
/// nothing is there to act on, so that shrinking may drop any step.
struct Step {
  enum What {
    kSale,
    kRefund,
    kLooseRefund,
    kCost,
    kLooseCost,
    kTrueUp,
    kSettle,
    kReceive,
    kWaive,
    kPoisoned,
    kWhats
  };
  int what = 0;
  int agreement = 0;
  int month = 0;
  int pick = 0;
  int amount = 0;
  int cost = 0;
};

/// Terms of one agreement.
struct Terms {
  int loss = 0;      ///< ModelLoss
  int calendar = 0;  ///< month, quarter, year, end
  int base = 0;      ///< profit per line, profit at standard margin, revenue
  int n = 1;
  int m = 10;
};

class DonationHistory {
 public:
  /// `schema` is what the first entry of the book names.
  explicit DonationHistory(const std::vector<Terms>& terms,
                           const rules::SchemaStamp& schema = {1, {}});

  void Play(const Step& step);
  /// A sale and the refund of all of it on the same day.
  void SellAndTakeBack(const Step& step);

  [[nodiscard]] const BookHarness& book() const { return book_; }
  [[nodiscard]] std::size_t agreements() const { return models_.size(); }
  /// "B T r" of an agreement, as the book has it.
  [[nodiscard]] std::string FiguresOf(std::size_t agreement) const;
  /// The first way in which book and model differ; empty when they agree.
  [[nodiscard]] std::string Difference() const;

 private:
  struct Line {
    int quantity, amount, cost;  ///< cost < 0: not stated
    int returned = 0, returned_amount = 0, returned_cost = 0;
  };
  struct Sale {
    std::size_t agreement;
    int month;
    std::string address;
    std::vector<Line> lines;
  };

  void Sell(const Step& step);
  void Refund(const Step& step);
  void Loose(const Step& step);
  void Cost(const Step& step);
  void TrueUp(const Step& step);
  void Settle(const Step& step);
  void Pay(const Step& step);
  void Poison(const Step& step);
  Seq Must(const std::vector<std::string>& facts);
  [[nodiscard]] std::string DifferenceOf(std::size_t agreement) const;
  [[nodiscard]] std::string DifferenceOfBills(std::size_t agreement) const;
  [[nodiscard]] std::size_t Of(const Step& step) const {
    return static_cast<std::size_t>(step.agreement) % models_.size();
  }

  BookHarness book_;
  std::vector<ModelAgreement> models_;
  std::vector<std::vector<std::string>> boundaries_;  ///< settlement days left, per agreement
  std::vector<Sale> sales_;
  std::int64_t bank_ = 0;
  int commands_ = 0;
};

}  // namespace suanpan::testing
