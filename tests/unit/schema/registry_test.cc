// The registry: a new kind is one struct and one line; numbers, names and refusals are unique.

#include <gtest/gtest.h>

#include <set>

#include "all_kinds.h"
#include "schema_support.h"
#include "suanpan/rules/catalogue.h"
#include "suanpan/schema/command_json.h"

namespace suanpan::schema {
namespace {

/// A kind that no module of ours has heard of.
struct TreePlanted {
  static constexpr std::uint16_t kKind = 120;
  static constexpr std::string_view kName = "tree.planted";
  static constexpr std::uint8_t kVersion = 1;
  static constexpr Encoding kEncoding = Encoding::kTable;
  static constexpr Origin kOrigin = Origin::kFact;

  NameId species;
  Quantity trees;
  std::string_view label;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("species", s.species, Grammar::kCode, Need::kRequired);
    v.Amount("trees", s.trees, Sign::kPositive, Need::kRequired);
    v.Label("label", s.label, Need::kOptional);
  }
};

TEST(Registry, AToyKindGoesThroughJsonAndBytesAndBack) {
  KindTable kinds;
  kinds.Add(MakeKindInfo<TreePlanted>());
  CommandParser parser{kinds};
  const std::string json =
      R"({"book":"zz","key":"t/1","facts":[{"kind":"tree.planted",)"
      R"("occurred_at":"2026-03-12T09:00:00+08:00","actor":"p-li","species":"gingko",)"
      R"("trees":"12","label":"植树节"}]})";
  const auto parsed = parser.Parse(json);
  ASSERT_TRUE(std::holds_alternative<Command>(parsed));
  const Command& command = std::get<Command>(parsed);
  ASSERT_FALSE(command.fault) << command.fault->refusal.field;
  EXPECT_EQ(command.facts[0].As<TreePlanted>().trees.value(), 12);

  NameTable names;
  for (const std::string_view name : command.names) names.Intern(name);
  std::string bytes;
  EntryEncoder encoder;
  encoder.Encode({command.key, names.Intern("till"), InstantUs{1}}, command.facts, bytes);
  const AlignedBytes stored{bytes};
  Arena arena;
  const auto entry = DecodeEntry(stored.span(), kinds, arena);
  ASSERT_TRUE(entry.ok()) << entry.error().ToString();
  EXPECT_TRUE(CheckCanonical(stored.span(), *entry, encoder).ok());
  EXPECT_EQ(CommandJson("t/1", entry->events, names), json);
}

TEST(Registry, AnEngineWithoutTheKindStopsAtIt) {
  KindTable kinds;
  const KindInfo& kind = kinds.Add(MakeKindInfo<TreePlanted>());
  Arena arena;
  Event event;
  event.kind = &kind;
  event.payload = kind.make(arena);
  std::string bytes;
  EntryEncoder{}.Encode({}, {&event, 1}, bytes);
  const AlignedBytes stored{bytes};
  const auto entry = DecodeEntry(stored.span(), rules::Catalogue::Standard().kinds(), arena);
  ASSERT_FALSE(entry.ok());
  EXPECT_EQ(entry.error().code(), StatusCode::kFailedPrecondition);
  EXPECT_NE(entry.error().message().find("kind 120"), std::string::npos);
}

TEST(Registry, TheCatalogueIsTheKindsOfTheseTests) {
  std::set<std::uint16_t> numbers;
  std::set<std::string_view> names;
  AllKinds::ForEach([&]<class T>() {
    EXPECT_TRUE(numbers.insert(T::kKind).second) << T::kName;
    EXPECT_TRUE(names.insert(T::kName).second) << T::kName;
  });
  const auto all = rules::Catalogue::Standard().kinds().All();
  EXPECT_EQ(all.size(), numbers.size());
  for (const KindInfo* kind : all) EXPECT_TRUE(numbers.count(kind->number) == 1) << kind->name;
}

TEST(RegistryDeathTest, ANumberOrNameIsTakenOnce) {
  KindTable kinds;
  kinds.Add(MakeKindInfo<TreePlanted>());
  KindInfo same_name = MakeKindInfo<TreePlanted>();
  same_name.number = 121;
  EXPECT_DEATH(kinds.Add(MakeKindInfo<TreePlanted>()), "120 twice");
  EXPECT_DEATH(kinds.Add(same_name), "tree.planted twice");
}

struct Numbered {
  int number;
  std::string_view name;
};

/// The list of docs/format.md, copied: a renumbered or renamed refusal is a broken promise.
constexpr Numbered kRefusals[] = {{101, "bad_json"},
                                  {102, "unknown_field"},
                                  {103, "duplicate_field"},
                                  {104, "bad_field"},
                                  {105, "missing_field"},
                                  {106, "unknown_kind"},
                                  {107, "too_large"},
                                  {108, "key_conflict"},
                                  {109, "seq_mismatch"},
                                  {110, "bad_key"},
                                  {111, "engine_only"},
                                  {112, "entry_full"},
                                  {113, "bad_local_ref"},
                                  {201, "book_not_open"},
                                  {202, "book_exists"},
                                  {203, "unknown_ref"},
                                  {204, "ref_taken"},
                                  {205, "label_forbidden"},
                                  {206, "already_closed"},
                                  {207, "balance_left"},
                                  {208, "relation_overlaps"},
                                  {209, "relation_not_open"},
                                  {210, "cycle"},
                                  {211, "version_not_next"},
                                  {212, "subject_erased"},
                                  {213, "wrong_kind"},
                                  {214, "evidence_missing"},
                                  {215, "unknown_address"},
                                  {301, "amount_overflow"},
                                  {302, "amount_not_positive"},
                                  {303, "request_mismatch"},
                                  {304, "fund_closed"},
                                  {305, "fund_short"},
                                  {306, "payable_short"},
                                  {307, "purpose_outside_restriction"},
                                  {308, "exceeds_contract"},
                                  {309, "exceeds_award"},
                                  {310, "exceeds_applied"},
                                  {311, "exceeds_advance"},
                                  {312, "exceeds_disbursed"},
                                  {313, "pot_wrong"},
                                  {314, "value_missing"},
                                  {315, "stock_short"},
                                  {316, "account_not_manual"},
                                  {317, "unbalanced"},
                                  {401, "paid_mismatch"},
                                  {402, "agreement_not_of_vendor"},
                                  {403, "agreement_backdated"},
                                  {404, "agreement_overlaps"},
                                  {405, "consent_missing"},
                                  {406, "unpriced_limit"},
                                  {407, "refund_exceeds_sale"},
                                  {408, "sale_reversed"},
                                  {409, "basis_is_revenue"},
                                  {410, "true_up_done"},
                                  {411, "settlement_not_next"},
                                  {412, "through_not_boundary"},
                                  {413, "exceeds_billed"},
                                  {501, "policy_missing"},
                                  {502, "not_member"},
                                  {503, "reward_unlisted"},
                                  {504, "window_closed"},
                                  {505, "wrong_audience"},
                                  {506, "threshold_not_met"},
                                  {507, "limit_exceeded"},
                                  {508, "points_short"},
                                  {509, "too_many_lots"},
                                  {510, "no_place"},
                                  {511, "below_held"},
                                  {512, "not_held"},
                                  {513, "transfer_forbidden"},
                                  {514, "opening_needs_approval"},
                                  {601, "illegal_transition"},
                                  {602, "server_missing"},
                                  {603, "custody_broken"},
                                  {604, "minutes_exceed_span"},
                                  {605, "repeated_person"},
                                  {606, "self_attestation"},
                                  {607, "step_repeated"},
                                  {608, "not_pending"},
                                  {609, "total_mismatch"},
                                  {701, "occurred_in_future"},
                                  {702, "day_not_next"},
                                  {703, "day_in_future"},
                                  {704, "period_not_next"},
                                  {705, "days_open"},
                                  {706, "settlement_open"},
                                  {707, "reversal_forbidden"},
                                  {708, "already_reversed"},
                                  {709, "has_dependants"},
                                  {710, "place_used"},
                                  {711, "at_seq_ahead"},
                                  {801, "approval_missing"},
                                  {802, "approval_used"},
                                  {803, "self_approval"},
                                  {804, "role_missing"},
                                  {805, "dry_run_missing"},
                                  {806, "retroactive_not_allowed"},
                                  {807, "job_not_open"},
                                  {808, "range_not_next"}};

TEST(Registry, RefusalsAreTheDocumentedNumbersAndNames) {
  std::set<int> numbers;
  std::set<std::string_view> names;
  for (const Numbered& refusal : kRefusals) {
    EXPECT_TRUE(numbers.insert(refusal.number).second) << refusal.number;
    EXPECT_TRUE(names.insert(refusal.name).second) << refusal.name;
    const auto code = ParseRefusalCode(refusal.name);
    ASSERT_TRUE(code) << refusal.name;
    EXPECT_EQ(NumberOf(*code), refusal.number) << refusal.name;
    EXPECT_EQ(ToText(*code), refusal.name);
  }
  constexpr std::string_view kListed[] = {
#define X(number, name) #name,
#include "suanpan/schema/refusal_list.inc"
#undef X
  };
  EXPECT_EQ(std::size(kListed), std::size(kRefusals)) << "a refusal that is not documented";
}

TEST(Registry, WhatMayBeSetAsideKeepsItsBit) {
  constexpr std::string_view kBits[] = {"purpose_outside_restriction",
                                        "exceeds_contract",
                                        "exceeds_award",
                                        "exceeds_applied",
                                        "limit_exceeded",
                                        "approval_missing"};
  for (unsigned bit = 0; bit < std::size(kBits); ++bit) {
    ASSERT_TRUE(IrregularCode(bit));
    EXPECT_EQ(ToText(*IrregularCode(bit)), kBits[bit]);
  }
  EXPECT_FALSE(IrregularCode(std::size(kBits)));
}

}  // namespace
}  // namespace suanpan::schema
