"""What a patient said of one glass last time: its choice and the day, never what was recognised."""

from django.utils import timezone

from backup_plan_site.staff import audit
from backup_plan_site.staff.actors import Actor
from intake.actions import NotAllowed

from .models import Fills, GlassAnswer


def glass_last_time(actor, intake, key):
    """(day, Fills) of this glass in the part B that the same patient sent last in another intake; None without one.

    As `intake.actions.earlier`: a link opens one intake and no other, so `for_actor` cannot answer this. Nothing but
    the choice comes back, and each time is written in the trail. Raises NotAllowed for anybody but who holds the link.
    """
    if actor.kind != "patient" or actor.intake_id != intake.pk:
        raise NotAllowed("only who holds the link of this intake is told what was said before")
    before = (
        GlassAnswer.objects.for_actor(Actor.system(actor.practice_id))
        .filter(
            questionnaire__intake__patient=intake.patient_id, questionnaire__sent_at__isnull=False, glass=key
        )
        .exclude(questionnaire__intake=intake)
        .select_related("questionnaire")
        .order_by("-questionnaire__sent_at")
        .first()
    )
    if before is None or not before.fills:
        return None
    audit.record(actor, "glass.earlier-shown", intake, subject=intake.patient.code, glass=key)
    return timezone.localdate(before.questionnaire.sent_at), Fills(before.fills)
