#pragma once

// What the second opinion is told of an entry: the command as its caller sent it, what the engine
// computed for it, and nothing of the bytes.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "suanpan/schema/entry_codec.h"

namespace suanpan::opinion::bytes {

/// Of entry `seq`, from the text of its command. `names` has those that the entry introduces.
[[nodiscard]] nlohmann::json ToldOf(const schema::EntryView& entry, Seq seq,
                                    const schema::NameReader& names, std::string_view command);

/// The same without a command: what a caller could have stated is read from the entry.
[[nodiscard]] nlohmann::json ToldOf(const schema::EntryView& entry,
                                    const schema::NameReader& names);

}  // namespace suanpan::opinion::bytes
