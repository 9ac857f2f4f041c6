/* The write path of one book, from a client's command to its answer, with everything that may end
 * it. One step at a time, in every order that the program's threads allow:
 *
 *   Decide     a command is decided on the tentative head and queued, unless its key is known
 *   Write      the committer hands the queued entries to the system
 *   Sync       and has them on the disk
 *   Guard      and tells the guard, without a sync
 *   Publish    and moves the durable head
 *   Answer     the client of an entry below the durable head is answered; sent again, as a duplicate
 *   Kill       the process ends; what the system was handed is not lost
 *   PowerLoss  the machine ends: what was not synced is gone, the guard may be any older one
 *   Damage     while nothing runs, the log loses entries at its end
 *   Open       reads the log; one that is shorter than the guard says, or another one, is an alarm
 *   Plan       the loss is going to be accepted: what is kept and what was promised is written down
 *   Tell       log.restored is in the log
 *   GoBack     and only then the guard follows; now there is no alarm any more
 *
 * Claimed: what was answered was on the disk; no key is in the log twice; every opening that gives
 * no alarm finds each answered key at its place exactly once, or a log.restored that tells of that
 * place: a loss is never accepted without a trace, whatever ends the run; a loss is told once; and
 * a run that was cut short can be finished. Not claimed, and left out: damage after a power loss,
 * which the machine alone cannot find, and a power loss between damage and the plan
 * (docs/decisions/0012, 0013). A log.restored that is lost itself is told with the loss of its
 * place, and what it told of is not told again.
 *
 * run_model.py checks it, with KEYS=3 where an alarm is the end (NO_ACCEPT), and that it finds the
 * fault when one of these is defined:
 *   GUARD_LATE       the guard is told after the answers
 *   NO_GUARD_CHECK   opening does not look at it
 *   SYNC_LATE        the answers are given before the sync
 *   KEYS_FORGOTTEN   opening does not learn the keys of the log
 *   GUARD_NOT_TOLD   opening does not tell the guard of entries that it found and repeats may answer
 *   GUARD_FIRST      the guard goes back before the loss is planned and told
 *   NO_PLAN          nothing is written down before the loss is told
 */

#ifndef KEYS
#define KEYS 2
#endif
#define ENDINGS 3              /* kills and power losses in one run */
#define LONGEST (KEYS + 2)     /* room for entries that should not be there, or are log.restored */
#define RESTORED (KEYS + 1)    /* an entry that is a log.restored */

/* On the disk and in the system's memory. */
byte entry[LONGEST];           /* key of each entry, 1 to KEYS, or RESTORED */
byte last_lost[LONGEST];       /* of a log.restored: the last entry that it tells of, plus 1 */
byte written;                  /* entries the system was handed */
byte synced;                   /* of them on the disk */
byte guard;
byte guard_restored;           /* log.restored below it: what its root tells apart */
bool planned;
byte kept;
byte promised;
bool power_was_lost;

/* In the process. */
bool up;
byte decided[LONGEST];
byte tentative;
byte durable;
byte group;                    /* what is being committed ends here */
byte stage;                    /* 0: nothing under way */
bool known[KEYS + 2];

/* Outside. */
bool answered[KEYS + 1];
byte place[KEYS + 1];          /* of the entry that was answered last */
byte endings;
bool alarm;
byte accepting;                /* 0: nobody accepts; else the next step */
bool told;                     /* a loss is told that the guard has not followed yet */
bool trace_lost;               /* damage took a log.restored */

byte i, k, copies, count;
bool traced;

/* count: of log.restored among the first n entries. */
inline count_restored(n) {
  count = 0;
  i = 0;
  do
  :: i >= n -> break
  :: else ->
    if
    :: entry[i] == RESTORED -> count++
    :: else -> skip
    fi;
    i++
  od;
  i = 0
}

/* traced: whether the log tells that what was at a place is lost. */
inline look_for_trace(at) {
  traced = false;
  i = 0;
  do
  :: i >= written || i > at -> break
  :: else ->
    if
    :: entry[i] == RESTORED && (at < last_lost[i] || trace_lost) -> traced = true
    :: else -> skip
    fi;
    i++
  od;
  i = 0
}

inline check_log() {
  k = 1;
  do
  :: k > KEYS -> break
  :: else ->
    copies = 0;
    i = 0;
    do
    :: i >= written -> break
    :: else ->
      if
      :: entry[i] == k -> copies++
      :: else -> skip
      fi;
      i++
    od;
    assert(copies <= 1);
    if
    :: answered[k] ->
      look_for_trace(place[k]);
      assert(traced || (place[k] < written && entry[place[k]] == k))
    :: else -> skip
    fi;
    k++
  od;
  i = 0; k = 0; copies = 0; traced = false
}

inline tell_guard(n) {
  count_restored(n);
  guard = n;
  guard_restored = count;
  count = 0
}

inline open_log() {
  up = true;
  synced = written;            /* recovery writes a table of what it read, and syncs it */
  tentative = 0;
  do
  :: tentative >= written -> break
  :: else ->
    decided[tentative] = entry[tentative];
#ifndef KEYS_FORGOTTEN
    known[entry[tentative]] = true;
#endif
    tentative++
  od;
  durable = written;
  group = written;
#ifndef GUARD_NOT_TOLD
  tell_guard(written);
#endif
  planned = false; kept = 0; promised = 0;
  told = false;
  stage = 0
}

