"""Opening a plan: its first draft comes from what was told and marked, never from a generic list."""

from django.db import transaction

from intake.facts import Facts
from plans.composition import cautions, first_draft
from plans.models import Plan, PlanCondition, PlanGlass, Strength
from plans.told import recognised_conditions, recognised_statements, told_glasses
from triggers.glasses import conditions

from .locking import open_screening, touch


@transaction.atomic
def open_plan(actor, intake):
    """The working copy of this intake, made with its first draft when there is none yet. Raises GateClosed."""
    screening = open_screening(intake)
    if plan := Plan.objects.for_actor(actor).filter(intake=intake).first():
        return plan
    told, parts = told_glasses(intake), recognised_conditions(intake)
    draft = first_draft(told, parts)
    facts = Facts.of(screening).latest
    plan = Plan.objects.create(
        practice_id=intake.practice_id,
        intake=intake,
        cautions=list(cautions(facts, recognised_statements(intake, "hernia"))),
    )
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
    touch(actor, plan, "plan.opened")
    return plan
