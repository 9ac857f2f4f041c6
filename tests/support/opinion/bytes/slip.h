#pragma once

// Ways to read docs/format.md wrongly. A writer that makes one of them must differ from the engine
// somewhere: a test makes each, and so shows that its samples would tell.

#include <cstdint>

namespace suanpan::opinion::bytes {

enum class Slip : std::uint8_t {
  kNone,
  // Numbers, padding.
  kBigEndian16,
  kBigEndian32,
  kBigEndian64,
  kPadTo4,
  kPadWithSpaces,
  // Names.
  kNamesFromZero,
  kNamesByAlphabet,
  kStreamBeforeSource,
  kPayloadNamesFirst,
  kSummaryBeforeSeries,
  kNamesInEveryEntry,
  kNamesBackwards,
  // Heads.
  kSourceLeftOut,
  kCountOfFactsOnly,
  kKeyAsText,
  kUuidBackwards,
  kSizeInBytes,
  kSizeWithoutHead,
  kCauseWithoutOne,
  kDerivedWithActor,
  kOffsetNotStored,
  kOffsetNotTakenOff,
  kOffsetInMinutes,
  kDayInUtc,
  kMonthsFromOne,
  kLogEventsWithoutTimes,
  // Tail.
  kPresentBitsDropped,
  kTailBackwards,
  kCountsAs32,
  kIrregularFromOne,
  // Payloads.
  kFlagsDropped,
  kDefaultsAsStated,
  kPotBackwards,
  kEnumsFromZero,
  kAddressesAsSeq,
  kTruthsFromZero,
  kSetsFromOne,
  kStatedOffsetsDropped,
  // Tables.
  kFieldsBackwards,
  kPartsBackwards,
  kZerosLeftOut,
  kEmptyListsKept,
  kEmptyTablesKept,
  kRowsBackwards,
  kBodiesInOneField,
  // The log's own.
  kSchemaLast,
  kSchemaInEveryEntry,
  kEnd
};

}  // namespace suanpan::opinion::bytes
