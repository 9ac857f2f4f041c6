// What a reversal takes back of goods that came, went and were counted (events.md 4.5): pieces come
// and go at the cost they left and came with.

#include "src/kinds/goods.h"

namespace suanpan::rules {
namespace {

/// Pieces of an owner, as an event moved them.
struct Moved {
  NameId owner;
  NameId item;
  schema::Pot pot;  ///< none: a vendor's
  std::uint8_t goods_class = 0;
};

/// An item keeps its pot and class as long as there is any of it.
Verdict TestItem(const BookState& state, const Moved& moved) {
  if (!state.IndexOf(moved.owner, Role::kFund)) {
    return state.IsVendor(moved.owner) && moved.pot.none()
               ? std::nullopt
               : Verdict{HasDependants("its owner is not there any more")};
  }
  const Item* item = state.items.Find({moved.owner, moved.item});
  if (item == nullptr || item->pot != moved.pot || item->goods_class != moved.goods_class)
    return HasDependants("the item lies in another pot or class by now");
  return std::nullopt;
}

/// Pieces that came leave again, with what they came for: the rest must be there, and the last
/// pieces take all of the value.
Verdict TestLeave(const BookState& state, const Moved& moved, Quantity quantity, Fen value) {
  if (Verdict refusal = TestItem(state, moved); refusal || moved.pot.none()) return refusal;
  const Stock stock = StockOf(state, moved.owner, moved.item);
  if (stock.pieces < quantity || stock.value < value)
    return HasDependants("the pieces have left since, or their value");
  if (stock.pieces == quantity && stock.value != value)
    return HasDependants("what left since took another value");
  return std::nullopt;
}

void TieBack(BookState& state, const Moved& moved, Wide change) {
  const std::optional<std::uint32_t> fund = state.IndexOf(moved.owner, Role::kFund);
  if (fund && !moved.pot.none()) Tie(state, *fund, moved.pot, change);
}

}  // namespace

Verdict GoodsReceivedRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  return TestLeave(state, {fact.owner, fact.item, fact.to_pot, fact.goods_class}, fact.quantity,
                   fact.value);
}

Status GoodsReceivedRule::Undo(BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  TieBack(state, {fact.owner, fact.item, fact.to_pot}, -fact.value.wide());
  return {};
}

Verdict GoodsIssuedRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  return TestItem(state, {fact.owner, fact.item, fact.from_pot, fact.goods_class});
}

Status GoodsIssuedRule::Undo(BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  TieBack(state, {fact.owner, fact.item, fact.from_pot}, fact.value.wide());
  return {};
}

Verdict GoodsCountedRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  if (fact.difference.value() == 0) return std::nullopt;
  const Moved moved{fact.owner, fact.item, fact.of_pot, fact.goods_class};
  return fact.difference.value() < 0 ? TestItem(state, moved)
                                     : TestLeave(state, moved, fact.difference, fact.value);
}

Status GoodsCountedRule::Undo(BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  const bool missing = fact.difference.value() < 0;
  TieBack(state, {fact.owner, fact.item, fact.of_pot},
          missing ? fact.value.wide() : -fact.value.wide());
  return {};
}

}  // namespace suanpan::rules
