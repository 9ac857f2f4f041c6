#pragma once

// Random facts out of few names and days, so that many of them meet one another: agreements in
// sequence, with and without an end, late entries, settlements of every calendar, approvals given,
// withdrawn and used. Nothing sees to it that they are valid; the engine takes some and refuses
// others.

#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "support/book_harness.h"

namespace suanpan::audit {

/// What a fact is made of; what each number means depends on `what`.
struct AnyFact {
  int what = 0;
  int who = 0;
  int name = 0;
  int day = 0;
  int other_day = 0;
  int amount = 0;
  int pick = 0;
};
std::ostream& operator<<(std::ostream& out, const AnyFact& fact);

class AnyFacts {
 public:
  AnyFacts();

  void Play(const AnyFact& fact);
  [[nodiscard]] const testing::BookHarness& book() const { return book_; }
  /// How many facts of each sort the engine took.
  [[nodiscard]] const std::map<std::string, int>& taken() const { return taken_; }

 private:
  struct Signed {
    std::string address;
    std::string name;
  };
  struct Request {
    std::string address;
    std::string fund;
    std::string purpose;
    int amount;
  };
  void Sign(const AnyFact& fact);
  [[nodiscard]] std::string Sell(const AnyFact& fact);
  [[nodiscard]] std::string Refund(const AnyFact& fact);
  [[nodiscard]] std::string Cost(const AnyFact& fact);
  [[nodiscard]] std::string Settle(const AnyFact& fact);
  [[nodiscard]] std::string Receive(const AnyFact& fact);
  void Approve(const AnyFact& fact);
  [[nodiscard]] std::string Waive(const AnyFact& fact);
  [[nodiscard]] std::string Ask(const AnyFact& fact);
  [[nodiscard]] std::string Pay(const AnyFact& fact);
  /// The address of the fact where it was taken, else nothing.
  std::string Append(std::string_view sort, const std::string& text);

  testing::BookHarness book_;
  std::map<std::string, int> taken_;
  std::vector<Signed> signed_;
  std::vector<std::string> sales_;
  std::vector<std::string> approvals_;
  std::vector<std::string> waived_;  ///< "agreement=ag-1 ... approval=7.0" of approvals to waive
  std::vector<Request> requests_;
  int commands_ = 0;
};

}  // namespace suanpan::audit
