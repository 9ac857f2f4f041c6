// schema/fbs/suanpan.fbs says what the code writes: every table field's id, name and type, every
// struct's size and offsets, and the words of every enumeration, read from the compiled schema.

#include <gtest/gtest.h>

#include "all_kinds.h"
#include "fbs_schema.h"
#include "suanpan/schema/event.h"

namespace suanpan::schema {
namespace {

using reflection::BaseType;

/// "book.opened" to "BookOpened".
std::string TypeName(std::string_view kind) {
  std::string name;
  bool upper = true;
  for (const char c : kind) {
    if (c == '.' || c == '_') {
      upper = true;
    } else {
      name.push_back(upper ? static_cast<char>(std::toupper(c)) : c);
      upper = false;
    }
  }
  return name;
}

void ExpectWords(const reflection::Enum& type, Words words) {
  ASSERT_EQ(type.values()->size(), words.size()) << type.name()->str();
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto* value = type.values()->Get(static_cast<unsigned>(i));
    EXPECT_EQ(value->value(), static_cast<std::int64_t>(i + 1)) << type.name()->str();
    EXPECT_EQ(value->name()->str(), words[i]) << type.name()->str();
  }
}

/// Visits a kind's fields and compares each with the table's field of the same position.
class ExpectTable {
 public:
  explicit ExpectTable(const reflection::Object& table) : table_(table) {}
  [[nodiscard]] unsigned count() const { return id_; }

  void Computed() {}
  void Name(std::string_view label, NameId, Grammar, Need) { Scalar(label, BaseType::UInt); }
  template <class U>
  void Amount(std::string_view label, suanpan::Amount<U>, Sign, Need) {
    Scalar(label, BaseType::Long);
  }
  template <class T>
  void Count(std::string_view label, T, Range, Need) {
    Scalar(label, TypeOf<T>());
  }
  template <class T>
  void CountIf(std::string_view label, T, Range, unsigned, unsigned) {
    Scalar(label, TypeOf<T>());
  }
  void Enum(std::string_view label, std::uint8_t, Words words, Need) {
    const reflection::Field* field = Scalar(label, BaseType::UByte);
    if (field == nullptr) return;
    ASSERT_GE(field->type()->index(), 0) << label << " is no enum";
    ExpectWords(*Schema().enums()->Get(static_cast<unsigned>(field->type()->index())), words);
  }
  void WordSet(std::string_view label, std::uint8_t, Words, Need) {
    Scalar(label, BaseType::UByte);
  }
  void Bool(std::string_view label, std::uint8_t, Need) { Scalar(label, BaseType::UByte); }
  void Time(std::string_view label, const StatedTime&, Need) {
    EXPECT_EQ(Inner(label)->name()->str(), "suanpan.fbs.Time");
  }
  template <class U>
  void AmountIf(std::string_view label, suanpan::Amount<U>, Sign, unsigned, unsigned) {
    Scalar(label, BaseType::Long);
  }
  template <class Row>
  void Rows(std::string_view label, std::span<const Row>, std::size_t, Need) {
    const reflection::Field* field = Field(label, BaseType::Vector);
    ASSERT_NE(field, nullptr);
    ASSERT_EQ(field->type()->element(), BaseType::Obj) << label;
    Within(*Schema().objects()->Get(static_cast<unsigned>(field->type()->index())), Row{});
  }
  void Day(std::string_view label, Date, Need) { Scalar(label, BaseType::UShort); }
  void Period(std::string_view label, Month, Need) { Scalar(label, BaseType::UShort); }
  void Event(std::string_view label, Address, Need) { Scalar(label, BaseType::ULong); }
  void PotOf(std::string_view label, Pot, Need) { Scalar(label, BaseType::UShort); }
  void Label(std::string_view label, std::string_view, Need) { Field(label, BaseType::String); }
  void Token(std::string_view label, std::string_view, Need) { Field(label, BaseType::String); }
  void Digest(std::string_view label, const DigestField&, Need) { List(label, BaseType::UByte); }
  void Names(std::string_view label, std::span<const NameId>, Grammar, std::size_t, Need) {
    List(label, BaseType::UInt);
  }
  void Events(std::string_view label, std::span<const Address>, std::size_t) {
    List(label, BaseType::ULong);
  }
  template <class Sub>
  void Choice(std::string_view, std::string_view name, const Sub& sub) {
    Object(name, sub, Need::kOptional);
  }
  void Ratio(std::string_view label, Rate, RateLimit, Need) {
    EXPECT_EQ(Inner(label)->name()->str(), "suanpan.fbs.Rate");
  }
  template <class Sub>
  void Object(std::string_view label, const Sub& sub, Need) {
    Within(*Inner(label), sub);
  }

