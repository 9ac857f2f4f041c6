// Points that move between books: the named test finds a token that is used twice in a book, and,
// where an export holds both books, what came in and never went out.

#include "points_book.h"
#include "support/temp_dir.h"

namespace suanpan::audit {
namespace {

namespace fs = std::filesystem;

/// A book of its own, told beside another.
class ToldBook : public PointsBook {
 public:
  ToldBook() { SetUp(); }
  std::uint64_t Take(int points, std::string_view token) {
    return Move("2025-01-08", points, fmt::format("from_book=zz move={} reason=move_away", token));
  }
  std::uint64_t Give(int points, std::string_view token) {
    return Move("2025-01-07", points, fmt::format("to_book=aa move={} reason=move_away", token));
  }
  using PointsBook::ExpectChecks;
  using PointsBook::Export;
  using PointsBook::NamesOf;
  using PointsBook::Reverse;
  using PointsBook::Tidy;

 private:
  void TestBody() override {}
};

class MovesBetweenBooks : public ::testing::Test {
 protected:
  /// What the test finds in one book of an export of both.
  std::vector<std::string> FoundIn(std::string_view book) {
    const test::TempDir dir;
    zz_.Export(dir.path() / "zz", "zz");
    aa_.Export(dir.path() / "aa", "aa");
    WriteSchemas(dir.path());
    const std::vector<std::string> names{"p-lots"};
    const Result<CheckReport> report =
        RunChecksOnExport(dir.path() / book / "", CheckRun::Of(names).value(), nullptr);
    return report.ok() ? ToldBook::NamesOf(*report)
                       : std::vector<std::string>{report.error().ToString()};
  }

  ToldBook zz_;
  ToldBook aa_;
};

using Found = std::vector<std::string>;

TEST_F(MovesBetweenBooks, AreOneOfEachBook) {
  zz_.Tidy("2025-01-06", 1);
  const std::uint64_t given = zz_.Give(3, "m-1");
  const std::uint64_t taken = aa_.Take(3, "m-1");
  EXPECT_EQ(FoundIn("zz"), Found{});
  EXPECT_EQ(FoundIn("aa"), Found{});
  zz_.Reverse("2025-01-09", fmt::format("{}.1", given));
  EXPECT_EQ(FoundIn("zz"), Found{});
  EXPECT_EQ(FoundIn("aa"), Found{fmt::format("p-lots@{}.1", taken)});
  aa_.Reverse("2025-01-10", fmt::format("{}.1", taken));
  EXPECT_EQ(FoundIn("aa"), Found{});
}

TEST_F(MovesBetweenBooks, AreOfAsManyPointsInBoth) {
  zz_.Tidy("2025-01-06", 1);
  const std::uint64_t given = zz_.Give(3, "m-1");
  const std::uint64_t taken = aa_.Take(4, "m-1");
  EXPECT_EQ(FoundIn("zz"), Found{fmt::format("p-lots@{}.1?", given)});
  EXPECT_EQ(FoundIn("aa"), Found{fmt::format("p-lots@{}.1", taken)});
}

TEST_F(MovesBetweenBooks, AreComparedOnlyWhereTheOtherBookIsThere) {
  zz_.Tidy("2025-01-06", 1);
  zz_.Give(3, "m-1");
  zz_.ExpectChecks({}, {});
}

TEST_F(MovesBetweenBooks, HaveATokenOfTheirOwn) {
  zz_.Tidy("2025-01-06", 1);
  const std::uint64_t first = zz_.Give(1, "m-1");
  zz_.Take(1, "m-1");  // the other way
  const std::uint64_t second = zz_.Give(1, "m-1");
  zz_.ExpectChecks({}, {fmt::format("p-lots@{}.1", second)});
  zz_.Reverse("2025-01-09", fmt::format("{}.1", first));
  zz_.ExpectChecks({}, {});
}

}  // namespace
}  // namespace suanpan::audit
