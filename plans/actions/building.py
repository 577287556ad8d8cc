"""Saving what builds up: an activity by weeks, a ladder by rungs, a task in pieces, hours at work.

Each verb takes all the rows of its section in their order, as model fields, and what the page had seen. What gives no
schedule raises build_up.NotPossible and changes nothing.
"""

from django.db import transaction

from plans import ladder
from plans.building import with_worksheet
from plans.models import BuildUp, PacedTask, Plan, ReturnToWork, Rung

from .errors import TooMany
from .locking import take, touch

# Two that are done well; more would be a second plan (GK).
MOST_BUILD_UPS = 2
MOST_PACED_TASKS = 3


@transaction.atomic
def save_build_ups(actor, plan, rows, *, seen):
    """What is built up week by week. Raises Changed, TooMany, NotPossible."""
    plan = take(actor, plan, section="build-up", seen=seen)
    made = _rows(BuildUp, plan, rows, MOST_BUILD_UPS)
    for row in made:
        _ = row.schedule
    _replace(plan.build_ups, made)
    touch(actor, plan, "plan.build-up-saved")


@transaction.atomic
def save_ladder(actor, plan, rows, closed_by, *, seen):
    """The rungs, least frightening first, and what keeps the ladder closed (of ladder.REASONS).

    Raises Changed, TooMany, and ValueError for a reason that is not known.
    """
    plan = take(actor, plan, section="ladder", seen=seen)
    reasons = list(ladder.blocked_by(True, closed_by))
    _replace(plan.rungs, _rows(Rung, plan, rows, ladder.MOST_RUNGS))
    Plan.objects.filter(pk=plan.pk).update(ladder_closed_by=reasons)
    touch(actor, plan, "plan.ladder-saved")


@transaction.atomic
def save_pacing(actor, plan, rows, *, seen):
    """The tasks in pieces. Raises Changed, TooMany, NotPossible."""
    plan = take(actor, plan, section="pacing", seen=seen)
    made = _rows(PacedTask, plan, rows, MOST_PACED_TASKS)
    for row in made:
        _ = row.pacing
    _replace(plan.paced_tasks, made)
    touch(actor, plan, "plan.pacing-saved")


@transaction.atomic
def save_work(actor, plan, rows, *, seen):
    """The way back to work: one row or none. Raises Changed, TooMany, NotPossible."""
    plan = take(actor, plan, section="work", seen=seen)
    made = _rows(ReturnToWork, plan, rows, 1)
    for row in made:
        _ = row.steps
    _replace(plan.works, made)
    touch(actor, plan, "plan.work-saved")


@transaction.atomic
def save_worksheets(actor, plan, keys, *, seen):
    """The worksheets of the back school that go along on paper; unknown ones fall away. Raises Changed."""
    plan = take(actor, plan, section="worksheets", seen=seen)
    chosen = [key for key in with_worksheet() if key in set(keys)]
    Plan.objects.filter(pk=plan.pk).update(worksheets=chosen)
    touch(actor, plan, "plan.worksheets-saved")


def _rows(kind, plan, rows, limit):
    if len(rows) > limit:
        raise TooMany(limit)
    own = {"practice_id": plan.practice_id, "plan": plan}
    return [kind(**own, position=position, **row) for position, row in enumerate(rows)]


def _replace(there, made):
    there.all().delete()
    there.model.objects.bulk_create(made)
