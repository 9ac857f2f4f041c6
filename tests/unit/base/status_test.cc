#include "suanpan/base/status.h"

#include <gtest/gtest.h>

namespace suanpan {
namespace {

Result<int> Half(int value) {
  if (value % 2 != 0) return MakeError(StatusCode::kInvalidArgument, "{} is odd", value);
  return value / 2;
}

Result<int> Quarter(int value) {
  SUANPAN_ASSIGN_OR_RETURN(const int half, Half(value), "first half");
  SUANPAN_ASSIGN_OR_RETURN(const int quarter, Half(half), "second half");
  return quarter;
}

TEST(Status, ContextIsPrependedAndCodeKept) {
  EXPECT_EQ(Quarter(8).value(), 2);
  const Result<int> failed = Quarter(6);
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.error().code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(failed.error().ToString(), "invalid argument: second half: 3 is odd");
}

TEST(StatusDeathTest, ValueOfAFailedResultStopsTheProcess) {
  EXPECT_DEATH((void)Half(3).value(), "3 is odd");
}

}  // namespace
}  // namespace suanpan
