"""Graded activity: from what was measured to an agreed amount per week. Pure Python: no Django, no clock.

Somebody measures three times how much of one activity goes well, starts a little below the mean, and goes up by the
same step every week. The agreed amount leads, not the pain of the day: on a bad day slower or in pieces, on a good day
no further. The unit is the caller's: minutes, laps or repetitions. Rules and worked examples: clinical-brief A13 and
A14 [003]; what is ours (GK) is said beside it, and waits for a clinician.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import floor, isfinite

MEASUREMENTS = 3
LEAST_LOWER, MOST_LOWER = 0.20, 0.30  # the share that the start lies below the baseline
LONGEST = 26  # weeks
FEWEST_SESSIONS = 3  # a week
MOST_SESSIONS = 14  # twice a day (GK)
MOST = 100_000  # more than anybody counts; a slip of the finger shows (GK)
STEEP = "steep"  # the warning: the weekly step is more than a quarter of the start (GK)
STEEP_SHARE = Fraction(1, 4)

LONGEST_TASK = 480  # minutes: a working day (GK)
LONGEST_BLOCK = 120  # minutes (GK)


class NotPossible(ValueError):
    """What was typed gives no schedule. `code` says why, `field` beside which field, `at` which of several (from 0)."""

    def __init__(self, code: str, field: str, at: int | None = None):
        super().__init__(f"{field}: {code}")
        self.code, self.field, self.at = code, field, at


@dataclass(frozen=True, slots=True)
class Week:
    """What is agreed after `number` weeks: `amount` each session."""

    number: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """One activity, built up. `start` is today's amount; each of `weeks` is one week later, and the last is the goal.

    `step` is the exact weekly step; the amounts are whole, so that one step may differ by 1 from the next. `sessions`
    is how often a week. `warnings` holds codes, such as STEEP: to talk about, not to forbid.
    """

    baseline: float
    start: int
    step: float
    weeks: tuple[Week, ...]
    sessions: int = FEWEST_SESSIONS
    warnings: tuple[str, ...] = ()

    @property
    def goal(self) -> int:
        return self.weeks[-1].amount


class Advice(StrEnum):
    """What to do when the agreed amount is not reached. Missed is never a fault: '' means try again."""

    GO_ON = ""
    ASK = "ask"  # what stands in the way?
    ADJUST = "adjust"  # a lower goal or more weeks
    REFER = "refer"  # help from a professional


@dataclass(frozen=True, slots=True)
class Pacing:
    """A task in pieces: minutes of each block in turn, and `total` minutes with the breaks between them."""

    blocks: tuple[int, ...]
    total: int


def baseline(measured: Sequence[float]) -> float:
    """The mean of exactly three measurements, in their unit.

    Raises NotPossible on `measured`: 'measured-three', 'measured-number', 'measured-positive' or 'measured-most'.
    """
    return float(_mean(measured))


def start_of(baseline: float, lower: float = LEAST_LOWER) -> int:
    """Where to begin: `lower` (0.20 to 0.30) below the baseline, whole; a half goes up, so that 17.5 becomes 18.

    Raises NotPossible: 'baseline-positive', 'lower-range', or 'start-none' on `measured` where it comes to nothing:
    count in a smaller unit then.
    """
    if not (isfinite(baseline) and baseline > 0):
        raise NotPossible("baseline-positive", "baseline")
    return _start(_exact(baseline), lower)


def schedule(
    measured: Sequence[float],
    goal: float,
    weeks: int,
    *,
    lower: float = LEAST_LOWER,
    sessions: int = FEWEST_SESSIONS,
) -> Schedule:
    """From three measurements to the goal in so many weeks, never going down and ending on the goal exactly.

    Raises NotPossible as `baseline` and `start_of` do, and besides: 'goal-whole', 'goal-most', 'goal-above-start',
    'weeks-whole', 'weeks-range' (1 to 26), 'sessions-whole', 'sessions-range' (3 to 14). Warns with STEEP when the
    weekly step is more than a quarter of the start.
    """
    mean = _mean(measured)
    start = _start(mean, lower)
    if goal > MOST:
        raise NotPossible("goal-most", "goal")
    goal = _whole(goal, "goal")
    if goal <= start:
        raise NotPossible("goal-above-start", "goal")
    weeks = whole_between(weeks, 1, LONGEST, "weeks")
    sessions = whole_between(sessions, FEWEST_SESSIONS, MOST_SESSIONS, "sessions")
    step = Fraction(goal - start, weeks)
    return Schedule(
        baseline=float(mean),
        start=start,
        step=float(step),
        weeks=tuple(Week(number, start + _rounded(number * step)) for number in range(1, weeks + 1)),
        sessions=sessions,
        warnings=(STEEP,) if step > STEEP_SHARE * start else (),
    )


def advice(reached: Sequence[bool], *, asked: bool = False, adjusted: bool = False) -> Advice:
    """What the last three weeks ask for. `reached` tells week by week, oldest first, whether the amount was done.

    Two of the last three not reached (GK): ask what stands in the way; when that was `asked` already, adjust; when the
    schedule was `adjusted` already, refer. Pass only the weeks since the last talk or change, so that each gets time.
    """
    if list(reached[-3:]).count(False) < 2:
        return Advice.GO_ON
    if adjusted:
        return Advice.REFER
    return Advice.ADJUST if asked else Advice.ASK


def pacing(minutes: int, work: int = 20, rest: int = 15) -> Pacing:
    """A task of so many minutes in blocks of `work`, with `rest` minutes of something else between two blocks.

    60 minutes are 3 blocks of 20, in 90 minutes all told. The last block is what is left. Raises NotPossible:
    'minutes-whole' or 'minutes-range' (1 to 480), and the same for `work` and `rest` (1 to 120).
    """
    minutes = whole_between(minutes, 1, LONGEST_TASK, "minutes")
    work = whole_between(work, 1, LONGEST_BLOCK, "work")
    rest = whole_between(rest, 1, LONGEST_BLOCK, "rest")
    blocks = tuple(min(work, minutes - done) for done in range(0, minutes, work))
    return Pacing(blocks, minutes + rest * (len(blocks) - 1))


def whole_between(value: float, least: int, most: int, field: str) -> int:
    """`value` when it is whole and from `least` to `most`; else NotPossible '<field>-whole' or '<field>-range'."""
    value = _whole(value, field)
    if not least <= value <= most:
        raise NotPossible(f"{field}-range", field)
    return value


def _whole(value: float, field: str) -> int:
    if not isfinite(value) or value != int(value):
        raise NotPossible(f"{field}-whole", field)
    return int(value)


def _mean(measured: Sequence[float]) -> Fraction:
    if len(measured) != MEASUREMENTS:
        raise NotPossible("measured-three", "measured")
    for at, one in enumerate(measured):
        if not isfinite(one):
            raise NotPossible("measured-number", "measured", at)
        if one <= 0:
            raise NotPossible("measured-positive", "measured", at)
        if one > MOST:
            raise NotPossible("measured-most", "measured", at)
    return sum(map(_exact, measured), Fraction()) / MEASUREMENTS


def _start(mean: Fraction, lower: float) -> int:
    if not LEAST_LOWER <= lower <= MOST_LOWER:
        raise NotPossible("lower-range", "lower")
    start = _rounded(mean * (1 - _exact(lower)))
    if start < 1:
        raise NotPossible("start-none", "measured")
    return start


def _exact(number: float) -> Fraction:
    # 0.2 is a fifth here, as it was typed, and 3.3333333333333335 is ten thirds: half a minute must round the same way.
    return Fraction(str(number)).limit_denominator(1_000_000)


def _rounded(number: Fraction) -> int:
    """To the nearest whole number; a half goes up."""
    return floor(number + Fraction(1, 2))
