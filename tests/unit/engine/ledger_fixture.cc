#include "ledger_fixture.h"

#include <openssl/evp.h>

#include "suanpan/engine/entry_log.h"
#include "suanpan/schema/command_json.h"

namespace suanpan::engine::test {
LedgerHolder::LedgerHolder(std::unique_ptr<StoreHome> home, CommitterOptions committer,
                           const rules::Catalogue* catalogue)
    : home_(std::move(home)),
      committer_(committer),
      catalogue_(catalogue != nullptr ? catalogue : &rules::Catalogue::Standard()),
      clock_(std::make_shared<std::atomic<std::int64_t>>(ParseInstant(kLedgerStart)->value())) {
  Reopen();
}

LedgerOptions LedgerHolder::OptionsOf() const {
  LedgerOptions options;
  options.catalogue = catalogue_;
  options.schema.version = 1;
  options.clock = [clock = clock_] { return InstantUs{clock->load()}; };
  options.committer = committer_;
  options.on_notice = [notices = notices_](std::string_view text) { notices->emplace_back(text); };
  return options;
}

void LedgerHolder::SetClock(std::string_view instant) { *clock_ = ParseInstant(instant)->value(); }

Status LedgerHolder::TryReopen() {
  ledger_.reset();
  notices_->clear();
  gate_ = std::make_shared<Gate>();
  auto store =
      std::make_unique<GatedStore>(std::shared_ptr<store::EventStore>{home_->Open()}, gate_);
  SUANPAN_ASSIGN_OR_RETURN(ledger_, Ledger::Open(std::move(store), OptionsOf()));
  return {};
}

void LedgerHolder::Reopen() {
  const Status status = TryReopen();
  SUANPAN_INVARIANT(status.ok(), "{}", status.ToString());
}

Result<Submission> LedgerHolder::TrySubmit(std::string_view command, std::string_view source) {
  schema::CommandParser parser{catalogue_->kinds()};
  const auto parsed = parser.Parse(command);
  if (const auto* refusal = std::get_if<schema::Refusal>(&parsed)) {
    SUANPAN_INVARIANT(false, "{} {}: {}", ToText(refusal->code), refusal->field, command);
  }
  return ledger_->Submit(std::get<schema::Command>(parsed), source);
}

Submission LedgerHolder::Submit(std::string_view command, std::string_view source) {
  return TrySubmit(command, source).value();
}

Json LedgerHolder::AnswerOf(const Submission& submission) {
  EXPECT_OK(ledger_->WaitDurable(submission));
  return Json::parse(ledger_->AnswerJson(submission).value());
}

Json LedgerHolder::Send(std::string_view command, std::string_view source) {
  return AnswerOf(Submit(command, source));
}

Seq LedgerHolder::Commit(std::string_view command, std::string_view source) {
  const Json answer = Send(command, source);
  EXPECT_EQ(answer["result"], "committed") << answer;
  return answer.contains("seq") ? Seq{answer["seq"].get<std::uint64_t>()} : Seq{};
}

SealedHead LedgerHolder::Seal(std::string_view book) { return ledger_->Seal(book).value(); }

std::vector<std::string> LedgerHolder::Entries(std::string_view book) {
  std::vector<std::string> entries;
  EntryLog log = EntryLog::Open(ledger_->reader(), ledger_->NumberOf(book).value()).value();
  while (const std::optional<EntryLog::Entry> entry = log.Next().value()) {
    entries.emplace_back(AsText(entry->bytes));
  }
  return entries;
}

StateDigest LedgerHolder::Replay(std::string_view book) {
  rules::BookState state;
  EntryLog log = EntryLog::Open(ledger_->reader(), ledger_->NumberOf(book).value()).value();
  while (const std::optional<EntryLog::Entry> entry = log.Next().value()) {
    Arena arena;
    const schema::EntryView view =
        schema::DecodeEntry(entry->bytes, catalogue_->kinds(), arena).value();
    EXPECT_OK(rules::ApplyEntry(*catalogue_, state, entry->seq, view));
  }
  return DigestState(state);
}

std::size_t LedgerHolder::BlockCount(std::string_view book) {
  const auto cursor = ledger_->reader().ReadBlocks(ledger_->NumberOf(book).value(), Seq{1}).value();
  std::size_t count = 0;
  while (cursor->Next().value()) ++count;
  return count;
}

std::unique_ptr<LedgerHolder> LedgerTest::Empty(CommitterOptions committer,
                                                const rules::Catalogue* catalogue) {
  return std::make_unique<LedgerHolder>(GetParam()(), committer, catalogue);
}

std::unique_ptr<LedgerHolder> LedgerTest::Opened(CommitterOptions committer) {
  std::unique_ptr<LedgerHolder> holder = Empty(committer);
  EXPECT_EQ(holder->Commit(OpeningOf("zz")), Seq{1});
  return holder;
}

std::string LeafHex(std::string_view entry) {
  const std::string message = std::string(1, '\0') + std::string{entry};
  Hash32 hash;
  EXPECT_EQ(::EVP_Digest(message.data(), message.size(), hash.bytes.data(), nullptr, ::EVP_sha256(),
                         nullptr),
            1);
  return ToHex(hash.bytes);
}

}  // namespace suanpan::engine::test
