"""Going back to work in three steps: half of the hours, three quarters, all of them. Pure Python: no Django, no clock.

A proposal to talk about with the GP and the occupational doctor, and never a sick note: it holds dates, hours and
codes of sentences, and decides nothing. The steps, the same care for heavy tasks, and breaks as lasting advice:
clinical-brief A16 [001]. How hours fall on days, the quarter hours and the limits are ours (GK), and wait for a
clinician.
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .build_up import NotPossible, whole_between

QUARTERS = 4  # hours are told in quarters
LEAST_HOURS, MOST_HOURS = 1, 48  # a week
LEAST_DAY, MOST_DAY = 1, 12  # hours
MOST_DAYS = 7
MOST_WEEKS = 12  # for one step

# Per cent of the usual hours, and the codes of the sentences that go with it.
STEPS = (
    (50, ("lighter-tasks", "breaks", "with-doctor")),
    (75, ("widen-tasks", "breaks", "with-doctor")),
    (100, ("usual-tasks", "breaks", "with-doctor")),
)


class Shape(StrEnum):
    """How fewer hours fall on the week."""

    SHORTER_DAYS = "shorter-days"  # as many days as usual, each shorter
    FEWER_DAYS = "fewer-days"  # usual days, and one shorter day for what is left


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: from `starts` on, `hours` a week, which fall on `days`: the hours of each working day, longest first.

    `says` are codes of sentences: about tasks, breaks, and whom to talk to.
    """

    percent: int
    starts: datetime.date
    hours: float
    days: tuple[float, ...]
    says: tuple[str, ...]


def proposal(
    start: datetime.date,
    hours_per_week: float,
    days: int = 5,
    weeks_per_step: int = 2,
    shape: str = Shape.SHORTER_DAYS,
) -> tuple[Step, ...]:
    """The three steps, `weeks_per_step` weeks apart, in hours rounded to the quarter; the days add up to the week.

    `hours_per_week` and `days` are the usual week. Raises NotPossible: 'hours-range' (1 to 48), 'days-whole',
    'days-range' (1 to 7), 'day-short' or 'day-long' on `days` (1 to 12 hours a day), 'weeks-whole', 'weeks-range'
    (1 to 12), 'start-late' (past the calendar), 'shape-unknown'.
    """
    hours = _usual(hours_per_week)
    days = whole_between(days, 1, MOST_DAYS, "days")
    if hours < LEAST_DAY * days:
        raise NotPossible("day-short", "days")
    if hours > MOST_DAY * days:
        raise NotPossible("day-long", "days")
    weeks = whole_between(weeks_per_step, 1, MOST_WEEKS, "weeks")
    if shape not in tuple(Shape):
        raise NotPossible("shape-unknown", "shape")
    starts = _starts(start, weeks)
    spread = _shorter if shape == Shape.SHORTER_DAYS else _fewer
    return tuple(
        _step(percent, on, spread(_quarters(hours * percent / 100), hours, days), says)
        for (percent, says), on in zip(STEPS, starts, strict=True)
    )


def _usual(hours_per_week: float) -> Fraction:
    if not LEAST_HOURS <= hours_per_week <= MOST_HOURS:
        raise NotPossible("hours-range", "hours")
    return Fraction(str(hours_per_week))


def _starts(start: datetime.date, weeks: int) -> list[datetime.date]:
    try:
        return [start + datetime.timedelta(weeks=weeks * place) for place in range(len(STEPS))]
    except OverflowError:
        raise NotPossible("start-late", "start") from None


def _step(percent: int, starts: datetime.date, quarters: list[int], says: tuple[str, ...]) -> Step:
    return Step(
        percent=percent,
        starts=starts,
        hours=sum(quarters) / QUARTERS,
        days=tuple(one / QUARTERS for one in quarters),
        says=says,
    )


def _quarters(hours: Fraction) -> int:
    """The hours in quarters, to the nearest; half a quarter goes up."""
    return int(hours * QUARTERS + Fraction(1, 2))


def _evenly(quarters: int, days: int) -> list[int]:
    each, left = divmod(quarters, days)
    return [each + 1] * left + [each] * (days - left)


def _shorter(quarters: int, _usual: Fraction, days: int) -> list[int]:
    return _evenly(quarters, days)


def _fewer(quarters: int, usual: Fraction, days: int) -> list[int]:
    found = []
    for day in _evenly(_quarters(usual), days):
        found.append(min(day, quarters))
        quarters -= found[-1]
    return [one for one in found if one]