 private:
  template <class Sub>
  static void Within(const reflection::Object& inner, const Sub& sub) {
    EXPECT_FALSE(inner.is_struct());
    ExpectTable expect{inner};
    Sub::Describe(expect, sub);
    EXPECT_EQ(inner.fields()->size(), expect.count()) << inner.name()->str();
  }
  template <class T>
  static BaseType TypeOf() {
    if constexpr (std::is_same_v<T, std::int16_t>) return BaseType::Short;
    if constexpr (std::is_same_v<T, std::uint16_t>) return BaseType::UShort;
    if constexpr (std::is_same_v<T, std::uint32_t>) return BaseType::UInt;
    if constexpr (std::is_same_v<T, std::int64_t>) return BaseType::Long;
    return BaseType::None;
  }
  const reflection::Field* Field(std::string_view label, BaseType type) {
    const unsigned id = id_++;
    for (const reflection::Field* field : *table_.fields()) {
      if (field->id() != id) continue;
      EXPECT_EQ(field->name()->str(), label) << table_.name()->str() << " id " << id;
      EXPECT_EQ(field->type()->base_type(), type) << table_.name()->str() << "." << label;
      return field;
    }
    ADD_FAILURE() << table_.name()->str() << " has no field " << id << " for " << label;
    return nullptr;
  }
  /// A scalar is optional: no default that a reader could mistake for a value.
  const reflection::Field* Scalar(std::string_view label, BaseType type) {
    const reflection::Field* field = Field(label, type);
    EXPECT_TRUE(field == nullptr || field->optional()) << table_.name()->str() << "." << label;
    return field;
  }
  void List(std::string_view label, BaseType element) {
    const reflection::Field* field = Field(label, BaseType::Vector);
    EXPECT_TRUE(field == nullptr || field->type()->element() == element) << label;
  }
  const reflection::Object* Inner(std::string_view label) {
    const reflection::Field* field = Field(label, BaseType::Obj);
    return Schema().objects()->Get(static_cast<unsigned>(field->type()->index()));
  }

