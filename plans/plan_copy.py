"""A released Back-Up Plan, word for word: what is frozen at release and what the paper is made from.

Every text stands here in the patient's language, as it was on the day of release; nothing is looked up again later.
"""

import hashlib
import json
from dataclasses import asdict, dataclass

from backup_plan_site.content import build

from .building_copy import BuildUpOnPlan, LadderOnPlan, PacingOnPlan, WorkOnPlan, WorksheetOnPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class GlassOnPlan:
    """One chosen glass. `recognised` are the patient's sentences, without those that belong on no paper.

    `fills` is yes or bit; `size` small, medium or giant; `doing` is what the patient does about it already.
    """

    key: str
    version: str
    family: str
    name: str
    label: str
    fills: str
    size: str
    compensated: bool
    doing: str
    recognised: tuple[str, ...]
    why: str
    tips: tuple[str, ...]
    cares: tuple[str, ...]
    who_helps: str = ""  # who can help with it; '' where that was not chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionOnPlan:
    """Hernia or arthrosis, which may play a part beside the glasses. Never a diagnosis."""

    key: str
    version: str
    name: str
    recognised: tuple[str, ...]
    why: str
    tips: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HabitOnPlan:
    """One Bucketlist item. `after` and `do` read as one sentence; `begins` is False for 'later'.

    `hangs_on` says in words on which glass, condition or strength it hangs, or that it keeps the patient moving.
    """

    after: str
    do: str
    where: str
    how_often: str
    small: str
    hangs_on: str
    begins: bool
    nudge: str = ""  # what reminds
    with_whom: str = ""
    reward: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoOnPlan:
    """A photo of an exercise of the practice's own: the file itself never changes, and `sha256` says which it is.

    `place` is start or end; `code` its name in addresses, `name` the file's under the data folder.
    """

    place: str
    code: str
    name: str
    sha256: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HelperOnPlan:
    """Somebody nearby who can help, with `kind` in words. All but `kind` and `name` may be ''."""

    kind: str
    name: str
    address: str
    phone: str
    web: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseOnPlan:
    """One exercise with the dose that was agreed. `care` and `stop` may be ''.

    `care` says what this patient's cautions ask. `figure` is the drawing itself (SVG), as it was given; `figure_alt` is
    what it shows; `photos` stand there for an exercise of the practice's own. What stands with a default came later
    than the first plans that were given.
    """

    key: str
    version: str
    name: str
    goal: str
    kit: str
    steps: tuple[str, ...]
    dose: str
    care: str
    stop: str
    hangs_on: str
    start: str = ""
    breathing: str = ""
    feel: str = ""
    easier: str = ""
    harder: str = ""
    figure: str = ""
    figure_alt: str = ""
    photos: tuple[PhotoOnPlan, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCopy:
    """One numbered release. `corrects` is the number that it replaces, 0 for the first; `made_on` is YYYY-MM-DD."""

    language: str
    number: int
    corrects: int
    given_name: str
    full_name: str
    birth_year: int
    made_by: str
    made_on: str
    practice: str
    phone: str
    out_of_hours: str
    emergency: str
    strengths: tuple[str, ...]
    glasses: tuple[GlassOnPlan, ...]
    conditions: tuple[ConditionOnPlan, ...]
    habits: tuple[HabitOnPlan, ...]
    exercises: tuple[ExerciseOnPlan, ...]
    stop_rules: tuple[str, ...]
    pain_rule: str
    suddenly_worse: str
    note: str
    link: str = ""  # where the exercises of this release move; '' where none was given
    helpers: tuple[HelperOnPlan, ...] = ()
    closing: str = ""  # the practice's own last line
    build_ups: tuple[BuildUpOnPlan, ...] = ()
    ladder: LadderOnPlan | None = None
    pacing: PacingOnPlan | None = None
    work: WorkOnPlan | None = None
    worksheets: tuple[WorksheetOnPlan, ...] = ()

    @property
    def first_habits(self) -> tuple[HabitOnPlan, ...]:
        """The habits to begin with, three at most."""
        return tuple(habit for habit in self.habits if habit.begins)

    @property
    def later_habits(self) -> tuple[HabitOnPlan, ...]:
        return tuple(habit for habit in self.habits if not habit.begins)


def as_json(plan: PlanCopy) -> dict:
    """Plain lists and words, as they are stored."""
    return json.loads(json.dumps(asdict(plan)))


def from_json(stored: dict) -> PlanCopy:
    """The copy that was stored. Raises ValueError with the place where it is not one."""
    return build(PlanCopy, stored, "plan")


def fingerprint(stored: dict) -> str:
    """The sha256 of what is stored, the same for the same words."""
    text = json.dumps(stored, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
