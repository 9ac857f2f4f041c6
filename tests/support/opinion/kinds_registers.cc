// Fields of registers (events.md 3.1).

#include "support/opinion/field_types.h"
#include "support/opinion/kinds.h"

namespace suanpan::opinion {
namespace {

const Fields kBookOpened = {{"label", kLabel, true},
                            {"utc_offset_minutes", Number(-900, 900), true},
                            {"unit", kRef, true},
                            {"level", Word({"community", "county", "city", "province"}), true},
                            {"host", kRef, true}};

const Fields kPartyRegistered = {
    {"party", kRef, true},
    {"party_type",
     Word({"person", "household", "member", "vendor", "organisation", "enterprise", "partner_unit",
           "team", "club", "committee", "unit"}),
     true},
    {"class", kCode},
    {"number", kRef},
    {"label", kLabel},
    {"commit", kDigest}};

const Fields kPlaceRegistered = {
    {"place", kRef, true},
    {"place_type",
     Word({"station", "space", "corner", "room", "stall", "site", "collection_point"}), true},
    {"within", kRef},
    {"label", kLabel, true}};

const Fields kRegisterClosed = {{"of", kRef, true}, {"outcome", kCode, true}, {"on", kDate, true}};

const Type kRelation =
    Word({"member_of", "in_category", "in_unit", "holds_role", "related_to", "uses", "partner_of",
          "works_with", "incubated_by", "classified", "pilot_of", "located_at"});

const Fields kRelationStarted = {{"relation", kRelation, true},
                                 {"from", kRef, true},
                                 {"to", kRef, true},
                                 {"as", kCode},
                                 {"since", kDate, true}};

const Fields kRelationEnded = {{"relation", kRelation, true},
                               {"from", kRef, true},
                               {"to", kRef, true},
                               {"until", kDate, true}};

const Fields kCodeDefined = {
    {"list",
     Word({"service_kind", "purpose", "source", "category", "cost_kind", "item", "reason",
           "summary", "indicator", "doc_series", "outcome"}),
     true},
    {"code", kCode, true},
    {"label", kLabel, true},
    {"version", kCountFromOne, true},
    {"valid_from", kDate, true},
    {"valid_to", kDate},
    {"group", kCode},
    {"gapless", kTruth},
    {"protected", kTruth}};

}  // namespace

std::map<std::string, Fields> RegisterKinds() {
  return {{"book.opened", kBookOpened},           {"party.registered", kPartyRegistered},
          {"place.registered", kPlaceRegistered}, {"register.closed", kRegisterClosed},
          {"relation.started", kRelationStarted}, {"relation.ended", kRelationEnded},
          {"code.defined", kCodeDefined}};
}

}  // namespace suanpan::opinion
