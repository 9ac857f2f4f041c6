// Replay verify looks at the index of command keys too, and does not call a log that cannot be read
// one that differs.

#include <functional>

#include "replay_fixture.h"
#include "suanpan/engine/key_index.h"
#include "suanpan/replay/verify.h"
#include "support/forwarding_store.h"

namespace suanpan::replay::test {
namespace {

using store::KeyBinding;
using Bindings = std::vector<KeyBinding>;

constexpr std::uint32_t kDays = 12;

/// The log under an index with these bindings, which are the log's before `change`.
std::unique_ptr<store::EventStore> Indexed(std::unique_ptr<store::EventStore> log,
                                           const std::function<void(Bindings&)>& change) {
  const Seq head{SmallYearEntries(kDays).size()};
  Bindings bindings;
  EXPECT_TRUE(engine::VisitLogKeys(*log, kFirstBook, head, [&](const KeyBinding& binding) {
                bindings.push_back(binding);
                return Status{};
              }).ok());
  EXPECT_GT(bindings.size(), 100U);
  change(bindings);
  const Status written = log->WriteKeys(kFirstBook, bindings, head);
  EXPECT_TRUE(written.ok()) << written.ToString();
  return log;
}

/// "5 key index: EXPECTED / ACTUAL" of every difference.
std::vector<std::string> Named(const store::EventReader& reader,
                               const ReplayOptions& options = {}) {
  std::vector<std::string> named;
  const ReplayVerification result = VerifyBook(reader, kFirstBook, options).value();
  for (const ReplayDifference& difference : result.differences) {
    named.push_back(fmt::format("{} {}: {} / {}", difference.seq.value(), difference.what,
                                difference.expected, difference.actual));
  }
  return named;
}

std::string KeyOf(const KeyBinding& binding) {
  return fmt::format("key {} of cli", ToText(binding.key.uuid));
}

TEST_P(ReplayTest, AKeyIndexThatAgreesWithTheLogHasNothingNamed) {
  EXPECT_EQ(Named(*Indexed(StoreOf(SmallYearEntries(kDays)), [](Bindings&) {})),
            std::vector<std::string>{});
}

TEST_P(ReplayTest, AKeyThatTheIndexLacksIsNamed) {
  std::string key;
  const auto store = Indexed(StoreOf(SmallYearEntries(kDays)), [&](Bindings& bindings) {
    key = KeyOf(bindings[41]);
    bindings.erase(bindings.begin() + 41);
  });
  EXPECT_EQ(Named(*store),
            std::vector<std::string>{fmt::format("42 key index: {} / not in the index", key)});
  ReplayOptions options;
  options.until = Seq{60};
  EXPECT_EQ(Named(*store, options), std::vector<std::string>{}) << "a part says nothing of it";
}

TEST_P(ReplayTest, AKeyThatLeadsElsewhereIsNamedWithBothEntries) {
  std::string key;
  const auto store = Indexed(StoreOf(SmallYearEntries(kDays)), [&](Bindings& bindings) {
    key = KeyOf(bindings[41]);
    bindings[41].seq = Seq{7};
  });
  EXPECT_EQ(Named(*store),
            (std::vector<std::string>{fmt::format("7 key index: the key of this entry / {}", key),
                                      fmt::format("42 key index: {} / it leads to entry 7", key)}));
}

TEST_P(ReplayTest, AKeyInTheIndexThatNoEntryHasIsNamed) {
  KeyBinding extra;
  const auto store = Indexed(StoreOf(SmallYearEntries(kDays)), [&](Bindings& bindings) {
    extra = bindings[3];
    extra.key.uuid.bytes[15] ^= 1U;
    bindings.push_back(extra);
  });
  EXPECT_EQ(Named(*store), std::vector<std::string>{fmt::format(
                               "4 key index: the key of this entry / {}", KeyOf(extra))});
}

TEST_P(ReplayTest, OfManyKeysThatDifferTheFirstAreNamedAndTheOthersCounted) {
  const auto store =
      Indexed(StoreOf(SmallYearEntries(kDays)), [](Bindings& bindings) { bindings.resize(50); });
  const std::vector<std::string> named = Named(*store);
  ASSERT_EQ(named.size(), engine::kKeyDifferencesMax + 1);
  EXPECT_TRUE(named.front().starts_with("51 key index: key ")) << named.front();
  EXPECT_EQ(named.back(),
            fmt::format("0 key index:  / {} more differences",
                        SmallYearEntries(kDays).size() - 50 - engine::kKeyDifferencesMax));
}

TEST_P(ReplayTest, AKeyIndexBehindTheLogIsNoDifference) {
  const auto store = StoreOf(SmallYearEntries(kDays));
  EXPECT_EQ(Named(*store), std::vector<std::string>{});
}

/// A log whose blocks end with an error of the store after so many of them.
class Unreadable final : public suanpan::test::ForwardingStore {
 public:
  Unreadable(std::shared_ptr<store::EventStore> inner, int good)
      : ForwardingStore(std::move(inner)), good_(good) {}

  Result<std::unique_ptr<store::BlockCursor>> ReadBlocks(BookNo book, Seq from) const override {
    class Cursor final : public store::BlockCursor {
     public:
      Cursor(std::unique_ptr<store::BlockCursor> inner, int good)
          : inner_(std::move(inner)), good_(good) {}
      Result<std::optional<ByteSpan>> Next() override {
        if (good_-- > 0) return inner_->Next();
        return MakeError(StatusCode::kCorruption, "reading blocks: block checksum mismatch");
      }

     private:
      std::unique_ptr<store::BlockCursor> inner_;
      int good_;
    };
    SUANPAN_ASSIGN_OR_RETURN(std::unique_ptr<store::BlockCursor> inner,
                             ForwardingStore::ReadBlocks(book, from));
    return std::unique_ptr<store::BlockCursor>{std::make_unique<Cursor>(std::move(inner), good_)};
  }

 private:
  int good_;
};

TEST_P(ReplayTest, ALogThatCannotBeReadIsAnErrorAndNoDifference) {
  for (const int good : {0, 1, 4}) {
    const Unreadable log{StoreOf(SmallYearEntries(kDays), {.entries_max = 10}), good};
    for (const bool ahead : {false, true}) {
      const auto result = VerifyBook(log, kFirstBook, ahead ? Ahead() : ReplayOptions{});
      ASSERT_FALSE(result.ok()) << good;
      EXPECT_EQ(result.error().code(), StatusCode::kCorruption);
      EXPECT_NE(result.error().message().find("block checksum mismatch"), std::string_view::npos);
    }
  }
}

TEST_P(ReplayTest, WhatContradictsItselfBeforeThePartThatCannotBeReadIsADifference) {
  std::vector<std::string> entries = SmallYearEntries(kDays);
  entries[24] = Flipped(entries[24], 0);
  const Unreadable log{StoreOf(entries, {.entries_max = 10}), 5};
  const std::vector<std::string> named = Named(log);
  ASSERT_EQ(named.size(), 1U);
  EXPECT_NE(named[0].find("entry 25"), std::string::npos) << named[0];
  const Unreadable shorter{StoreOf(entries, {.entries_max = 10}), 2};
  EXPECT_FALSE(VerifyBook(shorter, kFirstBook, {}).ok()) << "it is behind the damage";
}

}  // namespace

}  // namespace suanpan::replay::test
