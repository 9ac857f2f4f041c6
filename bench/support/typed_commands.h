#pragma once

// Parsed commands kept for a timed run, so that JSON is not in it. A parser's command is valid
// until its next call only; these own their memory.

#include <deque>
#include <vector>

#include "suanpan/base/arena.h"
#include "suanpan/schema/kind_info.h"

namespace suanpan::bench {

class TypedCommands {
 public:
  TypedCommands() = default;
  TypedCommands(const TypedCommands&) = delete;
  TypedCommands& operator=(const TypedCommands&) = delete;

  /// Copies a command without fault. Payloads go through their stored encoding, which keeps
  /// everything that a caller states, and whose values view bytes of the arena.
  void Add(const schema::Command& command);

  [[nodiscard]] const std::vector<schema::Command>& all() const { return commands_; }

 private:
  [[nodiscard]] schema::Event Copy(const schema::Event& fact);

  Arena arena_;
  schema::TableWriter tables_;
  std::string payload_;
  std::vector<schema::Command> commands_;
};

}  // namespace suanpan::bench
