#pragma once

// What a station begins with, fact by fact: policies, codes, parties, offers.

#include <functional>
#include <string_view>

#include "station.h"
#include "suanpan/base/status.h"

namespace suanpan::community_year {

struct PolicyTitle {
  std::string_view policy;
  std::string_view policy_type;
  std::string_view scheme;
};

/// Writes facts two seconds apart, the first of them two seconds after `begin`.
class OpeningDesk {
 protected:
  OpeningDesk(Station& station, YearSecond begin)
      : station_(station), json_(station.writer.json()), second_(begin) {}

  FactRef Begin(std::string_view kind, std::string_view actor);
  [[nodiscard]] Status End(std::uint32_t rows = 0) { return station_.writer.EndFact(0, rows); }

  /// Proposed by the accountant, approved by the supervisor, adopted. `body` writes what follows
  /// the scheme.
  [[nodiscard]] Status Adopt(const PolicyTitle& title, const std::function<void()>& body);

  /// A kind of service. The caller may add fields, and ends the fact.
  void BeginServiceKind(std::string_view code, std::string_view label);

  Station& station_;
  JsonText& json_;

 private:
  YearSecond second_;
};

}  // namespace suanpan::community_year
