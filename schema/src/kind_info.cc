#include "suanpan/schema/kind_info.h"

#include "suanpan/base/invariant.h"

namespace suanpan::schema {

const KindInfo& KindTable::Add(KindInfo info) {
  SUANPAN_INVARIANT(info.number > 0 && info.number < kKindsMax, "kind {}", info.number);
  SUANPAN_INVARIANT(by_number_[info.number] == nullptr, "kind {} twice", info.number);
  SUANPAN_INVARIANT(ByName(info.name) == nullptr, "kind {} twice", info.name);
  kinds_.push_back(std::make_unique<KindInfo>(info));
  by_number_[info.number] = kinds_.back().get();
  return *kinds_.back();
}

const KindInfo* KindTable::ByName(std::string_view name) const {
  for (const std::unique_ptr<KindInfo>& kind : kinds_) {
    if (kind->name == name) return kind.get();
  }
  return nullptr;
}

std::vector<const KindInfo*> KindTable::All() const {
  std::vector<const KindInfo*> all;
  for (const KindInfo* kind : by_number_) {
    if (kind != nullptr) all.push_back(kind);
  }
  return all;
}

}  // namespace suanpan::schema
