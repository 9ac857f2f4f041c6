#include "suanpan/base/date.h"

#include <gtest/gtest.h>

#include "suanpan/base/units.h"
#include "suanpan/base/uuid.h"

namespace suanpan {
namespace {

TEST(Date, EveryDayRoundTripsThroughTextAndMonth) {
  for (std::uint32_t day = 0; day <= 65'535; ++day) {
    const Date date{static_cast<std::uint16_t>(day)};
    ASSERT_EQ(ParseDate(ToText(date)), date);
    const Month month = MonthOf(date);
    ASSERT_LE(FirstDay(month), date);
    if (day < 65'500) {
      ASSERT_GE(LastDay(month), date);
    }
    ASSERT_EQ(ToText(date).substr(0, 7), ToText(month));
  }
}

TEST(Date, OnlyRealDatesParse) {
  EXPECT_EQ(ToText(*ParseDate("2024-02-29")), "2024-02-29");
  for (const char* bad :
       {"2023-02-29", "2026-13-01", "2026-1-01", "1969-12-31", "2026-03-31 ", "", "２０26-01-01"}) {
    EXPECT_FALSE(ParseDate(bad)) << bad;
  }
  EXPECT_FALSE(ParseMonth("2026-00"));
  EXPECT_EQ(ToText(*ParseMonth("2026-12")), "2026-12");
}

TEST(StatedTime, KeepsInstantAndOffset) {
  const std::optional<StatedTime> time = ParseStatedTime("2026-03-03T00:30:00+08:00");
  ASSERT_TRUE(time);
  EXPECT_EQ(time->zone_quarters, 32);
  EXPECT_EQ(ToText(*time), "2026-03-03T00:30:00+08:00");
  EXPECT_EQ(ToText(*DateAt(time->seconds, 480)), "2026-03-03");
  EXPECT_EQ(ToText(*DateAt(time->seconds, 0)), "2026-03-02");
  EXPECT_EQ(ToText(*ParseStatedTime("2026-03-03T10:00:00.999Z")), "2026-03-03T10:00:00+00:00");
  EXPECT_EQ(ToText(*ParseStatedTime("2026-03-03T10:00:00-03:30")), "2026-03-03T10:00:00-03:30");
}

TEST(StatedTime, RefusesWhatIsNotRfc3339WithOffset) {
  for (const char* bad :
       {"2026-03-03T10:00:00", "2026-03-03 10:00:00Z", "2026-03-03T10:00:60Z",
        "2026-03-03T24:00:00Z", "2026-03-03T10:00:00+08:07", "2026-03-03T10:00:00+8:00",
        "1969-12-31T23:59:59Z", "2107-01-01T00:00:00Z", "2026-03-03T10:00:00.Z"}) {
    EXPECT_FALSE(ParseStatedTime(bad)) << bad;
  }
}

TEST(Instant, RoundTripsMicroseconds) {
  const InstantUs instant{1'772'503'200'123'456};
  EXPECT_EQ(ParseInstant(ToText(instant)), instant);
}

TEST(FloorMulDiv, RoundsTowardMinusInfinity) {
  EXPECT_EQ(static_cast<long>(FloorMulDiv(1, -185, 10)), -19);
  EXPECT_EQ(static_cast<long>(FloorMulDiv(1, 185, 10)), 18);
  EXPECT_EQ(static_cast<long>(FloorMulDiv(3, -100, 100)), -3);
}

TEST(Uuid, HasOneSpelling) {
  const char* text = "0190a1b2-c3d4-7e5f-8061-728394a5b6c7";
  EXPECT_EQ(ToText(*ParseUuid(text)), text);
  for (const char* bad :
       {"0190A1B2-c3d4-7e5f-8061-728394a5b6c7", "0190a1b2c3d4-7e5f-8061-728394a5b6c7-",
        "0190a1b2-c3d4-7e5f-8061-728394a5b6c", ""}) {
    EXPECT_FALSE(ParseUuid(bad)) << bad;
  }
}

}  // namespace
}  // namespace suanpan
