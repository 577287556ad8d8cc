"""Glasses on boards, a row for each family, their labels below. Pure Python: no Django, no files, no clock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import batched
from math import ceil

from .shelf_glass import LINE, PROFILES, SIZES, DrawnGlass, Place, drawn
from .shelf_svg import FAINT, Point, element, fitting, leading, numbers, text_lines, wrapped

# From the board to the first label's baseline, and what a line of text needs below its baseline.
LABEL = 19.0
DESCENT = 5.0
SMALLEST = 11.0


@dataclass(frozen=True, slots=True)
class Rack:
    """How rows are laid out. `pitch` is from board to board while labels take one line; a second line adds to it.

    With `whole` the boards are as wide as all columns, also where no row fills them.
    """

    left: float
    column: float
    columns: int
    scale: float
    pitch: float
    first: float
    text: float
    whole: bool = True


def racked(glasses: Sequence[DrawnGlass], rack: Rack, *, key: str) -> tuple[str, Point]:
    """The rows, and how far to the right and down they reach. How a label wraps depends on the labels alone."""
    rows = list(_rows(glasses, rack.columns))
    width = rack.column - 6
    size = fitting((one.label for one in glasses), width=width, largest=rack.text, smallest=SMALLEST)
    columns = rack.columns if rack.whole else max((len(row) for row in rows), default=0)
    parts, board, at = [], _first_board(rows, rack), 0
    height = board
    for row in rows:
        lines = [wrapped(one.label, width=width, size=size) for one in row]
        parts.append(_board(rack, columns, board))
        for column, (one, words) in enumerate(zip(row, lines, strict=True)):
            x = rack.left + (column + 0.5) * rack.column
            parts.append(drawn(one, Place(x, board - 1, rack.scale * one.scale), key=f"{key}{at}"))
            parts.append(text_lines(words, x=x, y=board + LABEL, size=size, bold=one.chosen, anchor="middle"))
            at += 1
        more = (max(map(len, lines)) - 1) * leading(size)
        height = board + LABEL + max(0, more) + DESCENT + 2
        board += rack.pitch + max(0, more)
    return "".join(parts), (rack.left + columns * rack.column, height)


def tallest(family: str) -> float:
    """How high a giant glass of the family reaches, its rim and line included."""
    profile = PROFILES[family]
    return SIZES["giant"] * (profile.height + 0.2 * profile.top + LINE / 2)


def _rows(glasses: Sequence[DrawnGlass], columns: int) -> Iterator[tuple[DrawnGlass, ...]]:
    """A row for each family that is there; one that needs two gets them about equally long."""
    for family in PROFILES:
        if own := [one for one in glasses if one.family == family]:
            yield from batched(own, ceil(len(own) / ceil(len(own) / columns)))


def _first_board(rows: Sequence[Sequence[DrawnGlass]], rack: Rack) -> float:
    highest = max((tallest(one.family) for row in rows[:1] for one in row), default=0)
    return max(rack.first, rack.scale * highest + 4)


def _board(rack: Rack, columns: int, y: float) -> str:
    line = f"M{numbers(rack.left + 8, y)}H{numbers(rack.left + columns * rack.column - 8)}"
    return element("path", d=line, stroke=FAINT, stroke_width=1.6)
