#pragma once

// What a policy that reaches back would change of what is recorded, outside the log (events.md
// 4.7): a table, and the digest by which its adoption names it.

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "suanpan/replay/replayer.h"
#include "suanpan/rules/trial.h"
#include "suanpan/schema/event.h"
#include "suanpan/schema/refusal.h"

namespace suanpan::replay {

/// One difference, with its names as texts. A service or deed has points, a lot has days.
struct WhatIfRow {
  bool more = false;  ///< in favour of the holder; else it acts on the future alone
  std::string source;
  std::string of;  ///< kind of service, or item; empty: a lot
  std::string holder;
  std::string person;
  std::string date;
  std::uint32_t old_version = 0;  ///< 0: none
  Points old_points;              ///< of a lot what is left of it
  Points points;
  Points granted;           ///< of a lot what comes back of what was booked as expired
  std::string old_expires;  ///< of a lot; empty: never
  std::string expires;
};

struct WhatIf {
  std::string policy;
  std::uint32_t version = 0;
  std::string applies_from;
  Seq at_seq;
  std::vector<WhatIfRow> rows;  ///< what is more, then what is less, each in the order of the log
  Wide over = 0;                ///< of what is granted, what ends before the last closed day
  Hash32 digest;                ///< of all but `over` (docs/format.md)
};

/// The trial that an adoption in the log names, and what it comes to by replay.
struct AdoptedTrial {
  Address adoption;
  std::string policy;
  std::uint32_t version = 0;
  Seq at_seq;
  Hash32 stated;
  std::variant<Hash32, schema::Refusal> found;  ///< refused: nobody can have tried it there
};

/// Finds the adoptions with a dry run, of policies that reach back, while a book is replayed, and
/// tries them again afterwards.
class Adoptions final : public Projection {
 public:
  void OnEvent(const EventContext& context) override;

  /// Each as of where it says that it was tried, in the order of the log: one replay for each.
  /// `replayed`: the state to which this was fed. Of the options `until` and stops are not used.
  [[nodiscard]] Result<std::vector<AdoptedTrial>> TryAgain(const store::EventReader& reader,
                                                           const store::BookRow& book,
                                                           const rules::BookState& replayed,
                                                           const ReplayOptions& options) const;

 private:
  struct Found {
    Address adoption;
    Address proposal;
    Seq at_seq;
    Hash32 stated;
    Date on;  ///< of the adoption
  };
  std::vector<Found> found_;
};

/// Replays a book, up to where the options say, and tries the policy.proposed of a command that was
/// read from JSON.
[[nodiscard]] Result<std::variant<WhatIf, schema::Refusal>> TryProposal(
    const store::EventReader& reader, const store::BookRow& book, const ReplayOptions& options,
    const schema::Command& command, const schema::Event& proposed);

}  // namespace suanpan::replay
