#pragma once

// Values of events and commands, the same whether decoded from stored bytes, parsed from JSON or
// made by a rule. They are views: texts, rows and payloads live in the arena or the entry bytes
// they came from.

#include <optional>
#include <span>
#include <string_view>

#include "suanpan/base/date.h"
#include "suanpan/base/uuid.h"
#include "suanpan/schema/entry_format.h"
#include "suanpan/schema/field_types.h"
#include "suanpan/schema/refusal.h"

namespace suanpan::schema {

class KindInfo;

/// Policy version that made a derived event.
struct RuleRef {
  NameId policy;
  std::uint32_t version = 0;
};
static_assert(kStorable<RuleRef> && sizeof(RuleRef) == 8);

/// What every event carries besides its own fields (events.md 1.1 and 1.5).
struct EventCommon {
  StatedTime occurred;
  Date business_day;
  Month period;
  NameId actor;             ///< 0: the engine
  std::uint16_t cause = 0;  ///< 0: a fact; else 1 + line of the cause in the same entry
  NameId doc_series;        ///< 0: no source document
  std::string_view doc_number;
  std::span<const Hash32> evidence;
  std::span<const Address> refs;
  NameId summary;
  std::optional<Hash32> note_commit;
  Address replaces;
  Address supplements;
  Address approval;
  std::uint64_t irregular = 0;  ///< bits of IrregularBit
  Address cause_address;
  RuleRef rule;

  /// Whether it says more than times, actor and cause within the entry.
  [[nodiscard]] bool HasTail() const;

  template <class V, class S>
  static void Describe(V& v, S& s) {
    v.Name("actor", s.actor, Grammar::kRef, Need::kRequired);
    DescribeTail(v, s);
  }
  /// The parts that an event of the engine may have too.
  template <class V, class S>
  static void DescribeTail(V& v, S& s) {
    v.SourceDoc(s.doc_series, s.doc_number);
    v.Digests("evidence", s.evidence, kEvidenceMax);
    v.Events("refs", s.refs, kRefsMax);
    v.Name("summary", s.summary, Grammar::kCode, Need::kOptional);
    v.Digest("note_commit", s.note_commit, Need::kOptional);
    v.Event("replaces", s.replaces, Need::kOptional);
    v.Event("supplements", s.supplements, Need::kOptional);
    v.Event("approval", s.approval, Need::kOptional);
    v.Irregular(s.irregular);
  }
};

/// One event: common part, kind, and the kind's own value. Copying copies views.
struct Event {
  EventCommon common;
  const KindInfo* kind = nullptr;
  const void* payload = nullptr;

  template <class T>
  [[nodiscard]] const T& As() const {
    return *static_cast<const T*>(payload);
  }
};

/// Idempotency key of a command as it is stated. `stream` is a local name of the command or an id
/// of the book, whichever the owner says.
struct CommandKey {
  KeyForm form = KeyForm::kEngine;
  Uuid uuid;
  NameId stream;
  std::uint64_t counter = 0;
  friend bool operator==(const CommandKey&, const CommandKey&) = default;
};

/// Where the fields of a command are wrong; given only when the deciding reaches that fact, so that
/// the first failing test of the first failing fact is what the caller hears.
struct FieldFault {
  std::uint32_t fact = 0;
  Refusal refusal;
};

/// A command before it is decided. NameIds inside are local: 1 + index into `names`.
struct Command {
  std::string_view book;
  CommandKey key;
  std::optional<Seq> expected_seq;
  std::span<const std::string_view> names;
  std::span<Event> facts;           ///< up to the faulty one
  std::optional<FieldFault> fault;  ///< facts from fault->fact on are not usable
  /// What is wrong beside book, key and the fields of facts; given once the key was looked up.
  std::optional<Refusal> envelope_fault;
  bool checked = false;  ///< a parser tested every field; else the engine does
};

}  // namespace suanpan::schema
