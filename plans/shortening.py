"""Long texts and long lists made to fit on one sheet. Pure Python: no Django, no database, no clock.

What is left out is never counted: a number that follows what somebody ticked would be a total of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

DOTS = "…"


@dataclass(frozen=True, slots=True)
class Room:
    """How much one sheet may say: characters of a text, lines of a list, flags, and sentences of one glass."""

    letters: int
    lines: int
    flags: int
    sentences: int


# From roomy to tight. Whatever was told, the tightest fits on one A4.
ROOMS = (
    Room(700, 40, 49, 8),
    Room(320, 16, 30, 5),
    Room(180, 12, 24, 2),
    Room(110, 10, 18, 1),
    Room(80, 8, 14, 0),
    Room(56, 5, 10, 0),
    Room(24, 3, 6, 0),
)


def shortened(text: str, letters: int) -> str:
    """`text` on one line, cut after a whole word where it is longer than `letters`, with dots where it was cut."""
    text = " ".join(text.split())
    if len(text) <= letters:
        return text
    kept = text[: letters - len(DOTS)]
    # A word that fills half of the room is cut itself: there may be no space at all.
    space = kept.rfind(" ")
    return (kept[:space] if space > letters // 2 else kept).rstrip(" ,;:.") + DOTS


def first_of(rows: Sequence, lines: int) -> tuple[tuple, bool]:
    """The first `lines` of `rows`, and whether something was left out."""
    return tuple(rows[:lines]), len(rows) > lines
