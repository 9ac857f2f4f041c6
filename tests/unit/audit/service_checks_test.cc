// The named tests of attestations and hours: each finds nothing in a history as it was told, and by
// its own name what was forged into it or what in it has to be explained.

#include "points_book.h"
#include "suanpan/schema/kinds/service.h"

namespace suanpan::audit {
namespace {

using schema::EventCommon;
using schema::ServiceAttested;
using schema::ServiceRecorded;

class ServiceChecks : public PointsBook {
 protected:
  /// From 5 January on, mending is credited after these steps.
  void NeedSteps(std::string_view steps) {
    Add(fmt::format(
        "2025-01-05 p-acct policy.proposed policy=earn policy_type=earning version=2 "
        "applies_from=2025-01-05 body={{scheme=hh holder=household items=[{{service_kind=mending "
        "basis=minutes rate={{n=1 m=60}} rounding=cumulative}}] attest_steps=[{}]}}\n"
        "2025-01-05 p-sup approval.given of=#0 action=adopt verdict=approved\n"
        "2025-01-05 p-acct policy.adopted proposal=#0 approvals=[#1]",
        steps));
  }
};

TEST_F(ServiceChecks, AnAttestationOfOnesOwn) {
  Serve("2025-01-06", 60);
  Forge<ServiceAttested>(
      5, [this](ServiceAttested&, EventCommon& common) { common.actor = Name("p-1"); });
  ExpectChecks({"p-attest"}, {"p-attest@5.1"});
}

TEST_F(ServiceChecks, AnAttesterOfTheSameHousehold) {
  Add("2025-01-06 p-work service.recorded person=p-1 service_kind=mending "
      "from=2025-01-06T08:00:00+08:00 to=2025-01-06T09:00:00+08:00 minutes=60\n"
      "2025-01-06 p-2 service.attested service=#0 step=worker");
  ExpectChecks({}, {"p-attest@5.1?"});
}

TEST_F(ServiceChecks, ACreditWithoutItsStepsOrForOtherMinutes) {
  NeedSteps("worker organiser");
  Serve("2025-01-06", 60);
  Add("2025-01-06 p-org service.attested service=6.0 step=organiser minutes=50");
  ExpectChecks({}, {});
  Forge<ServiceAttested>(7, [](ServiceAttested& fact) { fact.fixed.credited = Minutes{60}; });
  ExpectChecks({"p-attest"}, {"p-attest@7.0"});
  Forge<ServiceAttested>(6, [](ServiceAttested& fact) {
    fact.fixed.flags |= ServiceAttested::kCredited;
    fact.fixed.credited = Minutes{60};
  });
  ExpectChecks({"p-attest"}, {"p-attest@6.1", "p-attest@7.0"});
}

TEST_F(ServiceChecks, AStepByNobodyWhoWasServed) {
  NeedSteps("served worker");
  Add("2025-01-06 p-work service.recorded person=p-1 service_kind=mending beneficiaries=[p-3] "
      "from=2025-01-06T08:00:00+08:00 to=2025-01-06T09:00:00+08:00 minutes=60\n"
      "2025-01-06 p-3 service.attested service=#0 step=served");
  ExpectChecks({}, {});
  Forge<ServiceRecorded>(6, [this](ServiceRecorded& fact) {
    static NameId other;
    other = Name("p-2");
    fact.beneficiaries = {&other, 1};
  });
  ExpectChecks({}, {"p-attest@6.1?"});
}

TEST_F(ServiceChecks, AStepByWhoPlacedTheOrder) {
  NeedSteps("served worker");
  Add("2025-01-03 p-work order.placed requester=p-3 service_kind=mending");
  Add("2025-01-04 p-work order.moved order=6.0 to=accepted\n"
      "2025-01-04 p-work order.moved order=6.0 to=dispatched server=p-1\n"
      "2025-01-04 p-1 order.moved order=6.0 to=taken");
  Serve("p-1", "2025-01-06", 60, "order=6.0 beneficiaries=[p-2]");
  const std::uint64_t served = Add("2025-01-06 p-3 service.attested service=8.0 step=served");
  ExpectChecks({}, {});
  Reverse("2025-01-07", fmt::format("{}.0", served));
  Add("2025-01-08 p-clerk service.attested service=8.0 step=served");
  ExpectChecks({}, {"p-attest@11.0?"});
}

TEST_F(ServiceChecks, WhoAttestsMoreThanOneStepOrAlone) {
  NeedSteps("worker organiser");
  Serve("2025-01-06", 60);
  Add("2025-01-06 p-org service.attested service=6.0 step=organiser");
  ExpectChecks({}, {});
  Reverse("2025-01-07", "7.0");
  Add("2025-01-08 p-att service.attested service=6.0 step=organiser");
  ExpectChecks({}, {"p-attest@9.0?"});
  Add("2025-01-09 p-work service.recorded person=p-1 service_kind=mending "
      "from=2025-01-09T08:00:00+08:00 to=2025-01-09T09:00:00+08:00 minutes=60\n"
      "2025-01-09 p-work service.attested service=#0 step=worker\n"
      "2025-01-09 p-work service.attested service=#0 step=organiser");
  ExpectChecks({}, {"p-attest@9.0?", "p-attest@10.2?", "p-attest@10.2?"});
}

TEST_F(ServiceChecks, AnAttesterOfVeryManyAndOfNothingButTopMarks) {
  const auto attest = [this](std::string_view who, int day, int quality) {
    Add(fmt::format(
        "2025-03-{1:02} p-work service.recorded person=p-1 service_kind=mending "
        "from=2025-03-{1:02}T{2:02}:00:00+08:00 to=2025-03-{1:02}T{2:02}:10:00+08:00 minutes=10\n"
        "2025-03-{1:02} {0} service.attested service=#0 step=worker quality={3}",
        who, 1 + day / 20, day % 20, quality));
  };
  for (int i = 0; i < 70; ++i) attest("p-a", i, 5);
  for (int i = 70; i < 90; ++i) attest("p-b", i, 3);
  for (int i = 90; i < 95; ++i) attest("p-c", i, 4);
  ExpectChecks({"p-attest"}, {"p-attest@0?", "p-attest@0?"});
}

TEST_F(ServiceChecks, ServicesAtOnceAndElsewhere) {
  Serve("p-1", "2025-01-06", 60, "place=pl-1");
  Serve("p-1", "2025-01-07", 60, "place=pl-2");
  Serve("p-3", "2025-01-06", 60, "place=pl-2");
  ExpectChecks({}, {});
  Serve("p-1", "2025-01-06", 30, "place=pl-1");
  Serve("p-1", "2025-01-07", 30, "place=pl-1");
  ExpectChecks({}, {"p-hours@8.0", "p-hours@9.0"});
  EXPECT_NE(Checks().findings[1].text.find("is at pl-1 while being at pl-2"), std::string::npos);
  Reverse("2025-01-08", "8.0", "refs=[8.1]");
  ExpectChecks({"p-hours"}, {"p-hours@9.0"});  // what was taken back is in nobody's way
  Serve("p-1", "2025-01-06", 5, "");
  const CheckReport report = Checks({"p-hours"});
  ASSERT_EQ(report.findings.size(), 2U);
  EXPECT_NE(report.findings[1].text.find("(5.0)"), std::string::npos);
}

TEST_F(ServiceChecks, ServicesAtOnceThatAreNotBothCredited) {
  Serve("p-1", "2025-01-06", 60, "");
  Add("2025-01-06 p-work service.recorded person=p-1 service_kind=mending "
      "from=2025-01-06T08:00:00+08:00 to=2025-01-06T09:00:00+08:00 minutes=60");
  ExpectChecks({"p-hours"}, {"p-hours@6.0?"});
  Add("2025-01-07 p-att service.attested service=6.0 step=worker");
  ExpectChecks({"p-hours"}, {"p-hours@6.0"});
  Reverse("2025-01-08", "7.0");
  ExpectChecks({"p-hours"}, {"p-hours@6.0?"});
  Reverse("2025-01-09", "5.0", "refs=[5.1]");
  ExpectChecks({"p-hours"}, {});
}

TEST_F(ServiceChecks, ADayThatIsTooLongUntilSomethingIsTakenBack) {
  const auto serve = [this](int from, std::string_view to) {
    return Add(
        fmt::format("2025-01-09 p-work service.recorded person=p-1 service_kind=mending "
                    "from=2025-01-06T{:02}:00:00+08:00 to={}:00:00+08:00 minutes=720 \n"
                    "2025-01-09 p-att service.attested service=#0 step=worker minutes=700",
                    from, to));
  };
  serve(8, "2025-01-06T20");
  serve(20, "2025-01-07T08");
  const std::uint64_t third = serve(8, "2025-01-07T20");
  ExpectChecks({"p-hours"}, {"p-hours@7.0", "p-hours@7.0", "p-hours@7.0"});
  EXPECT_EQ(Checks({"p-hours"}).findings.at(2).actual, "2100");
  Reverse("2025-01-10", fmt::format("{}.0", third), fmt::format("refs=[{}.1]", third));
  ExpectChecks({"p-hours"}, {});
}

TEST_F(ServiceChecks, ServicesThatWereRecordedOrAttestedTooSoon) {
  Add("2025-01-06 p-work service.recorded person=p-1 service_kind=mending "
      "from=2025-01-06T11:30:00+08:00 to=2025-01-06T12:30:00+08:00 minutes=60");
  const std::uint64_t attested = Add("2025-01-05 p-att service.attested service=5.0 step=worker");
  ExpectChecks({"p-hours"}, {"p-hours@5.0?", "p-hours@6.0?"});
  Reverse("2025-01-07", fmt::format("{}.0", attested));
  ExpectChecks({"p-hours"}, {"p-hours@5.0?"});
  Reverse("2025-01-07", "5.0");
  ExpectChecks({"p-hours"}, {});
}

TEST_F(ServiceChecks, MoreMinutesThanItLastedOrThanADayHas) {
  Serve("2025-01-06", 60);
  Forge<ServiceRecorded>(5, [](ServiceRecorded& fact) { fact.fixed.minutes = Minutes{1'500}; });
  Forge<ServiceAttested>(5, [](ServiceAttested& fact) { fact.fixed.credited = Minutes{1'500}; });
  ExpectChecks({"p-hours"}, {"p-hours@5.0", "p-hours@5.0"});
}

}  // namespace
}  // namespace suanpan::audit
