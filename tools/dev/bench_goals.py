"""The rows of the table of ./dev bench: which counters they show, and the goals.

bench: name of the Google Benchmark. ours, theirs, ratio: its counters. The goal judges the ratio
where there is one, else ours.
"""


def _append(bench, question):
    bench = f"BM_Append/{bench}"
    row = {"bench": bench, "question": f"P1 append, {question}", "ours": "events/s",
           "unit": "events/s"}
    return [
        {**row, "goal": (">=", 1e6)},
        {**row, "peer": "raw RocksDB", "theirs": "raw_events/s", "ratio": "of_raw",
         "goal": (">=", 0.7)},
        {**row, "peer": "PostgreSQL", "theirs": "postgres_events/s", "ratio": "x_postgres",
         "goal": (">=", 8)},
        {**row, "peer": "PostgreSQL, balances each", "theirs": "postgres_each_events/s",
         "ratio": "x_postgres_each"},
        {**row, "peer": "SQLite", "theirs": "sqlite_events/s", "ratio": "x_sqlite",
         "goal": (">=", 12)},
        {**row, "peer": "SQLite, balances each", "theirs": "sqlite_each_events/s",
         "ratio": "x_sqlite_each"},
    ]


def _clients(bench, question):
    row = {"bench": f"BM_Clients/{bench}", "question": f"P2 64 threads, {question}",
           "ours": "commands/s", "unit": "commands/s"}
    return [
        {**row, "goal": (">=", 60_000)},
        {**row, "ours": "p50_ms", "unit": "ms (p50)"},
        {**row, "ours": "p99_ms", "unit": "ms (p99)", "goal": ("<", 10)},
        {**row, "peer": "raw RocksDB", "theirs": "raw_commands/s", "ratio": "of_raw",
         "goal": (">=", 1.5)},
        {**row, "peer": "PostgreSQL", "theirs": "postgres_commands/s", "ratio": "x_postgres",
         "goal": (">=", 5)},
        {**row, "peer": "fdatasync, one thread", "theirs": "fdatasync/s", "their_unit": "syncs/s",
         "ratio": "of_fdatasync"},
    ]


def _replay(bench, question, per_core):
    row = {"bench": f"BM_Replay/{bench}", "question": f"P3 replay, {question}",
           "ours": "events/s", "unit": "events/s"}
    rows = [
        {**row, "peer": "scan, LZ4, XXH3", "theirs": "raw_events/s", "ratio": "of_raw",
         "goal": (">=", 0.4)},
        {**row, "peer": "PostgreSQL, one core", "theirs": "postgres_events/s",
         "ratio": "x_postgres"},
        {**row, "peer": "SQLite", "theirs": "sqlite_events/s", "ratio": "x_sqlite"},
    ]
    return ([{**row, "goal": (">=", 10e6)}] if per_core else []) + rows


def _books(books, threads, goal):
    return {"bench": f"BM_ReplayBooks/books_{books}_threads_{threads}",
            "question": f"P3 replay, {books} books, {threads} thread{'s' * (threads > 1)}",
            "ours": "events/s", "unit": "events/s", "peer": "one book, one thread, x threads",
            "theirs": "linear_events/s", "ratio": "of_linear", "goal": goal}


def _verify(bench, question, per_core):
    row = {"bench": f"BM_Verify/{bench}", "question": f"P4 audit verify, {question}",
           "ours": "events/s", "unit": "events/s"}
    first = [{**row, "goal": (">=", 3e6)}] if per_core else [row]
    return first + [
        {**row, "peer": "SHA-256 alone", "theirs": "sha256_events/s", "ratio": "of_sha256",
         **({"goal": (">=", 0.4)} if per_core else {})},
        {**row, "peer": "scan of entries", "theirs": "raw_events/s", "ratio": "of_raw"},
        {**row, "peer": "PostgreSQL, hash chain", "theirs": "postgres_events/s",
         "ratio": "x_postgres"},
        {**row, "peer": "hledger, balances", "theirs": "hledger_events/s", "ratio": "x_hledger"},
        {**row, "ours": "peak_MiB", "unit": "MiB", "peer": "hledger, memory",
         "theirs": "hledger_MiB"},
        {**row, "ours": "peak_MiB", "unit": "MiB", "goal": ("<", 64)},
    ]


