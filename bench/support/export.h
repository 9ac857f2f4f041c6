#pragma once

// The export of one book of a data directory, as an audit is given it.

#include <string>

#include "suanpan/proof/key.h"
#include "support/community.h"

namespace suanpan::bench {

/// Writes it to the folder `out`, its head signed by `signer`. Of a directory with one book.
[[nodiscard]] Status ExportBook(const std::string& data, const std::string& out,
                                const BookHead& head, const proof::Signer& signer);

}  // namespace suanpan::bench
