#include "command_writer.h"

#include <fmt/format.h>

#include <iterator>

namespace suanpan::community_year {
namespace {

// A new fact is only added below this, so that the largest one still fits the 32 KiB of an entry.
constexpr std::uint32_t kEntryBytesMax = 28'000;
// Heads, fixed parts, voucher, accrual and a share of newly introduced names of the
// stored layout. Deliberately high.
constexpr std::uint32_t kFactBytes = 280;
constexpr std::uint32_t kRowBytes = 40;
constexpr std::uint64_t kKeyStreamOffset = std::uint64_t{1} << 32U;

}  // namespace

CommandWriter::CommandWriter(const YearOptions& options, std::uint32_t community,
                             const CommandSink& sink)
    : options_(options),
      sink_(sink),
      book_(BookName(community)),
      key_random_(options.seed, kKeyStreamOffset + community) {}

std::string_view CommandWriter::UuidText(YearSecond second) {
  const std::uint64_t milliseconds = UnixMilliseconds(second) + key_random_.Below(1000);
  const std::uint64_t high =
      milliseconds << 16U | std::uint64_t{0x7000} | (key_random_.Next() & 0xfffU);
  const std::uint64_t low = (key_random_.Next() >> 2U) | std::uint64_t{1} << 63U;
  constexpr std::string_view kDigits = "0123456789abcdef";
  scratch_.clear();
  for (std::uint32_t nibble = 0; nibble < 32; ++nibble) {
    if (nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20) scratch_.push_back('-');
    const std::uint64_t word = nibble < 16 ? high : low;
    scratch_.push_back(kDigits[(word >> (60U - 4U * (nibble % 16U))) & 0xfU]);
  }
  return scratch_;
}

void CommandWriter::OpenCommand(YearSecond second, std::uint32_t stream) {
  ++seq_;
  lines_ = 0;
  entry_bytes_ = 0;
  json_.Clear();
  json_.Open('{').Field("book", book_);
  if (options_.key_form == KeyForm::kUuid) {
    json_.Field("key", UuidText(second));
  } else {
    scratch_.clear();
    const std::uint64_t counter = ++key_counters_[stream];
    if (stream == kOfficeStream) {
      fmt::format_to(std::back_inserter(scratch_), "office/{}", counter);
    } else {
      fmt::format_to(std::back_inserter(scratch_), "till-{}/{}", stream + 1, counter);
    }
    json_.Field("key", scratch_);
  }
  json_.Name("facts").Open('[');
}

FactRef CommandWriter::BeginFact(std::string_view kind, YearSecond second, std::string_view actor,
                                 std::uint32_t stream) {
  if (facts_ == 0) OpenCommand(second, stream);
  json_.Open('{').Field("kind", kind);
  json_.Field("occurred_at", clock_.At(second)).Field("actor", actor);
  return FactRef{seq_, lines_, facts_};
}

std::string_view CommandWriter::AddressText(const FactRef& fact) {
  scratch_.clear();
  if (fact.seq == seq_) {
    fmt::format_to(std::back_inserter(scratch_), "#{}", fact.fact);
  } else {
    fmt::format_to(std::back_inserter(scratch_), "{}.{}", fact.seq, fact.line);
  }
  return scratch_;
}

void CommandWriter::Reference(std::string_view name, const FactRef& fact) {
  json_.Field(name, AddressText(fact));
}

void CommandWriter::References(std::string_view name, const FactRef& fact) {
  json_.Name(name).Open('[').Text(AddressText(fact)).Close(']');
}

Status CommandWriter::EndFact(std::uint32_t derived, std::uint32_t rows) {
  json_.Close('}');
  ++facts_;
  lines_ += 1 + derived;
  entry_bytes_ += kFactBytes + rows * kRowBytes;
  if (facts_ >= options_.facts_per_command || entry_bytes_ > kEntryBytesMax) return Flush();
  return {};
}

Status CommandWriter::Flush() {
  if (facts_ == 0) return {};
  json_.Close(']').Close('}');
  facts_ = 0;
  return sink_(json_.text());
}

}  // namespace suanpan::community_year
