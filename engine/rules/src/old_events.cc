#include "suanpan/rules/rule.h"

namespace suanpan::rules {
namespace {

/// Asks the one that it was made from, which then remembers for it.
class Forwarded final : public OldEvents {
 public:
  explicit Forwarded(OldEvents& from) : from_(from) {}
  [[nodiscard]] const schema::Event* Find(Address address) override { return from_.Find(address); }
  [[nodiscard]] bool Exists(Address address) override { return from_.Exists(address); }

 private:
  OldEvents& from_;
};

}  // namespace

std::unique_ptr<OldEvents> OldEvents::Fork() { return std::make_unique<Forwarded>(*this); }

}  // namespace suanpan::rules
