#include "suanpan/schema/validate_fields.h"

#include <bit>

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
  for (; bits != 0; bits &= bits - 1) {
    const auto bit = static_cast<unsigned>(std::countr_zero(bits));
    if (!IrregularCode(bit)) Fail(RefusalCode::bad_field, "irregular");
  }
}

}  // namespace suanpan::schema
