#include "src/state/sections.h"

namespace suanpan::rules {

void AddGoods(const BookState& state, Sections& out) {
  out.Begin(StateSectionNo::kItems);
  for (const auto* pair : state.items.Sorted()) {
    Field key = out.field();
    key.Of(pair->first.owner).Of(pair->first.item);
    Field value = out.field();
    value.Byte(pair->second.goods_class).Of(pair->second.pot);
    out.Leaf(key, value);
  }
}

}  // namespace suanpan::rules
