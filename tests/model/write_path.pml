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
 *   Open       reads the log; one that is shorter than the guard says is an alarm, and the end
 *
 * Claimed: what was answered was on the disk; no key is in the log twice; and every opening that
 * gives no alarm finds each answered key exactly once. Not claimed, and left out: damage after a
 * power loss, which the machine alone cannot find (docs/decisions/0012).
 *
 * run_model.py checks it, and that it finds the fault when one of these is defined:
 *   GUARD_LATE       the guard is told after the answers
 *   NO_GUARD_CHECK   opening does not look at it
 *   SYNC_LATE        the answers are given before the sync
 *   KEYS_FORGOTTEN   opening does not learn the keys of the log
 *   GUARD_NOT_TOLD   opening does not tell the guard of entries that it found and repeats may answer
 */

#ifndef KEYS
#define KEYS 3
#endif
#define ENDINGS 3              /* kills and power losses in one run */
#define LONGEST (KEYS + 2)     /* room for entries that should not be there */

/* On the disk and in the system's memory. */
byte entry[LONGEST];           /* key of each entry, 1 to KEYS */
byte written;                  /* entries the system was handed */
byte synced;                   /* of them on the disk */
byte guard;
bool power_was_lost;

/* In the process. */
bool up;
byte decided[LONGEST];
byte tentative;
byte durable;
byte group;                    /* what is being committed ends here */
byte stage;                    /* 0: nothing under way */
bool known[KEYS + 1];

/* Outside. */
bool answered[KEYS + 1];
byte endings;
bool alarm;

byte i, k, copies;

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
    assert(!answered[k] || copies == 1);
    k++
  od;
  i = 0; k = 0; copies = 0
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
  guard = written;
#endif
  stage = 0
}

inline end_process() {
  up = false;
  endings++;
  stage = 0;
  k = 0;
  do
  :: k > KEYS -> break
  :: else -> known[k] = false; k++
  od;
  k = 0
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
  :: atomic { up && stage == GUARD -> guard = group; next_stage() }
  :: atomic { up && stage == PUBLISH -> durable = group; next_stage() }
  :: up && durable > 0 ->                            /* Answer */
    select(at : 0 .. LONGEST - 1);
    atomic {
      if
      :: at < durable && !answered[decided[at]] ->
        assert(at < synced);
        answered[decided[at]] = true
      :: else -> skip
      fi;
      at = 0
    }
  :: atomic { up && endings < ENDINGS -> end_process() }    /* Kill */
  :: atomic { up && endings < ENDINGS ->             /* PowerLoss */
      end_process();
      written = synced;
      power_was_lost = true;
      do
      :: guard > 0 -> guard--
      :: break
      od
    }
  :: atomic { !up && !power_was_lost && written > 0 ->      /* Damage */
      written--;
      if
      :: synced > written -> synced = written
      :: else -> skip
      fi
    }
  :: atomic { !up && !alarm ->                       /* Open */
#ifndef NO_GUARD_CHECK
      if
      :: written < guard -> alarm = true
      :: else -> check_log(); open_log()
      fi
#else
      check_log(); open_log()
#endif
    }
  :: alarm -> break
  od
}
