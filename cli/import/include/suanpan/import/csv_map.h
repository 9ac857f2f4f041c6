#pragma once

// A mapping: how the rows of one kind of CSV file become facts. Written by people as JSON; the
// language is described, with a worked example, in docs/import.md.

#include <memory>
#include <string_view>

#include "suanpan/base/status.h"

namespace suanpan::import {

struct MapModel;

/// An accepted mapping. Immutable, cheap to copy, may be shared by threads.
class CsvMap {
 public:
  /// Reads a mapping (at most 256 KiB of JSON). Strict: kInvalidArgument, naming the field, for
  /// anything unknown, repeated, missing, of a wrong type or out of bounds. Whether kinds and
  /// fields of facts exist is not known here; the ledger refuses what it does not know.
  [[nodiscard]] static Result<CsvMap> Parse(std::string_view json);

  [[nodiscard]] const MapModel& model() const { return *model_; }

 private:
  explicit CsvMap(std::shared_ptr<const MapModel> model) : model_(std::move(model)) {}

  std::shared_ptr<const MapModel> model_;
};

}  // namespace suanpan::import
