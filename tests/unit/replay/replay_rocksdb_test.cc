#include "replay_fixture.h"

namespace suanpan::replay::test {
namespace {

INSTANTIATE_TEST_SUITE_P(RocksDb, ReplayTest,
                         testing::Values<MakeHome>(&suanpan::test::MakeRocksDbHome));

}  // namespace
}  // namespace suanpan::replay::test
