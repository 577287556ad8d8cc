"""The exposure ladder: from the least to the most frightening, one rung at a time. Pure Python: no Django, no clock.

A person lists at most ten everyday movements that they are careful with, says of each how frightening it feels (0-10),
and begins with the least. A rung is done again until it is calmer; only then comes the next. Before each try the person
says what they expect, afterwards what they felt: both from 0 to 10, side by side, never added up. The ladder is
clinical-brief A15 [003]; when a rung counts as calmer is ours (GK), and waits for a clinician.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from .build_up import NotPossible, whole_between

MOST_RUNGS = 10
LEAST_FEAR, MOST_FEAR = 0, 10

# Calmer (GK): each of the last two tries ended low, or clearly lower than the very first one did.
TRIES = 2
CALM = 4
CLEARLY = 2

STEP_1 = "step-1"
# What a practitioner may set that keeps the ladder closed, in the order in which it is said.
REASONS = ("recent-fracture", "surgery", "serious-spinal-injury")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One movement or activity, and how frightening the thought of it is (0 not at all, 10 most of all).

    Raises NotPossible: 'text-empty', 'fear-whole' or 'fear-range'.
    """

    key: str
    text: str
    fear: int

    def __post_init__(self):
        if not self.text.strip():
            raise NotPossible("text-empty", "text")
        whole_between(self.fear, LEAST_FEAR, MOST_FEAR, "fear")


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One try on the rung `rung` (its key): the fear that was `expected` before, and that there was `after`, 0 to 10.

    Raises NotPossible: 'expected-whole', 'expected-range', 'after-whole' or 'after-range'.
    """

    rung: str
    expected: int
    after: int

    def __post_init__(self):
        for field in ("expected", "after"):
            whole_between(getattr(self, field), LEAST_FEAR, MOST_FEAR, field)


class Climbed(Protocol):
    """A rung as it stands: whether it is calmer now (None: not tried), and whether a practitioner put it off."""

    calmer: bool | None
    not_now: bool


def ordered(rungs: Iterable[Rung]) -> tuple[Rung, ...]:
    """The ladder, least frightening first; what is equally frightening stays in the order in which it was given.

    Raises NotPossible on `rungs`: 'rungs-none', 'rungs-most' (10), or 'rungs-twice' when two have one key.
    """
    found = tuple(rungs)
    if not found:
        raise NotPossible("rungs-none", "rungs")
    if len(found) > MOST_RUNGS:
        raise NotPossible("rungs-most", "rungs")
    if len({rung.key for rung in found}) < len(found):
        raise NotPossible("rungs-twice", "rungs")
    return tuple(sorted(found, key=lambda rung: rung.fear))


def calmer(tries: Sequence[Try]) -> bool:
    """Whether these tries on one rung, in the order of their days, say that it is calmer now.

    Both of the last two ended at 4 or lower, or at least 2 lower than the first try did. One try says nothing yet.
    """
    if len(tries) < TRIES:
        return False
    enough = max(CALM, tries[0].after - CLEARLY)
    return all(one.after <= enough for one in tries[-TRIES:])


def next_rung(rungs: Iterable[Rung], log: Iterable[Try]) -> Rung | None:
    """The rung to do now: the lowest that is not calmer yet, so none is ever skipped. None: all of them are calmer.

    A rung that became harder again comes back by itself. `log` stands in the order of its days; tries on a rung that
    was taken off the ladder say nothing. Ask `blocked_by` first. Raises NotPossible as `ordered` does.
    """
    kept = tuple(log)
    return next(
        (rung for rung in ordered(rungs) if not calmer([one for one in kept if one.rung == rung.key])), None
    )


def suggested(rungs: Iterable[Climbed]) -> Climbed | None:
    """The rung to do now, of rungs in the order of the ladder: the first that is not calmer yet and was not put off.

    None: there is none left. The rungs above it wait.
    """
    return next((rung for rung in rungs if not rung.not_now and not rung.calmer), None)


def blocked_by(passed: bool, reasons: Collection[str] = ()) -> tuple[str, ...]:
    """Codes of what keeps the ladder closed; empty when it is open.

    `passed` is whether step 1 is passed or cleared; `reasons` are those of REASONS that a practitioner set. Raises
    ValueError for any other: a misspelt reason must not quietly keep nothing closed.
    """
    if unknown := sorted(set(reasons) - set(REASONS)):
        raise ValueError(f"unknown reasons: {', '.join(unknown)}")
    return (*(() if passed else (STEP_1,)), *(reason for reason in REASONS if reason in reasons))
