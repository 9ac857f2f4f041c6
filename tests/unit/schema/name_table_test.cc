// Names and their ids against a map, and names that others read meanwhile.

#include "suanpan/schema/name_table.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <atomic>
#include <map>
#include <thread>

namespace suanpan::schema {
namespace {

std::string NameOf(std::uint32_t number) { return fmt::format("name-{}", number); }

RC_GTEST_PROP(NameTable, IsWhatAMapWouldBe, ()) {
  // Fewer names than steps, so that many come again; a truncation now and then.
  const auto steps =
      *rc::gen::container<std::vector<std::uint32_t>>(1'000, rc::gen::inRange(0U, 700U));
  NameTable table;
  std::vector<std::string> names;
  std::map<std::string, std::uint32_t> ids;
  for (const std::uint32_t step : steps) {
    if (step % 97 == 0) {
      const auto keep = static_cast<std::uint32_t>(names.size()) * (step % 4) / 4;
      table.Truncate(keep);
      for (; names.size() > keep; names.pop_back()) ids.erase(names.back());
    }
    const std::string name = NameOf(step);
    const auto known = ids.find(name);
    RC_ASSERT(table.Find(name).value() == (known == ids.end() ? 0 : known->second));
    if (known == ids.end()) {
      names.push_back(name);
      ids[name] = static_cast<std::uint32_t>(names.size());
    }
    RC_ASSERT(table.Intern(name).value() == ids[name]);
    RC_ASSERT(table.count() == names.size());
  }
  for (const auto& [name, id] : ids) RC_ASSERT(table.TextOf(NameId{id}) == name);
  RC_ASSERT(table.TextOf(NameId{table.count() + 1}).empty());
  RC_ASSERT(table.TextOf(NameId{}).empty());
}

TEST(NameTable, OthersReadNamesThatStayWhileMoreComeAndGo) {
  constexpr std::uint32_t kNames = 20'000;
  NameTable table;
  std::atomic<std::uint32_t> staying = 0;
  std::thread reader{[&] {
    for (std::uint32_t seen = 0; seen < kNames;) {
      seen = staying.load(std::memory_order_acquire);
      for (std::uint32_t id = seen; id > 0 && id + 50 > seen; --id)
        EXPECT_EQ(table.TextOf(NameId{id}), NameOf(id));
    }
  }};
  for (std::uint32_t id = 1; id <= kNames; ++id) {
    (void)table.Intern(NameOf(id));
    (void)table.Intern("one that goes");
    (void)table.Intern("another that goes");
    table.Truncate(id);
    staying.store(id, std::memory_order_release);
  }
  reader.join();
}

}  // namespace
}  // namespace suanpan::schema
