#pragma once

// Kinds 38, 39, 40: goods of a fund, at cost, and of vendors, in pieces only. Stored as FlatBuffers
// tables; the table's field ids are the order here. Each tells in computed fields what it posts:
// the pot is that of the item, and none where the owner is a vendor.

#include "suanpan/schema/field_types.h"

namespace suanpan::schema {

enum class GoodsClass : std::uint8_t { kReward = 1, kMaterial, kAsset, kMerchandise };
inline constexpr std::string_view kGoodsClassWords[] = {"reward", "material", "asset",
                                                        "merchandise"};
enum class ValueBasis : std::uint8_t { kInvoice = 1, kMarket, kAgreed, kNone };
inline constexpr std::string_view kValueBasisWords[] = {"invoice", "market", "agreed", "none"};
enum class Funding : std::uint8_t { kGift = 1, kBought };
inline constexpr std::string_view kFundingWords[] = {"gift", "bought"};
enum class IssueReason : std::uint8_t { kUsed = 1, kGiven, kWaste, kDisposed, kSoldOff };
inline constexpr std::string_view kIssueReasonWords[] = {"used", "given", "waste", "disposed",
                                                         "sold_off"};

struct GoodsReceived {
  static constexpr std::uint16_t kKind = 38;
  static constexpr std::string_view kName = "goods.received";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kTable;
  static constexpr Origin kOrigin = Origin::kFact;

  NameId item;
  NameId owner;
  std::uint8_t goods_class = 0;
  Quantity quantity;
  Fen value;
  std::uint8_t value_basis = 0;
  std::uint8_t funding = 0;
  NameId from;
  Pot pot;
  NameId place;
  Pot to_pot;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("item", s.item, Grammar::kRef, Need::kRequired);
    v.Name("owner", s.owner, Grammar::kRef, Need::kRequired);
    v.Enum("goods_class", s.goods_class, kGoodsClassWords, Need::kRequired);
    v.Amount("quantity", s.quantity, Sign::kPositive, Need::kRequired);
    v.Amount("value_fen", s.value, Sign::kPositive, Need::kOptional);
    v.Enum("value_basis", s.value_basis, kValueBasisWords, Need::kOptional);
    v.Enum("funding", s.funding, kFundingWords, Need::kOptional);
    v.Name("from", s.from, Grammar::kRef, Need::kOptional);
    v.PotOf("pot", s.pot, Need::kOptional);
    v.Name("place", s.place, Grammar::kRef, Need::kOptional);
    v.Computed();
    v.PotOf("to_pot", s.to_pot, Need::kOptional);
  }
};

struct GoodsIssued {
  static constexpr std::uint16_t kKind = 39;
  static constexpr std::string_view kName = "goods.issued";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kTable;
  static constexpr Origin kOrigin = Origin::kFact;

  NameId item;
  NameId owner;
  Quantity quantity;
  std::uint8_t reason = 0;
  NameId place;
  NameId matter;
  NameId purpose;
  Fen value;
  Pot from_pot;
  std::uint8_t goods_class = 0;  ///< of a fund's item

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("item", s.item, Grammar::kRef, Need::kRequired);
    v.Name("owner", s.owner, Grammar::kRef, Need::kRequired);
    v.Amount("quantity", s.quantity, Sign::kPositive, Need::kRequired);
    v.Enum("reason", s.reason, kIssueReasonWords, Need::kRequired);
    v.Name("place", s.place, Grammar::kRef, Need::kOptional);
    v.Name("matter", s.matter, Grammar::kRef, Need::kOptional);
    v.Name("purpose", s.purpose, Grammar::kCode, Need::kOptional);
    v.Computed();
    v.Amount("value_fen", s.value, Sign::kNotNegative, Need::kRequired);
    v.PotOf("from_pot", s.from_pot, Need::kOptional);
    v.Enum("goods_class", s.goods_class, kGoodsClassWords, Need::kOptional);
  }
};

/// The purpose under which missing goods are an expense.
inline constexpr std::string_view kCountDifference = "count_difference";

struct GoodsCounted {
  static constexpr std::uint16_t kKind = 40;
  static constexpr std::string_view kName = "goods.counted";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kTable;
  static constexpr Origin kOrigin = Origin::kFact;

  NameId item;
  NameId owner;
  Quantity counted;
  NameId place;
  Quantity difference;  ///< counted less what should be there
  Fen value;            ///< of the difference, without its sign
  Pot of_pot;
  std::uint8_t goods_class = 0;  ///< of a fund's item
  NameId purpose;                ///< kCountDifference where a fund's goods are missing

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("item", s.item, Grammar::kRef, Need::kRequired);
    v.Name("owner", s.owner, Grammar::kRef, Need::kRequired);
    v.Amount("counted", s.counted, Sign::kNotNegative, Need::kRequired);
    v.Name("place", s.place, Grammar::kRef, Need::kOptional);
    v.Computed();
    v.Amount("difference", s.difference, Sign::kAny, Need::kRequired);
    v.Amount("value_fen", s.value, Sign::kNotNegative, Need::kRequired);
    v.PotOf("of_pot", s.of_pot, Need::kOptional);
    v.Enum("goods_class", s.goods_class, kGoodsClassWords, Need::kOptional);
    v.Name("purpose", s.purpose, Grammar::kCode, Need::kOptional);
  }
};

}  // namespace suanpan::schema
