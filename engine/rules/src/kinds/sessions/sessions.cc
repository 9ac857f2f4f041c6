#include "src/kinds/sessions/sessions.h"

#include "src/kinds/lapsing.h"

namespace suanpan::rules {
namespace {

using schema::AttendanceRecorded;
using schema::AttendanceRole;
using schema::AttendanceRow;

/// A session that is there on a date; null: too old by then.
const Session* FindSession(const BookState& state, Address at, Date on) {
  const Session* session = state.sessions.Find(at);
  return session == nullptr || HasLapsed(session->held_on, on) ? nullptr : session;
}

/// A person is at a session once, in whatever fact of it.
Verdict TestRows(const BookState& state, const AttendanceRecorded& fact, Date on) {
  const bool followed = FindSession(state, fact.session, on) != nullptr;
  for (std::size_t i = 0; i < fact.rows.size(); ++i) {
    const NameId person = fact.rows[i].person;
    bool twice = followed && state.attended.Find({fact.session, person}) != nullptr;
    for (std::size_t j = 0; j < i && !twice; ++j) twice = fact.rows[j].person == person;
    if (!twice) continue;
    return Refuse(RefusalCode::repeated_person, fmt::format("rows[{}].person", i))
        .With("person", std::string{state.names.TextOf(person)});
  }
  return std::nullopt;
}

/// Nobody was there for longer than the session.
Verdict TestMinutes(const AttendanceRecorded& fact, const schema::SessionHeld& session) {
  for (std::size_t i = 0; i < fact.rows.size(); ++i) {
    if (fact.rows[i].minutes <= session.minutes) continue;
    return Refuse(RefusalCode::minutes_exceed_span, fmt::format("rows[{}].minutes", i))
        .With("minutes", std::to_string(session.minutes.value()));
  }
  return std::nullopt;
}

}  // namespace

Status CountServiceAt(BookState& state, Address at, Date on, int change) {
  // As it was recorded: what was done at a session that was too old by then is not in the state.
  const Session* found = at.none() ? nullptr : FindSession(state, at, on);
  if (found == nullptr) return {};
  Session session = *found;
  if (change < 0 && session.services == 0)
    return Contradiction("a service is taken back from a session that has none");
  session.services += static_cast<std::uint32_t>(change);
  state.sessions.Set(at, session);
  return {};
}

Verdict SessionHeldRule::Decide(DecideContext& context, Event&, Fact& fact) {
  const std::int64_t span = MinutesBetween(fact.from, fact.to);
  if (span < 0) return Refuse(RefusalCode::bad_field, "to").With("reason", "lies before from");
  if (fact.matter.value() != 0) return UnknownRef(context.state, fact.matter, "matter");
  if (fact.minutes.value() <= span) return std::nullopt;
  return Refuse(RefusalCode::minutes_exceed_span, "minutes").With("minutes", std::to_string(span));
}

Status SessionHeldRule::Apply(BookState& state, Address at, const Event& event, const Fact& fact) {
  if (fact.minutes.value() > MinutesBetween(fact.from, fact.to))
    return Contradiction("a session of more minutes than it lasted");
  DropLapsed(state, Lapsing::kSessions, event.common.business_day);
  state.sessions.Set(at, {event.common.business_day});
  return {};
}

Verdict SessionHeldRule::TestUndo(const BookState& state, const Undoing& undoing) {
  const Session* session = state.sessions.Find(undoing.was.at);
  if (session == nullptr) return HasDependants("it is not there any more");
  if (session->attendances != 0) return HasDependants("who was at the session");
  return session->services == 0 ? Verdict{} : HasDependants("a service that was done at it");
}

Status SessionHeldRule::Undo(BookState& state, const Undoing& undoing) {
  state.sessions.Erase(undoing.was.at);
  return {};
}

Verdict AttendanceRecordedRule::Decide(DecideContext& context, Event& event, Fact& fact) {
  const Event* named = nullptr;
  if (Verdict refusal =
          MustStand(context, fact.session, schema::SessionHeld::kKind, "session", named)) {
    return refusal;
  }
  if (Verdict refusal = TestRows(context.state, fact, event.common.business_day)) return refusal;
  return TestMinutes(fact, named->As<schema::SessionHeld>());
}

void AttendanceRecordedRule::Post(const BookState&, const Fact& fact, PostingSink& sink) {
  for (const AttendanceRow& row : fact.rows) {
    if (static_cast<AttendanceRole>(row.role) != AttendanceRole::kTrainee) continue;
    sink.Post({AccountClass::kMinutesTraining, {}, row.person, {}}, row.minutes);
    sink.PostSum({AccountClass::kServedTraining, {}, {}, {}}, -row.minutes.wide());
  }
}

Status AttendanceRecordedRule::Apply(BookState& state, Address, const Event& event,
                                     const Fact& fact) {
  const Date on = event.common.business_day;
  if (state.reversed.Find(fact.session) != nullptr)
    return Contradiction("somebody was at a session that was taken back");
  if (TestRows(state, fact, on)) return Contradiction("somebody was at a session twice");
  const Session* found = FindSession(state, fact.session, on);
  if (found == nullptr) return {};
  Session session = *found;
  ++session.attendances;
  state.sessions.Set(fact.session, session);
  for (const AttendanceRow& row : fact.rows)
    state.attended.Set({fact.session, row.person}, row.role);
  return {};
}

Status AttendanceRecordedRule::Undo(BookState& state, const Undoing& undoing) {
  const auto& fact = undoing.was.event.As<Fact>();
  // As it was recorded: who came to a session that was too old by then is not in the state.
  const Session* found = FindSession(state, fact.session, undoing.was.event.common.business_day);
  if (found == nullptr) return {};
  Session session = *found;
  if (session.attendances == 0)
    return Contradiction("an attendance is taken back that is not there");
  --session.attendances;
  state.sessions.Set(fact.session, session);
  for (const AttendanceRow& row : fact.rows) state.attended.Erase({fact.session, row.person});
  return {};
}

}  // namespace suanpan::rules