  const reflection::Object& table_;
  unsigned id_ = 0;
};

TEST(FbsReflection, TablesAreWhatTheWriterWrites) {
  AllKinds::ForEach([]<class T>() {
    if constexpr (T::kEncoding == Encoding::kTable) {
      const reflection::Object* table = ObjectOf(TypeName(T::kName));
      ASSERT_NE(table, nullptr) << T::kName;
      EXPECT_FALSE(table->is_struct());
      ExpectTable expect{*table};
      const T value{};
      T::Describe(expect, value);
      EXPECT_EQ(table->fields()->size(), expect.count()) << T::kName;
    }
  });
}

TEST(FbsReflection, HeadsHaveTheSameBytes) {
  ExpectStruct("EntryHead", sizeof(EntryHead),
               {MEMBER(EntryHead, version, "version"), MEMBER(EntryHead, key_form, "key_form"),
                MEMBER(EntryHead, events, "events"), MEMBER(EntryHead, source, "source"),
                MEMBER(EntryHead, recorded_us, "recorded_us"), MEMBER(EntryHead, key, "key")});
  ExpectStruct("StreamKey", sizeof(StreamKey),
               {MEMBER(StreamKey, stream, "stream"), MEMBER(StreamKey, zero, "zero"),
                MEMBER(StreamKey, counter, "counter")});
  ExpectStruct(
      "EventHead", sizeof(EventHead),
      {MEMBER(EventHead, kind, "kind"), MEMBER(EventHead, version, "version"),
       MEMBER(EventHead, zone_quarters, "zone_quarters"),
       MEMBER(EventHead, size_words, "size_words"), MEMBER(EventHead, cause, "cause"),
       MEMBER(EventHead, present, "present"), MEMBER(EventHead, actor, "actor"),
       MEMBER(EventHead, occurred_s, "occurred_s"), MEMBER(EventHead, business_day, "business_day"),
       MEMBER(EventHead, period, "period")});
  ExpectStruct("RuleRef", sizeof(RuleRef),
               {MEMBER(RuleRef, policy, "policy"), MEMBER(RuleRef, version, "version")});
  ExpectStruct("Rate", sizeof(Rate), {MEMBER(Rate, n, "n"), MEMBER(Rate, m, "m")});
  ExpectStruct("Pot", sizeof(Pot),
               {MEMBER(Pot, pot_class, "class"), MEMBER(Pot, source, "source")});
  ExpectStruct(
      "Time", sizeof(StatedTime),
      {MEMBER(StatedTime, seconds, "s"), MEMBER(StatedTime, zone_quarters, "zone_quarters"),
       MEMBER(StatedTime, zero, "zero")});
}

TEST(FbsReflection, SalesAndRefundsHaveTheSameBytes) {
  using Sale = SaleRecorded::Fixed;
  ExpectStruct(
      "SaleRecordedV1", sizeof(Sale),
      {MEMBER(Sale, vendor, "vendor"), MEMBER(Sale, agreement, "agreement"),
       MEMBER(Sale, entry, "entry_fen"), MEMBER(Sale, lines, "lines"), MEMBER(Sale, paid, "paid"),
       MEMBER(Sale, flags, "flags"), MEMBER(Sale, zero, "zero")});
  ExpectStruct("SaleLineV1", sizeof(SaleLine),
               {MEMBER(SaleLine, item, "item"), MEMBER(SaleLine, flags, "flags"),
                MEMBER(SaleLine, quantity, "quantity"), MEMBER(SaleLine, amount, "amount_fen"),
                MEMBER(SaleLine, cost, "cost_fen")});
  ExpectStruct("PaidLineV1", sizeof(PaidLine),
               {MEMBER(PaidLine, means, "means"), MEMBER(PaidLine, zero, "zero"),
                MEMBER(PaidLine, amount, "amount_fen")});
  using Refund = RefundRecorded::Fixed;
  ExpectStruct("RefundRecordedV1", sizeof(Refund),
               {MEMBER(Refund, vendor, "vendor"), MEMBER(Refund, agreement, "agreement"),
                MEMBER(Refund, entry, "entry_fen"), MEMBER(Refund, sale, "sale"),
                MEMBER(Refund, lines, "lines"), MEMBER(Refund, paid, "paid"),
                MEMBER(Refund, flags, "flags"), MEMBER(Refund, zero, "zero")});
  ExpectStruct(
      "RefundLineV1", sizeof(RefundLine),
      {MEMBER(RefundLine, item, "item"), MEMBER(RefundLine, flags, "flags"),
       MEMBER(RefundLine, sale_line, "sale_line"), MEMBER(RefundLine, quantity, "quantity"),
       MEMBER(RefundLine, amount, "amount_fen"), MEMBER(RefundLine, cost, "cost_fen"),
       MEMBER(RefundLine, pro_rata, "pro_rata_fen")});
}

TEST(FbsReflection, CostsAndDonationsHaveTheSameBytes) {
  using Cost = CostRecorded::Fixed;
  ExpectStruct("TrueUpV1", sizeof(TrueUp),
               {MEMBER(TrueUp, from, "from"), MEMBER(TrueUp, to, "to")});
  ExpectStruct("CostRecordedV1", sizeof(Cost),
               {MEMBER(Cost, agreement, "agreement"), MEMBER(Cost, cost_kind, "cost_kind"),
                MEMBER(Cost, entry, "entry_fen"), MEMBER(Cost, amount, "amount_fen"),
                MEMBER(Cost, sale, "sale"), MEMBER(Cost, sale_line, "sale_line"),
                MEMBER(Cost, flags, "flags"), MEMBER(Cost, true_up, "true_up"),
                MEMBER(Cost, month, "month"), MEMBER(Cost, zero, "zero")});
  using Accrued = DonationAccrued::Fixed;
  ExpectStruct("DonationAccruedV1", sizeof(Accrued),
               {MEMBER(Accrued, agreement, "agreement"), MEMBER(Accrued, residue, "residue"),
                MEMBER(Accrued, entry, "entry_fen"), MEMBER(Accrued, base, "base_fen"),
                MEMBER(Accrued, due_total, "due_total_fen"),
                MEMBER(Accrued, due_change, "due_change_fen"), MEMBER(Accrued, month, "month"),
                MEMBER(Accrued, reason, "reason"), MEMBER(Accrued, zero, "zero")});
  using Closed = SettlementClosed::Fixed;
  ExpectStruct("SettlementClosedV1", sizeof(Closed),
               {MEMBER(Closed, agreement, "agreement"), MEMBER(Closed, through, "through"),
                MEMBER(Closed, terms_days, "terms_days"), MEMBER(Closed, due, "due_fen"),
                MEMBER(Closed, high, "high_fen"), MEMBER(Closed, from_advance, "from_advance_fen"),
                MEMBER(Closed, to_advance, "to_advance_fen"), MEMBER(Closed, due_on, "due_on"),
                MEMBER(Closed, flags, "flags"), MEMBER(Closed, zero, "zero")});
  using Waived = DueWaived::Fixed;
  ExpectStruct("DueWaivedV1", sizeof(Waived),
               {MEMBER(Waived, agreement, "agreement"), MEMBER(Waived, reason, "reason"),
                MEMBER(Waived, amount, "amount_fen")});
}

TEST(FbsReflection, MoneyHasTheSameBytes) {
  using Received = FundsReceived::Fixed;
  ExpectStruct("FundsReceivedV1", sizeof(Received),
               {MEMBER(Received, fund, "fund"), MEMBER(Received, from, "from"),
                MEMBER(Received, account, "account"), MEMBER(Received, agreement, "agreement"),
                MEMBER(Received, grant, "grant"), MEMBER(Received, purpose, "purpose"),
                MEMBER(Received, matter, "matter"), MEMBER(Received, pot, "pot"),
                MEMBER(Received, zero, "zero"), MEMBER(Received, amount, "amount_fen"),
                MEMBER(Received, advance, "advance_fen"), MEMBER(Received, bills, "bills"),
                MEMBER(Received, allocated, "allocated"), MEMBER(Received, bank_ref, "bank_ref"),
                MEMBER(Received, receipt_no, "receipt_no"), MEMBER(Received, zero2, "zero2")});
  ExpectStruct("AllocatedLineV1", sizeof(AllocatedLine),
               {MEMBER(AllocatedLine, amount, "amount_fen"),
                MEMBER(AllocatedLine, period, "period"), MEMBER(AllocatedLine, zero, "zero")});
  using Paid = MoneyPaid::Fixed;
  ExpectStruct("MoneyPaidV1", sizeof(Paid),
               {MEMBER(Paid, request, "request"), MEMBER(Paid, fund, "fund"),
                MEMBER(Paid, payee, "payee"), MEMBER(Paid, purpose, "purpose"),
                MEMBER(Paid, account, "account"), MEMBER(Paid, grant, "grant"),
                MEMBER(Paid, agreement, "agreement"), MEMBER(Paid, matter, "matter"),
                MEMBER(Paid, use, "use"), MEMBER(Paid, pot, "pot"), MEMBER(Paid, flags, "flags"),
                MEMBER(Paid, amount, "amount_fen"), MEMBER(Paid, approvals, "approvals"),
                MEMBER(Paid, bank_ref, "bank_ref"), MEMBER(Paid, zero, "zero")});
}

TEST(FbsReflection, SettlementsOfAdvancesHaveTheSameBytes) {
  using Settled = AdvanceSettled::Fixed;
  ExpectStruct("AdvanceSettledV1", sizeof(Settled),
               {MEMBER(Settled, advance, "advance"), MEMBER(Settled, spent, "spent_fen"),
                MEMBER(Settled, returned, "returned_fen"), MEMBER(Settled, purpose, "purpose"),
                MEMBER(Settled, account, "account"), MEMBER(Settled, fund, "fund"),
                MEMBER(Settled, payee, "payee"), MEMBER(Settled, pot, "pot"),
                MEMBER(Settled, zero, "zero")});
}

TEST(FbsReflection, MarksOfPlacesHaveTheSameBytes) {
  using Marked = PlaceMarked::Fixed;
  ExpectStruct(
      "PlaceMarkedV1", sizeof(Marked),
      {MEMBER(Marked, redemption, "redemption"), MEMBER(Marked, offer, "offer"),
       MEMBER(Marked, line, "line"), MEMBER(Marked, as, "as"), MEMBER(Marked, zero, "zero")});
}

TEST(FbsReflection, ReversalsHaveTheSameBytes) {
  ExpectStruct("UndoneLineV1", sizeof(UndoneLine),
               {MEMBER(UndoneLine, account_class, "class"), MEMBER(UndoneLine, pot, "pot"),
                MEMBER(UndoneLine, zero, "zero"), MEMBER(UndoneLine, owner, "owner"),
                MEMBER(UndoneLine, detail, "detail"), MEMBER(UndoneLine, zero2, "zero2"),
                MEMBER(UndoneLine, amount, "amount")});
  using Reversed = EntryReversed::Fixed;
  ExpectStruct("EntryReversedV1", sizeof(Reversed),
               {MEMBER(Reversed, of, "of"), MEMBER(Reversed, entry, "entry_fen"),
                MEMBER(Reversed, reason, "reason"), MEMBER(Reversed, agreement, "agreement"),
                MEMBER(Reversed, actor, "of_actor"), MEMBER(Reversed, kind, "of_kind"),
                MEMBER(Reversed, business_date, "of_date"), MEMBER(Reversed, month, "month"),
                MEMBER(Reversed, undo, "undo"), MEMBER(Reversed, cascade, "cascade"),
                MEMBER(Reversed, copy, "copy")});
}

TEST(FbsReflection, WordsOfStructFieldsAreTheEnums) {
  const auto words = [](std::string_view name, Words expected) {
    const auto* type = Schema().enums()->LookupByKey(("suanpan.fbs." + std::string{name}).c_str());
    ASSERT_NE(type, nullptr) << name;
    ExpectWords(*type, expected);
  };
  words("Means", kMeansWords);
  words("AccrualReason", kAccrualReasonWords);
  words("SpendUse", kSpendUseWords);
  words("PlaceMark", kPlaceMarkWords);
  words("PotClass", kPotClassWords);
  words("PotSource", kPotSourceWords);
  words("ServiceClass", kServiceClassWords);
  words("MinutesClass", kMinutesClassWords);
  words("AttestStep", kAttestStepWords);
  words("GrantReason", kGrantReasonWords);
  words("AdjustReason", kAdjustReasonWords);
  words("LotAgainst", kLotAgainstWords);
  words("OrderState", kOrderStateWords);
  words("OrderMove", kOrderMoveWords);
  words("SlotType", kSlotTypeWords);
  words("SlotMark", kSlotMarkWords);
}

TEST(FbsReflection, EveryStructAndTableIsOneThatTheCodeHas) {
  unsigned tables = 0;
  AllKinds::ForEach([&tables]<class T>() { tables += T::kEncoding == Encoding::kTable ? 1 : 0; });
  // The tables with those inside: of a fund 1, of policies 16, of lots 1, of attendances and
  // assessments 2, of jobs 1. 26 fixed parts, 9 rows, and what heads and fields are made of.
  EXPECT_EQ(Schema().objects()->size(), tables + 21U + 26U + 9U + 7U);
}

TEST(FbsReflection, TheCompiledSchemaNamesNoPlaceOnThisMachine) {
  const std::string_view bytes = AsText(SchemaFiles().front().compiled);
  EXPECT_EQ(bytes.find(SUANPAN_SOURCE_DIR), std::string_view::npos);
  EXPECT_NE(SchemaFiles().front().text.find("table BookOpened"), std::string_view::npos);
}

}  // namespace
}  // namespace suanpan::schema
