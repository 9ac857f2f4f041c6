// Fields of orders, sessions and service (events.md 3.5).

#include "support/opinion/field_types.h"
#include "support/opinion/kinds.h"

namespace suanpan::opinion {
namespace {

const Fields kOrderPlaced = {{"requester", kRef, true},
                             {"service_kind", kCode, true},
                             {"place", kRef},
                             {"wanted_by", kDate},
                             {"beneficiary", kRef}};

const Fields kOrderMoved = {
    {"order", kAddress, true},
    {"to", Word({"accepted", "dispatched", "taken", "declined", "cancelled", "failed", "expired"}),
     true},
    {"team", kRef},
    {"server", kRef},
    {"reason", kCode}};

const Fields kCustodyPassed = {
    {"order", kAddress, true}, {"parcel", kToken, true}, {"from", kRef, true}, {"to", kRef, true},
    {"checked", kTruth, true}, {"quantity", kPositive},  {"place", kRef}};

const Fields kSessionHeld = {{"session_type",
                              Word({"activity", "training", "club", "group", "casework", "meeting",
                                    "morning_meeting", "supervision_onsite", "supervision_remote",
                                    "monthly_contact", "quarterly_schedule", "free_clinic"}),
                              true},
                             {"service_kind", kCode},
                             {"place", kRef},
                             {"unit", kRef},
                             {"body", kRef},
                             {"organiser", kRef, true},
                             {"from", kTime, true},
                             {"to", kTime, true},
                             {"minutes", kPositive, true},
                             {"expected", kCount},
                             {"matter", kRef}};

const Fields kAttendanceRecorded = {
    {"session", kAddress, true},
    {"rows",
     List(1, 300,
          Object({{"person", kRef, true},
                  {"role", Word({"participant", "volunteer", "trainee", "member"}), true},
                  {"minutes", kPositive}})),
     true},
    {"uncounted", kCount}};

const Fields kSlotScheduled = {{"slot_type", Word({"stall", "duty", "room"}), true},
                               {"place", kRef, true},
                               {"holder", kRef, true},
                               {"from", kTime, true},
                               {"to", kTime, true}};

const Fields kSlotMarked = {{"slot", kAddress, true},
                            {"as", Word({"checked_in", "no_show", "cancelled"}), true},
                            {"by", kRef}};

const Fields kAssessmentRecorded = {
    {"template", kCode, true},
    {"about", kRef, true},
    {"concerns", kAddress},
    {"respondent", kRef},
    {"answers",
     List(1, 256, Object({{"item", kCode, true}, {"score", kNotNegative}, {"answer", kCode}})),
     true},
    {"total", kNotNegative},
    {"of", kNotNegative}};

const Fields kServiceRecorded = {{"person", kRef, true},
                                 {"holder", kRef},
                                 {"service_kind", kCode, true},
                                 {"class", Word({"service", "duty"})},
                                 {"from", kTime, true},
                                 {"to", kTime, true},
                                 {"minutes", kPositive, true},
                                 {"beneficiaries", List(0, 50, kRef)},
                                 {"quantity", kPositive},
                                 {"order", kAddress},
                                 {"session", kAddress},
                                 {"slot", kAddress},
                                 {"place", kRef},
                                 {"team", kRef},
                                 {"distance_m", kPositive}};

const Fields kServiceAttested = {{"service", kAddress, true},
                                 {"step", Word({"served", "worker", "organiser"}), true},
                                 {"minutes", kPositive},
                                 {"quality", Number(1, 5)}};

}  // namespace

std::map<std::string, Fields> ServiceKinds() {
  return {{"order.placed", kOrderPlaced},
          {"order.moved", kOrderMoved},
          {"custody.passed", kCustodyPassed},
          {"session.held", kSessionHeld},
          {"attendance.recorded", kAttendanceRecorded},
          {"slot.scheduled", kSlotScheduled},
          {"slot.marked", kSlotMarked},
          {"assessment.recorded", kAssessmentRecorded},
          {"service.recorded", kServiceRecorded},
          {"service.attested", kServiceAttested}};
}

}  // namespace suanpan::opinion
