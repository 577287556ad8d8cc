"""What builds up, word for word: the parts of a released plan that go by weeks, rungs, pieces and steps.

Like everything of plan_copy: in the patient's language, as it was on the day of release, dates in words.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekOnPlan:
    """One week of a build-up: 'Week 2', '30 November 2026', 24, '24 minutes'."""

    name: str
    starts: str
    amount: int
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildUpOnPlan:
    """One activity, built up. `often` says how often a week, `rules` that the clock leads; `care` may be ''."""

    activity: str
    often: str
    sessions: int
    weeks: tuple[WeekOnPlan, ...]
    rules: tuple[str, ...]
    care: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RungOnPlan:
    """One rung. `expects`, `happened` and `done_on` (in words) are '' where they are still to be written."""

    text: str
    expects: str = ""
    happened: str = ""
    done_on: str = ""
    calmer: bool = False
    next: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderOnPlan:
    """The exposure ladder, the first rung first. Rungs that are 'not now' stand on no paper."""

    rungs: tuple[RungOnPlan, ...]
    rules: tuple[str, ...]
    care: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PacedTaskOnPlan:
    """A task in pieces. `blocks` are its pieces and breaks in words, in turn; `whole` is how long it all takes."""

    task: str
    blocks: tuple[str, ...]
    whole: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PacingOnPlan:
    """The tasks in pieces, with what helps."""

    tasks: tuple[PacedTaskOnPlan, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionOnPlan:
    """One question of a worksheet. `kind` says which room it gets (plans.guides.KINDS); hint and unit may be ''."""

    ask: str
    kind: str
    hint: str
    unit: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksheetOnPlan:
    """A worksheet of the back school, with room to write."""

    title: str
    questions: tuple[QuestionOnPlan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkStepOnPlan:
    """One step back to work: 'Half of your usual hours', '7 December 2026', '19 h a week', '5 days of 3 h 48'."""

    name: str
    starts: str
    hours: str
    days: str
    tasks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOnPlan:
    """Going back to work in three steps. `doctors` says whom to ask; `replaced` may be ''."""

    steps: tuple[WorkStepOnPlan, ...]
    replaced: str
    rules: tuple[str, ...]
    doctors: str
