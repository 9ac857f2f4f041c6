#include "points_book.h"

namespace suanpan::audit {
namespace {

constexpr std::string_view kPolicies[] = {
    "policy=earn policy_type=earning version=1 applies_from=2025-01-01 "
    "body={scheme=hh holder=household items=[{service_kind=mending basis=minutes rate={n=1 m=60} "
    "rounding=cumulative cap={day=120}}] attest_steps=[worker] negative_floor=5}",
    "policy=exp policy_type=expiry version=1 applies_from=2025-01-01 "
    "body={scheme=hh rule=end_of_year n=0 restore_grace_days=30}",
    "policy=deeds policy_type=award_items version=1 applies_from=2025-01-01 "
    "body={scheme=hh items=[{item=tidy points=5 max_per_month=2} {item=litter points=-2}]}",
    "policy=shop policy_type=price_list version=1 applies_from=2025-01-01 "
    "body={scheme=hh rewards=[{reward=soap points=3 supply=stock item=soap fund=f} "
    "{reward=june1 points=2 supply=place offer=of-1} "
    "{reward=cut points=2 supply=vendor vendor=v-1 fund=f value_fen=150 "
    "pot=unrestricted/donation}]}",
    "policy=gifts policy_type=transfer version=1 applies_from=2025-01-01 "
    "body={scheme=hh allowed=any}"};

std::string Adopted() {
  std::string facts;
  int fact = 0;
  for (const std::string_view policy : kPolicies) {
    facts += fmt::format(
        "{0}2025-01-01 p-acct policy.proposed {1}\n"
        "2025-01-01 p-sup approval.given of=#{2} action=adopt verdict=approved\n"
        "2025-01-01 p-acct policy.adopted proposal=#{2} approvals=[#{3}]",
        fact == 0 ? "" : "\n", policy, fact, fact + 1);
    fact += 3;
  }
  return facts;
}

}  // namespace

void PointsBook::SetUp() {
  OpenBook();
  Add("2025-01-01 p-acct party.registered party=h-1 party_type=household\n"
      "2025-01-01 p-acct party.registered party=h-2 party_type=household\n"
      "2025-01-01 p-acct party.registered party=v-1 party_type=vendor\n"
      "2025-01-01 p-acct relation.started relation=member_of from=p-1 to=h-1 as=adult "
      "since=2024-01-01\n"
      "2025-01-01 p-acct relation.started relation=member_of from=p-2 to=h-1 as=child "
      "since=2024-01-01\n"
      "2025-01-01 p-acct relation.started relation=member_of from=p-3 to=h-2 as=adult "
      "since=2024-01-01");
  Add(Adopted());
  Add("2025-01-02 p-work goods.received item=soap owner=f goods_class=reward quantity=10 "
      "value_fen=2333 value_basis=invoice funding=gift pot=unrestricted/donation\n"
      "2025-01-02 p-acct funds.received fund=f pot=unrestricted/donation from=o amount_fen=5000 "
      "account=b\n"
      "2025-01-02 p-work offer.opened offer=of-1 offer_kind=trip on=2025-06-01 capacity=1 "
      "audience=child");
}

std::uint64_t PointsBook::Serve(std::string_view day, int minutes) {
  return Serve("p-1", day, minutes, "");
}

std::uint64_t PointsBook::Serve(std::string_view person, std::string_view day, int minutes,
                                std::string_view more) {
  return Add(fmt::format(
      "{1} p-work service.recorded person={0} service_kind=mending from={1}T08:00:00+08:00 "
      "to={1}T{2:02}:{3:02}:00+08:00 minutes={4} {5}\n"
      "{1} p-att service.attested service=#0 step=worker",
      person, day, 8 + minutes / 60, minutes % 60, minutes, more));
}

std::uint64_t PointsBook::Tidy(std::string_view day, int times) {
  return Add(
      fmt::format("{} p-work points.awarded scheme=hh holder=h-1 person=p-1 item=tidy "
                  "times={}",
                  day, times));
}

std::uint64_t PointsBook::Redeem(std::string_view day, std::string_view reward,
                                 std::string_view more) {
  return Add(
      fmt::format("{} p-work redemption.made scheme=hh holder=h-1 by=p-1 "
                  "lines=[{{reward={} quantity=1 {}}}]",
                  day, reward, more));
}

std::uint64_t PointsBook::Reverse(std::string_view day, std::string_view of,
                                  std::string_view more) {
  return Add(
      fmt::format("{0} p-sup approval.given of={1} action=reverse verdict=approved\n"
                  "{0} p-acct entry.reversed of={1} reason=keyed_in_error approval=#0 {2}",
                  day, of, more));
}

std::uint64_t PointsBook::Litter(std::string_view day, int times) {
  return Add(
      fmt::format("{} p-work points.deducted scheme=hh holder=h-1 item=litter times={} "
                  "reason=photo {}",
                  day, times, kPhoto));
}

std::uint64_t PointsBook::Move(std::string_view day, int points, std::string_view where) {
  return Add(
      fmt::format("{0} p-sup approval.given subject=h-1 action=move verdict=approved\n"
                  "{0} p-work points.moved scheme=hh from=h-1 points={1} approval=#0 {2}",
                  day, points, where));
}

std::uint64_t PointsBook::CloseDay(std::string_view day) {
  return Add(fmt::format("{0} p-sys day.closed date={0} page=0", day));
}

}  // namespace suanpan::audit
