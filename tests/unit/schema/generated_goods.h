#pragma once

/// Tables of goods and offers, read by generated code and as the code has them.

#include "generated_same.h"
#include "suanpan/schema/kinds/goods.h"
#include "suanpan/schema/kinds/offers.h"
#include "suanpan_generated.h"

namespace suanpan::schema {

inline void Compare(const fbs::GoodsReceived& read, const GoodsReceived& value) {
  Same(read.item(), value.item.value());
  Same(read.owner(), value.owner.value());
  Same(read.goods_class(), value.goods_class);
  Same(read.quantity(), value.quantity.value());
  Same(read.value_fen(), value.value.value());
  Same(read.value_basis(), value.value_basis);
  Same(read.funding(), value.funding);
  Same(read.from(), value.from.value());
  Same(read.pot(), Packed(value.pot));
  Same(read.place(), value.place.value());
  Same(read.to_pot(), Packed(value.to_pot));
}

inline void Compare(const fbs::GoodsIssued& read, const GoodsIssued& value) {
  Same(read.item(), value.item.value());
  Same(read.owner(), value.owner.value());
  Same(read.quantity(), value.quantity.value());
  Same(read.reason(), value.reason);
  Same(read.place(), value.place.value());
  Same(read.matter(), value.matter.value());
  Same(read.purpose(), value.purpose.value());
  Same(read.value_fen(), value.value.value(), true);
  Same(read.from_pot(), Packed(value.from_pot));
  Same(read.goods_class(), value.goods_class);
}

inline void Compare(const fbs::GoodsCounted& read, const GoodsCounted& value) {
  Same(read.item(), value.item.value());
  Same(read.owner(), value.owner.value());
  Same(read.counted(), value.counted.value(), true);
  Same(read.place(), value.place.value());
  Same(read.difference(), value.difference.value(), true);
  Same(read.value_fen(), value.value.value(), true);
  Same(read.of_pot(), Packed(value.of_pot));
  Same(read.goods_class(), value.goods_class);
  Same(read.purpose(), value.purpose.value());
}

inline void Compare(const fbs::OfferOpened& read, const OfferOpened& value) {
  Same(read.offer(), value.offer.value());
  Same(read.offer_kind(), value.offer_kind.value());
  Same(read.on(), value.on.value());
  Same(read.capacity(), value.capacity.value());
  Same(read.audience(), value.audience);
  Same(read.place(), value.place.value());
  Same(read.per_beneficiary(), value.per_beneficiary,
       Has(value.flags, OfferOpened::kPerBeneficiaryStated));
  Same(read.change(), value.change.value(), true);
}

}  // namespace suanpan::schema
