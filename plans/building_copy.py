"""What builds up, word for word: the parts of a released plan that go by weeks, rungs, pieces and steps.

Like everything of plan_copy: in the patient's language, as it was on the day of release. Dates are YYYY-MM-DD where
the drawing needs them, and words everywhere else.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekOnPlan:
    """One week of a build-up: 'Week 2', 'from 30 November', 24, '24 minutes'."""

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
    """A task in pieces. `blocks` are its pieces in words, in their order, breaks between them; `whole` how long it all takes."""

    task: str
    blocks: tuple[str, ...]
    whole: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PacingOnPlan:
    """The tasks in pieces, with what helps."""

    tasks: tuple[PacedTaskOnPlan, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkStepOnPlan:
    """One step back to work: 'Half of your hours', 'from 7 December', '19 hours a week', 'each day 3 hours 45'."""

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