inline end_process() {
  up = false;
  alarm = false;
  accepting = 0;
  endings++;
  stage = 0;
  k = 0;
  do
  :: k > KEYS -> break
  :: else -> known[k] = false; k++
  od;
  k = 0
}

/* An older head of the guard: of this log, or of the one that was lost behind what is kept. */
inline forget_guard() {
  do
  :: guard > 0 -> guard--
  :: break
  od;
  if
  :: !planned || guard <= kept -> tell_guard(guard)
  :: else -> skip
  fi
}

/* Sets alarm as opening does. */
inline look_at_guard() {
  count_restored(guard);
  alarm = written < guard || count != guard_restored ||
          (planned && kept == written && promised > written);
  count = 0
}

/* As planned, and told: the guard alone is left to do. */
#define TOLD_ALREADY (planned && written == kept + 1 && entry[kept] == RESTORED)

inline plan_loss() {
  if
  :: TOLD_ALREADY -> accepting = 3
  :: else ->
    assert(written < guard || (planned && kept == written));   /* else it could not be accepted */
    if
    :: !(planned && kept == written) -> promised = 0
    :: else -> skip
    fi;
    if
    :: guard > promised -> promised = guard
    :: else -> skip
    fi;
    kept = written;
#ifndef NO_PLAN
    planned = true;
#endif
    accepting = 2
  fi
}

inline tell_loss() {
  assert(!told);
  entry[written] = RESTORED;
  last_lost[written] = promised;
  written++;
  synced = written;
  told = true
}

#ifdef SYNC_LATE
#define SYNC 3
#define GUARD 1
#define PUBLISH 2
#else
#ifdef GUARD_LATE
#define SYNC 1
#define PUBLISH 2
#define GUARD 3
#else
#define SYNC 1
#define GUARD 2
#define PUBLISH 3
#endif
#endif

inline next_stage() {
  if
  :: stage == 3 -> stage = 0
  :: else -> stage++
  fi
}

active proctype Everything() {
  byte key, at;
  do
  :: up && tentative < LONGEST ->                    /* Decide */
    select(key : 1 .. KEYS);
    atomic {
      if
      :: !known[key] && tentative < LONGEST ->
        known[key] = true;
        decided[tentative] = key;
        tentative++
      :: else -> skip
      fi;
      key = 0
    }
  :: atomic { up && stage == 0 && written < tentative ->   /* Write */
      group = tentative;
      do
      :: written >= group -> break
      :: else -> entry[written] = decided[written]; written++
      od;
      stage = 1
    }
  :: atomic { up && stage == SYNC -> synced = group; next_stage() }
  :: atomic { up && stage == GUARD -> tell_guard(group); next_stage() }
  :: atomic { up && stage == PUBLISH -> durable = group; next_stage() }
  :: up && durable > 0 ->                            /* Answer */
    select(at : 0 .. LONGEST - 1);
    atomic {
      if
      :: at < durable && decided[at] != RESTORED ->
        assert(at < synced);
        if
        :: answered[decided[at]] && place[decided[at]] != at ->   /* sent again after a loss */
          look_for_trace(place[decided[at]]);
          assert(traced);
          traced = false
        :: else -> skip
        fi;
        answered[decided[at]] = true;
        place[decided[at]] = at
      :: else -> skip
      fi;
      at = 0
    }
  :: atomic { (up || accepting > 1) && endings < ENDINGS -> end_process() }    /* Kill */
  :: atomic { (up || accepting > 1) && endings < ENDINGS ->     /* PowerLoss */
      end_process();
      written = synced;
      power_was_lost = true;
      forget_guard()
    }
  :: atomic { !up && accepting == 0 && !power_was_lost && written > 0 ->    /* Damage */
      written--;
      if
      :: entry[written] == RESTORED -> told = false; trace_lost = true
      :: else -> skip
      fi;
      entry[written] = 0;
      last_lost[written] = 0;
      if
      :: synced > written -> synced = written
      :: else -> skip
      fi
    }
  :: atomic { !up && !alarm ->                       /* Open */
#ifndef NO_GUARD_CHECK
      look_at_guard();
#endif
      if
      :: alarm -> skip
      :: else -> check_log(); open_log()
      fi
    }
#ifdef NO_ACCEPT
  :: alarm -> break
#else
#ifdef GUARD_FIRST
  :: atomic { alarm && accepting == 0 -> promised = guard; tell_guard(written); accepting = 1 }
  :: atomic { accepting == 1 -> kept = written; planned = true; accepting = 2 }
  :: atomic { accepting == 2 -> tell_loss(); accepting = 3 }
#else
  :: atomic { alarm && accepting == 0 -> plan_loss() }       /* Plan */
  :: atomic { accepting == 2 -> tell_loss(); accepting = 3 }       /* Tell */
#endif
  :: atomic { accepting == 3 ->                      /* GoBack */
      tell_guard(written);
      told = false;
      accepting = 0;
      alarm = false
    }
#endif
  od
}
