// An independent reading: the accessors that flatc generates from suanpan.fbs read what TableWriter
// wrote, for every kind that is stored as a table.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "all_kinds.h"
#include "generated_goods.h"
#include "generated_sessions.h"
#include "schema_support.h"
#include "suanpan/rules/catalogue.h"
#include "suanpan_generated.h"

namespace suanpan::schema {
namespace {

using schema::Compare;
using schema::Same;

std::uint64_t PickByRapidCheck(std::uint64_t below) {
  return below <= 1 ? 0 : *rc::gen::inRange<std::uint64_t>(0, below);
}

void Compare(const fbs::EarningItem& read, const EarningItem& value);
void Compare(const fbs::AwardItem& read, const AwardItem& value);
void Compare(const fbs::RedemptionWindow& read, const RedemptionWindow& value);
void Compare(const fbs::Reward& read, const Reward& value);
void Compare(const fbs::ApprovalTier& read, const ApprovalTier& value);
void Compare(const fbs::ControlRole& read, const ControlRole& value);
void Compare(const fbs::TakenLot& read, const TakenLot& value);
void Compare(const fbs::CaughtRow& read, const CaughtRow& value);
template <class Generated, class Row>
void Same(const flatbuffers::Vector<flatbuffers::Offset<Generated>>* read,
          std::span<const Row> value) {
  RC_ASSERT((read == nullptr) == value.empty());
  if (read == nullptr) return;
  RC_ASSERT(read->size() == value.size());
  for (unsigned i = 0; i < read->size(); ++i) Compare(*read->Get(i), value[i]);
}
void Same(const fbs::Rate* read, Rate value) {
  RC_ASSERT((read == nullptr) == (value.m == 0));
  if (read != nullptr) RC_ASSERT(read->n() == value.n && read->m() == value.m);
}

void Compare(const fbs::BookOpened& read, const BookOpened& value) {
  Same(read.label(), value.label);
  Same(read.utc_offset_minutes(), value.utc_offset_minutes, true);
  Same(read.unit(), value.unit.value());
  Same(read.level(), value.level);
  Same(read.host(), value.host.value());
}
void Compare(const fbs::PartyRegistered& read, const PartyRegistered& value) {
  Same(read.party(), value.party.value());
  Same(read.party_type(), value.party_type);
  Same(read.class_(), value.party_class.value());
  Same(read.number(), value.number.value());
  Same(read.label(), value.label);
  Same(read.commit(), value.commit);
}
void Compare(const fbs::PlaceRegistered& read, const PlaceRegistered& value) {
  Same(read.place(), value.place.value());
  Same(read.place_type(), value.place_type);
  Same(read.within(), value.within.value());
  Same(read.label(), value.label);
}
void Compare(const fbs::RegisterClosed& read, const RegisterClosed& value) {
  Same(read.of(), value.of.value());
  Same(read.outcome(), value.outcome.value());
  Same(read.on(), value.on.value());
}
void Compare(const fbs::RelationStarted& read, const RelationStarted& value) {
  Same(read.relation(), value.relation);
  Same(read.from(), value.from.value());
  Same(read.to(), value.to.value());
  Same(read.as(), value.as.value());
  Same(read.since(), value.since.value());
}
void Compare(const fbs::RelationEnded& read, const RelationEnded& value) {
  Same(read.relation(), value.relation);
  Same(read.from(), value.from.value());
  Same(read.to(), value.to.value());
  Same(read.until(), value.until.value());
}
void Compare(const fbs::CodeDefined& read, const CodeDefined& value) {
  Same(read.list(), value.list);
  Same(read.code(), value.code.value());
  Same(read.label(), value.label);
  Same(read.version(), value.version);
  Same(read.valid_from(), value.valid_from.value());
  Same(read.valid_to(), value.valid_to.value());
  Same(read.group(), value.group.value());
  Same(read.gapless(), value.gapless);
  Same(read.protected_(), value.protect);
}
void Compare(const fbs::EarningItem& read, const EarningItem& value) {
  Same(read.service_kind(), value.service_kind.value());
  Same(read.basis(), value.basis);
  Same(read.rate(), value.rate);
  Same(read.rounding(), value.rounding);
  RC_ASSERT((read.cap() == nullptr) == value.cap.empty());
  if (read.cap() != nullptr) {
    Same(read.cap()->activity(), value.cap.activity.value());
    Same(read.cap()->day(), value.cap.day.value());
    Same(read.cap()->month(), value.cap.month.value());
    Same(read.cap()->total(), value.cap.total.value());
  }
  Same(read.min_quality(), value.min_quality);
}
void Compare(const fbs::EarningBody& read, const EarningBody& value) {
  Same(read.scheme(), value.scheme.value());
  Same(read.holder(), value.holder);
  Same(read.items(), value.items);
  Same(read.attest_steps(), value.attest_steps);
  Same(read.usable_after_days(), value.usable_after_days);
  Same(read.late_limit_days(), value.late_limit_days);
  Same(read.negative_floor(), value.negative_floor.value());
}
void Compare(const fbs::AwardItem& read, const AwardItem& value) {
  Same(read.item(), value.item.value());
  Same(read.points(), value.points.value(), true);
  Same(read.max_per_month(), value.max_per_month);
}
void Compare(const fbs::AwardItemsBody& read, const AwardItemsBody& value) {
  Same(read.scheme(), value.scheme.value());
  Same(read.items(), value.items);
  Same(read.base_points(), value.base_points.value());
}
void Compare(const fbs::ExpiryBody& read, const ExpiryBody& value) {
  Same(read.scheme(), value.scheme.value());
  Same(read.rule(), value.rule);
  Same(read.n(), value.n, Has(value.flags, ExpiryBody::kNStated));
  Same(read.restore_grace_days(), value.restore_grace_days);
  Same(read.on_household_end(), value.on_household_end);
}
void Compare(const fbs::RedemptionWindow& read, const RedemptionWindow& value) {
  Same(read.month(), value.month, true);
  Same(read.from_day(), value.from_day, true);
  Same(read.to_day(), value.to_day, true);
}
void Compare(const fbs::RedemptionBody& read, const RedemptionBody& value) {
  Same(read.scheme(), value.scheme.value());
  Same(read.windows(), value.windows);
  Same(read.min_balance(), value.min_balance.value());
  Same(read.min_minutes(), value.min_minutes.value());
  Same(read.keep_points(), value.keep_points.value(),
       Has(value.flags, RedemptionBody::kKeepStated));
  Same(read.per_day_points(), value.per_day_points.value());
  Same(read.per_beneficiary_month(), value.per_beneficiary_month);
  Same(read.review(), value.review);
}
void Compare(const fbs::Reward& read, const Reward& value) {
  Same(read.reward(), value.reward.value());
  Same(read.points(), value.points.value(), true);
  Same(read.supply(), value.supply);
  Same(read.item(), value.item.value());
  Same(read.offer(), value.offer.value());
  Same(read.vendor(), value.vendor.value());
  Same(read.fund(), value.fund.value());
  Same(read.value_fen(), value.value.value());
  Same(read.pot(), Packed(value.pot));
}
void Compare(const fbs::PriceListBody& read, const PriceListBody& value) {
  Same(read.scheme(), value.scheme.value());
  Same(read.rewards(), value.rewards);
}
void Compare(const fbs::TransferBody& read, const TransferBody& value) {
  Same(read.scheme(), value.scheme.value());
  Same(read.allowed(), value.allowed);
}
void Compare(const fbs::ApprovalTier& read, const ApprovalTier& value) {
  Same(read.from_fen(), value.from.value(), true);
  Same(read.approvals(), value.approvals, true);
  Same(read.role(), value.role.value());
  Same(read.decision(), value.decision);
}
void Compare(const fbs::ApprovalBody& read, const ApprovalBody& value) {
  Same(read.action(), value.action);
  Same(read.tiers(), value.tiers);
}
void Compare(const fbs::ControlRole& read, const ControlRole& value) {
  Same(read.kind(), value.kind);
  Same(read.role(), value.role.value());
}
void Compare(const fbs::ControlBody& read, const ControlBody& value) {
  Same(read.roles(), value.roles);
}
/// The body of the policy's type is there, and no other.
template <class Generated, class Body>
void SameBody(const Generated* read, const Body& value, const PolicyProposed& policy,
              PolicyType type) {
  RC_ASSERT((read != nullptr) == (policy.type() == type));
  if (read != nullptr) Compare(*read, value);
}
void Compare(const fbs::PolicyProposed& read, const PolicyProposed& value) {
  Same(read.policy(), value.policy.value());
  Same(read.policy_type(), value.policy_type);
  Same(read.version(), value.version, true);
  Same(read.applies_from(), value.applies_from.value());
  SameBody(read.earning(), value.earning, value, PolicyType::kEarning);
  SameBody(read.award_items(), value.award_items, value, PolicyType::kAwardItems);
  SameBody(read.expiry(), value.expiry, value, PolicyType::kExpiry);
  SameBody(read.redemption(), value.redemption, value, PolicyType::kRedemption);
  SameBody(read.price_list(), value.price_list, value, PolicyType::kPriceList);
  SameBody(read.transfer(), value.transfer, value, PolicyType::kTransfer);
  SameBody(read.approval(), value.approval, value, PolicyType::kApproval);
  SameBody(read.control(), value.control, value, PolicyType::kControl);
}
void Compare(const fbs::PolicyAdopted& read, const PolicyAdopted& value) {
  Same(read.proposal(), value.proposal.packed());
  Same(read.approvals(), value.approvals);
  RC_ASSERT((read.dry_run() == nullptr) == value.dry_run.empty());
  if (read.dry_run() == nullptr) return;
  Same(read.dry_run()->at_seq(), value.dry_run.at_seq, true);
  Same(read.dry_run()->digest(), value.dry_run.digest);
}
void Compare(const fbs::TakenLot& read, const TakenLot& value) {
  Same(read.lot(), value.lot.packed());
  Same(read.quantity(), value.quantity.value(), true);
  Same(read.person(), value.person.value());
  Same(read.earned(), value.earned.value());
  Same(read.usable_from(), value.usable_from.value());
  Same(read.expires(), value.expires.value());
}
void Compare(const fbs::PointsMoved& read, const PointsMoved& value) {
  Same(read.scheme(), value.scheme.value());
  Same(read.from(), value.from.value());
  Same(read.to(), value.to.value());
  Same(read.to_book(), value.to_book.value());
  Same(read.from_book(), value.from_book.value());
  Same(read.move(), value.move);
  Same(read.points(), value.points.value(), true);
  Same(read.reason(), value.reason);
  Same(read.lots(), value.lots);
}
void Compare(const fbs::SubjectErased& read, const SubjectErased& value) {
  Same(read.subjects(), value.subjects);
  Same(read.reason(), value.reason.value());
  Same(read.approvals(), value.approvals);
}
void Compare(const fbs::CaughtRow& read, const CaughtRow& value) {
  Same(read.source(), value.source.packed());
  Same(read.of(), value.of.value());
  Same(read.person(), value.person.value());
  Same(read.holder(), value.holder.value());
  Same(read.date(), value.date.value());
  Same(read.session(), value.session.packed());
  Same(read.units(), value.units.value(), true);
  Same(read.old_version(), value.old_version);
  Same(read.other_units(), value.other_units);
  Same(read.old_counted(), value.old_counted.value());
  Same(read.old_points(), value.old_points.value());
  Same(read.before(), value.before.value());
  Same(read.counted(), value.counted.value(), true);
  Same(read.points(), value.points.value(), true);
  Same(read.granted(), value.granted.value());
}
void Compare(const fbs::RuleApplied& read, const RuleApplied& value) {
  Same(read.rule(), value.rule.value());
  Same(read.from_seq(), value.from_seq, true);
  Same(read.to_seq(), value.to_seq, true);
  Same(read.done(), value.done);
  Same(read.version(), value.version, true);
  Same(read.previous(), value.previous.packed());
  Same(read.rows(), value.rows);
  Same(read.lots(), value.lots);
}
void Compare(const fbs::AgreementSigned& read, const AgreementSigned& value) {
  Same(read.agreement(), value.agreement.value());
  Same(read.agreement_type(), value.agreement_type);
  Same(read.party(), value.party.value());
  Same(read.signed_on(), value.signed_on.value());
  Same(read.valid_from(), value.valid_from.value());
  Same(read.valid_to(), value.valid_to.value());
  Same(read.consent(), value.consent);
  Same(read.fund(), value.fund.value());
  Same(read.basis(), value.basis);
  Same(read.rate(), value.rate);
  Same(read.loss_policy(), value.loss_policy);
  Same(read.settlement(), value.settlement);
  Same(read.cost_method(), value.cost_method);
  Same(read.margin(), value.margin);
  Same(read.cost_kinds(), value.cost_kinds);
  Same(read.terms_days(), value.terms_days, Has(value.flags, AgreementSigned::kTermsStated));
  Same(read.matter(), value.matter.value());
}
void Compare(const fbs::ApprovalGiven& read, const ApprovalGiven& value) {
  Same(read.of(), value.of.packed());
  Same(read.subject(), value.subject.value());
  Same(read.action(), value.action);
  Same(read.verdict(), value.verdict);
  Same(read.amount_fen(), value.amount.value());
  Same(read.decision(), value.decision.packed());
}
void Compare(const fbs::FundOpened& read, const FundOpened& value) {
  Same(read.fund(), value.fund.value());
  Same(read.label(), value.label);
  Same(read.host(), value.host.value());
  Same(read.bank_accounts(), value.bank_accounts);
  Same(read.default_pot(), Packed(value.default_pot));
  RC_ASSERT(read.restriction() != nullptr);
  Same(read.restriction()->class_(), value.restriction.restriction_class);
  Same(read.restriction()->purposes(), value.restriction.purposes);
  Same(read.restriction()->places(), value.restriction.places);
  Same(read.restriction()->matters(), value.restriction.matters);
  Same(read.restriction()->until(), value.restriction.until.value());
  Same(read.committee(), value.committee.value());
}
void Compare(const fbs::SpendingRequested& read, const SpendingRequested& value) {
  Same(read.use(), value.use);
  Same(read.fund(), value.fund.value());
  Same(read.pot(), Packed(value.pot));
  Same(read.payee(), value.payee.value());
  Same(read.amount_fen(), value.amount.value());
  Same(read.purpose(), value.purpose.value());
  Same(read.matter(), value.matter.value());
  Same(read.place(), value.place.value());
  Same(read.basis(), value.basis.packed());
}
void Compare(const fbs::SchemaAdded& read, const SchemaAdded& value) {
  Same(read.version(), value.version);
  Same(read.digest(), value.digest);
}

template <class Generated, class T>
void ReadByGeneratedCode() {
  EXPECT_TRUE(rc::check(std::string{T::kName}, [] {
    Arena arena;
    NameTable names;
    const KindInfo& kind = *rules::Catalogue::Standard().kinds().ByNumber(T::kKind);
    const SampleEntry sample = MakeSample<T>(kind, PickByRapidCheck, arena, names);
    TableWriter writer;
    std::string payload;
    kind.encode(sample.event.payload, writer, payload);
    const AlignedBytes stored{payload};
    flatbuffers::Verifier verifier{stored.span().data(), stored.span().size()};
    RC_ASSERT(verifier.VerifyBuffer<Generated>(nullptr));
    Compare(*flatbuffers::GetRoot<Generated>(stored.span().data()), sample.event.As<T>());
  }));
}

TEST(GeneratedReader, ReadsEveryTableThatTheWriterWrites) {
  ReadByGeneratedCode<fbs::BookOpened, BookOpened>();
  ReadByGeneratedCode<fbs::PartyRegistered, PartyRegistered>();
  ReadByGeneratedCode<fbs::PlaceRegistered, PlaceRegistered>();
  ReadByGeneratedCode<fbs::RegisterClosed, RegisterClosed>();
  ReadByGeneratedCode<fbs::RelationStarted, RelationStarted>();
  ReadByGeneratedCode<fbs::RelationEnded, RelationEnded>();
  ReadByGeneratedCode<fbs::CodeDefined, CodeDefined>();
  ReadByGeneratedCode<fbs::SubjectErased, SubjectErased>();
  ReadByGeneratedCode<fbs::PolicyProposed, PolicyProposed>();
  ReadByGeneratedCode<fbs::PolicyAdopted, PolicyAdopted>();
  ReadByGeneratedCode<fbs::RuleApplied, RuleApplied>();
  ReadByGeneratedCode<fbs::PointsMoved, PointsMoved>();
  ReadByGeneratedCode<fbs::AgreementSigned, AgreementSigned>();
  ReadByGeneratedCode<fbs::ApprovalGiven, ApprovalGiven>();
  ReadByGeneratedCode<fbs::FundOpened, FundOpened>();
  ReadByGeneratedCode<fbs::SpendingRequested, SpendingRequested>();
  ReadByGeneratedCode<fbs::GoodsReceived, GoodsReceived>();
  ReadByGeneratedCode<fbs::GoodsIssued, GoodsIssued>();
  ReadByGeneratedCode<fbs::GoodsCounted, GoodsCounted>();
  ReadByGeneratedCode<fbs::OfferOpened, OfferOpened>();
  ReadByGeneratedCode<fbs::SessionHeld, SessionHeld>();
  ReadByGeneratedCode<fbs::AttendanceRecorded, AttendanceRecorded>();
  ReadByGeneratedCode<fbs::AssessmentRecorded, AssessmentRecorded>();
  ReadByGeneratedCode<fbs::SchemaAdded, SchemaAdded>();
}

TEST(GeneratedReader, NoTableIsForgotten) {
  int tables = 0;
  AllKinds::ForEach([&tables]<class T>() { tables += T::kEncoding == Encoding::kTable ? 1 : 0; });
  EXPECT_EQ(tables, 24) << "add the new table to the test above";
}

}  // namespace
}  // namespace suanpan::schema
