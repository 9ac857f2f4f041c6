#include "suanpan/schema/validate_fields.h"

namespace suanpan::schema {

void FieldValidator::SourceDoc(NameId series, std::string_view number) {
  if (series.value() == 0) {
    if (!number.empty()) Fail(RefusalCode::missing_field, "source_doc.series");
    return;
  }
  if (!IsRef(names_.TextOf(series))) Fail(RefusalCode::bad_field, "source_doc.series");
  if (!IsToken(number)) Fail(RefusalCode::bad_field, "source_doc.number");
}

void FieldValidator::Irregular(std::uint64_t bits) {
  for (unsigned bit = 0; bit < 64; ++bit) {
    if ((bits >> bit & 1U) != 0 && !IrregularCode(bit)) Fail(RefusalCode::bad_field, "irregular");
  }
}

}  // namespace suanpan::schema
