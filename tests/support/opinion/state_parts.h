#pragma once

// What the lists of a state hold.

#include <optional>
#include <string>

#include "support/opinion/wide.h"

namespace suanpan::opinion {

struct Event {
  std::string at;
  std::string kind;
  std::string date;  ///< business date
  Json fact;         ///< in normal form, with kind and envelope; of a derived event, empty
  Json computed;     ///< in normal form
  Json rule{};       ///< of a derived event: {"policy", "version"}
};

struct Posting {
  std::string account;
  std::int64_t amount = 0;
  std::uint64_t seq = 0;  ///< of the entry
  std::string of;         ///< the fact that makes it
  bool derived = false;   ///< an event that follows from the fact makes it
};

/// What was taken back.
struct TakenBack {
  std::string by;
  std::string replaced;  ///< by the fact that takes its place, or empty
};

/// A part that an event took off a bill.
struct TakenOff {
  std::string event;
  std::string bill;  ///< the address of its settlement
  std::int64_t amount = 0;
};

/// What a fact adds to an agreement's base in a month: at its price, or to R.
struct BaseEntry {
  std::string agreement;
  std::string month;
  Wide priced = 0;
  Wide standard = 0;
};

/// A line of a sale: its address and the line's number.
using SoldLine = std::pair<std::string, int>;

struct Waiting {
  std::string agreement;
  std::int64_t amount = 0;
};

struct Refunded {
  SoldLine line;
  std::int64_t quantity = 0;
  std::int64_t amount = 0;
  std::int64_t pro_rata = 0;
  std::string refund{};  ///< its address
};

struct Bill {
  std::string agreement;
  std::string through;
  std::string settled_on;
  std::string due_on;
  std::int64_t due = 0;
  std::int64_t open = 0;
  std::int64_t high = 0;  ///< H after it
  std::string at{};       ///< of its settlement
};

struct Approval {
  std::string at;
  std::string of;       ///< an address, or empty
  std::string subject;  ///< a name, or empty
  std::string action;
  std::string approver;
  std::string date;      ///< business date
  std::string decision;  ///< that it cites, or empty
  std::optional<std::int64_t> amount_max;
  bool used = false;
  bool withdrawn = false;
};

struct Request {
  std::string at;
  std::string date;
  Json fact;
  std::int64_t paid = 0;
  bool swept = false;
};

/// A dated edge between two names.
struct Relation {
  std::string relation;
  std::string from;
  std::string to;
  std::string as;  ///< or empty
  std::string since;
  std::string until;  ///< the last day, or empty
};

/// What was proposed and is not adopted yet.
struct Proposal {
  std::string at;
  std::string date;
  Json fact;
};

struct Policy {
  std::string adopted_at;  ///< an address
  std::string policy;
  std::string type;
  std::string scope;  ///< scheme; of an approval its action, of control "-"
  std::int64_t version = 0;
  std::string applies_from;
  Json body;
};

/// A policy that reaches back, and how far it was applied.
struct Job {
  std::size_t policy = 0;  ///< index into the state's policies
  std::string next;        ///< address of the first event that is left
  std::string last_page;   ///< or empty
  bool done = false;
  std::vector<Json> rows{};  ///< of all its pages
};

/// Goods of an owner, since the receipt that found none of them.
struct Item {
  std::string pot;  ///< of a vendor's, empty
  std::string goods_class;
};

/// Purchase money that is not settled in full.
struct Advance {
  std::string at;  ///< of its payment
  std::string fund;
  std::string pot;
  std::string payee;
  std::string place;  ///< of its request
  std::int64_t open = 0;
};

/// Places of a line of a redemption that are not marked yet.
struct Held {
  std::string redemption;
  int line = 0;
  std::string offer;
  std::string beneficiary;
  std::int64_t left = 0;
};

/// Places that a beneficiary took of an offer, or below 0 gave back.
struct PlaceTaken {
  std::string beneficiary;
  std::string offer;
  std::int64_t places = 0;
};

}  // namespace suanpan::opinion