def _size(bench, question, goal):
    return {"bench": f"BM_BytesPerEvent/{bench}", "question": f"P6 bytes an event, {question}",
            "ours": "bytes/event", "peer": "raw RocksDB, no keys", "theirs": "raw_bytes/event",
            "goal": goal}


def _scale(size, smallest=False):
    row = {"bench": f"BM_Scale/{size}", "question": f"P7 {size} events"}
    beside = {} if smallest else {"peer": "1 M events", "goal": ("<=", 1.1)}
    return [
        {**row, **beside, "ours": f"{what}_ns/event", "unit": f"ns an event ({what})",
         "ratio": None if smallest else f"{what}_of_smallest"}
        for what in ("append", "replay", "open")
    ] + [{**row, "ours": f"{what}_MiB", "unit": f"MiB ({what})"}
         for what in ("append", "replay", "open")]


def _limit(bench, counter, unit):
    return {"bench": f"BM_Limit/{bench}", "question": "limits of the machine", "ours": counter,
            "unit": unit}


ROWS = [
    *_append("facts_1_together_1000_uuid", "1 fact, 1,000 together"),
    *_append("facts_1_together_1000_books_30", "the same, 30 books"),
    *_append("facts_1_together_1000_stream", "the same, stream keys"),
    *_append("facts_100_together_10_uuid", "100 facts, 10 together"),
    *_append("facts_100_single_uuid", "100 facts, each waited for"),
    {"bench": "BM_Append/facts_1_single_uuid", "question": "P1 append, 1 fact, each waited for",
     "ours": "events/s", "unit": "events/s", "peer": "raw RocksDB", "theirs": "raw_events/s",
     "ratio": "of_raw"},
    *_clients("one_book", "one book"),
    *_clients("a_book_each", "a book each"),
    *_replay("one_thread", "one thread", True),
    *_replay("decoding_ahead", "decoding ahead", False),
    _books(4, 1, None),
    _books(4, 2, None),
    _books(30, 1, None),
    _books(30, 2, (">=", 0.9)),
    *_verify("one_thread", "one thread", True),
    *_verify("two_threads", "two threads", False),
    {"bench": "BM_Lines/sales", "question": "P5 suanpan append, JSON Lines of one sale",
     "ours": "commands/s", "unit": "commands/s", "goal": (">=", 400_000)},
    {"bench": "BM_Lines/sales", "question": "P5 suanpan append, JSON Lines of one sale",
     "ours": "commands/s", "unit": "commands/s", "peer": "parsing alone",
     "theirs": "parsed_commands/s", "ratio": "parsing_of_all"},
    _size("facts_1_uuid", "UUID keys", ("<=", 80)),
    _size("facts_1_stream", "stream keys", ("<=", 45)),
    _size("facts_100_uuid", "100 facts", None),
    *_scale("1M", smallest=True),
    *_scale("10M"),
    *_scale("100M"),
    {"bench": "BM_Open/uuid_keys", "question": "opening for writing", "ours": "open_s/million",
     "unit": "s a million commands"},
    _limit("fdatasync", "per_second", "fdatasync/s"),
    _limit("memory_scan", "GB/s", "GB/s memory scan"),
    _limit("sha256_long", "GB/s", "GB/s SHA-256, long"),
    _limit("sha256_entry", "GB/s", "GB/s SHA-256, 245 bytes"),
    _limit("lz4_decompress", "GB/s", "GB/s LZ4, decompressed"),
    _limit("xxh3", "GB/s", "GB/s XXH3"),
]
