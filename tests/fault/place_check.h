#pragma once

// What has to hold of a place wherever the program was cut in its work on it. Each answer names the
// first thing that is wrong; empty: nothing is.

#include <string>

#include "data_copy.h"

namespace suanpan::fault {

/// A log by its leaves, and an index of keys by its rows: to be compared.
struct PlaceText {
  std::string log;
  std::string index;  ///< a line for each book
};
[[nodiscard]] PlaceText TextOfPlace(const Place& place);

/// As a reader sees it, which mends nothing: no alarm, all entries, signed heads that are of this
/// log and that the guard knows, and an index of each book that agrees with the log or is
/// still the one of `before`.
[[nodiscard]] std::string WrongToReader(const Place& place, const PlaceText& before);
/// Once it is opened for appending: all entries, and each key of them gives its first answer.
[[nodiscard]] std::string WrongToWriter(const Place& place, const PlaceText& before);
/// The same as `WrongToReader` of work that is finished: the index agrees with the log, and the
/// guard knows all of it.
[[nodiscard]] std::string WrongWhenDone(const Place& place, const PlaceText& before);

/// "zz 14 of 17, yy 5 of 7": of each book the size of the last signed head and of the log.
[[nodiscard]] std::string SignedHeads(const Place& place);

}  // namespace suanpan::fault
