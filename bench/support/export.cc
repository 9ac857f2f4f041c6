#include "support/export.h"

#include "suanpan/audit/export.h"
#include "suanpan/proof/checkpoint.h"
#include "suanpan/schema/schema_files.h"
#include "suanpan/store/rocksdb_store.h"

namespace suanpan::bench {

Status ExportBook(const std::string& data, const std::string& out, const BookHead& head,
                  const proof::Signer& signer) {
  SUANPAN_ASSIGN_OR_RETURN(const auto store, store::OpenRocksDb(data));
  SUANPAN_ASSIGN_OR_RETURN(const proof::Signer of_book, signer.ForBook(head.ref));
  SUANPAN_ASSIGN_OR_RETURN(
      const std::string note,
      proof::SignCheckpoint({of_book.name(), head.expected.size, head.expected.root, {}}, of_book));
  SUANPAN_ASSIGN_OR_RETURN(const std::vector<store::BookRow> books, store->Books());
  const audit::BookExport book{head.ref, books.front().book, note, head.expected.size};
  return audit::ExportDirectory(*store, {&book, 1}, schema::SchemaFiles(), out);
}

}  // namespace suanpan::bench
