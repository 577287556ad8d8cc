"""Opening a plan: its first draft comes from what was told and marked, never from a generic list.

A plan that was opened before the glasses were sent is empty. It gets its draft when it is opened again, as long as
nobody wrote anything on it.
"""

from django.db import transaction

from exercises.library import CAUTIONS
from intake.facts import Facts
from plans.composition import FirstDraft, cautions, first_draft
from plans.models import Plan, PlanCondition, PlanGlass, Strength
from plans.told import recognised_bones, recognised_conditions, recognised_statements, told_glasses
from triggers.glasses import conditions

from .locking import open_screening, touch


@transaction.atomic
def open_plan(actor, intake):
    """The working copy of this intake, made with its first draft when there is none yet. Raises GateClosed."""
    screening = open_screening(intake)
    plan = Plan.objects.for_actor(actor).filter(intake=intake).first()
    if plan is not None and not is_empty(plan):
        return plan
    draft = first_draft(told_glasses(intake), recognised_conditions(intake))
    if plan is None:
        plan = Plan.objects.create(practice_id=intake.practice_id, intake=intake)
    elif draft == FirstDraft(more_strengths=draft.more_strengths):
        return plan  # There is still nothing to begin with.
    hernia, bones = recognised_statements(intake, "hernia"), recognised_bones(intake)
    careful = set(cautions(Facts.of(screening).latest, hernia, bones))
    # What somebody ticked on an empty plan stays beside what the answers call for.
    plan.cautions = [code for code in CAUTIONS.values() if code in careful | set(plan.cautions)]
    plan.save(update_fields=["cautions"])
    _fill(plan, draft)
    touch(actor, plan, "plan.opened")
    return plan


def is_empty(plan):
    """Whether nothing stands on this plan and nothing was given from it."""
    lists = (
        *(plan.glasses, plan.conditions, plan.strengths, plan.habits, plan.exercises, plan.releases),
        *(plan.build_ups, plan.rungs, plan.paced_tasks, plan.works),
    )
    return not plan.note and not any(rows.exists() for rows in lists)


def _fill(plan, draft):
    own = {"practice_id": plan.practice_id, "plan": plan}
    PlanGlass.objects.bulk_create(
        PlanGlass(
            **own,
            position=position,
            glass=one.id,
            fills=one.fills,
            size=one.size,
            compensated=one.compensated,
            doing=one.doing,
            tips=list(one.tips),
        )
        for position, one in enumerate(draft.glasses)
    )
    PlanCondition.objects.bulk_create(
        PlanCondition(
            **own, position=position, condition=key, tips=[tip.id for tip in conditions()[key].tips[:2]]
        )
        for position, key in enumerate(draft.conditions)
    )
    Strength.objects.bulk_create(
        Strength(**own, position=position, text=one.doing, glass=one.glass)
        for position, one in enumerate(draft.strengths)
    )
