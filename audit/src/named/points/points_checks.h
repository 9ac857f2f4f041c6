#pragma once

// The tests of points, hours and places, a file each.

#include <memory>

#include "src/named/named_check.h"

namespace suanpan::audit {

[[nodiscard]] std::unique_ptr<NamedCheck> MakeRecompute(const KnownBook& book);
[[nodiscard]] std::unique_ptr<NamedCheck> MakeCap(const KnownBook& book);
[[nodiscard]] std::unique_ptr<NamedCheck> MakeExpiry(const KnownBook& book);
[[nodiscard]] std::unique_ptr<NamedCheck> MakeLots(const KnownBook& book);
[[nodiscard]] std::unique_ptr<NamedCheck> MakeHouse(const KnownBook& book);
[[nodiscard]] std::unique_ptr<NamedCheck> MakeAttest(const KnownBook& book);
[[nodiscard]] std::unique_ptr<NamedCheck> MakeHours(const KnownBook& book);
[[nodiscard]] std::unique_ptr<NamedCheck> MakeStock(const KnownBook& book);
[[nodiscard]] std::unique_ptr<NamedCheck> MakeSlot(const KnownBook& book);
[[nodiscard]] std::unique_ptr<NamedCheck> MakeOrders(const KnownBook& book);
[[nodiscard]] std::unique_ptr<NamedCheck> MakeCashout(const KnownBook& book);

}  // namespace suanpan::audit
