#include "src/named/read_entry.h"

#include "suanpan/schema/kinds/log.h"

namespace suanpan::audit {

Result<schema::EntryView> ReadEntry(Seq seq, ByteSpan bytes, const schema::KindTable& kinds,
                                    schema::NameTable& names, Arena& arena) {
  SUANPAN_ASSIGN_OR_RETURN(schema::EntryView entry, schema::DecodeEntry(bytes, kinds, arena),
                           fmt::format("entry {}", seq.value()));
  for (const schema::Event& event : entry.events) {
    if (event.kind->number == schema::RefIntroduced::kKind)
      names.Intern(event.As<schema::RefIntroduced>().ref);
  }
  SUANPAN_RETURN_IF_ERROR(schema::CheckEntry(entry, names), fmt::format("entry {}", seq.value()));
  return entry;
}

}  // namespace suanpan::audit
