#include "ledger_fixture.h"

namespace suanpan::engine::test {
namespace {

INSTANTIATE_TEST_SUITE_P(Memory, LedgerTest, testing::Values<MakeHome>(&MakeMemoryHome));

}  // namespace
}  // namespace suanpan::engine::test
