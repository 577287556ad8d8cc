"""A build-up as a stair: one step for each week, as high as what is agreed. Pure Python: no Django, no clock.

The same steps give the same bytes. It is read in grey too: heights and numbers say it, a darker step is the goal.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from triggers.shelf_svg import FAINT, INK, WATER, WATER_LIGHT, Box, element, path, svg, text_lines

WIDTH, HEIGHT = 700.0, 252.0
TOP, BOTTOM = 34.0, 218.0  # between the flag's room and the line on which the weeks stand
LETTER = 20.0
# Room for one number or one week beside the next, in letters.
ROOM = 0.68


@dataclass(frozen=True, slots=True)
class Stair:
    """One week: `amount` is drawn and written on the step, `label` below it."""

    amount: int
    label: str


def stairs(weeks: Sequence[Stair], *, title: str = "") -> str:
    """The stair as SVG, the first week at the left. Raises ValueError without a week, or for an amount below 1."""
    if not weeks or any(week.amount < 1 for week in weeks):
        raise ValueError("a stair has steps, and each of them has a height")
    wide, highest = WIDTH / len(weeks), max(week.amount for week in weeks)
    said = set(_said(weeks, wide))
    parts = []
    for place, week in enumerate(weeks):
        left, high = place * wide, (BOTTOM - TOP) * week.amount / highest
        parts.append(_step((left, BOTTOM - high, wide, high), last=place == len(weeks) - 1))
        if place in said:
            middle = left + wide / 2
            parts += [
                _word(str(week.amount), middle, BOTTOM - high - 7, bold=True),
                _word(week.label, middle, BOTTOM + 22, bold=False),
            ]
    parts.append(
        element("path", d=path([(0, BOTTOM), (WIDTH, BOTTOM)], closed=False), stroke=INK, stroke_width=2)
    )
    return svg("".join(parts), box=(-8, 0, WIDTH + 16, HEIGHT), size=(WIDTH + 16, HEIGHT), title=title)


def _said(weeks: Sequence[Stair], wide: float) -> list[int]:
    """Which steps carry words: all of them, or as many as have room, with the first and the last."""
    longest = max(max(len(str(week.amount)), len(week.label)) for week in weeks)
    every = max(1, -int(-(longest + 1) * LETTER * ROOM // wide))
    last = len(weeks) - 1
    return [place for place in range(0, last - every + 1, every)] + [last]


def _step(box: Box, *, last: bool) -> str:
    left, top, wide, high = box
    return element(
        "rect",
        x=left,
        y=top,
        width=wide,
        height=high,
        fill=WATER if last else WATER_LIGHT,
        stroke=INK if last else FAINT,
        stroke_width=2,
    )


def _word(word: str, x: float, y: float, *, bold: bool) -> str:
    return text_lines([word], x=x, y=y, size=LETTER, bold=bold, anchor="middle")
