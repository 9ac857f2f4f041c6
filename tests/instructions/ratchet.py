"""What a question cost when expected.txt was written, and whether that still holds."""

from callgrind import NAMES

COLUMNS = ["total", *NAMES]
ABOVE = 0.03  # of a column; runs of the same program differ by less than 0.001
BELOW = 0.05
SMALL = 0.005  # of the total: columns move by so much without being asked about


def read(text):
    """(setting, question -> column -> instructions per event)."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    setting = lines[0].removeprefix("setting: ")
    rows = [line.split() for line in lines[2:]]
    return setting, {row[0]: dict(zip(COLUMNS, map(int, row[1:]))) for row in rows}


def table(rows):
    """Lines of question -> column -> number."""
    texts = [["question", *COLUMNS]]
    texts += [[name, *(str(row[column]) for column in COLUMNS)] for name, row in rows.items()]
    return [f"{text[0]:12}" + "".join(f"{cell:>8}" for cell in text[1:]) for text in texts]


def write(old_text, setting, rows):
    """The file's text with other figures: its comments stay."""
    comments = [line for line in old_text.splitlines() if line.startswith("#")]
    return "\n".join([*comments, "", f"setting: {setting}", *table(rows)]) + "\n"


def complaints(question, now, expected):
    """Lines about columns that are no longer what they were."""
    for column in COLUMNS:
        difference = now[column] - expected[column]
        if abs(difference) <= SMALL * expected["total"]:
            continue
        what = f"{question}: {column} is {now[column]} instructions an event"
        if difference > ABOVE * expected[column]:
            yield f"{what}, more than {expected[column]} + {ABOVE:.0%}"
        elif -difference > BELOW * expected[column]:
            yield f"{what}, less than {expected[column]} - {BELOW:.0%}: keep the gain with --update"
