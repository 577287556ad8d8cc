"""Which exercises suit a person's glasses and cautions. Pure Python.

A caution is a letter, in the content and for a person alike. Who carries which (clinical-brief E, C1, C3):

B  bones        osteoporosis, known or likely: a break after a small bump, months of cortisone
D  disc         acute disc episode or sciatica: pain, tingling or numbness that runs into a leg or an arm
K  knees        knees that hurt when kneeling or bending deep
W  wrists       wrists that hurt when leaning on the hands
N  neck         neck trauma, or dizziness when the neck moves
H  hip          hip replacement, unless the surgeon allows deep bending and crossing
P  pregnant     pregnant or possibly pregnant: no long lying flat, no lying on the front
C  circulation  heart trouble, high blood pressure, glaucoma: no breath holding, no head down, no hard squeeze
F  falls        unsteady, or afraid to fall
A  shoulder     a shoulder that hurts when lifting or leaning

Blood thinners hide nothing here: no exercise of clinical-brief E names them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from typing import Protocol

CAUTIONS = {
    "B": "bones",
    "D": "disc",
    "K": "knees",
    "W": "wrists",
    "N": "neck",
    "H": "hip",
    "P": "pregnant",
    "C": "circulation",
    "F": "falls",
    "A": "shoulder",
}
DISC = "D"
# Offered first in an acute disc episode, whatever the glasses (clinical-brief E, Filters).
CALM = ("r1", "y-ten-breaths", "y-diaphragm", "m5", "walk")


# Where a person is (clinical-brief A17): what may be offered then, the phase that belongs there first.
STAGES = {
    "relieve": ("relieve-1", "relieve-2", "mind-body-a"),
    "strong": ("strong-1", "strong-2", "mind-body-b", "relieve-1", "relieve-2", "mind-body-a"),
    "maintain": (
        *("maintain", "strong-1", "strong-2", "mind-body-b"),
        *("relieve-1", "relieve-2", "mind-body-a"),
    ),
}
# The next stage opens when the present one felt fine on two days in a row, with no flare the day after (GK).
FINE_DAYS = 2


class Listed(Protocol):
    """What is read of an exercise here; `library.Exercise` is one."""

    @property
    def id(self) -> str: ...
    @property
    def glasses(self) -> tuple[str, ...]: ...
    @property
    def cautions(self) -> tuple[str, ...]: ...
    @property
    def careful(self) -> tuple[str, ...]: ...
    @property
    def phase(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person's cautions say of one exercise. `because` are the letters that hide it, or that ask for care."""

    state: str  # allowed, note or hidden
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion[E: Listed]:
    """An exercise and the glass of this person that it hangs on. None: offered because it is calm."""

    exercise: E
    glass: str | None


def verdict(exercise: Listed, cautions: Iterable[str]) -> Verdict:
    """Allowed, allowed with a note, or hidden, for a person with these cautions (letters). What hides wins.

    Raises ValueError for what is no letter of CAUTIONS.
    """
    if letters := hidden(exercise, cautions):
        return Verdict("hidden", letters)
    known = _known(cautions)
    letters = tuple(letter for letter in CAUTIONS if letter in known and letter in exercise.careful)
    return Verdict("note", letters) if letters else Verdict("allowed")


def next_stage(stage: str, felt_fine: Sequence[bool]) -> str:
    """The stage that may follow on `stage`, or `stage` itself while it did not feel fine for long enough.

    `felt_fine` are the days of practice in order: True when it felt fine and there was no flare the day after.
    """
    order = list(STAGES)
    ready = len(felt_fine) >= FINE_DAYS and all(felt_fine[-FINE_DAYS:])
    return order[min(order.index(stage) + 1, len(order) - 1)] if ready else stage


def hidden(exercise: Listed, cautions: Iterable[str]) -> tuple[str, ...]:
    """The person's cautions (letters) that hide this exercise, in the order of CAUTIONS; empty if it may be offered.

    Raises ValueError for what is no letter of CAUTIONS: a misspelt caution must not quietly hide nothing.
    """
    known = _known(cautions)
    return tuple(letter for letter in CAUTIONS if letter in known and letter in exercise.cautions)


def suggestions[E: Listed](
    library: Mapping[str, E],
    glasses: Iterable[str],
    cautions: Iterable[str],
    *,
    stage: str = "maintain",
    at_most: int = 12,
) -> tuple[Suggestion[E], ...]:
    """What to offer a person with these glasses at this stage, the same list every time.

    Each exercise hangs on the first of `glasses` that it helps with. The glasses take turns in the person's order,
    each with its next exercise: of the stage's own phases first, then in the order of the library. Phases that come
    later are not offered. With an acute disc episode the calm ones come first. Nothing is there twice, and nothing that
    a caution hides. Raises ValueError for an unknown caution, KeyError for an unknown stage.
    """
    glasses, cautions = tuple(dict.fromkeys(glasses)), _known(cautions)
    phases = STAGES[stage]
    fitting = [one for one in library.values() if one.phase in phases and not hidden(one, cautions)]
    allowed = {one.id: one for one in sorted(fitting, key=lambda one: phases.index(one.phase))}
    calm = [allowed.pop(key) for key in CALM if key in allowed] if DISC in cautions else []
    first = (Suggestion(one, _hook(one, glasses)) for one in calm)
    return tuple(islice(chain(first, _in_turn(allowed.values(), glasses)), at_most))


def _in_turn[E: Listed](exercises: Collection[E], glasses: tuple[str, ...]) -> Iterator[Suggestion[E]]:
    shelves = [[one for one in exercises if _hook(one, glasses) == glass] for glass in glasses]
    for turn in zip_longest(*shelves):
        yield from (
            Suggestion(one, glass) for glass, one in zip(glasses, turn, strict=True) if one is not None
        )


def _hook(exercise: Listed, glasses: tuple[str, ...]) -> str | None:
    return next((glass for glass in glasses if glass in exercise.glasses), None)


def _known(cautions: Iterable[str]) -> frozenset[str]:
    found = frozenset(cautions)
    if unknown := sorted(found - CAUTIONS.keys()):
        raise ValueError(f"unknown cautions: {', '.join(unknown)}")
    return found
