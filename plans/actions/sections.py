"""Saving one section of a plan. Each verb takes what the page had seen, and refuses when that has changed since."""

from django.db import transaction

from exercises.library import CAUTIONS, library
from plans.composition import MOST_EXERCISES, MOST_STRENGTHS
from plans.models import Hanging, Plan, PlanCondition, PlanExercise, PlanGlass, Stage, Strength
from plans.own.shelf import Own
from plans.told import language_of
from triggers.glasses import CONDITIONS, GLASSES, conditions, glasses

from .errors import StillHangs, TooMany
from .locking import take, touch


@transaction.atomic
def save_strengths(actor, plan, rows, *, seen):
    """What goes well: {code or None, text, glass} in order. A row that is left out goes; StillHangs when it cannot."""
    plan = take(actor, plan, section="strengths", seen=seen)
    _at_most(rows, MOST_STRENGTHS)
    there = {str(row.code): row for row in plan.strengths.all()}
    kept = {str(row["code"]) for row in rows if row.get("code")}
    _let_go(plan, Hanging.On.STRENGTH, there.keys() - kept)
    plan.strengths.exclude(code__in=kept & there.keys()).delete()
    for position, row in enumerate(rows):
        strength = there.get(str(row.get("code"))) or Strength(practice_id=plan.practice_id, plan=plan)
        strength.position, strength.text, strength.glass = position, row["text"], row.get("glass", "")
        strength.save()
    touch(actor, plan, "plan.strengths-saved")


@transaction.atomic
def save_glasses(actor, plan, rows, *, seen):
    """The glasses on the plan, kept in the shelf's order. StillHangs when one that goes still carries something."""
    plan = take(actor, plan, section="glasses", seen=seen)
    by_key = {row["glass"]: row for row in rows if row["glass"] in GLASSES}
    there = {row.glass: row for row in plan.glasses.all()}
    _let_go(plan, Hanging.On.GLASS, there.keys() - by_key.keys())
    plan.glasses.exclude(glass__in=by_key).delete()
    own, language = Own.of(plan.practice_id), language_of(plan.intake)
    for key, row in by_key.items():
        before = there.get(key, PlanGlass())
        known = {tip.id for tip in (*glasses()[key].tips, *own.tips(key, language, before.tips))}
        helpers = {one.id for one in own.helpers(key, language, before.helpers)}
        PlanGlass.objects.update_or_create(
            plan=plan,
            glass=key,
            defaults={
                "practice_id": plan.practice_id,
                "position": GLASSES.index(key),
                "fills": row.get("fills") or "yes",
                "size": row["size"],
                "compensated": row["compensated"],
                "doing": row["doing"],
                "tips": [tip for tip in row["tips"] if tip in known],
                "own_tip": row["own_tip"],
                "helpers": [one for one in row.get("helpers", ()) if one in helpers],
                "who_helps": row.get("who_helps", before.who_helps),
            },
        )
    # Which glasses is an answer, and owners read the trail: it says that they were saved, and no more.
    touch(actor, plan, "plan.glasses-saved")


@transaction.atomic
def save_conditions(actor, plan, rows, *, seen):
    """The conditions that may play a part, with their tips."""
    plan = take(actor, plan, section="conditions", seen=seen)
    by_key = {row["condition"]: row for row in rows if row["condition"] in CONDITIONS}
    there = {row.condition: row for row in plan.conditions.all()}
    _let_go(plan, Hanging.On.CONDITION, there.keys() - by_key.keys())
    plan.conditions.exclude(condition__in=by_key).delete()
    own, language = Own.of(plan.practice_id), language_of(plan.intake)
    for key, row in by_key.items():
        before = there.get(key, PlanCondition())
        known = {tip.id for tip in (*conditions()[key].tips, *own.tips(key, language, before.tips))}
        PlanCondition.objects.update_or_create(
            plan=plan,
            condition=key,
            defaults={
                "practice_id": plan.practice_id,
                "position": CONDITIONS.index(key),
                "tips": [tip for tip in row["tips"] if tip in known],
            },
        )
    touch(actor, plan, "plan.conditions-saved")


@transaction.atomic
def save_cautions(actor, plan, codes, stage=None, *, seen):
    """What the exercises must leave out for this patient, and the stage they are at; None leaves that as it is."""
    plan = take(actor, plan, section="cautions", seen=seen)
    chosen = [code for code in CAUTIONS.values() if code in set(codes)]
    at = stage if stage in Stage.values else plan.stage
    Plan.objects.filter(pk=plan.pk).update(cautions=chosen, stage=at)
    touch(actor, plan, "plan.cautions-saved")


@transaction.atomic
def save_exercises(actor, plan, rows, *, seen):
    """The exercises in order, each with its dose and what it hangs on."""
    plan = take(actor, plan, section="exercises", seen=seen)
    _at_most(rows, MOST_EXERCISES)
    there = set(plan.exercises.values_list("exercise", flat=True))
    own = Own.of(plan.practice_id, kind="exercise").exercises(language_of(plan.intake), there)
    plan.exercises.all().delete()
    PlanExercise.objects.bulk_create(
        PlanExercise(
            practice_id=plan.practice_id,
            plan=plan,
            position=position,
            exercise=row["exercise"],
            dose=row["dose"],
            hangs_on=row["hangs_on"],
            hangs_key=row["hangs_key"],
        )
        for position, row in enumerate(rows)
        if row["exercise"] in library() or row["exercise"] in own
    )
    touch(actor, plan, "plan.exercises-saved")


@transaction.atomic
def save_note(actor, plan, text, *, seen):
    """A word for the patient."""
    plan = take(actor, plan, section="note", seen=seen)
    Plan.objects.filter(pk=plan.pk).update(note=text)
    touch(actor, plan, "plan.note-saved")


def _at_most(rows, limit):
    if len(rows) > limit:
        raise TooMany(limit)


def _let_go(plan, kind, keys):
    """Raises StillHangs when a habit or an exercise still hangs on one of `keys`."""
    hanging = [
        item
        for rows in (plan.habits, plan.exercises)
        for item in rows.filter(hangs_on=kind, hangs_key__in=keys)
    ]
    if hanging:
        raise StillHangs(hanging)
