#pragma once

// Random histories of valid commands over three agreements, played on a book and told to the second
// opinion.
//
// Its own random histories (support/opinion/history.h) try everything that a ledger does. These are
// about donations alone, so that they can be shuffled and undone: steps of which most can change
// places.

#include <string>
#include <vector>

#include "support/book_harness.h"
#include "support/opinion/book.h"

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
    kReverse,
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
  int loss = 0;      ///< carry_loss, net_all, reset_period
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
  /// A sale and its reversal.
  void SellAndReverse(const Step& step);

  [[nodiscard]] const BookHarness& book() const { return book_; }
  [[nodiscard]] std::size_t agreements() const { return terms_.size(); }
  /// "B T r" of an agreement, as the book has it.
  [[nodiscard]] std::string FiguresOf(std::size_t agreement) const;
  /// The first figure in which book and second opinion differ; empty when they agree.
  [[nodiscard]] std::string Difference() const;

 private:
  struct Line {
    int quantity, amount, cost;  ///< cost < 0: not stated
  };
  struct Sale {
    std::size_t agreement;
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
  void Reverse(const Step& step);
  /// Takes a fact back, where nothing stands on it.
  Answer TakeBack(const std::string& fact);
  /// A sale that stands, and one of its lines; null where there is none.
  [[nodiscard]] const Sale* AnySale(const Step& step, std::size_t& line) const;
  /// A fact that may be taken back later.
  void Record(Seq seq, int line = 0);
  Seq Must(const std::vector<std::string>& facts);
  /// The answer of both, which must not contradict each other.
  Answer Tell(const std::string& facts);
  [[nodiscard]] const opinion::State& known() const { return opinion_.book("zz").state(); }
  [[nodiscard]] std::size_t Of(const Step& step) const {
    return static_cast<std::size_t>(step.agreement) % terms_.size();
  }

  BookHarness book_;
  opinion::Ledger opinion_;
  std::vector<Terms> terms_;
  std::vector<Sale> sales_;
  std::vector<std::string> facts_;  ///< addresses of what may be taken back
  int commands_ = 0;
};

}  // namespace suanpan::testing
