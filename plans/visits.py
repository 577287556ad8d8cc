"""The 4/50 rule: halfway at the fourth treatment, or look again. Pure Python: no Django, no database, no clock.

Long-standing complaints usually need more than one treatment, but after four we expect to be at least halfway. Where
that is not so, people think again: was a red flag hidden, or does a glass keep pouring? It is a prompt to think, and
says nothing about the patient.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

DECIDES = 4  # the treatment that is looked at; later ones open and close nothing
ENOUGH = 50  # per cent better than before the first treatment
MOST = 100


@dataclass(frozen=True, slots=True)
class Treatment:
    """How it was at one treatment: so many per cent better than before the first one, worse, or not asked (None)."""

    better: int | None = None
    worse: bool = False

    def __post_init__(self):
        if self.better is not None and not 0 <= self.better <= MOST:
            raise ValueError(f"From 0 to {MOST} per cent better, not {self.better}.")
        if self.worse and self.better is not None:
            raise ValueError("Either better or worse.")

    @property
    def halfway(self):
        """True from 50 on. What was not asked is not halfway: a missing answer is never good news."""
        return self.better is not None and self.better >= ENOUGH


class Course(StrEnum):
    """How a complaint goes, as far as the fourth treatment tells."""

    TOO_EARLY = "too-early"
    WELL = "well"
    LOOK_AGAIN = "look-again"


def course(visits: Sequence[Treatment]) -> Course:
    """What the fourth of `visits`, in the order of their days, tells."""
    if len(visits) < DECIDES:
        return Course.TOO_EARLY
    return Course.WELL if visits[DECIDES - 1].halfway else Course.LOOK_AGAIN


def task_is_due(visits: Sequence[Treatment], *, decided: bool = False) -> bool:
    """Whether somebody must look again: the fourth was not halfway and nobody recorded a choice (`decided`)."""
    return not decided and course(visits) is Course.LOOK_AGAIN
