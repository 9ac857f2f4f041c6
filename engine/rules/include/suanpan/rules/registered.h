#pragma once

// What is registered in a book: its calendar, the roles of names, parties, funds.

#include <cstdint>
#include <vector>

#include "suanpan/base/date.h"
#include "suanpan/base/ids.h"
#include "suanpan/schema/field_types.h"
#include "suanpan/schema/kinds/registers.h"

namespace suanpan::rules {

/// What a name was registered as. One name has one role.
enum class Role : std::uint8_t {
  kNone = 0,
  kParty = 1,
  kFund = 2,
  kAgreement = 3,
  kPlace = 4,
  kOffer = 5,
  kPolicy = 6
};

struct NameRole {
  Role role = Role::kNone;
  std::uint32_t index = 0;  ///< into the role's array
  std::uint32_t first_agreement =
      0;  ///< 1 + index of the newest agreement whose party this name is; 0 none
};

struct Party {
  NameId name;
  schema::PartyType type{};
  NameId party_class;
  NameId number;
  Date since;
};

/// A fund: a restricted sub-ledger of its host charity.
struct Fund {
  NameId name;
  NameId host;
  NameId committee;
  std::vector<NameId> bank_accounts;
  schema::Pot default_pot;
  schema::PotClass restriction_class{};
  std::vector<NameId> purposes;
  std::vector<NameId> places;
  std::vector<NameId> matters;
  Date until;  ///< 0: no end

  [[nodiscard]] bool HasAccount(NameId account) const;
};

struct BookCalendar {
  bool opened = false;
  std::int16_t utc_offset_minutes = 0;
  NameId unit;
  std::uint8_t level = 0;
  NameId host;
  std::uint32_t schema_version = 0;  ///< last schema.added
  Month requests_swept;              ///< month in which lapsed requests were dropped last
};

}  // namespace suanpan::rules
