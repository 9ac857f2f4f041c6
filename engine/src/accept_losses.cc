// Accepting what is lost: the log says it first, then the guard goes back.

#include <fmt/format.h>

#include <algorithm>

#include "src/find_losses.h"

namespace suanpan::engine {
namespace {

class Acceptance {
 public:
  Acceptance(const GuardPlace& place, AcceptOptions options)
      : place_(place), options_(std::move(options)) {
    options_.ledger.guard = nullptr;
  }

  [[nodiscard]] Result<Losses> Run(std::unique_ptr<store::EventStore> store) {
    SUANPAN_ASSIGN_OR_RETURN(opened_, OpenGuardFile(place_, Guard::Mode::kWrite));
    SUANPAN_ASSIGN_OR_RETURN(found_, FindInBooks(*store, opened_));
    if (opened_.guard != nullptr &&
        std::ranges::none_of(found_, [this](const FoundLoss& book) { return Chosen(book); })) {
      return Told();
    }
    SUANPAN_RETURN_IF_ERROR(Test());
    SUANPAN_RETURN_IF_ERROR(Plan(*store));
    SUANPAN_ASSIGN_OR_RETURN(ledger_, Ledger::Open(std::move(store), std::move(options_.ledger)));
    for (FoundLoss& book : found_) {
      if (Chosen(book)) SUANPAN_RETURN_IF_ERROR(Tell(book.loss));
    }
    SUANPAN_RETURN_IF_ERROR(opened_.guard != nullptr ? LetGuardFollow() : MakeGuard());
    SUANPAN_RETURN_IF_ERROR(WritePlan(*ledger_->store(), others_));
    return Told();
  }

 private:
  [[nodiscard]] bool Chosen(const FoundLoss& book) const {
    return !book.loss.alarm.empty() && (options_.book.empty() || options_.book == book.loss.name());
  }
  /// Whether the log has a place to tell a loss of this book.
  [[nodiscard]] static bool HasLog(const BookLoss& loss) { return loss.kept.value() != 0; }

  [[nodiscard]] Status Test() const {
    if (opened_.guard == nullptr && !options_.book.empty()) {
      return MakeError(StatusCode::kInvalidArgument,
                       "the guard has to be made anew, and it is that of all books: leave --book "
                       "out");
    }
    const auto older = [](const FoundLoss& book) { return book.loss.alarm == "guard_older"; };
    if (!options_.book.empty() && std::ranges::any_of(found_, older)) {
      return MakeError(StatusCode::kInvalidArgument,
                       "the guard is older than the data, and it is that of all books: leave "
                       "--book out");
    }
    for (const FoundLoss& book : found_) {
      // Later it would come too late: after the plan, and with the leftovers of the chosen gone.
      if (!Chosen(book) && book.leftovers) {
        return MakeError(StatusCode::kFailedPrecondition,
                         "book {}: entries that were indexed or signed are not there, and no book "
                         "can be appended to before that is accepted too: leave --book out",
                         book.loss.ref);
      }
      if (!Chosen(book) || !book.loss.differs()) continue;
      return MakeError(StatusCode::kFailedPrecondition, "book {}: {}", book.loss.ref,
                       book.loss.text);
    }
    return {};
  }

  /// Writes down what is going to happen; then nothing may speak of the lost entries any more.
  [[nodiscard]] Status Plan(store::EventStore& store) {
    SUANPAN_ASSIGN_OR_RETURN(others_, ReadPlan(store));
    std::vector<PlannedLoss> plan;
    for (const FoundLoss& book : found_) {
      if (Chosen(book) || book.loss.alarm.empty()) {
        std::erase_if(others_,
                      [&](const PlannedLoss& other) { return other.book == book.loss.book; });
      }
      if (!Chosen(book)) continue;
      if (HasLog(book.loss)) plan.push_back(book.plan);
    }
    plan.insert(plan.end(), others_.begin(), others_.end());
    SUANPAN_RETURN_IF_ERROR(WritePlan(store, plan));
    for (const FoundLoss& book : found_) {
      const bool there = !book.loss.ref.empty() && book.loss.restored_at == Seq{};
      if (Chosen(book) && there) {
        SUANPAN_RETURN_IF_ERROR(store.ForgetBehindEnd(book.loss.book));
      }
    }
    return {};
  }

  [[nodiscard]] Status Tell(BookLoss& loss) {
    if (!HasLog(loss) || loss.restored_at != Seq{}) return {};
    SUANPAN_RETURN_IF_ERROR(ledger_->AppendRestored(loss.ref, loss.promised, options_.reason),
                            fmt::format("book {}", loss.ref));
    loss.restored_at = Next(loss.kept);
    return {};
  }

  [[nodiscard]] Result<GuardMark> HeadOf(const std::string& book) {
    SUANPAN_ASSIGN_OR_RETURN(const SealedHead head, ledger_->Seal(book));
    return GuardMark{head.size, head.root};
  }

  [[nodiscard]] Status LetGuardFollow() {
    for (const FoundLoss& book : found_) {
      if (!Chosen(book)) continue;
      if (!HasLog(book.loss)) {
        SUANPAN_RETURN_IF_ERROR(opened_.guard->Forget(book.loss.book));
        continue;
      }
      SUANPAN_ASSIGN_OR_RETURN(const GuardMark head, HeadOf(book.loss.ref));
      SUANPAN_RETURN_IF_ERROR(opened_.guard->GoBack(book.loss.book, head));
    }
    return {};
  }

  [[nodiscard]] Status MakeGuard() {
    std::vector<std::pair<BookNo, GuardMark>> heads;
    for (const FoundLoss& book : found_) {
      if (!HasLog(book.loss)) continue;
      SUANPAN_ASSIGN_OR_RETURN(const GuardMark head, HeadOf(book.loss.ref));
      heads.emplace_back(book.loss.book, head);
    }
    return Guard::Replace(place_.path, place_.vkey, heads);
  }

  [[nodiscard]] Losses Told() {
    Losses losses;
    losses.guard_file = opened_.file;
    for (FoundLoss& book : found_) losses.books.push_back(std::move(book.loss));
    return losses;
  }

  GuardPlace place_;
  AcceptOptions options_;
  OpenedGuard opened_;
  std::vector<FoundLoss> found_;
  std::vector<PlannedLoss> others_;  ///< of an earlier run, and not chosen now
  std::unique_ptr<Ledger> ledger_;
};

}  // namespace

Result<Losses> AcceptLosses(std::unique_ptr<store::EventStore> store, const GuardPlace& place,
                            AcceptOptions options) {
  Acceptance acceptance{place, std::move(options)};
  return acceptance.Run(std::move(store));
}

}  // namespace suanpan::engine
