// The entry decoder against arbitrary bytes: no crash, whatever decodes can be shown, and canonical
// bytes are made again from their values.

#include <cstddef>
#include <cstdint>
#include <string>

#include "schema_support.h"
#include "suanpan/base/invariant.h"
#include "suanpan/rules/catalogue.h"

namespace schema = suanpan::schema;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static schema::EntryEncoder encoder;
  const schema::AlignedBytes stored{{reinterpret_cast<const char*>(data), size}};
  const schema::KindTable& kinds = suanpan::rules::Catalogue::Standard().kinds();
  suanpan::Arena arena;
  const auto entry = schema::DecodeEntry(stored.span(), kinds, arena);
  SUANPAN_INVARIANT(!entry.ok() || schema::DecodeEntryCommon(stored.span()).ok());
  if (!entry.ok()) return 0;
  schema::NameTable names;
  for (const char* name : {"first.name", "a", "f-zz", "relief", "till"}) names.Intern(name);
  const std::string shown = schema::EverythingShown(*entry, names);
  const bool in_range = schema::CheckEntry(*entry, names).ok();
  if (!schema::CheckCanonical(stored.span(), *entry, encoder).ok()) return 0;
  std::string again;
  encoder.Encode(entry->common, entry->events, again);
  const schema::AlignedBytes copy{again};
  suanpan::Arena other;
  const auto twin = schema::DecodeEntry(copy.span(), kinds, other);
  SUANPAN_INVARIANT(twin.ok() && schema::EverythingShown(*twin, names) == shown);
  SUANPAN_INVARIANT(schema::CheckEntry(*twin, names).ok() == in_range);
  return 0;
}
