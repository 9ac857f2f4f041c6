#include "replay_fixture.h"

namespace suanpan::replay::test {
namespace {

INSTANTIATE_TEST_SUITE_P(Memory, ReplayTest,
                         testing::Values<MakeHome>(&suanpan::test::MakeMemoryHome));

}  // namespace
}  // namespace suanpan::replay::test
