// What the audit lets a fact set aside is what the rule of its kind does: each has a table of its
// own, and where they differ an honest log would fail or a dishonest one pass.

#include <gtest/gtest.h>

#include "src/terms/named_events.h"
#include "suanpan/rules/catalogue.h"

namespace suanpan::audit {
namespace {

TEST(SetAside, IsOfEveryKindWhatItsRuleSays) {
  const rules::Catalogue& catalogue = rules::Catalogue::Standard();
  int kinds = 0;
  int setting = 0;
  for (std::uint16_t number = 1; number < schema::kKindsMax; ++number) {
    const schema::KindInfo* kind = catalogue.kinds().ByNumber(number);
    if (kind == nullptr) {
      EXPECT_EQ(MaySetAside(number), 0U) << number;
      continue;
    }
    EXPECT_EQ(MaySetAside(number), catalogue.RuleOf(*kind).set_aside) << kind->name;
    ++kinds;
    if (catalogue.RuleOf(*kind).set_aside != 0) ++setting;
  }
  EXPECT_GT(kinds, 50);
  EXPECT_EQ(setting, 4);
}

}  // namespace
}  // namespace suanpan::audit
