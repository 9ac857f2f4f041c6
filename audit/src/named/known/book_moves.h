#pragma once

// Points that went to other books or came from them: each is told in both logs, under one token.

#include <span>
#include <string>
#include <vector>

#include "suanpan/schema/event.h"
#include "suanpan/schema/kind_info.h"
#include "suanpan/schema/name_table.h"

namespace suanpan::audit {

struct BookMove {
  Address at;
  std::string book;  ///< the other one
  std::string token;
  Points points;
  bool in = false;  ///< from the other one
  Date day;
};

/// Memory: such moves.
class BookMoves {
 public:
  /// Events of other kinds change nothing, but for what takes one back.
  void Take(Address at, const schema::Event& event, const schema::NameTable& names);
  /// In the order of the log, without those that were taken back.
  [[nodiscard]] std::span<const BookMove> all() const { return moves_; }
  /// Names of the other books, each once.
  [[nodiscard]] std::vector<std::string> Others() const;

 private:
  std::vector<BookMove> moves_;
};

}  // namespace suanpan::audit
