"""Visits: recorded, corrected, taken off; and the look again that the fourth may ask for.

A new visit needs the gate open: treatment comes after step 1. Correcting one and looking again do not: looking again
is exactly what may close the gate.
"""

from django.db import transaction
from django.utils import timezone

from backup_plan_site.staff import audit
from intake.actions import NotAllowed
from intake.models import Intake, Screening
from plans.models import Visit, VisitChoice
from plans.visits import DECIDES, task_is_due

from .errors import Changed
from .locking import open_screening


class SameDay(Exception):
    """This intake has a visit on that day already."""


class NotLatest(Exception):
    """Only the latest visit may be changed or taken off, and only while nothing was decided on it."""


class NotDue(Exception):
    """There is nothing to look at again, or somebody recorded a choice already."""


@transaction.atomic
def record_visit(actor, intake, values):
    """A new visit from {on, better, worse, note}. Raises GateClosed, SameDay, and NotAllowed for who may not."""
    _practitioner_of(actor, intake)
    open_screening(intake)
    if Visit.objects.for_actor(actor).filter(intake=intake, on=values["on"]).exists():
        raise SameDay
    visit = Visit.objects.create(
        practice_id=intake.practice_id,
        intake=intake,
        by_id=actor.user_id,
        by_name=actor.user_name,
        **values,
    )
    mark_to_look_again(actor, intake)
    _told(actor, "visit.recorded", visit)
    return visit


@transaction.atomic
def change_visit(actor, visit, values, *, seen):
    """Correct the latest visit. Raises NotLatest, SameDay, and Changed when it is not what `seen` says any more."""
    now = _latest(actor, visit)
    if now.seen != seen:
        raise Changed
    if Visit.objects.for_actor(actor).filter(intake=now.intake, on=values["on"]).exclude(pk=now.pk).exists():
        raise SameDay
    changed = {"changed_at": timezone.now(), "changed_by_name": actor.user_name}
    Visit.objects.filter(pk=now.pk).update(**values, **changed)
    mark_to_look_again(actor, now.intake)
    _told(actor, "visit.changed", now)


@transaction.atomic
def remove_visit(actor, visit, *, seen):
    """Take the latest visit off, as when it was written with the wrong patient. Raises NotLatest and Changed."""
    now = _latest(actor, visit)
    if now.seen != seen:
        raise Changed
    _told(actor, "visit.removed", now)
    Visit.objects.filter(pk=now.pk).delete()
    mark_to_look_again(actor, now.intake)


@transaction.atomic
def look_again(actor, intake, steps, explanation):
    """Record what was done because the fourth visit was not halfway. Raises NotDue, and NotAllowed without a reason."""
    _practitioner_of(actor, intake)
    _take_turns(intake)
    known = [step.value for step in VisitChoice.Step if step.value in set(steps)]
    missing = [name for name, given in (("steps", known), ("explanation", explanation.strip())) if not given]
    if missing:
        raise NotAllowed("something must still be written down", fields=missing)
    visits, due = _visits(actor, intake)
    if not due:
        raise NotDue
    choice = VisitChoice.objects.create(
        practice_id=intake.practice_id,
        intake=intake,
        visit=visits[DECIDES - 1],
        steps=known,
        explanation=explanation.strip(),
        by_id=actor.user_id,
        by_name=actor.user_name,
    )
    mark_to_look_again(actor, intake)
    _told(actor, "visit.looked-again", choice)
    return choice


def mark_to_look_again(actor, intake):
    """Keep beside the intake whether its fourth visit waits for a second look, so that the worklist can find it."""
    _rows, due = _visits(actor, intake)
    rows = Intake.objects.for_actor(actor).filter(pk=intake.pk, look_again_since__isnull=due)
    rows.update(look_again_since=timezone.now() if due else None)


def _visits(actor, intake):
    """The visits in the order of their days, and whether somebody must look again."""
    visits = list(Visit.objects.for_actor(actor).filter(intake=intake).order_by("on"))
    decided = VisitChoice.objects.for_actor(actor).filter(intake=intake).exists()
    return visits, task_is_due([visit.treatment for visit in visits], decided=decided)


def _practitioner_of(actor, intake):
    if not actor.clinical or intake.practice_id != actor.practice_id:
        raise NotAllowed("only a practitioner of this practice keeps visits")


def _take_turns(intake):
    """Until the transaction ends nobody else writes visits of this intake. The screening is what plans wait for too."""
    list(Screening.objects.select_for_update().filter(intake=intake).order_by("-number")[:1])


def _latest(actor, visit):
    """The visit as it is now, under lock. Raises NotLatest when it is not the latest, was decided on, or is gone."""
    _practitioner_of(actor, visit)
    _take_turns(visit.intake)
    rows = Visit.objects.for_actor(actor).filter(intake=visit.intake).select_related("intake__patient")
    now = rows.order_by("on").last()
    if now is None or now.pk != visit.pk or VisitChoice.objects.filter(visit=now).exists():
        raise NotLatest
    return now


def _told(actor, verb, row, **facts):
    audit.record(actor, verb, row, subject=row.intake.patient.code, **facts)
