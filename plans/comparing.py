"""Two released versions of a plan side by side, line by line and word by word: no query, no clock.

What is the same is said too: who reads it wants to see what stays. Nothing is counted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from .habit_words import habit_sentence
from .plan_copy import PlanCopy

SAME, CHANGED, NEW, GONE = "same", "changed", "new", "gone"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line; `other` when they do not stand in the other version."""

    words: str
    other: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A line as it was and as it is, with how they differ. One that is new or gone has () on the other side."""

    how: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the plan, by its key of PARTS."""

    key: str
    pairs: tuple[Pair, ...]

    @property
    def differs(self) -> bool:
        return any(pair.how != SAME for pair in self.pairs)


def compared(before: PlanCopy, after: PlanCopy) -> tuple[Part, ...]:
    """The parts of both versions in the order of the paper; a part that stands in neither is left out."""
    old, new = parts(before), parts(after)
    found = (Part(key, tuple(_pairs(old[key], new[key]))) for key in new)
    return tuple(part for part in found if part.pairs)


def parts(plan: PlanCopy) -> dict[str, list[str]]:
    """The lines of each part of a plan."""
    return {
        "habits": [line for habit in plan.habits for line in _habit(habit, plan.language)],
        "strengths": list(plan.strengths),
        "glasses": [
            line
            for glass in plan.glasses
            for line in (glass.name, glass.doing, *glass.tips, glass.who_helps)
            if line
        ],
        "conditions": [line for one in plan.conditions for line in (one.name, *one.tips)],
        "helpers": [" · ".join(filter(None, (one.name, one.kind, one.phone))) for one in plan.helpers],
        "exercises": [f"{one.name}: {one.dose}" for one in plan.exercises],
        "building": list(_building(plan)),
        "note": [line for line in plan.note.splitlines() if line.strip()],
    }


def _habit(habit, language: str) -> Iterator[str]:
    yield habit_sentence(habit.after, habit.do, language)
    more = (habit.where, habit.how_often, habit.small, habit.nudge, habit.with_whom, habit.reward)
    if any(more):
        yield " · ".join(filter(None, more))


def _building(plan: PlanCopy) -> Iterator[str]:
    for one in plan.build_ups:
        yield f"{one.activity} · {one.often}"
        yield from (f"{week.name} · {week.starts} · {week.says}" for week in one.weeks)
    if plan.ladder:
        yield from (f"{at}. {rung.text}" for at, rung in enumerate(plan.ladder.rungs, start=1))
    if plan.pacing:
        yield from (f"{task.task}: {', '.join(task.blocks)}" for task in plan.pacing.tasks)
    if plan.work:
        yield from (f"{step.starts} · {step.name} · {step.hours}" for step in plan.work.steps)
    yield from (sheet.title for sheet in plan.worksheets)


def _pairs(before: Sequence[str], after: Sequence[str]) -> Iterator[Pair]:
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Pair(SAME, (Piece(line),), (Piece(line),)) for line in before[a:b])
        else:
            yield from (_pair(old, new) for old, new in zip_longest(before[a:b], after[c:d]))


def _pair(old: str | None, new: str | None) -> Pair:
    if old is None or new is None:
        pieces = (Piece(new or old or "", other=True),)
        return Pair(NEW, (), pieces) if old is None else Pair(GONE, pieces, ())
    was, now = old.split(), new.split()
    codes = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    return Pair(
        CHANGED,
        tuple(Piece(" ".join(was[a:b]), tag != "equal") for tag, a, b, _c, _d in codes if a < b),
        tuple(Piece(" ".join(now[c:d]), tag != "equal") for tag, _a, _b, c, d in codes if c < d),
    )
