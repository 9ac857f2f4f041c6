#pragma once

// Numbers that JSON allows and simdjson cannot hold. Private to schema.

#include <span>

namespace suanpan::schema {

/// Overwrites, in a JSON text, every number that is well formed but no 64-bit signed integer with
/// the fraction 0.5 and spaces, which every field refuses at its own place; otherwise one wide
/// number would make the whole text unreadable and the refusal could not name the field. True when
/// something was replaced.
bool ReplaceWideNumbers(std::span<char> json);

}  // namespace suanpan::schema
