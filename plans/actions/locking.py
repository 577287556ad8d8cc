"""One door for every change of a plan: it takes turns, asks the gate, and looks whether somebody was here meanwhile."""

from django.utils import timezone

from backup_plan_site.staff import audit
from intake.models import Screening
from plans.models import Plan

from .errors import Changed, GateClosed
from .seeing import seen as fingerprint


def take(actor, plan, *, section="", seen=None):
    """The plan under lock. Raises GateClosed, and Changed when `section` is no longer what `seen` says.

    Inside a transaction only. The screening is locked too: a doubt that is raised at this very moment comes before
    this change or after it, never in between.
    """
    plan = Plan.objects.for_actor(actor).select_for_update().select_related("intake").get(pk=plan.pk)
    open_screening(plan.intake)
    if seen is not None and seen != fingerprint(plan, section):
        raise Changed
    return plan


def open_screening(intake):
    """The screening that lets this plan be made, under lock. Raises GateClosed."""
    screening = Screening.objects.select_for_update().filter(intake=intake).order_by("-number").first()
    if screening is None or not screening.gate_is_open:
        raise GateClosed
    # While this waited for the lock, a new round may have begun.
    if Screening.objects.filter(intake=intake, number__gt=screening.number).exists():
        raise GateClosed
    return screening


def touch(actor, plan, verb, **facts):
    """Say who changed the plan and when, for the next one who looks, and write it in the audit trail."""
    Plan.objects.filter(pk=plan.pk).update(changed_at=timezone.now(), changed_by_name=actor.user_name)
    audit.record(actor, verb, plan, subject=plan.intake.patient.code, **facts)
