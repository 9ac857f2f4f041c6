// session.held, attendance.recorded, slot.scheduled, slot.marked (events.md 3.5).

#include "support/opinion/calendar.h"
#include "support/opinion/deciding.h"
#include "support/opinion/sweeping.h"

namespace suanpan::opinion {

void CheckSpan(const Deciding& d) {
  const auto seconds = [&](const char* field) {
    return d.fact.at(field).at("s").get<std::int64_t>();
  };
  if (Wide{d.Amount("minutes")} * 60 > seconds("to") - seconds("from")) {
    Refuse("minutes_exceed_span", "minutes");
  }
}

void CheckTimes(const Deciding& d) {
  if (d.fact.at("to").at("s") < d.fact.at("from").at("s")) Refuse("bad_field", "to");
}

void HoldSession(Deciding& d) {
  CheckTimes(d);
  RefuseIfNamed(d, "matter");
  CheckSpan(d);
  if (MustSweep(d, "sessions")) {
    std::erase_if(d.state.sessions, [&](const Session& one) { return IsOld(one.on, d.date); });
  }
  Session session;
  session.at = d.at;
  session.on = d.date;
  d.state.sessions.push_back(session);
}

namespace {

/// The session of a session.held, or null where it was so long ago that nobody follows it.
Session* SessionAt(const Deciding& d, const std::string& address) {
  for (Session& session : d.state.sessions) {
    if (session.at == address && !IsOld(session.on, d.date)) return &session;
  }
  return nullptr;
}

}  // namespace

void RecordAttendance(Deciding& d) {
  const Event& held = d.state.Named(d.Text("session"), "session", "session.held");
  if (!d.state.Stands(d.Text("session"))) Refuse("unknown_address", "session");
  const Json& rows = d.fact.at("rows");
  Session* session = SessionAt(d, d.Text("session"));
  std::map<std::string, std::string> roles;
  if (session != nullptr) roles = session->roles;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool is_new = roles.emplace(rows[i].at("person"), rows[i].at("role")).second;
    if (!is_new) Refuse("repeated_person", "rows[" + std::to_string(i) + "].person");
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool longer =
        rows[i].contains("minutes") &&
        rows[i].at("minutes").get<std::int64_t>() > held.fact.at("minutes").get<std::int64_t>();
    if (longer) Refuse("minutes_exceed_span", "rows[" + std::to_string(i) + "].minutes");
  }
  if (session != nullptr) {
    session->roles = roles;
    ++session->attendances;
  }
  for (const Json& row : rows) {
    if (row.at("role") != "trainee" || !row.contains("minutes")) continue;
    const Wide minutes = row.at("minutes").get<std::int64_t>();
    Post(d.state, "minutes/" + InPath(row.at("person")) + "/training", minutes);
    Post(d.state, "minutes/served/training", -minutes);
  }
}

void ScheduleSlot(Deciding& d) {
  CheckTimes(d);
  if (MustSweep(d, "slots")) {
    std::erase_if(d.state.slots, [&](const Slot& one) { return IsOld(one.on, d.date); });
  }
  const int offset = d.state.book->at("utc_offset_minutes");
  d.state.slots.push_back({d.at, DateAt(d.fact.at("from").at("s"), offset)});
}

void MarkSlot(Deciding& d) {
  const Event& scheduled = d.state.Named(d.Text("slot"), "slot", "slot.scheduled");
  const std::size_t marked = std::erase_if(d.state.slots, [&](const Slot& slot) {
    return slot.at == scheduled.at && !IsOld(slot.on, d.date);
  });
  if (marked == 0) Refuse("illegal_transition", "as");
}

}  // namespace suanpan::opinion
