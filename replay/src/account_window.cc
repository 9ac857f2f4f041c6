#include "suanpan/replay/account_window.h"

#include "suanpan/rules/apply.h"

namespace suanpan::replay {
namespace {

class WindowSink final : public rules::PostingSink {
 public:
  WindowSink(std::map<rules::AccountKey, Turnover>& accounts, bool before)
      : accounts_(accounts), before_(before) {}

  void Add(const rules::AccountKey& key, rules::AnyUnits amount) override {
    if (amount.value() == 0) return;
    Turnover& turnover = accounts_[key];
    if (before_) {
      turnover.opening += amount.wide();
    } else if (amount.value() > 0) {
      turnover.debit += amount.wide();
    } else {
      turnover.credit -= amount.wide();
    }
  }

 private:
  std::map<rules::AccountKey, Turnover>& accounts_;
  bool before_;
};

}  // namespace

void AccountWindow::OnEvent(const EventContext& context) {
  const Date date = days_.Of(context.event);
  if (window_.After(date)) return;
  WindowSink sink{accounts_, window_.Before(date)};
  rules::PostingsOf(catalogue_, context.state, context.event, sink);
}

Turnover AccountWindow::Of(const rules::AccountKey& key) const {
  const auto it = accounts_.find(key);
  return it == accounts_.end() ? Turnover{} : it->second;
}

}  // namespace suanpan::replay
